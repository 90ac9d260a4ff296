"""Why a file is no dataset's: which is nearest, and what it lacks of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from peerpack.catalogue.models import Dataset
from peerpack.sources.header import HeadingRow, other_tables_headings, required_of

LEAST_FOUND_N = 2
LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Near:
    """A row of headings beside the columns that a dataset requires."""

    dataset: Dataset
    row: HeadingRow
    found: frozenset[str]

    @property
    def required(self) -> list[str]:
        """The columns that a table of the dataset must have headings for."""
        return [c.name for c in self.dataset.columns if c.required and not c.titled]

    @property
    def rank(self) -> tuple[float, int]:
        """The share of the required columns that are there, and their number."""
        return len(self.found) / max(1, len(self.required)), len(self.found)

    @property
    def is_near(self) -> bool:
        """Enough of them are there for the dataset to be worth naming."""
        return self.rank >= (LEAST_SHARE, min(LEAST_FOUND_N, len(self.required)))

    def lacks(self) -> str:
        """What keeps the table from being of the dataset, in a clause."""
        missing = [name for name in self.required if name not in self.found]
        if missing:
            return f"no heading for {', '.join(missing)}"
        if strange := other_tables_headings(self.row.labels, self.dataset):
            return f"the heading {strange[0]!r} is of another table"
        groups = [" and ".join(group) for group in self.dataset.signs.any_of if group]
        if groups:
            return f"no headings for what tells it from other tables: {'; or '.join(groups)}"
        return "no words above the table that say its period"


def why_none(rows: Sequence[HeadingRow], datasets: dict[str, Dataset]) -> str:
    """One clause: the nearest dataset and what is missing, or that none is near."""
    rows = [row for row in rows if any(row.labels.words)]
    if not rows:
        return "it holds no table"
    every = (Near(d, row, required_of(row, d)) for row in rows for d in datasets.values())
    near = max(every, key=lambda each: each.rank, default=None)
    if near is None or not near.is_near:
        return "it has no row of headings of any dataset"
    return f"nearest is {near.dataset.dataset}, but {near.lacks()}"
