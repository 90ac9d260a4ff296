"""Verify a pack: every file against its sums, every change named."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from peerpack.errors import NotFound, PackTampered
from peerpack.packs.versions import SUMS, sha256_of

BUILD = "build.json"
NOT_SUMMED = (SUMS, BUILD)
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)\Z")


@dataclass(frozen=True)
class Verified:
    """A pack whose bytes are those it was published with."""

    folder: Path
    files_n: int
    evidence_sha256: str


def verify(folder: Path) -> Verified:
    """Check a pack; PackTampered names each file changed, added or missing."""
    if not (folder / SUMS).is_file():
        raise NotFound(f"{folder.name}: no pack here, there is no {SUMS}. Give a folder like v001.")
    faults = sorted(set(_faults(folder)))
    if faults:
        raise PackTampered(
            f"{folder.name} is not as it was published: {'; '.join(faults)}. "
            "Do not rely on it; build it again from its returns."
        )
    expected = published(folder)
    return Verified(folder, len(expected), expected.get("evidence.csv", ""))


def published(folder: Path) -> dict[str, str]:
    """The sha256 of each file of a pack, by its name under the sums."""
    return dict(_expected(folder))


def _faults(folder: Path) -> Iterator[str]:
    yield from _own_faults(folder)
    expected = published(folder)
    found = dict(_listed(folder))
    folders = {name for name, entry in found.items() if entry.is_dir(follow_symlinks=False)}
    needed = _above(expected)
    for name in sorted(expected.keys() - found.keys()):
        yield f"{name} missing"
    for name in sorted(found.keys() - expected.keys() - needed - set(NOT_SUMMED)):
        yield f"{name}/ added" if name in folders else f"{name} added"
    for name in sorted((needed & found.keys()) - folders):
        yield f"{name}/ changed"
    for name in sorted(expected.keys() & found.keys()):
        if not _is_plain(found[name]) or sha256_of(Path(found[name])) != expected[name]:
            yield f"{name} changed"


def _listed(folder: str | Path, above: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All that stands in a pack, by its name under the sums; no link is followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            yield above + entry.name, entry
            if entry.is_dir(follow_symlinks=False):
                yield from _listed(entry.path, f"{above}{entry.name}/")


def _above(names: Iterable[str]) -> set[str]:
    """Every folder that files of these names stand in."""
    folders = {PurePosixPath(name.rpartition("/")[0]) for name in names}
    return {str(each) for folder in folders for each in (folder, *folder.parents)}


def _is_plain(entry: os.DirEntry[str]) -> bool:
    """A file of the pack's own: a link may change after it was verified."""
    return entry.is_file(follow_symlinks=False)


def _expected(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines():
        found = _LINE.match(line)
        if found:
            yield found[2], found[1]


def _own_faults(folder: Path) -> Iterator[str]:
    """The sums and the build note keep each other: neither is under the sums."""
    build = folder / BUILD
    yield from (f"{n} changed" for n in NOT_SUMMED if (folder / n).is_symlink())
    if not build.is_file():
        yield f"{BUILD} missing"
        return
    try:
        said = json.loads(build.read_bytes())
        intact = build.read_bytes() == build_note({k: said[k] for k in said if k != "digest"})
    except (ValueError, TypeError):
        intact, said = False, {}
    if not intact:
        yield f"{BUILD} changed"
    elif said.get("sums_sha256") != sha256_of(folder / SUMS):
        yield f"{SUMS} changed"


def build_note(fields: dict[str, Any]) -> bytes:
    """`build.json`: its fields, and the digest of them."""
    plain = json.dumps(fields, sort_keys=True, indent=1, ensure_ascii=False)
    digest = hashlib.sha256(plain.encode()).hexdigest()
    whole = json.dumps(fields | {"digest": digest}, sort_keys=True, indent=1, ensure_ascii=False)
    return whole.encode() + b"\n"


def sums(folder: Path) -> bytes:
    """The content of SHA256SUMS for a folder: as `sha256sum` writes it, by name."""
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    lines = [f"{sha256_of(found[n])}  {n}" for n in sorted(found) if n not in NOT_SUMMED]
    return "".join(f"{line}\n" for line in lines).encode()
