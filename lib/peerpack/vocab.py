"""The words of the workbook: quarters, themes, units, status marks and other closed lists."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from peerpack.errors import UsageError

THEMES = {
    "T1": "Local priorities and outcomes",
    "T2": "Organisational and place leadership",
    "T3": "Governance and culture",
    "T4": "Financial planning and management",
    "T5": "Capacity for improvement",
}

STATUS_MARKS = {
    "p": "provisional",
    "r": "revised",
    "f": "forecast",
    "e": "estimated",
    "u": "low reliability",
    "c": "suppressed to protect confidentiality",
    "x": "not available",
    "z": "not applicable",
    "b": "break in series",
}

OUTCOMES = ("pass", "warn", "stop")
DocumentKind = Literal["pdf", "word", "spreadsheet", "html"]
DOCUMENTS: tuple[DocumentKind, ...] = get_args(DocumentKind)
"""The kinds of document a pack may hold beside its site."""

CAUSES = (
    "data", "correction", "suite", "code", "parameter", "library", "reference", "previous pack",
)  # fmt: skip
"""What a pack's bytes depend on, and so what may be why two packs differ."""

FACETS = ("measure", "question", "basis", "wave")
"""Cuts that name another figure, not a part of a sum: per dwelling, of cases closed."""

_QUARTER = re.compile(r"(19|2[01])([0-9]{2})-([0-9]{2})-Q([1-4])\Z")
_COUNCIL = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
ROWS_PER_FILE = 1_000_000_000
FILES_PER_QUARTER = 1_000_000
"""Files of the return one quarter earlier are numbered from here, so that no two rows are one."""


@dataclass(frozen=True, order=True)
class Quarter:
    """A financial-year quarter: `2024-25-Q1` is April to June 2024. Sorts as its text does."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: object) -> "Quarter":
        """Read `2024-25-Q1`; refuse anything else, such as `2024-26-Q1` or `2024-25-Q5`."""
        found = _QUARTER.match(text) if isinstance(text, str) else None
        if not found or int(found[3]) != (int(found[2]) + 1) % 100:
            raise UsageError(
                f"Quarter {text!r} is not one. Write the financial year and the quarter, "
                "such as 2024-25-Q1 for April to June 2024."
            )
        return cls(int(found[1] + found[2]), int(found[4]))

    def __str__(self) -> str:
        return f"{self.financial_year}-Q{self.number}"

    @property
    def financial_year(self) -> str:
        """The financial year it lies in: `2024-25`."""
        return f"{self.year}-{(self.year + 1) % 100:02d}"

    @property
    def year_start(self) -> date:
        """1 April of its financial year."""
        return date(self.year, 4, 1)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year + (self.number == 4), (1, 4, 7, 10)[self.number % 4], 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.next().first_day - timedelta(days=1)

    def next(self) -> "Quarter":
        """The quarter after it."""
        return Quarter(self.year + (self.number == 4), self.number % 4 + 1)

    def previous(self) -> "Quarter":
        """The quarter before it."""
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter a day falls in."""
        year = day.year - (day.month < 4)
        return cls(year, (day.month - 4) % 12 // 3 + 1)


def is_year_or_quarter(text: str) -> bool:
    """Whether a text is a financial year, `2024-25`, or a quarter of one, `2024-25-Q1`."""
    try:
        Quarter.parse(text if "Q" in text else f"{text}-Q1")
    except UsageError:
        return False
    return True


def days_of(period: str) -> str:
    """A period however it is written, by its first and last day: `2024-04-01 to 2024-06-30`.

    A financial year, a quarter, one day or two are known; other words stay as they are.
    """
    if not is_year_or_quarter(period):
        first, _, last = period.partition(" to ")
        return period if last else f"{first} to {first}"
    if "Q" in period:
        quarter = Quarter.parse(period)
        return f"{quarter.first_day} to {quarter.last_day}"
    year = Quarter.parse(f"{period}-Q4")
    return f"{year.year_start} to {year.last_day}"


def council_slug(text: object) -> str:
    """A council's folder name: lower-case letters, digits and single hyphens, nothing else."""
    if not isinstance(text, str) or not _COUNCIL.match(text) or len(text) > 60:
        raise UsageError(
            f"Council {text!r} is not a council's short name. Use lower-case letters, digits "
            "and hyphens, such as northborough."
        )
    return text
