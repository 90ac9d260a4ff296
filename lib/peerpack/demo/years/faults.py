"""Faults put into printed files, each with its place and the report that the intake owes for it."""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from peerpack.catalogue.models import Column
from peerpack.demo.years.mess import decimal
from peerpack.demo.years.printed import Cell, Line, Printed
from peerpack.demo.years.rows import Value

MOVED = "comma that moves cells"
PROOFS_N = 30
_DAY_FIRST = re.compile(r"(1[3-9]|2\d|3[01])[/.]\d\d[/.]\d{4}")

How = Literal["quarantine", "check", "reconciliation", "refused", "not used", "since"]


@dataclass(frozen=True)
class Report:
    """What must be reported: a column in quarantine, a check and its lines, or a file."""

    how: How
    name: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Fault:
    """A fault, the file and line it was put into, and its reports."""

    kind: str
    file: Printed
    line: Line | None
    column: str
    reports: tuple[Report, ...]


Put = Callable[[random.Random, Printed], Fault | None]
Where = Callable[[Line], bool]
"""Puts one fault into a file, or gives nothing where the file has no place for it."""


# Cells that nobody can read: the row goes into quarantine


@dataclass(frozen=True)
class Spoilt:
    """A kind of unreadable cell: what it may say, and in which columns nothing else will do."""

    kind: str
    texts: tuple[str, ...]
    fits: Callable[[Column], bool]


def _number(column: Column) -> bool:
    return column.kind in ("money", "number", "percentage")


def _joined_by(column: Column) -> bool:
    """A name or code that rows are grouped or joined by."""
    needed = column.required or not column.nullable
    return column.kind in ("label", "code") and needed and not column.fill_down


SPOILT = (
    Spoilt("amount that is no number", ("TBC", "see note", "1O4.00"), _number),
    Spoilt("comma in the wrong place", ("12,34.5", "1,2400"), _number),
    Spoilt("decimal comma", ("1.234,56", "1234,56"), _number),
    Spoilt("bracket without its pair", ("(1,240.00", "1,240.00)"), _number),
    Spoilt("status symbol where none is allowed", ("[x]", "n/a", ".."),
           lambda c: _number(c) and not c.statuses),
    Spoilt("formula error in a number", ("#REF!", "#DIV/0!", "#VALUE!"), _number),
    Spoilt("formula error in a name or code", ("#REF!", "#NAME?"), _joined_by),
    Spoilt("percentage sign on a number", ("80%", "104 %"),
           lambda c: c.kind in ("money", "number")),
    Spoilt("day that does not exist", ("31/06/2024", "30/02/2025", "00/05/2024"),
           lambda c: c.kind == "date"),
    Spoilt("year of two digits", ("03/04/24", "1/5/23"),
           lambda c: c.kind == "date" and not c.short_years),
    Spoilt("date in words", ("Autumn", "ongoing", "Q3"), lambda c: c.kind == "date"),
)  # fmt: skip


def spoil(each: Spoilt) -> Put:
    """Put an unreadable cell into one line."""

    def put(rng: random.Random, file: Printed) -> Fault | None:
        names = [n for n in file.export.columns if (c := file.export.column(n)) and each.fits(c)]
        line = _chosen(rng, file.detail())
        if not names or line is None:
            return None
        name = rng.choice(names)
        _set_cell(file, line, name, rng.choice(each.texts))
        return _quarantined(each.kind, file, line, name)

    return put


def _quarantined(kind: str, file: Printed, line: Line, column: str) -> Fault:
    line.refused = line.faulty = True
    return Fault(kind, file, line, column, (Report("quarantine", column, (line,)),))


def month_first(rng: random.Random, file: Printed) -> Fault | None:
    """A date with the month first, where enough others prove that it is a misprint.

    With fewer proofs the intake holds back every date of the column that could be read either way.
    """
    export = file.export
    dates = [name for name in export.columns if (c := export.column(name)) and c.kind == "date"]
    able = [name for name in dates if _proofs_n(file, name) >= PROOFS_N]
    line = _chosen(rng, file.detail())
    if not able or line is None:
        return None
    name = rng.choice(able)
    _set_cell(file, line, name, rng.choice(("06/25/2024", "12/31/2023", "4/30/2024")))
    return _quarantined("date with the month first", file, line, name)


def _proofs_n(file: Printed, column: str) -> int:
    """Dates of a column that can only be day first."""
    at = file.export.columns.index(column)
    cells = [line.cells[at] for line in file.detail()]
    return sum(isinstance(c, str) and bool(_DAY_FIRST.match(c)) for c in cells)


def shifted(rng: random.Random, file: Printed) -> Fault | None:
    """A comma inside a cell without quotation marks: the cells after it move to the right."""
    width = len(file.export.columns)
    whole = [line for line in file.detail() if len(line.cells) == width and line.cells[-1]]
    line = _chosen(rng, whole)
    if file.sheet or line is None:
        return None
    at = rng.randrange(1, width)
    line.cells[at:at] = ["Invented"]
    return _quarantined(MOVED, file, line, "")


def note(column: str, checks: Sequence[str] = ()) -> Put:
    """Words among the rows: quarantined where a row must have amounts or codes, else checked."""

    def put(rng: random.Random, file: Printed) -> Fault | None:
        after = _chosen(rng, file.detail())
        if after is None:
            return None
        cells: list[Cell] = [None] * len(file.export.columns)
        cells[file.export.columns.index(column)] = "Please check before use"
        line = Line("note", cells, read={column: "Please check before use"})
        file.lines.insert(file.place(after), line)
        if not checks:
            return _quarantined("note among the rows", file, line, "")
        reports = tuple(Report("check", each, (line,)) for each in checks)
        return Fault("note among the rows", file, line, column, reports)

    return put


# Cells that can be read and are wrong: a check says so


def changed(
    kind: str,
    column: str,
    check: str,
    new: Callable[[Line], Value],
    also: Sequence[str] = (),
    where: Where = lambda _: True,
) -> Put:
    """Put another value into one line: a check of the dataset must find it, and others `also`."""

    def put(rng: random.Random, file: Printed) -> Fault | None:
        given = (each for each in file.detail() if each.read[column] is not None and where(each))
        line = _chosen(rng, given)
        if line is None:
            return None
        value = new(line)
        line.faulty, line.read[column] = True, value
        _set_cell(file, line, column, _plain(file, column, value))
        reports = tuple(Report("check", each, (line,)) for each in (check, *also))
        return Fault(kind, file, line, column, reports)

    return put


def missing(column: str, check: str = "", where: Where = lambda _: True) -> Put:
    """Leave out a cell that must be there."""
    named = check or f"{column.replace('_', '-')}-given"
    return changed("required cell missing", column, named, lambda _: None, where=where)


def other(column: str, word: str, check: str, where: Where = lambda _: True) -> Put:
    """Put a word that is not on the list of those allowed."""
    return changed("word that is not on the list", column, check, lambda _: word, where=where)


def negative(column: str, check: str, also: Sequence[str] = ()) -> Put:
    """Turn round the sign of an amount that cannot be negative."""
    return changed(
        "negative where impossible",
        column,
        check,
        lambda line: -pence(line, column),
        also,
        lambda line: pence(line, column) > 0,
    )


def below(column: str, other_column: str, check: str) -> Put:
    """Put an amount below the one that it must reach."""
    kind = "amount below its part"
    return changed(kind, column, check, lambda line: pence(line, other_column) - 1_000)


def above(column: str, other_column: str, check: str, also: Sequence[str] = ()) -> Put:
    """Put an amount above the one that it cannot pass."""
    kind = "part above its whole"
    return changed(kind, column, check, lambda line: pence(line, other_column) + 10_000_000, also)


def number(kind: str, column: str, value: int, check: str, also: Sequence[str] = ()) -> Put:
    """Put a number beyond what is possible."""
    return changed(kind, column, check, lambda _: value, also)


def off(column: str, check: str) -> Put:
    """Put an amount that is not the sum its row says."""
    return changed(
        "sum within a row wrong", column, check, lambda line: pence(line, column) + 70_707
    )


def ends_early(end: str, start: str, check: str, where: Where = lambda _: True) -> Put:
    """Put an end before its start."""

    def earlier(line: Line) -> Value:
        day = line.read[start]
        return day - timedelta(days=11) if isinstance(day, date) else None

    return changed("end before start", end, check, earlier, where=where)


def beyond(column: str, days: int) -> Put:
    """Put a date well after the period that the file speaks of."""

    def later(line: Line) -> Value:
        day = line.read[column]
        return day + timedelta(days=days) if isinstance(day, date) else None

    return changed(
        "date outside the period", column, f"{column.replace('_', '-')}-in-period", later
    )


def repeated(check: str, keys: Sequence[str]) -> Put:
    """Print a line twice."""

    def put(rng: random.Random, file: Printed) -> Fault | None:
        keyed = (line for line in file.detail() if all(line.read[key] for key in keys))
        line = _chosen(rng, keyed)
        if line is None:
            return None
        again = Line("detail", list(line.cells), read=dict(line.read), faulty=True)
        line.faulty = True
        file.lines.insert(file.place(line), again)
        return Fault("row repeated", file, again, "", (Report("check", check, (line, again)),))

    return put


# Totals that are off, and files as a whole


def total_off(kind: str, by_p: int) -> Put:
    """Print one total with another amount than its detail has."""

    def put(rng: random.Random, file: Printed) -> Fault | None:
        line = _chosen(rng, (each for each in file.lines if each.kind == "total"))
        if line is None:
            return None
        column = rng.choice(list(line.sums))
        line.faulty = True
        line.sums[column] += by_p
        _set_cell(file, line, column, decimal(line.sums[column], 2))
        return Fault(kind, file, line, column, (Report("reconciliation", column, (line,)),))

    return put


TOTALS_OFF = (total_off("total a penny off", 1), total_off("total far off", -123_456_78))


# Which fault is put where


def _chosen(rng: random.Random, lines: Iterable[Line]) -> Line | None:
    """One of the lines that has no fault yet."""
    clean = [line for line in lines if not line.faulty]
    return rng.choice(clean) if clean else None


def _set_cell(file: Printed, line: Line, column: str, cell: Cell) -> None:
    line.cells[file.export.columns.index(column)] = cell


def _plain(file: Printed, column: str, value: Value) -> Cell:
    """A value in the plainest print."""
    scale = file.export.scale(column)
    if isinstance(value, int) and scale is not None:
        return decimal(value, scale)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


def pence(line: Line, column: str) -> int:
    """The number that a right reading of a line has in a column; nothing is nought."""
    value = line.read.get(column)
    return value if isinstance(value, int) else 0
