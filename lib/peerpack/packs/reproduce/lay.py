"""Find the recorded returns by digest, and lay them where the recorded build found them."""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from peerpack.catalogue.places import ENGLAND
from peerpack.errors import PackTampered
from peerpack.packs.reproduce.recorded import Item, Recorded
from peerpack.packs.verify import verify
from peerpack.packs.versions import SUMS, Version, newest_before, sha256_of

AS_RECORDED, CHANGED, MISSING = "as recorded", "changed", "missing"


@dataclass(frozen=True)
class Laid:
    """A recorded file, what became of it, and the digest of what was laid in its place."""

    item: Item
    became: str
    sha256: str = ""
    found: Path | None = None


def lay(recorded: Recorded, roots: Sequence[Path], data: Path) -> tuple[Laid, ...]:
    """Lay every recorded file into the fresh data folder `data`, found by digest below the roots.

    A file of other bytes that stands at the recorded place is laid instead, and said to be
    changed; one that is nowhere is missing. A file that was no return has only its name in a pack,
    so an empty one stands for it.
    """
    found = _by_digest(recorded, roots)
    laid = tuple(_one(item, found, roots) for item in recorded.items)
    for each in (each for each in laid if each.found):
        _copy(each.found, data / each.item.place)
    for place in recorded.not_used:
        _stand_in(data / place)
    return laid


def _one(item: Item, found: dict[str, Path], roots: Sequence[Path]) -> Laid:
    if item.sha256 in found:
        return Laid(item, AS_RECORDED, item.sha256, found[item.sha256])
    return at_its_place(item, roots)


def at_its_place(item: Item, roots: Sequence[Path]) -> Laid:
    """What stands below the roots where a recorded file stood, whatever its bytes."""
    for root in roots:
        path = root / item.place
        if _is_within(path, root):
            digest = sha256_of(path)
            return Laid(item, AS_RECORDED if digest == item.sha256 else CHANGED, digest, path)
    return Laid(item, MISSING)


def _by_digest(recorded: Recorded, roots: Sequence[Path]) -> dict[str, Path]:
    """A file of each wanted digest: at its place, else wherever below the roots it is."""
    wanted = {item.sha256 for item in recorded.items}
    found: dict[str, Path] = {}
    for path in _likely(recorded, roots):
        if not wanted - found.keys():
            break
        digest = sha256_of(path)
        if digest in wanted:
            found.setdefault(digest, path)
    return found


def _likely(recorded: Recorded, roots: Sequence[Path]) -> Iterator[Path]:
    """Files below the roots, each once, the likeliest first: reading them all takes long."""
    seen: set[Path] = set()
    places = [item.place for item in recorded.items]
    first = (root / place for root in roots for place in places)
    folders = [root / name for root in roots for name in (recorded.council, ENGLAND)]
    everywhere = (path for folder in (*folders, *roots) for path in _files_below(folder))
    for path in (*first, *everywhere):
        root = next(each for each in roots if path.is_relative_to(each))
        if path not in seen and _is_within(path, root):
            seen.add(path)
            yield path


def _files_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in order; hidden folders and links to folders are passed by."""
    for above, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(above) / name for name in sorted(files))


def _is_within(path: Path, root: Path) -> bool:
    """A file that may be read, and no link out of its root."""
    return (
        path.is_file()
        and path.resolve().is_relative_to(root.resolve())
        and os.access(path, os.R_OK)
    )


def _copy(path: Path | None, to: Path) -> None:
    if path:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, to)


def _stand_in(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def lay_previous(recorded: Recorded, folders: Iterable[Path], reports: Path) -> str | None:
    """Lay the pack of the quarter before, found by digest in councils' folders of reports.

    Where it is nowhere, the newest one that is there takes its place. The digest of what was laid;
    None where there is nothing.
    """
    wanted = recorded.inputs["previous_pack"]
    known = list(folders)
    found = _pack_of_digest(wanted, known) if wanted else None
    if wanted and found is None:
        found = next(filter(None, (newest_before(each, recorded.quarter) for each in known)), None)
    return lay_version(found, recorded.council, reports)


def lay_version(version: Version | None, council: str, reports: Path) -> str | None:
    """Lay a pack among the fresh reports; its digest, None where there is none."""
    if version is None:
        return None
    shutil.copytree(version.folder, reports / council / version.folder.parent.name / version.name)
    return version.digest


def _pack_of_digest(digest: str, folders: Iterable[Path]) -> Version | None:
    """A pack whose sums have that digest, and that agrees with its sums."""
    sums = (path for folder in folders for path in sorted(folder.glob(f"*/v*/{SUMS}")))
    for path in sums:
        if sha256_of(path) == digest and _is_whole(path.parent):
            return Version(path.parent, int(path.parent.name[1:]))
    return None


def _is_whole(folder: Path) -> bool:
    try:
        verify(folder)
    except PackTampered:
        return False
    return folder.name[1:].isdigit()
