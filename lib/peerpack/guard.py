"""Keep personal data out of git: `python -m peerpack.guard FILE…`, for pre-commit.

A file is judged by what it holds, whatever it is called and wherever it stands. Data of a council
whose `council.toml` says `invented = true` are about nobody, and a Python program that draws a
table in its text is no return. What is encrypted cannot be judged.
"""

import ast
import sys
import tempfile
from pathlib import Path

from peerpack.catalogue.load import council, datasets
from peerpack.catalogue.models import Column, Dataset
from peerpack.catalogue.places import project_root
from peerpack.errors import PeerpackError, ReturnRefused
from peerpack.sources.header import find_header
from peerpack.sources.tabular import grids

KINDS = {
    b"PK\x03\x04": (".zip", ".xlsx"), b"\xd0\xcf\x11\xe0": (".xls",), b"PAR1": (".parquet",),
    b"$FL2": (".sav",), b"$FL3": (".zsav",),
}  # fmt: skip


def main(files: list[str]) -> int:
    """Say which files may not be committed, and 1 if there is any."""
    found = [(file, names) for file in files if (names := personal(Path(file)))]
    for file, names in found:
        print(
            f"{file}: has the columns of {' and '.join(names)}, which is personal data. Take it "
            f"out of the commit: git rm --cached '{file}'. Returns stay outside git.",
            file=sys.stderr,
        )
    return 1 if found else 0


def personal(path: Path) -> list[str]:
    """The personal datasets whose columns a file has; none where it may be committed."""
    if not path.is_file() or _is_invented(path) or _is_program(path):
        return []
    with tempfile.TemporaryDirectory() as folder:
        return sorted({name for link in _links(path, Path(folder)) for name in _fitting(link)})


def _fitting(link: Path) -> list[str]:
    try:
        tables = list(grids(link, peek=True))
    except ReturnRefused:
        return []
    declared = {n: each for n, each in datasets().items() if each.personal or each.never_read}
    wanted = {n: _naming_people(each) for n, each in declared.items()}
    return [n for n, each in wanted.items() if any(find_header(grid, each) for grid in tables)]


def _naming_people(dataset: Dataset) -> Dataset:
    """A dataset about people as it is; of another only a file with a heading never read."""
    if dataset.personal:
        return dataset
    column = Column(
        name="never_read",
        kind="text",
        description="Names of people.",
        synonyms=dataset.never_read,
        required=True,
        in_order=True,
    )
    return dataset.model_copy(update={"columns": (*dataset.columns, column)})


def _links(path: Path, folder: Path) -> list[Path]:
    """The file under each name that its first bytes could have: its own may be anything."""
    with path.open("rb") as file:
        start = file.read(4)
    links = [folder / f"staged{kind}" for kind in KINDS.get(start, (".csv",))]
    for link in links:
        link.symlink_to(path.resolve())
    return links


def _is_invented(path: Path) -> bool:
    data = project_root() / "data"
    try:
        return council(path.resolve().relative_to(data).parts[0], [data]).invented
    except (ValueError, PeerpackError):
        return False


def _is_program(path: Path) -> bool:
    """Whether Python can read it as Python, which rows of an export cannot be."""
    try:
        return path.suffix == ".py" and bool(ast.parse(path.read_bytes()))
    except (SyntaxError, ValueError):
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
