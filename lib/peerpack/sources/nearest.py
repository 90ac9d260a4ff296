"""Why a file is no dataset's: which is nearest, and what it lacks of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from peerpack.catalogue.models import Dataset
from peerpack.sources.header import other_tables_headings, places_of, readings
from peerpack.sources.tabular import PEEK_ROWS, Grid

LEAST_FOUND_N = 2


@dataclass(frozen=True)
class Near:
    """A row of headings beside the columns that a dataset requires."""

    dataset: Dataset
    labels: list[str]
    found: frozenset[str]

    @property
    def required(self) -> list[str]:
        """The columns that a table of the dataset must have."""
        return [c.name for c in self.dataset.columns if c.required]

    @property
    def rank(self) -> tuple[float, int]:
        """The share of the required columns that are there, and their number."""
        n = len(self.found.intersection(self.required))
        return n / max(1, len(self.required)), n

    def lacks(self) -> str:
        """What keeps the table from being of the dataset, in a clause."""
        missing = [name for name in self.required if name not in self.found]
        if missing:
            return f"no heading for {', '.join(missing)}"
        if strange := other_tables_headings(self.labels, self.dataset):
            return f"the heading {strange[0]!r} is of another table"
        groups = [" and ".join(group) for group in self.dataset.signs.any_of]
        return f"no headings for what tells it from other tables: {'; or '.join(groups)}"


def why_none(tables: Iterable[Grid], datasets: dict[str, Dataset]) -> str:
    """One clause: the nearest dataset and what is missing, or that none is near."""
    tables = [grid for grid in tables if grid.rows]
    if not tables:
        return "it holds no table"
    near = max((_near(grid, d) for grid in tables for d in datasets.values()), key=lambda n: n.rank)
    if near.rank[1] < min(LEAST_FOUND_N, len(near.required)) or near.rank[0] < 0.5:
        return "it has no row of headings of any dataset"
    return f"nearest is {near.dataset.dataset}, but {near.lacks()}"


def _near(grid: Grid, dataset: Dataset) -> Near:
    rows = range(min(PEEK_ROWS, len(grid.rows)))
    heads = (labels for at in rows for labels, _ in readings(grid.rows, at))
    found = (Near(dataset, labels, _found(labels, dataset)) for labels in heads)
    return max(found, key=lambda each: each.rank)


def _found(labels: list[str], dataset: Dataset) -> frozenset[str]:
    return frozenset(c.name for c in dataset.columns if places_of(labels, c))
