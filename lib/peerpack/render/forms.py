"""A dataset's empty form: a workbook with its headings, for a council without an export of it."""

import io
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from peerpack.catalogue.models import Column, Dataset, Kind

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# Any fixed day would do: nothing in a form may depend on when it was made.
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a day has no zone
LAST_ROW = 5_000
LONGEST_LIST = 255
GUIDE = "What goes where"
FORMATS: dict[Kind, str] = {
    "text": "@", "label": "@", "code": "@", "date": "dd/mm/yyyy", "money": "#,##0.00",
    "number": "General", "percentage": "General",
}  # fmt: skip
HOW: dict[Kind, str] = {
    "text": "words", "label": "words, always written the same way",
    "code": "a code, with its leading zeros", "date": "a date, day first: 30/06/2024",
    "money": "pounds and pence, not thousands; a minus for what is taken off",
    "number": "a number", "percentage": "a percentage, 12.5 for 12.5%",
}  # fmt: skip
_NOT_IN_A_SHEETS_NAME = re.compile(r"[\[\]:*?/\\']")


def form(dataset: Dataset) -> bytes:
    """The form of a dataset: headings over empty rows, and a sheet that says what goes where.

    The same bytes each time. Free text about people is never asked for.
    """
    from xlsxwriter import Workbook

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": f"{dataset.title}: form", "created": MADE})
        name = _NOT_IN_A_SHEETS_NAME.sub("", dataset.title)[:31]
        _write_form(book, book.add_worksheet(name), dataset)
        _write_guide(book, book.add_worksheet(GUIDE), dataset)
    return target.getvalue()


def asked(dataset: Dataset) -> list[Column]:
    """The columns of its form, needed ones first."""
    wanted = [c for c in dataset.columns if c.required or not (c.personal and c.kind == "text")]
    return sorted(wanted, key=lambda column: not column.required)


def heading(column: Column) -> str:
    """The heading of a column in a form: the first that its contract lists."""
    return column.synonyms[0] if column.synonyms else column.name


def _write_form(book: "Workbook", sheet: "Worksheet", dataset: Dataset) -> None:
    needed = book.add_format({"bold": True, "bottom": 2, "text_wrap": True, "bg_color": "#DCE6F0"})
    other = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(asked(dataset)):
        cells = book.add_format({"num_format": FORMATS[column.kind]})
        sheet.set_column(at, at, max(12, len(heading(column)) + 2), cells)
        sheet.write_string(0, at, heading(column), needed if column.required else other)
        sheet.write_comment(0, at, _note(column), {"author": "", "x_scale": 2})
        rule = _rule(column)
        if rule:
            sheet.data_validation(1, at, LAST_ROW, at, rule)


def _write_guide(book: "Workbook", sheet: "Worksheet", dataset: Dataset) -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    lines = _guide(dataset)
    sheet.set_column(0, 4, 34, wrapped)
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, line, bold if at == 0 else None)
    sheet.write_row(len(lines) + 1, 0, ("Heading", "Needed", "What it is", "How to write it",
                                        "Words allowed"), bold)  # fmt: skip
    for at, column in enumerate(asked(dataset), len(lines) + 2):
        cells = (heading(column), "yes" if column.required else "if you have it",
                 column.description, _how(column), "; ".join(column.allowed))  # fmt: skip
        for place, cell in enumerate(cells):
            sheet.write_string(at, place, cell, wrapped)


def _guide(dataset: Dataset) -> list[str]:
    personal = "It holds personal data: keep it where only those who may see it can." * (
        dataset.personal
    )
    told = [
        f"{dataset.title}: what goes where",
        dataset.description,
        f"One row each: {dataset.grain.removeprefix('one row per ')}.",
        "Fill in the first sheet, under its headings. Leave the headings as they are, in row 1.",
        "Leave a cell empty where nothing is known: never a zero, never a dash.",
        "Save it in the quarter's own folder, one folder up: nothing in templates/ is read.",
        "An export with these columns is as good: give that as it is, and no form.",
        personal,
    ]
    return [line for line in told if line]


def _note(column: Column) -> str:
    needed = "Needed. " if column.required else "If you have it. "
    allowed = f" One of: {'; '.join(column.allowed)}." if column.allowed else ""
    return f"{needed}{column.description} Write {_how(column)}.{allowed}"


def _how(column: Column) -> str:
    plain = column.kind == "number" and column.unit
    how = f"a number ({column.unit})" if plain else HOW[column.kind]
    return f"{how}; [x] where it is not available" if column.statuses else how


def _rule(column: Column) -> dict[str, object]:
    """What a spreadsheet should warn of as it is typed; the gate judges, whatever it let by."""
    if column.allowed and len(",".join(column.allowed)) <= LONGEST_LIST:
        return _warned("list", {"source": list(column.allowed)}, "one of the words in its list")
    if column.kind == "date":
        ends = {"criteria": "between", "minimum": date(1900, 1, 1), "maximum": date(9999, 12, 31)}
        return _warned("date", ends, HOW["date"])
    if column.kind in ("money", "number", "percentage") and not column.statuses:
        ends = {"criteria": "between", "minimum": -1e12, "maximum": 1e12}
        return _warned("decimal", ends, HOW[column.kind])
    return {}


def _warned(kind: str, rule: dict[str, object], expected: str) -> dict[str, object]:
    words = {"error_title": "Please check", "error_message": f"Expected: {expected}."}
    return {"validate": kind, "error_type": "warning", **rule, **words}
