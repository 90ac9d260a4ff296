"""Signs that a column is about a person: words of its heading, or values that only people have."""

import re
from collections.abc import Iterable, Sequence

from peerpack.drafting.names import listed
from peerpack.sources.tabular import Cell

ALONE = listed(
    """surname forename forenames firstname lastname dob birth nino email telephone phone mobile
    address postcode passport sex gender ethnicity ethnic religion belief disability disabled
    orientation nationality marital pregnancy maternity medical diagnosis nhs payroll age employee
    claimant tenant complainant applicant respondent pupil child patient caseworker officer manager
    holder driver victim carer parent signatory"""
)
TOGETHER = tuple(
    map(
        listed,
        (
            "first name", "last name", "full name", "middle name", "family name", "given name",
            "known name", "person name", "staff name", "worker name", "client name",
            "customer name", "contact name", "user name", "personal reference", "personal ref",
            "personal number", "personal id", "person reference", "person ref", "person number",
            "person id", "staff number", "staff id", "worker id", "national insurance",
            "ni number", "ni no", "absence reason", "sickness reason", "social worker",
            "e mail", "client id", "client ref", "customer id", "customer ref",
        ),
    )
)  # fmt: skip
COUNTS = listed("count headcount number no total average mean percentage pct rate")
NOT_OF_A_PERSON = listed("web website ip")
STAFF = listed(
    """employee employees payroll position post fte grade absence sickness salary personal staff
    worker"""
)
_VALUES = (
    re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE),
    re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}\Z"),
)


def heading_is_personal(words: Sequence[str]) -> bool:
    """Whether a heading's words speak of one person."""
    said = set(words)
    if list(words) == ["name"] or any(pair <= said for pair in TOGETHER):
        return True
    counted = not COUNTS.isdisjoint(words[:1]) or words[-1:] == ["count"]
    return bool(said & ALONE) and not counted and not said & NOT_OF_A_PERSON


def a_value_is_personal(cells: Iterable[Cell]) -> bool:
    """Whether a cell holds an email address, a National Insurance number or a postcode."""
    return any(map(is_personal, {cell for cell in cells if isinstance(cell, str)}))


def is_personal(cell: Cell) -> bool:
    """Whether a cell's text can only be about a person, or say where one lives."""
    return isinstance(cell, str) and any(each.search(cell.strip()) for each in _VALUES)


def are_staff(headings: Iterable[Sequence[str]]) -> bool:
    """Whether the people of a table are the council's own, by the words of its headings."""
    return any(STAFF & set(words) for words in headings)
