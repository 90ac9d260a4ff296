"""What was worked out before from the same bytes: kept under the reports folder, and never trusted.

An entry is a folder, named by the digest of all it was made from, with a sum of each of its files.
One that is damaged, or that others could have written, is made anew. `make clean` removes them all.
"""

import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import peerpack
from peerpack.catalogue.places import project_root
from peerpack.errors import PeerpackError

T = TypeVar("T")
CACHE = ".admitted"
KEPT_N = 4
KEPT_OF_PERSONAL_N = 1
SUMS = "sums.json"


def tree_digest(folder: Path, pattern: str = "*") -> str:
    """One digest of a folder's files by name."""
    found = sorted(p for p in folder.rglob(pattern) if p.is_file())
    return files_digest(found, folder)


def files_digest(files: Iterable[Path], folder: Path) -> str:
    """One digest of these files of a folder, their names and their bytes."""
    return digest([(p.relative_to(folder).as_posix(), sha256_of(p)) for p in files])


def digest(parts: Any) -> str:
    """One digest of plain values."""
    return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


def sha256_of(path: Path) -> str:
    """The digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Of the code as it is loaded now: a session that goes on while it is edited keeps its old name.
CODE = tree_digest(Path(peerpack.__file__).parent, "*.py")


def rules_digest() -> str:
    """Everything but returns that what is kept was made by: code, lock, reference data, suites."""
    root = project_root()
    lock = root / "requirements.lock"
    return digest([
        CODE, sha256_of(lock) if lock.is_file() else "",
        tree_digest(root / "data" / "reference"), tree_digest(root / "expectations", "*.json"),
    ])  # fmt: skip


def once(
    folder: Path,
    key_of: Callable[[], str],
    take: Callable[[Path], T],
    make: Callable[[], T],
    lay: Callable[[Path, T], object],
    kept_n: int = KEPT_N,
) -> T:
    """What `make` gives, or what it gave before under the same key; `lay` and `take` keep it."""
    key = key_of()
    entry = _found(folder, key)
    if entry:
        try:
            return take(entry)
        except (OSError, ValueError, PeerpackError):
            shutil.rmtree(entry, ignore_errors=True)
    made = make()
    # A file that was edited meanwhile is not what the key speaks of.
    if key_of() == key:
        _keep(folder, key, lambda scratch: lay(scratch, made), kept_n)
    return made


def _found(folder: Path, key: str) -> Path | None:
    """The entry of that key, whole and ours; marked as used."""
    entry = folder / key
    try:
        if not _is_ours(folder) or not _is_ours(entry) or not _is_whole(entry):
            return None
        os.utime(entry)
    except (OSError, ValueError):
        return None
    return entry


def entries(folder: Path) -> Iterator[Path]:
    """Every entry of a folder of the cache that is whole and ours, whatever it was made by."""
    try:
        found = sorted(folder.iterdir()) if _is_ours(folder) else []
    except OSError:
        return
    for entry in found:
        with suppress(OSError, ValueError):
            if _is_ours(entry) and _is_whole(entry):
                yield entry


def _is_ours(folder: Path) -> bool:
    """A folder of this user that nobody else can write to or read."""
    said = folder.lstat()
    ours = not hasattr(os, "getuid") or said.st_uid == os.getuid()
    return stat.S_ISDIR(said.st_mode) and ours and not said.st_mode & 0o077


def _is_whole(entry: Path) -> bool:
    sums = json.loads((entry / SUMS).read_bytes())
    there = {p.name for p in entry.iterdir()} - {SUMS}
    return there == set(sums) and all(sha256_of(entry / name) == sums[name] for name in sums)


def _keep(folder: Path, key: str, write: Callable[[Path], object], kept_n: int) -> None:
    """Keep what `write` writes into a folder, whole or not at all, and only the newest entries.

    Where the disk refuses, nothing is kept: that costs time and no more.
    """
    try:
        _make_private(folder)
        scratch = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    except OSError:
        return
    try:
        write(scratch)
        sums = {p.name: sha256_of(p) for p in sorted(scratch.iterdir())}
        (scratch / SUMS).write_text(json.dumps(sums), encoding="utf-8")
        shutil.rmtree(folder / key, ignore_errors=True)
        scratch.rename(folder / key)
    except OSError:
        shutil.rmtree(scratch, ignore_errors=True)
    _prune(folder, kept_n)


def _make_private(folder: Path) -> None:
    """The folder, and those above it up to the cache's own, for this user alone."""
    above = [folder, *folder.parents]
    own = above[: [each.name for each in above].index(CACHE) + 1]
    for each in reversed(own):
        each.mkdir(parents=True, exist_ok=True, mode=0o700)
        each.chmod(0o700)


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
