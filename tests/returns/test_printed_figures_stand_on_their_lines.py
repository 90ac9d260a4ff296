"""Every figure taken from the five source documents can be found where its row says it stands.

The rows ship with the project; the documents and the list of claims stand beside the checkout,
in ../shared.
"""

from __future__ import annotations

import calendar
import csv
import re
from collections import Counter
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SOURCES = SHARED / "sources"
CLAIMS = SHARED / "domain" / "claims.md"

HEADER = (
    "id,part,kind,document,lines,figure_as_printed,stated_value,stated_upper,stated_date,operator,decimals,unit,period,"
    "method,numerator,denominator,not_recomputed_because,comparator,comparator_statistic,comparator_note,theme,"
    "indicator,meaning,caution"
)
KINDS = {"claim", "observation"}
OPERATORS = {"=", "~", "<", ">", "between"}
UNITS = {
    "%", "pp", "GBP", "GBP m", "GBP per head", "days", "days per FTE", "weeks", "months", "years",
    "count", "people", "ratio", "rank", "FTE", "date", "text",
}  # fmt: skip
THEMES = {"T1", "T2", "T3", "T4", "T5"}
DATE_METHODS = {
    "days_between",
    "weeks_between",
    "months_between",
    "years_between",
    "days_inclusive",
}
TWO_NUMBERS = {"share", "ratio", "change", "difference", "product", "grossed_up"}
METHODS = TWO_NUMBERS | DATE_METHODS | {"sum", "whole_share"}
WORDS = {
    "nil": "0", "half": "0.5", "one": "1", "two": "2", "double": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12",
}  # fmt: skip
MAGNITUDES = {"k": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000}
MONTHS = [name.lower() for name in calendar.month_name]
LONGEST_SHARED_RUN = {"meaning": 6, "title": 4}


class Row(NamedTuple):
    """One line of a return: its file, its line in that file, its cells by column."""

    file: Path
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column) or ""

    @property
    def key(self) -> str:
        return f"{self['id']}/{self['part']}" if self["part"] else self["id"]

    @property
    def name(self) -> str:
        own = self.key or self["recommendation"] or self["action"] or f"line {self.number}"
        return f"{self.file.relative_to(ROOT)}, {own}"


def files_named(name: str) -> list[Path]:
    return sorted(ROOT.glob(f"data/*/*/{name}"))


PUBLISHED = files_named("published_figures.csv")
PLACED = (
    PUBLISHED + files_named("peer_recommendations.csv") + files_named("service_plan_actions.csv")
)


def each(files: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "file", files, ids=lambda path: str(path.relative_to(ROOT / "data"))
    )


@cache
def rows_of(file: Path) -> tuple[Row, ...]:
    with file.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Row(file, number, cells) for number, cells in enumerate(csv.DictReader(lines), start=2)
        )


@cache
def council_rows(council: str) -> dict[str, Row]:
    """A council's published rows by reference: `L03`, `L39/comparator_figure`."""
    return {
        row.key: row for file in PUBLISHED if file.parts[-3] == council for row in rows_of(file)
    }


@cache
def source_lines(document: str) -> tuple[str, ...]:
    """The document's lines as `cat -n` numbers them: only a line feed ends a line."""
    if not SOURCES.is_dir():
        pytest.skip(f"the source documents are not beside this checkout ({SOURCES})")
    numbered = int(document.removeprefix("S"))
    (found,) = SOURCES.glob(f"{numbered:03d}_*.txt")
    return tuple(found.read_text(encoding="utf-8").split("\n"))


def line_numbers(lines: str) -> list[int]:
    """`160;222-224` as 160, 222, 223, 224."""
    spans = [span.split("-") for span in lines.split(";")]
    return [number for span in spans for number in range(int(span[0]), int(span[-1]) + 1)]


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def stands_in(figure: str, text: str) -> bool:
    """Whether the figure is in the text, and not as the tail or head of a longer number."""
    before = r"(?<!\d)(?<!\d[.,])" if figure[:1].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if figure[-1:].isdigit() else ""
    return re.search(before + re.escape(figure) + after, text) is not None


def printed_numbers(figure: str) -> list[Decimal]:
    """The numbers of a printed figure: `£613.385m` is 613385000, `3,5%` is 3.5."""
    found = re.findall(
        r"(\d+(?:,\d{3})*(?:[.,]\d+)?)(?:\s?(k|m|million|bn)\b)?", figure, flags=re.IGNORECASE
    )
    return [
        Decimal(re.sub(r",(?=\d{3}(?!\d))", "", digits).replace(",", "."))
        * MAGNITUDES.get(suffix.lower(), 1)
        for digits, suffix in found
    ]


def spelled_numbers(figure: str, unit: str) -> list[Decimal]:
    """The numbers that a figure spells out; `half` is 50 where the unit is a percentage."""
    scale = 100 if unit == "%" else 1
    found = [WORDS[word] for word in re.findall(r"[a-z]+", figure.lower()) if word in WORDS]
    return [Decimal(word) * (scale if word == "0.5" else 1) for word in found]


def number_agrees(row: Row, stated: str) -> bool:
    base = abs(Decimal(stated)) * (MAGNITUDES["m"] if row["unit"] == "GBP m" else 1)
    figure = row["figure_as_printed"]
    printed = printed_numbers(figure) or spelled_numbers(figure, row["unit"])
    return not printed or base in printed


def date_agrees(row: Row) -> bool:
    """Year and month of the stated date are the printed ones, as far as the figure prints them."""
    stated, figure = date.fromisoformat(row["stated_date"]), row["figure_as_printed"].lower()
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", figure)}
    months = {
        number
        for number, month in enumerate(MONTHS)
        if month and re.search(rf"\b{month}\b", figure)
    }
    return (not years or stated.year in years) and (not months or stated.month in months)


def runs_of_words(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+(?:['.]\w+)*", text.replace("\u2019", "'").casefold())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


@cache
def source_runs(document: str, length: int) -> set[tuple[str, ...]]:
    return runs_of_words("\n".join(source_lines(document)), length)


def operands(row: Row) -> list[str]:
    if row["method"] == "sum":
        return row["numerator"].split(" + ")
    if row["method"] == "whole_share":
        return [row["denominator"]]
    return [row["numerator"], row["denominator"]]


def is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def operand_fault(operand: str, row: Row, known: dict[str, Row]) -> str:
    """Why the operand cannot be used in the row's method; empty where it can."""
    of_dates = row["method"] in DATE_METHODS
    if (is_date if of_dates else is_number)(operand):
        return ""
    if operand not in known:
        return (
            f"{operand!r} is neither a {'date' if of_dates else 'number'} nor a row of this council"
        )
    target = known[operand]
    if of_dates:
        return "" if target["stated_date"] else f"{operand} has no stated_date"
    return (
        ""
        if target["stated_value"] or target["method"]
        else f"{operand} has neither a stated value nor a method"
    )


def rests_on_itself(key: str, known: dict[str, Row], above: tuple[str, ...] = ()) -> bool:
    if key not in known or not known[key]["method"]:
        return False
    return key in above or any(
        rests_on_itself(operand, known, (*above, key)) for operand in operands(known[key])
    )


def report(faults: list[str]) -> None:
    assert not faults, f"{len(faults)} rows:\n" + "\n".join(faults)


@each(PLACED)
def test_a_figure_as_printed_is_found_on_its_lines(file: Path) -> None:
    faults = []
    for row in rows_of(file):
        lines, wanted = source_lines(row["document"]), line_numbers(row["lines"])
        text = folded(" ".join(lines[number - 1] for number in wanted if 0 < number <= len(lines)))
        if not row["figure_as_printed"] or not stands_in(folded(row["figure_as_printed"]), text):
            faults.append(
                f"{row.name}: {row['figure_as_printed']!r} is not on "
                f"{row['document']} line {row['lines']}"
            )
    report(faults)


@each(PLACED)
def test_our_words_share_no_long_run_with_the_document(file: Path) -> None:
    faults = []
    for row in rows_of(file):
        for column, longest in LONGEST_SHARED_RUN.items():
            shared = runs_of_words(row[column], longest + 1) & source_runs(
                row["document"], longest + 1
            )
            faults += [
                f"{row.name}: {column} has the document's {' '.join(run)!r}"
                for run in sorted(shared)
            ]
    report(faults)


@each(PLACED)
def test_a_shipped_return_is_plain_utf8_csv(file: Path) -> None:
    raw = file.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf"), f"{file}: starts with a byte order mark"
    assert b"\r" not in raw and raw.endswith(b"\n"), (
        f"{file}: every line must end with a line feed alone"
    )
    report(
        [
            f"{row.name}: more or fewer cells than the header"
            for row in rows_of(file)
            if is_ragged(row)
        ]
    )


def is_ragged(row: Row) -> bool:
    return None in row.cells or None in row.cells.values()


@each(PUBLISHED)
def test_published_figures_have_the_agreed_columns(file: Path) -> None:
    assert file.read_text(encoding="utf-8").split("\n")[0] == HEADER


@each(PUBLISHED)
def test_kinds_operators_units_methods_and_themes_are_from_the_closed_lists(file: Path) -> None:
    lists = {
        "kind": KINDS,
        "operator": OPERATORS | {""},
        "unit": UNITS,
        "method": METHODS | {""},
        "theme": THEMES,
    }
    faults = [
        f"{row.name}: {column} {row[column]!r} is not one of {sorted(allowed)}"
        for row in rows_of(file)
        for column, allowed in lists.items()
        if row[column] not in allowed
    ]
    report(faults)


@each(PUBLISHED)
def test_a_stated_value_has_an_operator_and_decimals(file: Path) -> None:
    faults = []
    for row in rows_of(file):
        stated = bool(row["stated_value"])
        if stated != bool(row["operator"]):
            faults.append(f"{row.name}: a stated value and an operator come together or not at all")
        if stated and not re.fullmatch(r"-?\d+", row["decimals"]):
            faults.append(f"{row.name}: decimals {row['decimals']!r} is not a whole number")
        if (row["operator"] == "between") != bool(row["stated_upper"]):
            faults.append(
                f"{row.name}: stated_upper belongs to the operator between, and only there"
            )
        if row["stated_date"] and not is_date(row["stated_date"]):
            faults.append(f"{row.name}: stated_date {row['stated_date']!r} is not an ISO date")
    report(faults)


@each(PUBLISHED)
def test_a_number_typed_is_the_number_printed(file: Path) -> None:
    faults = []
    for row in rows_of(file):
        for column in ("stated_value", "stated_upper"):
            if row[column] and not number_agrees(row, row[column]):
                faults.append(
                    f"{row.name}: {column} {row[column]} is not in {row['figure_as_printed']!r}"
                )
        if row["stated_date"] and not date_agrees(row):
            faults.append(
                f"{row.name}: stated_date {row['stated_date']} is not {row['figure_as_printed']!r}"
            )
    report(faults)


@each(PUBLISHED)
def test_a_number_typed_has_no_more_decimals_than_printed(file: Path) -> None:
    stated = [row for row in rows_of(file) if row["stated_value"]]
    too_fine = [
        row
        for row in stated
        if Decimal(row["stated_value"]) % Decimal(1).scaleb(-int(row["decimals"]))
    ]
    report(
        [
            f"{row.name}: {row['stated_value']} has more than {row['decimals']} decimals"
            for row in too_fine
        ]
    )


@each(PUBLISHED)
def test_a_figure_is_recomputed_or_says_why_not(file: Path) -> None:
    faults = []
    for row in rows_of(file):
        if not row["method"] and not row["not_recomputed_because"]:
            faults.append(f"{row.name}: neither a method nor a reason why it cannot be recomputed")
        if not row["method"] and (row["numerator"] or row["denominator"]):
            faults.append(f"{row.name}: operands without a method")
        if not row["meaning"]:
            faults.append(f"{row.name}: no meaning")
    report(faults)


@each(PUBLISHED)
def test_operands_and_comparators_are_rows_of_the_same_council(file: Path) -> None:
    known, faults = council_rows(file.parts[-3]), []
    for row in rows_of(file):
        found = (
            [operand_fault(operand, row, known) for operand in operands(row)]
            if row["method"]
            else []
        )
        if row["comparator"] and row["comparator"] not in known:
            found.append(f"comparator {row['comparator']!r} is not a row of this council")
        if row["comparator"] and not row["comparator_statistic"]:
            found.append("a comparator without its statistic (write `not stated`)")
        if rests_on_itself(row.key, known):
            found.append("its operands lead back to itself")
        faults += [f"{row.name}: {fault}" for fault in found if fault]
    report(faults)


def test_a_row_is_named_once_over_all_returns() -> None:
    times = Counter((file.parts[-3], row.key) for file in PUBLISHED for row in rows_of(file))
    assert not [key for key, count in times.items() if count > 1]


def claim_ids() -> list[str]:
    if not CLAIMS.is_file():
        pytest.skip(f"the list of claims is not beside this checkout ({CLAIMS})")
    return re.findall(
        r"^\| ([LSPBC]\d\d) \|", CLAIMS.read_text(encoding="utf-8"), flags=re.MULTILINE
    )


@pytest.mark.parametrize("letter", "LSPBC")
def test_every_claim_has_exactly_one_headline_row(letter: str) -> None:
    listed = [claim for claim in claim_ids() if claim[0] == letter]
    rows = [row for file in PUBLISHED for row in rows_of(file) if row["id"][:1] == letter]
    headlines = Counter(row["id"] for row in rows if not row["part"])
    assert listed, f"no claim {letter}.. was read from {CLAIMS}: has its layout changed?"
    faults = [
        f"{claim}: {headlines[claim]} headline rows, expected 1"
        for claim in listed
        if headlines[claim] != 1
    ]
    report(
        faults + [f"{row.name}: not listed in claims.md" for row in rows if row["id"] not in listed]
    )


@pytest.mark.parametrize(
    ("figure", "text", "found"),
    [
        ("5 per cent", "with 16 per cent compared to 5 per cent on average", True),
        ("5 per cent", "found that 8.5 per cent reported", False),
        ("14.2", "14.21 days were missed", False),
        ("1,300", "almost 21,300 households", False),
        ("12.", "12. Next", True),
    ],
)
def test_a_figure_is_not_the_tail_of_a_longer_number(figure: str, text: str, found: bool) -> None:
    assert stands_in(figure, text) is found


@pytest.mark.parametrize(
    ("printed", "stated", "unit", "agrees"),
    [
        ("£613.385m", "613.385", "GBP m", True),
        ("£613.385m", "613.358", "GBP m", False),
        ("£1,210,000", "1.21", "GBP m", True),
        ("£100K", "100000", "GBP", True),
        ("(-23.78%)", "-23.78", "%", True),
        ("3,5%", "3.5", "%", True),
        ("around half", "50", "%", True),
        ("around half", "0.5", "ratio", True),
        ("five days", "6", "days", False),
        ("break-even", "0", "%", True),
    ],
)
def test_a_stated_number_is_read_against_its_print(
    printed: str, stated: str, unit: str, agrees: bool
) -> None:
    row = Row(ROOT / "x.csv", 2, {"figure_as_printed": printed, "unit": unit})
    assert number_agrees(row, stated) is agrees
