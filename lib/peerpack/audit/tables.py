"""Tables: totals of columns and rows, changes between columns, shares of a column."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, permutations

from peerpack.audit import ranges, said
from peerpack.audit.changes import change_in
from peerpack.audit.sums import OVERLAPPING
from peerpack.audit.verdicts import CANNOT_BE, SUPPORTED, WITHIN_ROUNDING, Judgement
from peerpack.measures.rounding import Interval
from peerpack.prose import Quantity, Sentence

_PURE = re.compile(
    r"\(?\s*[-−–+]?\s*£?\s*[-−–]?[\d,]*\.?\d+\s*(?:%|m|k|bn|pp|per cent|million)?\s*\)?\s*[*†‡]?"
)
_BLANK = re.compile(r"[-–—]?|nil|n/?a", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:grand |overall |council |net )?total\b(?! (?:of|number))|all (?:services|directorates"
    r"|wards|staff)$",
    re.I,
)
_SUBTOTAL = re.compile(
    r"sub-?\s?total|\btotal\b|of which|\bincluding\b|less:|\bnet\b", re.IGNORECASE
)
_UNSUMMED = re.compile(
    r"%|per ?cent|\brate\b|average|\bavg\b|mean|median|\bper\b|score|\brank|ratio|\byear\b"
    r"|target|index|days lost",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"change|differ|varia|movement|increase|reduction|\bdiff\b|over\W*under|\bgap\b|[+]/-", re.I
)
_ENDS = re.compile(
    r"\b(?:19|20)\d\d|\b\d\d/\d\d\b|budget|actual|forecast|outturn|last year|this year|previous"
    r"|current|"
    r"before|after|\bnow\b|\bQ[1-4]\b|target|plan|base|spend",
    re.IGNORECASE,
)
_SHARED = re.compile(r"%|share|per ?cent|proportion", re.IGNORECASE)
_CHANGE_ROW = re.compile(
    r"(?:net )?(?:change|reduction|increase|difference|variance|movement)\b", re.IGNORECASE
)
_HEADED = tuple(
    (re.compile(words, re.IGNORECASE), unit)
    for words, unit in (
        (r"%|per ?cent", "%"),
        (r"£\s?(?:m\b|mn\b|million)", "GBP m"), (r"£\s?(?:k\b|['’]?000)", "GBP k"),
        (r"£\s?bn|£\s?billion", "GBP bn"), (r"£", "GBP"), (r"\bFTEs?\b(?<!per FTE)", "FTE"),
    )
)  # fmt: skip


_AMOUNTS = re.compile(
    r"£|\b000s?\b|\b(?:thousands?|millions?|budget|outturn|forecast|varianc\w+|spend\w*|cost"
    r"|income|expenditure|savings?|reserves?|tonn?e?s?|kg|km|hours|days|minutes|miles|litres"
    r"|hectares|acres|area|FTEs?|average|mean"
    r"|median|rates?|rounded|rounding|estimate[sd]?)\b",
    re.IGNORECASE,
)
"""Words of a table's heading or caption that make its whole numbers rounded amounts."""


_TO_NEAREST = re.compile(r"\bnearest (?!whole|percent|per ?cent|£1\b|pound)", re.IGNORECASE)


Place = tuple[int, int]
Formula = Callable[[Sequence[Quantity], Quantity], Interval | None]


MOST_COLUMNS, MOST_ROWS = 16, 200
"""A larger table is data, and its arithmetic is that of the program that wrote it."""


@dataclass(frozen=True)
class Row:
    """A row of a table: its sentence, label, and a figure by column; None for words or nothing.

    `unread`: columns that hold something which is no plain figure, so that nothing may be summed.
    """

    sentence: int
    label: str
    cells: dict[int, tuple[int, Quantity]]
    unread: frozenset[int]


@dataclass(frozen=True)
class Table:
    """The header's words by column, and the rows under it.

    `loose`: its words say that parts overlap, or that figures are rounded to more than their unit.
    """

    header: dict[int, str]
    rows: tuple[Row, ...]
    headed: bool = True
    loose: bool = False

    def columns(self) -> list[int]:
        """The columns that hold figures; none of a table too wide to be read by people."""
        held = sorted({c for row in self.rows for c in row.cells})
        return held if len(held) <= MOST_COLUMNS else []


def tables(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """What the arithmetic of each table says of its totals, changes and shares."""
    for table in every_table(sentences):
        # without its header it may be the end of a table whose first rows were not read as rows
        if not table.headed:
            continue
        totals = _column_totals(table)
        yield from (j for j in totals if not (table.loose and j.verdict == CANNOT_BE))
        yield from _row_totals(table)
        yield from _changes(table)
        yield from _shares(table)
        yield from _change_rows(table, sentences)


def every_table(sentences: tuple[Sentence, ...]) -> Iterator[Table]:
    """Every run of rows; the header is what stands above the first row with figures."""
    rows: list[tuple[int, Sentence]] = []
    for number, sentence in enumerate(sentences):
        goes_on = rows and sentence.paragraph - rows[-1][1].paragraph == 1
        if sentence.kind == "row" and (goes_on or not rows):
            rows.append((number, sentence))
            continue
        if rows:
            yield _table(rows, sentences)
        rows = [(number, sentence)] if sentence.kind == "row" else []
    if rows:
        yield _table(rows, sentences)


def cells(sentences: tuple[Sentence, ...]) -> dict[Place, Quantity]:
    """The figures of tables by place, with their column's unit, and negative in brackets."""
    return {
        (row.sentence, place): figure
        for table in every_table(sentences)
        for row in table.rows
        for place, figure in row.cells.values()
    }


def _in_unit(figure: Quantity, header: str) -> Quantity:
    if figure.unit != "count":
        return figure
    for words, unit in _HEADED:
        if words.search(header):
            return replace(figure, unit=unit)
    return figure


def _beside(rows: list[tuple[int, Sentence]], sentences: tuple[Sentence, ...]) -> str:
    """The words of the sentences before and after a table: its caption, its note."""
    first, last = rows[0][0], rows[-1][0]
    near = (*sentences[max(0, first - 1) : first], *sentences[last + 1 : last + 2])
    return " ".join(each.text for each in near if each.kind != "row")


def _in_amounts(figure: Quantity, header: str, measured: bool) -> Quantity:
    own = _in_unit(figure, header)
    return replace(own, measured=True) if measured and own.unit == "count" else own


def _table(rows: list[tuple[int, Sentence]], sentences: tuple[Sentence, ...]) -> Table:
    read = [_row(n, sentence) for n, sentence in rows]
    body = next((n for n, row in enumerate(read) if row.cells), len(read))
    width = max((len(sentence.cells) for _, sentence in rows), default=0)
    header = {
        c: " ".join(s.cells[c] for _, s in rows[:body] if c < len(s.cells)).strip()
        for c in range(width)
    }
    labels = " ".join((*header.values(), *(row.label for row in read[body:])))
    words = f"{labels} {_beside(rows, sentences)}"
    measured = bool(_AMOUNTS.search(words))
    loose = bool(OVERLAPPING.search(words) or _TO_NEAREST.search(words))
    own = [
        replace(
            row,
            cells={
                c: (n, _in_amounts(q, header.get(c, ""), measured))
                for c, (n, q) in row.cells.items()
            },
        )
        for row in read[body:]
    ]
    return Table(header, tuple(own), headed=body > 0, loose=loose)


def _row(number: int, sentence: Sentence) -> Row:
    cells, unread, at = {}, set(), 0
    for column, text in enumerate(sentence.cells):
        end = at + len(text)
        own = [(n, q) for n, q in enumerate(sentence.quantities) if at <= q.start and q.end <= end]
        if len(own) == 1 and _PURE.fullmatch(text) and column:
            minus = text.startswith("(") and text.endswith(")")
            cells[column] = (own[0][0], _signed(own[0][1], minus))
        elif not _BLANK.fullmatch(text.strip()):
            unread.add(column)
        at = end + 3
    return Row(number, sentence.cells[0] if sentence.cells else "", cells, frozenset(unread))


def _signed(figure: Quantity, minus: bool) -> Quantity:
    return replace(figure, value=-abs(figure.value)) if minus else figure


def _column_totals(table: Table) -> Iterator[Judgement]:
    """Each column of a row called total against the rows above it since the last one."""
    start = 0
    for n, row in enumerate(table.rows):
        if not _TOTAL.match(row.label.strip()):
            continue
        above, start = table.rows[start:n], n + 1
        for column, (place, total) in row.cells.items():
            parts, places = _parts(above, column)
            percent = total.unit == "%"
            averaged = _UNSUMMED.search(table.header.get(column, "")) and not percent
            if len(parts) < 2 or averaged or (percent and total.value != 100):
                continue
            if any(_SUBTOTAL.search(each.label) for each in above):
                continue
            judgement = _summed((row.sentence, place), total, parts)
            if judgement:
                yield replace(judgement, rests_on=places)


def _parts(rows: Sequence[Row], column: int) -> tuple[list[Quantity], tuple[Place, ...]]:
    """The figures of a column and their places, or none where a row holds what is no figure."""
    if any(column in row.unread for row in rows):
        return [], ()
    held = [(row.sentence, *row.cells[column]) for row in rows if column in row.cells]
    return [q for *_, q in held], tuple((sentence, n) for sentence, n, _ in held)


def _summed(place: Place, total: Quantity, parts: Sequence[Quantity]) -> Judgement | None:
    value = ranges.total(parts)
    if len({p.dimension for p in (*parts, total)}) > 1:
        return None
    words = f"The {len(parts)} rows above sum to {said.amount(value.value, total)}"
    fits = ranges.standing(total, value)
    if fits == ranges.FITS:
        return Judgement(*place, SUPPORTED, f"{words}.")
    if fits == ranges.WITHIN:
        return Judgement(*place, WITHIN_ROUNDING, f"{words}; rounding allows {said.figure(total)}.")
    if len(parts) > MOST_ROWS or _explained(total, value, parts):
        return None
    return Judgement(*place, CANNOT_BE, f"{words}, not {said.figure(total)}.")


def _explained(total: Quantity, value: Interval, parts: Sequence[Quantity]) -> bool:
    """Whether the total is that of the rows without one that sums others, or with one taken off."""
    stated = ranges.in_pounds(total)
    slack = (value.upper - value.lower) / 2 + (stated.upper - stated.lower) / 2
    sums = list(accumulate((p.amount for p in parts), initial=Fraction(0)))
    without = [value.value - p.amount for n, p in enumerate(parts) if _sums_others(n, sums)]
    less = [value.value - 2 * p.amount for p in parts]
    absolute = sum((abs(p.amount) for p in parts), value.value * 0)
    return any(
        abs(each - stated.value) <= slack for each in (*without, *less, absolute, -value.value)
    )


def _sums_others(at: int, sums: Sequence[Fraction]) -> bool:
    """Whether a row is the sum of some rows next to it, and so a total without the word.

    `sums`: of the rows before each place.
    """
    one = sums[at + 1] - sums[at]
    above = (sums[at] - sums[a] for a in range(at - 1))
    below = (sums[b] - sums[at + 1] for b in range(at + 3, len(sums)))
    return one == 0 or one in above or one in below


def _row_totals(table: Table) -> Iterator[Judgement]:
    """A column called total against those before it, once most rows show that it is theirs."""
    for target in table.columns():
        if _TOTAL.match(table.header.get(target, "").strip()):
            before = tuple(c for c in table.columns() if c < target)
            yield from _learned(table, target, [before], _sum_of, _added)


def _sum_of(parts: Sequence[Quantity], _: Quantity) -> Interval | None:
    return ranges.total(parts) if len(parts) > 1 else None


def _added(parts: Sequence[Quantity]) -> str:
    return " + ".join(said.figure(p) for p in parts)


def _changes(table: Table) -> Iterator[Judgement]:
    """A column called change, difference or variance against two columns that it is between."""
    for target in table.columns():
        header = table.header.get(target, "")
        if not _CHANGED.search(header):
            continue
        others = [
            c
            for c in table.columns()
            if c != target and not _CHANGED.search(table.header.get(c, ""))
        ]
        pairs = [p for p in permutations(others, 2) if _comparable(table, p)]
        likely = len(pairs) == 2 and all(_ENDS.search(table.header.get(c, "")) for c in pairs[0])
        yield from _learned(table, target, pairs, _change, _from_to, sure=likely)


def _comparable(table: Table, pair: tuple[int, ...]) -> bool:
    kinds = [{row.cells[c][1].dimension for row in table.rows if c in row.cells} for c in pair]
    return len(kinds[0] | kinds[1]) == 1


def _change(parts: Sequence[Quantity], stated: Quantity) -> Interval | None:
    old, new = parts
    if old.unit == "%" and stated.unit in ("%", "count"):
        stated = replace(stated, unit="pp")
    return change_in(old, new, stated)


def _from_to(parts: Sequence[Quantity]) -> str:
    return said.change(*parts)


def _shares(table: Table) -> Iterator[Judgement]:
    """A column of percentages against one column over another, or over its own total."""
    for target in table.columns():
        header = table.header.get(target, "")
        cells = [row.cells[target][1] for row in table.rows if target in row.cells]
        if (
            any(q.unit not in ("%", "count") for q in cells)
            or not _SHARED.search(header)
            or _CHANGED.search(header)
        ):
            continue
        others = [
            c
            for c in table.columns()
            if c != target and not _SHARED.search(table.header.get(c, ""))
        ]
        pairs = [p for p in permutations(others, 2) if _comparable(table, p)]
        whole = _with_totals(table, others)
        yield from _learned(whole, target, [*pairs, *((c, -c) for c in others)], _part_of, _of)


def _with_totals(table: Table, columns: Sequence[int]) -> Table:
    """The table with the total of each column, where a row gives one, under the column's minus."""
    totals = [row for row in table.rows if _TOTAL.match(row.label.strip())]
    if not totals:
        return table
    last = totals[-1]
    extra = {-c: last.cells[c] for c in columns if c in last.cells}
    rows = tuple(replace(row, cells=row.cells | extra) for row in table.rows)
    return Table(table.header, rows)


def _part_of(parts: Sequence[Quantity], _: Quantity) -> Interval | None:
    return ranges.computed(ranges.share, *parts) if parts[1].amount >= parts[0].amount else None


def _of(parts: Sequence[Quantity]) -> str:
    return f"{said.figure(parts[0])} of {said.figure(parts[1])}"


def _learned(
    table: Table,
    target: int,
    choices: Sequence[tuple[int, ...]],
    formula: Formula,
    words: Callable[[Sequence[Quantity]], str],
    sure: bool = False,
) -> Iterator[Judgement]:
    """A column against others by the choice that most of its rows fit.

    A row that does not fit is wrong where at least three others, and most, do; or where the headers
    leave no other meaning (`sure`).
    """
    best = max(
        (_fitted(table, target, c, formula) for c in choices), key=lambda f: f[0], default=None
    )
    if best is None:
        return
    fits_n, rows = best
    if fits_n < 2 and not sure:
        return
    enough = sure or (fits_n >= 3 and fits_n >= 0.7 * len(rows)) or (fits_n == len(rows))
    for row, parts, value, fits, rests_on in rows:
        place, stated = row.sentence, row.cells[target]
        told = f"{words(parts)} is {said.amount(value.value, stated[1])}"
        if fits == ranges.FITS:
            yield Judgement(place, stated[0], SUPPORTED, f"{told}.")
        elif fits == ranges.WITHIN:
            yield Judgement(place, stated[0], WITHIN_ROUNDING, f"{told}; rounding allows it.")
        elif enough:
            others = (
                f", as in the other rows of its column ({fits_n} of {len(rows)})" if fits_n else ""
            )
            reason = f"{told}{others}, not {said.figure(stated[1])}."
            yield Judgement(place, stated[0], CANNOT_BE, reason, rests_on)


Fitted = tuple[Row, list[Quantity], Interval, str, tuple[Place, ...]]


def _fitted(
    table: Table, target: int, choice: tuple[int, ...], formula: Formula
) -> tuple[int, list[Fitted]]:
    """How many rows fit a choice of columns, and how each does."""
    rows: list[Fitted] = []
    for row in table.rows:
        if target not in row.cells or any(c not in row.cells for c in choice) or not choice:
            continue
        parts = [row.cells[c][1] for c in choice]
        stated = row.cells[target][1]
        value = formula(parts, stated)
        if value is not None:
            size = replace(stated, value=abs(stated.value)) if value.value >= 0 else stated
            places = tuple((row.sentence, row.cells[c][0]) for c in choice if c >= 0)
            rows.append((row, parts, value, ranges.standing(size, value), places))
    return sum(fits != ranges.APART for *_, fits, _ in rows), rows


def _change_rows(table: Table, sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """A row called reduction or change under exactly two rows of figures."""
    if len(table.rows) != 3 or not _CHANGE_ROW.match(table.rows[2].label.strip()):
        return
    old, new, change = table.rows
    own = sentences[change.sentence]
    for column in sorted(old.cells.keys() & new.cells.keys()):
        first, last = old.cells[column][1], new.cells[column][1]
        for n, figure in enumerate(own.quantities):
            if _column_of(own, figure) != column:
                continue
            size = replace(figure, value=abs(figure.value))
            value = _change((first, last), size)
            if value is not None and first.dimension == last.dimension:
                yield _changed((change.sentence, n), (first, last), size, value)


def _column_of(sentence: Sentence, figure: Quantity) -> int:
    """The column in which a figure of a row stands."""
    return sentence.text[: figure.start].count(" | ")


def _changed(
    place: Place, ends: tuple[Quantity, Quantity], stated: Quantity, value: Interval
) -> Judgement:
    told = f"{_from_to(ends)} is {said.amount(value.value, stated)}"
    fits = ranges.standing(stated, value)
    if fits == ranges.APART:
        return Judgement(*place, CANNOT_BE, f"{told}, not {said.figure(stated)}.")
    verdict = SUPPORTED if fits == ranges.FITS else WITHIN_ROUNDING
    return Judgement(*place, verdict, f"{told}.")
