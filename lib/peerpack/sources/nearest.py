"""Why a file is no dataset's: which is nearest, and what it lacks of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from peerpack.catalogue.models import Dataset
from peerpack.sources.header import rows_of_headings
from peerpack.sources.headings import other_tables_headings
from peerpack.sources.tabular import Grid

LEAST_FOUND_N = 2
LEAST_SHARE = 0.5


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

    @property
    def least_n(self) -> int:
        """So many of its columns a file must have for the dataset to be worth naming."""
        return min(LEAST_FOUND_N, len(self.required))

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
    every = (near for grid in tables for near in _near(grid, [*datasets.values()]))
    near = max(every, key=lambda each: each.rank, default=None)
    if near is None or near.rank[0] < LEAST_SHARE or near.rank[1] < near.least_n:
        return "it has no row of headings of any dataset"
    return f"nearest is {near.dataset.dataset}, but {near.lacks()}"


def _near(grid: Grid, datasets: Sequence[Dataset]) -> Iterator[Near]:
    """Each row of headings beside each dataset of which it heads a required column."""
    by_name = {each.dataset: each for each in datasets}
    for _, labels, _, headed in rows_of_headings(grid, datasets):
        for name, found in headed.items():
            yield Near(by_name[name], labels, frozenset(found))
