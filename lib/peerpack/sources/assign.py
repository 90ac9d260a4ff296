"""Which file is which dataset: by its columns, never only by its name."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from peerpack.catalogue.models import Dataset
from peerpack.errors import ReturnRefused
from peerpack.sources.header import find_header, heading_rows
from peerpack.sources.tabular import grids


@dataclass(frozen=True)
class Assignment:
    """The files of a quarter by dataset, and those that fit none."""

    files: dict[str, tuple[Path, ...]]
    not_used: tuple[Path, ...]


def fits(
    files: Iterable[Path], datasets: dict[str, Dataset], by_hand: dict[str, str]
) -> Assignment:
    """Assign each file to the one dataset whose header it has.

    `by_hand` assigns a file's name to a dataset; a file that fits two datasets, or not the one it
    was assigned to, is refused.
    """
    found: dict[str, list[Path]] = {}
    left: list[Path] = []
    for path in files:
        name = _dataset_of(path, datasets, by_hand.get(path.name))
        (found.setdefault(name, []) if name else left).append(path)
    return Assignment({name: tuple(found[name]) for name in sorted(found)}, tuple(left))


def _dataset_of(path: Path, datasets: dict[str, Dataset], by_hand: str | None) -> str | None:
    try:
        tables = [(grid, list(heading_rows(grid))) for grid in grids(path, peek=True)]
    except ReturnRefused:
        if by_hand:
            raise
        return None
    fitting = [n for n, d in datasets.items() if any(find_header(g, d, r) for g, r in tables)]
    if by_hand:
        return _as_assigned(path, by_hand, fitting)
    if len(fitting) > 1:
        raise ReturnRefused(
            f"{path.name} fits {' and '.join(fitting)}. Say which in returns.toml: "
            f'[assign] "{path.name}" = "{fitting[0]}".'
        )
    return fitting[0] if fitting else None


def _as_assigned(path: Path, by_hand: str, fitting: list[str]) -> str:
    if by_hand not in fitting:
        raise ReturnRefused(
            f"{path.name} is assigned to {by_hand} in returns.toml, but has not its columns "
            f"(it fits {' and '.join(fitting) or 'no dataset'}). Mend returns.toml or the file."
        )
    return by_hand
