"""Find the header of a table wherever it stands, and which heading is which column."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from peerpack.catalogue.models import Column, Dataset, Kind
from peerpack.errors import ReturnRefused
from peerpack.sources.tabular import Cell, Grid
from peerpack.sources.units import without_unit
from peerpack.sources.values import Unreadable, reader

DEEP_ROWS = 500
LAST_ROWS = 20

_NOT_WORDS = re.compile(r"[^0-9a-z%]+")
_NOTE = re.compile(r"\[note \d+\]", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bper ?cent(age)?\b", re.IGNORECASE)
_YEAR = re.compile(r"\b20\d\d( (20)?\d\d)?\b")


@dataclass(frozen=True)
class Header:
    """Where the header stands (`first` to `last`, positions in the grid), its cells, what it says.

    `width` counts its cells, `named` those up to the last that has words.

    `positions` maps a column of the dataset to its place in a row, `headings` to the words used.
    `not_read`: the headings that no column uses, from left to right. `scales`: how many pounds one
    unit of a column of money is. `body`: the first row of data where the data stand above their
    header. `titles`: the columns whose value stands above the table and is that of every row.
    `labels`: every heading by its place, empty where there is none.
    """

    first: int
    last: int
    width: int
    named: int
    positions: dict[str, int]
    headings: dict[str, str]
    not_read: tuple[str, ...]
    scales: dict[str, int] = field(default_factory=dict)
    body: int | None = None
    titles: dict[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()


class Labels:
    """The words of a row read as headings, and where each heading stands by its key."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self.words = words

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """As the headings stand."""
        return self._by_key(lambda words: words)

    @cached_property
    def places_without_unit(self) -> dict[Kind, dict[str, list[int]]]:
        """The same, for kinds whose headings may say a unit, with that unit seen through."""
        return {kind: self._by_key(bare) for kind, bare in _WITH_UNITS.items()}

    def _by_key(self, bare: Callable[[str], str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, words in enumerate(self.words):
            for key in filter(None, _keys_of_label(bare(words)) if words else ()):
                found.setdefault(key, []).append(at)
        return found


@dataclass(frozen=True)
class HeadingRow:
    """A row that may be a header, or two; `called`: what a file says that its headings mean."""

    first: int
    last: int
    labels: Labels
    called: Labels = field(default_factory=Labels)


def find_header(
    grid: Grid, dataset: Dataset, rows: Iterable[HeadingRow] | None = None
) -> Header | None:
    """The first row, alone or under a merged row, that heads every required column.

    It is looked for in the first rows and the very last. With data above it and none below, it is
    the header of those above. `rows`: the grid's heading rows, read once for many datasets.
    """
    for row in heading_rows(grid) if rows is None else rows:
        header = _matched(row, grid, dataset)
        if header:
            above = None if grid.heads else _body_above(grid.rows, header, dataset)
            return replace(header, body=above)
    return None


def heading_rows(grid: Grid) -> Iterator[HeadingRow]:
    """Every row that may be a header, alone and then under the row above it.

    A file that says which rows are its headings has names, and then what they mean.
    """
    if grid.heads:
        names, *called = (Labels(_all_words(grid.rows[at])) for at in range(grid.heads))
        yield HeadingRow(0, grid.heads - 1, names, *called[:1])
        return
    for at in _where_to_look(len(grid.rows)):
        for labels, first in readings(grid.rows, at):
            yield HeadingRow(first, at, Labels(labels))


def _where_to_look(rows_n: int) -> Iterator[int]:
    yield from range(min(DEEP_ROWS, rows_n))
    yield from range(max(DEEP_ROWS, rows_n - LAST_ROWS), rows_n)


def _body_above(rows: Sequence[Sequence[Cell]], header: Header, dataset: Dataset) -> int | None:
    """The first row of data above the header, where none stands below it."""
    above = (at for at in range(header.first) if _is_data(rows[at], header, dataset))
    first = next(above, None)
    below = range(header.last + 1, len(rows))
    if first is None or any(_is_data(rows[at], header, dataset) for at in below):
        return None
    return first


def _is_data(row: Sequence[Cell], header: Header, dataset: Dataset) -> bool:
    """Every column that may not be blank has a cell, and those of figures and dates are such."""
    required = [c for c in dataset.columns if c.required and c.name in header.positions]
    needed = [c for c in required if not c.nullable]
    return all(_reads(row, header, c) for c in needed or required)


def _reads(row: Sequence[Cell], header: Header, column: Column) -> bool:
    at = header.positions[column.name]
    try:
        return at < len(row) and reader(column)(row[at]) is not None
    except Unreadable:
        return False


def readings(rows: Sequence[Sequence[Cell]], at: int) -> list[tuple[list[str], int]]:
    """The headings that a row may give, alone or under a merged row, and where they begin."""
    own = _all_words(rows[at])
    if at == 0 or sum(map(bool, own)) < 2:
        return [(own, at)]
    above = _spread(_all_words(rows[at - 1]), len(own))
    both = [f"{a}: {o}" if a and o and a != o else o or a for a, o in zip(above, own, strict=True)]
    return [(own, at), (both, at - 1)]


def _spread(labels: list[str], width: int) -> list[str]:
    """A merged cell prints its words once: carry them to the right."""
    spread: list[str] = []
    for place in range(width):
        own = labels[place] if place < len(labels) else ""
        spread.append(own or (spread[-1] if spread else ""))
    return spread


def _matched(row: HeadingRow, grid: Grid, dataset: Dataset) -> Header | None:
    """The header that these labels are, if they are; else what the columns are `called` counts."""
    if not all(c.titled or _found(row, c) for c in dataset.columns if c.required):
        return None
    found = {column.name: _found(row, column) for column in dataset.columns}
    titles = _titles(grid.rows[: row.first], dataset)
    if not _is_of(dataset, row.labels, {n for n, places in found.items() if places} | set(titles)):
        return None
    labels = row.labels.words
    found = _each_once(found, labels, dataset)
    for column, places in found.items():
        if len(places) > 1:
            _refuse_twice(grid.file, column, [labels[at] for at in places])
    positions = {column: places[0] for column, places in found.items() if places}
    used = positions.values()
    headings = {name: labels[at] for name, at in positions.items()}
    return Header(
        row.first,
        row.last,
        len(labels),
        max(at for at, label in enumerate(labels) if label) + 1,
        positions,
        headings=headings | {name: words for name, (_, words) in titles.items()},
        not_read=tuple(label for at, label in enumerate(labels) if label and at not in used),
        titles={name: value for name, (value, _) in titles.items()},
        labels=tuple(labels),
    )


def _each_once(
    found: dict[str, list[int]], labels: Sequence[str], dataset: Dataset
) -> dict[str, list[int]]:
    """A heading that one column knows as it stands is not another's whose unit it lacks."""
    known = {c.name: set(_keys((c.name, *c.synonyms))) for c in dataset.columns}
    as_it_stands = {
        (name, at)
        for name, places in found.items()
        for at in places
        if known[name].intersection(_keys_of_label(labels[at]))
    }
    taken = {at for _, at in as_it_stands}
    return {
        name: [at for at in places if (name, at) in as_it_stands or at not in taken]
        for name, places in found.items()
    }


def _found(row: HeadingRow, column: Column) -> list[int]:
    return _places(row.labels, column) or _places(row.called, column)


def _titles(above: Sequence[Sequence[Cell]], dataset: Dataset) -> dict[str, tuple[str, str]]:
    """The columns whose value stands above the table: the value, and the words it stands in."""
    titled = [column for column in dataset.columns if column.titled]
    words = [words for row in above if titled for words in _all_words(row) if words]
    found = [(c.name, re.search(c.titled, each), each) for c in titled for each in words]
    return {name: (value[1], each) for name, value, each in reversed(found) if value}


def _is_of(dataset: Dataset, labels: Labels, found: set[str]) -> bool:
    """Every required column is there, a group of the dataset's signs, and no other table's."""
    if not {c.name for c in dataset.columns if c.required} <= found:
        return False
    if other_tables_headings(labels, dataset):
        return False
    dated = any("date" in plain(label).split() for label in labels.words)
    return any(
        found.issuperset(group) and (not dated or not group or _has_date(dataset, group))
        for group in dataset.signs.any_of
    )


def other_tables_headings(labels: Labels, dataset: Dataset) -> list[str]:
    """The labels that only other tables have."""
    others = {heading_key(heading) for heading in dataset.signs.not_headed}
    if dataset.signs.no_others:
        own = {key for c in dataset.columns for key in _keys((c.name, *c.synonyms))}
        return [words for words in labels.words if words and own.isdisjoint(_keys_of_label(words))]
    return [words for words in labels.words if words and heading_key(words) in others]


def required_of(row: HeadingRow, dataset: Dataset) -> frozenset[str]:
    """The required columns that a row heads; those that stand above the table are not counted."""
    required = (c for c in dataset.columns if c.required and not c.titled)
    return frozenset(column.name for column in required if _found(row, column))


def _has_date(dataset: Dataset, group: tuple[str, ...]) -> bool:
    return any(dataset.column(name).kind == "date" for name in group)


def _places(labels: Labels, column: Column) -> list[int]:
    """Where the column's headings stand; of a column `in_order`, the first listed alone.

    Words of a unit are seen through where no heading is known as it stands.
    """
    if column.titled or not labels.words:
        return []
    headings = (column.name, *column.synonyms)
    found = _known(labels.places, _keys(headings))
    if not found and column.kind in _WITH_UNITS:
        found = _known(labels.places_without_unit[column.kind], _keys(headings, column.kind))
    if found and column.in_order:
        return found[0]
    return sorted({at for places in found for at in places})


def _known(places: dict[str, list[int]], keys: Iterable[str]) -> list[list[int]]:
    """Where each of a column's headings stands, of those that the row has, in their order."""
    return [places[key] for key in keys if key in places]


@lru_cache(maxsize=10_000)
def _keys(headings: tuple[str, ...], without_unit_of: Kind | None = None) -> tuple[str, ...]:
    """The keys of a column's headings, each once; with a kind, also those without its unit."""
    bare = tuple(map(_WITH_UNITS[without_unit_of], headings)) if without_unit_of else ()
    return tuple(dict.fromkeys(map(heading_key, headings + bare)))


@lru_cache(maxsize=10_000)
def _without_percent(heading: str) -> str:
    return _PERCENT.sub(" ", heading)


_WITH_UNITS: dict[Kind, Callable[[str], str]] = {
    "money": without_unit, "percentage": _without_percent,
}  # fmt: skip


@lru_cache(maxsize=10_000)
def heading_key(heading: str) -> str:
    """A heading as known: `DatePaid`, `Date Paid` and `date_paid` are one, with a note or not."""
    return plain(_NOTE.sub("", heading)).replace(" ", "")


@lru_cache(maxsize=10_000)
def _keys_of_label(heading: str) -> tuple[str, ...]:
    """A label's keys: its own, and that of a contract that writes YYYY for any year."""
    any_year = _YEAR.sub("YYYY", plain(_NOTE.sub("", heading)))
    return tuple(dict.fromkeys((heading_key(heading), heading_key(any_year))))


@lru_cache(maxsize=10_000)
def plain(heading: str) -> str:
    """A heading as compared: lower case, words only."""
    return _NOT_WORDS.sub(" ", heading.casefold()).strip()


def _all_words(row: Sequence[Cell]) -> list[str]:
    return [_words(cell) for cell in row]


def _words(cell: Cell) -> str:
    return " ".join(str(cell).split()) if isinstance(cell, str) else ""


def _refuse_twice(file: str, column: str, headings: list[str]) -> None:
    headed = " and ".join(map(repr, dict.fromkeys(headings)))
    raise ReturnRefused(
        f"{file}: two columns are headed {headed}, and either could be {column}. "
        "Rename or remove one in the export."
    )
