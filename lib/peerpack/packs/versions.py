"""The versions of a pack, `v001`, `v002`, …: each is published whole or not at all."""

import hashlib
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peerpack.errors import UsageError
from peerpack.vocab import Quarter

if TYPE_CHECKING:
    from peerpack.packs.reasons import Reason

_NAME = re.compile(r"v(\d{3,})\Z")
_NUMBERED = re.compile(r"v(\d{3,})(?:\.sig|\.review\.jsonl)?\Z")
SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Version:
    """One published version of a quarter's pack."""

    folder: Path
    number: int

    @property
    def name(self) -> str:
        """`v001`."""
        return self.folder.name

    @property
    def digest(self) -> str:
        """sha256 of its sums: one digest for all its bytes."""
        return hashlib.sha256((self.folder / SUMS).read_bytes()).hexdigest()

    def manifest(self) -> dict[str, Any]:
        """Its manifest; empty where it cannot be read."""
        try:
            return dict(json.loads((self.folder / "manifest.json").read_bytes()))
        except (OSError, ValueError):
            return {}


@dataclass(frozen=True)
class Built:
    """A build's result: the newest version, whether it is new, and why each thing was done."""

    version: Version
    new: bool
    reasons: "tuple[Reason, ...]" = ()


def versions(quarter_folder: Path) -> list[Version]:
    """The published versions of a quarter, oldest first."""
    if not quarter_folder.is_dir():
        return []
    named = [(p, _NAME.match(p.name)) for p in quarter_folder.iterdir() if p.is_dir()]
    return sorted(
        (Version(p, int(found[1])) for p, found in named if found), key=lambda v: v.number
    )


def newest_before(council_folder: Path, quarter: Quarter) -> Version | None:
    """The newest version of the latest earlier quarter, which a pack compares itself with."""
    if not council_folder.is_dir():
        return None
    earlier = sorted(q for q in map(_quarter, council_folder.iterdir()) if q and q < quarter)
    for each in reversed(earlier):
        found = versions(council_folder / str(each))
        if found:
            return found[-1]
    return None


def _quarter(folder: Path) -> Quarter | None:
    try:
        return Quarter.parse(folder.name)
    except UsageError:
        return None


def publish(scratch: Path, quarter_folder: Path) -> Version:
    """Make a finished scratch folder the next version, in one step that nothing can halve."""
    quarter_folder.mkdir(parents=True, exist_ok=True)
    # Of a version that was taken away its log and signature stay, and are of no other pack.
    taken = (_NUMBERED.match(path.name) for path in quarter_folder.iterdir())
    number = 1 + max((int(found[1]) for found in taken if found), default=0)
    target = quarter_folder / f"v{number:03d}"
    _settle(scratch)
    scratch.rename(target)
    sync(quarter_folder)
    return Version(target, number)


def _settle(folder: Path) -> None:
    """Modes that do not depend on the umask, and every byte on the disk."""
    for path in sorted(folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
        sync(path)
    folder.chmod(0o755)
    sync(folder)


def sync(path: Path) -> None:
    """See to it that what was written is on the disk; of a folder, its names."""
    at = os.open(path, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is never seen half written; the caller sees to it that one writes."""
    if path.is_file() and path.read_bytes() == content:
        return
    # One name, so that what a killed build left is written over and nothing gathers.
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with new.open("xb") as file:  # never through a link that was laid there
        file.write(content)
    new.chmod(0o644)
    sync(new)
    new.replace(path)
    sync(path.parent)


def fresh_folder(folder: Path) -> Path:
    """An empty folder that only we can read; what an earlier build left there is removed."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    return folder


def sha256_of(path: Path) -> str:
    """sha256 of a file."""
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
