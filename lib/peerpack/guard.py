"""Keep personal data out of git: `python -m peerpack.guard FILE…`, for pre-commit.

A file is judged by what it holds, whatever it is called and wherever it stands. Data of a council
whose `council.toml` says `invented = true` are about nobody.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from peerpack.catalogue.load import council, datasets
from peerpack.catalogue.places import project_root
from peerpack.errors import PeerpackError, ReturnRefused
from peerpack.sources import fits

ARCHIVE, OLD_SHEET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def main(files: list[str]) -> int:
    """Say which files may not be committed, and 1 if there is any."""
    faults = [fault for file in files for fault in personal(Path(file))]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def personal(path: Path) -> Iterator[str]:
    """Why a file may not be committed: the personal dataset whose columns it has; else nothing."""
    if not path.is_file() or _is_invented(path):
        return
    found = sorted({name for ending in _endings(path) for name in _fitting(path, ending)})
    if found:
        yield (
            f"{path}: has the columns of {' and '.join(found)}, which holds personal data. Take it "
            "out of the commit (git rm --cached). Returns are kept outside git."
        )


def _is_invented(path: Path) -> bool:
    data = project_root() / "data"
    try:
        slug = path.resolve().relative_to(data).parts[0]
        return council(slug, [data]).invented
    except (ValueError, PeerpackError):
        return False


def _endings(path: Path) -> tuple[str, ...]:
    """The endings that its first bytes could have; its own may be anything."""
    with path.open("rb") as file:
        start = file.read(4)
    return (".zip", ".xlsx") if start == ARCHIVE else (".xls",) if start == OLD_SHEET else (".csv",)


def _fitting(path: Path, ending: str) -> Iterator[str]:
    """The personal datasets that a file fits, read as if it had that ending."""
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / f"staged{ending}"
        link.symlink_to(path.resolve())
        for name, dataset in datasets().items():
            if dataset.personal and _fits(link, {name: dataset}):
                yield name


def _fits(link: Path, declared: dict) -> bool:
    try:
        return bool(fits([link], declared, {}).files)
    except ReturnRefused:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
