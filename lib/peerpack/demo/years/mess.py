"""Print rows as exports are printed: untidy, and without a word that could be misread.

Nothing here may raise an alarm: title rows, blank rows, headings that change, dates in several
styles, amounts with commas and brackets, padded and curly text, totals that agree.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from peerpack.catalogue.load import dataset
from peerpack.demo.years.exports import Export
from peerpack.demo.years.printed import Cell, Line, Printed
from peerpack.demo.years.rows import Row, Value
from peerpack.vocab import Quarter

TITLES = (
    "{title}",
    "{council} - INVENTED DATA",
    "Period: {quarter}",
    "User ID NBRPT0{n:02d}",
    "Printed by the reporting service",
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
OPEN_ENDS = ("31/12/4712", "31/12/9999", "")
DATE_STYLES: dict[str, Callable[[date], str]] = {
    "slashes": lambda day: f"{day:%d/%m/%Y}",
    "named": lambda day: f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year}",
    "short named": lambda day: f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year % 100:02d}",
    "iso": lambda day: f"{day:%Y-%m-%d}",
    "dots": lambda day: f"{day:%d.%m.%Y}",
    "timed": lambda day: f"{day:%d/%m/%Y} 00:00",
}
MOST_ROWS_WITH_BLANKS = 20_000
REPEAT_EVERY = 400


@dataclass(frozen=True)
class Look:
    """How one file is printed, the same in all its lines."""

    headings: dict[str, str]
    encoding: str
    delimiter: str
    line_end: str
    titles_n: int
    empty_columns_n: int
    padded_share: float
    odd_date_share: float
    dates: tuple[str, str]
    negative: str
    labels_once: bool


def look(rng: random.Random, export: Export, quarter: Quarter) -> Look:
    """The look of a file: a system keeps its headings for a year, the rest is chance."""
    sheet = bool(export.sheet)
    styles = [name for name in DATE_STYLES if name != "short named"] if sheet else [*DATE_STYLES]
    return Look(
        _headings(export, quarter),
        "utf-8" if sheet else rng.choice(("utf-8", "utf-8-sig", "cp1252", "cp1252", "utf-16")),
        rng.choices([",", ";", "\t"], [90, 5, 5])[0],
        rng.choice(("\r\n", "\n")),
        rng.randrange(0, 6),
        rng.choice((0, 0, 0, 2)),
        rng.choice((0.0, 0.02, 0.2)),
        rng.choice((0.0, 0.0, 0.3)),
        (rng.choice(("slashes", "slashes", "named", "iso")), rng.choice(styles)),
        rng.choice(("brackets", "minus", "trailing")),
        rng.random() < 0.6,
    )


def _headings(export: Export, quarter: Quarter) -> dict[str, str]:
    """A heading for each column; a few change from one half of a year to the next."""
    half = f"{export.dataset} {quarter.financial_year} {quarter.number > 2}"
    rng = random.Random(half)  # noqa: S311 (data, not secrets)
    return {name: _heading(rng, export, name) for name in export.columns}


def _heading(rng: random.Random, export: Export, name: str) -> str:
    column = export.column(name)
    if column is None:
        return name
    usual, *others = [words for words in column.synonyms if "YYYY" not in words][:2]
    words = others[0] if others and rng.random() < 0.25 else usual
    return rng.choice((words, words, words, words.upper(), f"{words} "))


def printed(
    rng: random.Random,
    export: Export,
    council: str,
    part: str,
    rows: Sequence[Row],
    quarter: Quarter,
) -> Printed:
    """The rows as one file of an export; `part` is the month of a file that has one."""
    style = look(rng, export, quarter)
    body = list(_body(rng, export, style, rows))
    titles = _titles(rng, export, style, council, quarter)
    lines = [*titles, *_grouped(export, style), _header(export, style)]
    lines += _interrupted(rng, export, style, body)
    ending = "xlsx" if export.sheet else "csv"
    stem = f"{export.file} {part or quarter}"
    return Printed(
        export, f"{stem} (invented).{ending}", style.encoding, style.delimiter, style.line_end,
        lines,
    )  # fmt: skip


def _titles(
    rng: random.Random, export: Export, style: Look, council: str, quarter: Quarter
) -> Iterator[Line]:
    title = dataset(export.dataset).title
    for text in TITLES[: style.titles_n]:
        words = text.format(title=title, council=council, quarter=quarter, n=rng.randrange(100))
        yield Line("title", [words])
        if rng.random() < 0.3:
            yield Line("blank", [])


def _grouped(export: Export, style: Look) -> Iterator[Line]:
    """The upper of two levels of headings, over amounts of the year and of the year to date."""
    if export.sheet and style.titles_n and "profiled_budget_gbp" in export.columns:
        cells: list[Cell] = [None] * len(export.columns)
        cells[export.columns.index("original_budget_gbp")] = "Full year"
        cells[export.columns.index("profiled_budget_gbp")] = "Year to date"
        yield Line("title", cells)


def _header(export: Export, style: Look) -> Line:
    empty: list[Cell] = [None] * style.empty_columns_n
    return Line("header", [*(style.headings[name] for name in export.columns), *empty])


def _body(rng: random.Random, export: Export, style: Look, rows: Iterable[Row]) -> Iterator[Line]:
    """Detail and totals, in the order of the groups that totals are of."""
    detail = [_line(rng, export, style, row) for row in rows]
    if style.labels_once:
        _print_once(export, detail)
    yield from _with_totals(rng, export, style, detail, export.totals, {})
    if export.grand:
        yield _total(rng, export, style, detail, {}, "Grand Total")


def _with_totals(
    rng: random.Random,
    export: Export,
    style: Look,
    detail: list[Line],
    by: tuple[str, ...],
    of: dict[str, str],
) -> Iterator[Line]:
    if not by:
        yield from detail
        return
    for label, group in groupby(detail, lambda line: str(line.true[by[0]])):
        lines, own = list(group), {**of, by[0]: label}
        yield from _with_totals(rng, export, style, lines, by[1:], own)
        yield _total(rng, export, style, lines, own, f"Total {label}")
        if rng.random() < 0.3:
            yield Line("blank", [])


def _line(rng: random.Random, export: Export, style: Look, row: Row) -> Line:
    cells = [cell(rng, export, style, name, row.get(name)) for name in export.columns]
    empty: list[Cell] = [None] * style.empty_columns_n
    known = {name: row.get(name) for name in export.columns if name not in export.unread}
    return Line("detail", [*cells, *empty], known, dict(known))


def _print_once(export: Export, detail: Sequence[Line]) -> None:
    """Leave a label that is filled down to the first line of its group."""
    known = dataset(export.dataset)
    filled = [name for name in export.columns if name in _names(known.columns)
              and known.column(name).fill_down]  # fmt: skip
    before: list[Value] = []
    for line in detail:
        labels = [line.true[name] for name in filled]
        for at, name in enumerate(filled):
            if labels[: at + 1] == before[: at + 1]:
                line.cells[export.columns.index(name)] = None
        before = labels


def _names(columns: Iterable[object]) -> list[str]:
    return [getattr(column, "name", "") for column in columns]


def _total(
    rng: random.Random,
    export: Export,
    style: Look,
    detail: Iterable[Line],
    of: dict[str, str],
    words: str,
) -> Line:
    """A total of some lines: it agrees with them to the penny."""
    lines = list(detail)
    money = [name for name in export.columns if _is_money(export, name)]
    sums = {name: sum(_pence(line.true[name]) for line in lines) for name in money}
    cells: list[Cell] = [None] * len(export.columns)
    for name, pence in sums.items():
        cells[export.columns.index(name)] = cell(rng, export, style, name, pence)
    cells[export.columns.index(_label_column(export, of))] = words
    return Line("total", cells, sums=sums, of=of)


def _label_column(export: Export, of: dict[str, str]) -> str:
    """The column that says of a total what it is a total of."""
    if of:
        return list(of)[-1]
    totals = dataset(export.dataset).totals
    labels = totals.label_columns if totals else ()
    return next((name for name in export.columns if name in labels), "supplier")


def _is_money(export: Export, name: str) -> bool:
    column = export.column(name)
    return column is not None and column.kind == "money"


def _pence(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _interrupted(
    rng: random.Random, export: Export, style: Look, body: Sequence[Line]
) -> Iterator[Line]:
    """The body with blank lines and, in long files, its header again at the top of a page."""
    blanks = len(body) < MOST_ROWS_WITH_BLANKS and rng.random() < 0.5
    paged = rng.random() < 0.3
    for number, line in enumerate(body, start=1):
        yield line
        if blanks and rng.random() < 0.01:
            yield Line("blank", [] if export.sheet else [None] * len(export.columns))
        if paged and number % REPEAT_EVERY == 0:
            again = _header(export, style)
            again.kind = "repeated header"
            yield again


def cell(rng: random.Random, export: Export, style: Look, name: str, value: Value) -> Cell:
    """A value as it is printed."""
    column = export.column(name)
    if column and column.kind == "date":
        open_end = OPEN_ENDS[rng.randrange(3)] if column.open_ended else None
        return day_cell(rng, export, style, value) if isinstance(value, date) else open_end
    if value is None:
        return "[x]" if column and column.statuses else None
    scale = export.scale(name)
    if scale is not None and column and isinstance(value, int):
        if column.kind == "money":
            return amount_cell(rng, export, style, value, dash=column.dash_is_zero)
        return decimal(value, scale)
    return text_cell(rng, style, str(value))


def day_cell(rng: random.Random, export: Export, style: Look, day: date) -> Cell:
    """A date in the file's style, or now and then in its other one; a workbook's own at times."""
    if export.sheet and rng.random() < 0.7:
        return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
    odd = rng.random() < style.odd_date_share
    # A year of two digits is read as one of 2000 to 2039, so an earlier one is printed in full.
    short = style.dates[odd] == "short named" and day.year < 2000
    return DATE_STYLES["named" if short else style.dates[odd]](day)


def amount_cell(rng: random.Random, export: Export, style: Look, pence: int, dash: bool) -> Cell:
    """An amount: a number of the workbook, or text with commas, a £, brackets or a minus."""
    if export.sheet and rng.random() < 0.5:
        return pence / 100
    if pence == 0 and dash and rng.random() < 0.5:
        return "-"
    size = f"{decimal(abs(pence) // 100, 0, ',')}.{abs(pence) % 100:02d}"
    if rng.random() < 0.2:
        size = size.replace(",", "")
    if rng.random() < 0.03:
        size = f"£{size}"
    if pence >= 0:
        return size
    return {"brackets": f"({size})", "minus": f"-{size}", "trailing": f"{size}-"}[style.negative]


def decimal(value: int, scale: int, thousands: str = "") -> str:
    """A whole number as the decimal it stands for: 1240 of scale 2 is 12.40."""
    return f"{Decimal(value).scaleb(-scale):{thousands}.{scale}f}"


def text_cell(rng: random.Random, style: Look, text: str) -> Cell:
    """Words, at times padded, or with the curly apostrophe that word processors leave."""
    chance = rng.random()
    if chance < 0.3 and "'" in text:
        text = text.replace("'", "’")
    return f"{text}  " if rng.random() < style.padded_share else text
