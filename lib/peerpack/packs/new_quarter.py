"""Lay out a quarter: the council's folder, an empty form for each dataset it supplies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from peerpack.catalogue.load import datasets
from peerpack.catalogue.models import Dataset
from peerpack.catalogue.places import council_file, data_roots, files_within, quarter_folder
from peerpack.errors import NotFound, UsageError
from peerpack.intake.desk import TEMPLATES, is_a_return
from peerpack.packs.versions import write_whole
from peerpack.render import form
from peerpack.vocab import Quarter, council_slug

COUNCIL = """slug = "{slug}"
# The name as it should stand on every page.
name = "{name}"
"""
RETURNS = """# A file is known by its columns. Only where one fits two datasets, say here which:
#
# [assign]
# "ledger.csv" = "budget_monitoring"
"""


@dataclass(frozen=True)
class LaidOut:
    """What was made, and what stood there before: nothing of it was written over."""

    folder: Path
    made: tuple[Path, ...]
    returns_n: int


def new_quarter(council: str, quarter: str, roots: Sequence[Path] = ()) -> LaidOut:
    """Lay out `<root>/<council>/<quarter>/`; where it holds returns, add missing forms only.

    It is laid where the quarter, else the council, stands already; else in the first root.
    """
    slug, asked = council_slug(council), Quarter.parse(quarter)
    folder = _folder(slug, asked, roots)
    returns_n = sum(is_a_return(path, folder) for path in files_within(folder))
    try:
        made = tuple(_laid(folder, slug, returns_n, _is_known(slug, roots)))
    except OSError as fault:
        raise UsageError(
            f"Cannot write to {folder}: {fault.strerror}. Give --data a folder that you may "
            "write to."
        ) from fault
    return LaidOut(folder, made, returns_n)


def supplied_by_councils() -> list[Dataset]:
    """The datasets a council gives: no national return, no record of published documents."""
    return [each for each in datasets().values() if not each.own_record | each.national]


def _folder(slug: str, quarter: Quarter, roots: Sequence[Path]) -> Path:
    for root in roots:
        if not root.is_dir():
            raise UsageError(f"--data {root}: no such folder. Make it first, or mend its name.")
    try:
        return quarter_folder(slug, quarter, roots)
    except NotFound:
        known = _is_known(slug, roots)
    home = council_file(slug, "council.toml", roots).parent if known else None
    return (home or data_roots(roots)[0] / slug) / str(quarter)


def _is_known(slug: str, roots: Sequence[Path]) -> bool:
    try:
        return council_file(slug, "council.toml", roots).is_file()
    except NotFound:
        return False


def _laid(folder: Path, slug: str, returns_n: int, known: bool) -> Iterator[Path]:
    (folder / TEMPLATES).mkdir(parents=True, exist_ok=True)
    wanted = {folder / TEMPLATES / f"{d.dataset}.xlsx": form(d) for d in supplied_by_councils()}
    if not known:
        name = slug.replace("-", " ").title()
        wanted[folder.parent / "council.toml"] = COUNCIL.format(slug=slug, name=name).encode()
    if not returns_n:
        wanted[folder / "returns.toml"] = RETURNS.encode()
    for path, content in sorted(wanted.items()):
        if _written(path, content):
            yield path


def _written(path: Path, content: bytes) -> bool:
    """Whether a file was written, whole; one that stands there is never written over."""
    if path.exists():
        return False
    write_whole(path, content)
    return True
