"""What was worked out before from the same bytes: kept under the reports folder, and never trusted.

An entry is a folder, named by the digest of all it was made from, with a sum of each of its files
under a seal of this user's own. One that is damaged, or that others could have written, is made
anew. `make clean` removes them all.
"""

import hashlib
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import peerpack
from peerpack.catalogue.places import project_root
from peerpack.catalogue.private import holds, is_ours, make_private, seal
from peerpack.errors import PeerpackError

T = TypeVar("T")
Parts = Mapping[str, Any]
"""All that something is made from, by what a person would call it."""
CACHE = ".admitted"
RAN = ".ran"
"""The folders under the reports that keep: what was admitted, and notebooks that ran."""
KEPT_N = 4
KEPT_OF_PERSONAL_N = 1
SUMS = "sums.json"
MADE_FROM = "made-from.json"


def tree_digest(folder: Path, pattern: str = "*") -> str:
    """One digest of a folder's files by name."""
    found = sorted(p for p in folder.rglob(pattern) if p.is_file())
    return files_digest(found, folder)


def files_digest(files: Iterable[Path], folder: Path) -> str:
    """One digest of these files of a folder, their names and their bytes."""
    return digest([(p.relative_to(folder).as_posix(), sha256_of(p)) for p in files])


def digest(parts: Any) -> str:
    """One digest of plain values."""
    return hashlib.sha256(_plain(parts).encode()).hexdigest()


def _plain(parts: Any) -> str:
    return json.dumps(parts, default=str)


def sha256_of(path: Path) -> str:
    """The digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def code_now() -> str:
    """The digest of the package's code as it stands on the disk."""
    return tree_digest(Path(peerpack.__file__).parent, "*.py")


# Of the code as it is loaded now: a session that goes on while it is edited keeps its old name.
CODE = code_now()


def rules() -> dict[str, str]:
    """Everything but returns that what is kept was made by, by name."""
    root = project_root()
    lock = root / "requirements.lock"
    return {
        "the workbook's code": CODE,
        "requirements.lock": sha256_of(lock) if lock.is_file() else "",
        "definitions or reference data": tree_digest(root / "data" / "reference"),
        "suites": tree_digest(root / "expectations", "*.json"),
        "Python or a library": machine(),
    }


@cache
def machine() -> str:
    """One digest of what runs: Python, the platform, and each library in its installed version."""
    folders = sorted({Path(each) for each in sys.path if each and Path(each).is_dir()})
    installed = [p.name for each in folders for p in each.glob("*.dist-info")]
    return digest([sys.version, platform.platform(), sorted(installed)])


def once(
    folder: Path,
    parts_of: Callable[[], Parts],
    take: Callable[[Path], T],
    make: Callable[[], T],
    lay: Callable[[Path, T], object],
    kept_n: int = KEPT_N,
    told: Callable[[str], object] = lambda _: None,
) -> T:
    """What `make` gives, or what it gave before of the same parts; `lay` and `take` keep it.

    `told` is given why it is made, in words after a colon; an empty text where it is taken.
    """
    parts = parts_of()
    entry = found(folder, parts)
    if entry:
        with suppress(OSError, ValueError, PeerpackError):
            taken = take(entry)
            told("")
            return taken
    told(why_made(folder, parts))
    made = make()
    # A file that was edited meanwhile is not what the parts speak of.
    if digest(parts_of()) == digest(parts):
        keep(folder, parts, lambda scratch: lay(scratch, made), kept_n)
    return made


def why_made(folder: Path, parts: Parts) -> str:
    """Why nothing kept in a folder serves for these parts: what of them is not as it was last."""
    if os.path.lexists(folder / digest(parts)):
        return "what was kept of it is damaged"
    last = max(entries(folder), key=_last_used, default=None)
    if last is None:
        return "for the first time"
    before, now = json.loads((last / MADE_FROM).read_bytes()), json.loads(_plain(parts))
    moved = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    return f"{', '.join(moved)} changed since the last time"


def found(folder: Path, parts: Parts) -> Path | None:
    """The entry that was made from these parts, whole and ours; marked as used."""
    entry = folder / digest(parts)
    try:
        if not _is_kept(entry):
            return None
        os.utime(entry)
    except (OSError, ValueError):
        return None
    return entry


def entries(folder: Path) -> Iterator[Path]:
    """Every entry of a folder of the cache that is whole and ours, whatever it was made by."""
    try:
        found = sorted(folder.iterdir()) if is_ours(folder) else []
    except OSError:
        return
    for entry in found:
        with suppress(OSError, ValueError):
            if _is_kept(entry):
                yield entry


def _is_kept(entry: Path) -> bool:
    """Whether an entry is ours and as it was kept: in this very place, each file, none more."""
    if not (is_ours(entry.parent) and is_ours(entry)):
        return False
    match json.loads((entry / SUMS).read_bytes()):
        case {"sums": dict(sums), "seal": sealed}:
            there = {p.name for p in entry.iterdir()} - {SUMS}
            return (
                holds(_top(entry), _said(entry, sums), sealed)
                and there == set(sums)
                and all(sha256_of(entry / name) == sums[name] for name in sums)
            )
    return False


def _said(entry: Path, sums: Mapping[str, str]) -> bytes:
    """What an entry's seal is over: its place, and the sums of its files."""
    place = entry.relative_to(_top(entry)).as_posix()
    return json.dumps([place, sums], sort_keys=True).encode()


def _top(folder: Path) -> Path:
    """The cache's own folder, which this one is in."""
    for each in (folder, *folder.parents):
        if each.name in (CACHE, RAN):
            return each
    raise ValueError(f"{folder} is in no folder of the cache.")


def keep(folder: Path, parts: Parts, write: Callable[[Path], object], kept_n: int = KEPT_N) -> None:
    """Keep what `write` writes into a folder, whole or not at all, and only the newest entries.

    Where the disk refuses, or a file's name cannot be written as text, nothing is kept: that costs
    time and no more.
    """
    entry = folder / digest(parts)
    try:
        make_private(folder, _top(folder))
        scratch = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    except OSError:
        return
    try:
        write(scratch)
        (scratch / MADE_FROM).write_text(_plain(parts), encoding="utf-8")
        sums = {p.name: sha256_of(p) for p in sorted(scratch.iterdir())}
        told = {"sums": sums, "seal": seal(_top(folder), _said(entry, sums))}
        (scratch / SUMS).write_text(json.dumps(told), encoding="utf-8")
        shutil.rmtree(entry, ignore_errors=True)
        scratch.rename(entry)
    except (OSError, ValueError):
        shutil.rmtree(scratch, ignore_errors=True)
    _prune(folder, kept_n)


def _prune(folder: Path, kept_n: int) -> None:
    """Keep the entries last used; another process may be at the same."""
    entries = [p for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")]
    for entry in sorted(entries, key=_last_used, reverse=True)[kept_n:]:
        shutil.rmtree(entry, ignore_errors=True)


def _last_used(entry: Path) -> float:
    try:
        return entry.stat().st_mtime
    except OSError:
        return 0.0
