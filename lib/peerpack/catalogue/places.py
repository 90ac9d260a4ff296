"""Where things stand: the checkout, the data roots, a council's folder.

The checkout's root is `PEERPACK_ROOT`, else the nearest ancestor of the working folder that holds
our `pyproject.toml`, else the checkout that this package is installed from.
Data roots are those given, then `PEERPACK_DATA`, then the checkout's `data/`.
"""

import os
import tomllib
from collections.abc import Sequence
from pathlib import Path

from peerpack.errors import NotFound, ReturnRefused, UsageError
from peerpack.vocab import Quarter, council_slug

ENGLAND = "england"
REFERENCE = "reference"
ONLY = "PEERPACK_ONLY"
"""The one council and quarter that the batch lets a notebook ask for: `northborough/2024-25-Q1`."""


def project_root() -> Path:
    """The checkout the workbook runs from."""
    named = os.environ.get("PEERPACK_ROOT")
    if named:
        return Path(named).resolve()
    here = Path.cwd().resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[3]):
        if _is_ours(folder / "pyproject.toml"):
            return folder
    raise NotFound(
        f"No checkout of the workbook at {here.name}/ or above it. Change into the checkout, "
        "or set PEERPACK_ROOT to it."
    )


def _is_ours(pyproject: Path) -> bool:
    if not pyproject.is_file():
        return False
    project = tomllib.loads(pyproject.read_text(encoding="utf-8")).get("project", {})
    return bool(project.get("name") == "peerpack")


def data_roots(given: Sequence[Path] = ()) -> list[Path]:
    """The folders that hold councils, in the order they are searched."""
    named = [Path(p) for p in os.environ.get("PEERPACK_DATA", "").split(os.pathsep) if p]
    roots = [Path(p).resolve() for p in (*given, *named)]
    return [*roots, project_root() / "data"]


def reference_folder() -> Path:
    """`data/reference/` of the checkout."""
    return project_root() / "data" / REFERENCE


def council_file(council: str, name: str, roots: Sequence[Path] = ()) -> Path:
    """The first `<root>/<council>/<name>`; refuse a council that no root knows."""
    found = council_file_if_any(council, name, roots)
    if found:
        return found
    raise NotFound(
        f"Council {council}: no data root holds {council}/{name}. "
        f"Looked in {', '.join(r.name for r in data_roots(roots))}. Add the file, or give --data."
    )


def council_file_if_any(council: str, name: str, roots: Sequence[Path] = ()) -> Path | None:
    """The first `<root>/<council>/<name>`, where a root has it."""
    _refuse_others(council)
    for root in data_roots(roots):
        path = root / council_slug(council) / name
        if path.is_file():
            return inside(path, root)
    return None


def quarter_folder(council: str, quarter: Quarter, roots: Sequence[Path] = ()) -> Path:
    """The folder of a council's returns for a quarter: the first root that has it wins."""
    folder = quarter_folder_if_any(council, quarter, roots)
    if folder:
        return folder
    raise NotFound(
        f"{council} {quarter}: no data root holds the folder {council}/{quarter}. "
        "Put the quarter's returns there, or give --data with the folder above the council's."
    )


def quarter_folder_if_any(
    council: str, quarter: Quarter, roots: Sequence[Path] = ()
) -> Path | None:
    """The folder of a council's returns for a quarter, where a root has it."""
    _refuse_others(council, quarter)
    return _first_folder(f"{council_slug(council)}/{quarter}", roots)


def corrections_folder(council: str, roots: Sequence[Path] = ()) -> Path | None:
    """The folder of a council's corrections: the first root that has it wins."""
    _refuse_others(council)
    return _first_folder(f"{council_slug(council)}/corrections", roots)


def _refuse_others(council: str, quarter: Quarter | None = None) -> None:
    """The batch runs a notebook again where its own council's settings changed, and no others'."""
    only, _, own = os.environ.get(ONLY, "").partition("/")
    if only and (council, str(quarter or own)) != (only, own):
        raise UsageError(
            f"This notebook runs for {only} {own}, and asks for {council} {quarter or ''}. Give "
            "the council and the quarter of its parameters."
        )


def england_folder(roots: Sequence[Path] = ()) -> Path | None:
    """The folder of national returns, used by every council: the first root that has it wins."""
    return _first_folder(ENGLAND, roots)


def _first_folder(name: str, roots: Sequence[Path]) -> Path | None:
    for root in data_roots(roots):
        if (root / name).is_dir():
            return inside(root / name, root)
    return None


def files_within(folder: Path) -> list[Path]:
    """Every file below a folder, by name; a link that leads out of it is refused."""
    found = sorted(p for p in folder.rglob("*") if not _hidden(p, folder))
    return [p for p in found if inside(p, folder).is_file()]


def inside(path: Path, folder: Path) -> Path:
    """The path, which no link leads out of the folder; another is refused."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ReturnRefused(
            f"{path.name} is a link that leaves {folder.name}/. Put what it links to there instead."
        )
    return path


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
