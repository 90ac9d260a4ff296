"""Find the header of a table wherever it stands, and which heading is which column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from peerpack.catalogue.models import Column, Dataset
from peerpack.errors import ReturnRefused
from peerpack.sources.tabular import PEEK_ROWS, Cell, Grid

_NOT_WORDS = re.compile(r"[^0-9a-z%]+")


@dataclass(frozen=True)
class Header:
    """Where the header stands (`first` to `last`, positions in the grid) and what it says.

    `positions` maps a column of the dataset to its place in a row, `headings` to the words used.
    """

    first: int
    last: int
    positions: dict[str, int]
    headings: dict[str, str]


def find_header(grid: Grid, dataset: Dataset) -> Header | None:
    """The first row, alone or under a merged row, that heads every required column."""
    for at in range(min(PEEK_ROWS, len(grid.rows))):
        for labels, first in _readings(grid.rows, at):
            header = _matched(labels, first, at, dataset, grid.file)
            if header:
                return header
    return None


def _readings(rows: Sequence[Sequence[Cell]], at: int) -> list[tuple[list[str], int]]:
    own = [_words(cell) for cell in rows[at]]
    if at == 0 or sum(map(bool, own)) < 2:
        return [(own, at)]
    above = _spread([_words(cell) for cell in rows[at - 1]], len(own))
    both = [f"{a}: {o}" if a and o and a != o else o or a for a, o in zip(above, own, strict=True)]
    return [(own, at), (both, at - 1)]


def _spread(labels: list[str], width: int) -> list[str]:
    """A merged cell prints its words once: carry them to the right."""
    spread: list[str] = []
    for place in range(width):
        own = labels[place] if place < len(labels) else ""
        spread.append(own or (spread[-1] if spread else ""))
    return spread


def _matched(
    labels: list[str], first: int, last: int, dataset: Dataset, file: str
) -> Header | None:
    places: dict[str, int] = {}
    for column in dataset.columns:
        found = [i for i, label in enumerate(labels) if label and _is(label, column)]
        if not found and column.required:
            return None
        if len(found) > 1:
            _refuse_twice(file, column.name, labels[found[0]])
        places |= {column.name: found[0]} if found else {}
    return Header(first, last, places, {name: labels[at] for name, at in places.items()})


def _is(label: str, column: Column) -> bool:
    return plain(label) in {plain(each) for each in (column.name, *column.synonyms)}


def plain(heading: str) -> str:
    """A heading as compared: lower case, words only."""
    return _NOT_WORDS.sub(" ", heading.casefold()).strip()


def _words(cell: Cell) -> str:
    return " ".join(str(cell).split()) if isinstance(cell, str) else ""


def _refuse_twice(file: str, column: str, heading: str) -> None:
    raise ReturnRefused(
        f"{file}: two columns are headed {heading!r}, and either could be {column}. "
        "Rename or remove one in the export."
    )
