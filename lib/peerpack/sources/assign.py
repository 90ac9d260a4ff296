"""Which file is which dataset: by its columns, never only by its name."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from peerpack.catalogue.models import Dataset
from peerpack.errors import ReturnRefused
from peerpack.sources.header import HeadingRow, find_header, heading_rows
from peerpack.sources.nearest import why_none
from peerpack.sources.tabular import ENDINGS, PEEK_ROWS, Grid, grids

Table = tuple[Grid, list[HeadingRow]]
DEEP_BYTES = 16 * 1024**2


@dataclass(frozen=True)
class NotUsed:
    """A file that is no dataset's, and why: a clause that follows its name."""

    path: Path
    reason: str

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


@dataclass(frozen=True)
class Assignment:
    """The files of a quarter by dataset, and those that fit none."""

    files: dict[str, tuple[Path, ...]]
    not_used: tuple[NotUsed, ...]


def fits(
    files: Iterable[Path], datasets: dict[str, Dataset], by_hand: dict[str, str]
) -> Assignment:
    """Assign each file to the one dataset whose header it has.

    `by_hand` assigns a file's name to a dataset; a file that fits two datasets, or not the one it
    was assigned to, is refused.
    """
    found: dict[str, list[Path]] = {}
    left: list[NotUsed] = []
    for path in files:
        name = _dataset_of(path, datasets, by_hand.get(path.name))
        if isinstance(name, NotUsed):
            left.append(name)
        else:
            found.setdefault(name, []).append(path)
    return Assignment({name: tuple(found[name]) for name in sorted(found)}, tuple(left))


def _dataset_of(path: Path, datasets: dict[str, Dataset], by_hand: str | None) -> str | NotUsed:
    try:
        tables = _tables(path, peek=True)
    except ReturnRefused as refusal:
        if by_hand:
            raise
        return NotUsed(path, str(refusal).removeprefix(f"{path.name}: ").rstrip("."))
    fitting = _fitting(tables, datasets) or _fitting(_deeper(path, tables), datasets)
    if by_hand:
        return _as_assigned(path, by_hand, fitting)
    if len(fitting) > 1:
        raise ReturnRefused(
            f"{path.name} fits {' and '.join(fitting)}. Say which in returns.toml: "
            f'[assign] "{path.name}" = "{fitting[0]}".'
        )
    return fitting[0] if fitting else NotUsed(path, _why_not(path, tables, datasets))


def _tables(path: Path, peek: bool) -> list[Table]:
    return [(grid, list(heading_rows(grid))) for grid in grids(path, peek)]


def _fitting(tables: list[Table], datasets: dict[str, Dataset]) -> list[str]:
    return [n for n, d in datasets.items() if any(find_header(g, d, rows) for g, rows in tables)]


def _deeper(path: Path, peeked: list[Table]) -> list[Table]:
    """All rows of a file whose first rows hold no header: it may stand further down, or last."""
    if all(len(grid.rows) < PEEK_ROWS for grid, _ in peeked) or path.stat().st_size > DEEP_BYTES:
        return []
    try:
        return _tables(path, peek=False)
    except ReturnRefused:
        return []


def _why_not(path: Path, tables: list[Table], datasets: dict[str, Dataset]) -> str:
    if path.suffix.lower() not in ENDINGS:
        return f"not a kind of file we read ({path.suffix or 'no ending'})"
    return why_none([row for _, rows in tables for row in rows], datasets)


def _as_assigned(path: Path, by_hand: str, fitting: list[str]) -> str:
    if by_hand not in fitting:
        raise ReturnRefused(
            f"{path.name} is assigned to {by_hand} in returns.toml, but has not its columns "
            f"(it fits {' and '.join(fitting) or 'no dataset'}). Mend returns.toml or the file."
        )
    return by_hand
