"""The two packs that were asked for, and the page that shows their difference."""

from pathlib import Path

from peerpack import render
from peerpack.errors import UsageError
from peerpack.handover.difference import Difference
from peerpack.packs.diff.compare import drawings
from peerpack.packs.opened import OpenedPack, open_pack
from peerpack.packs.versions import write_whole


def opened(a: Path, b: Path) -> tuple[OpenedPack, OpenedPack]:
    """Both packs, verified. The second may be a version's name, in the folder of the first."""
    beside = a.resolve().parent / b.name
    is_name = len(b.parts) == 1 and not b.exists() and beside.is_dir()
    return open_pack(a.resolve()), open_pack(beside if is_name else b.resolve())


def write_page(path: Path, told: Difference, a: OpenedPack, b: OpenedPack) -> None:
    """Write the page of a difference; never into a pack, which would no longer be as published."""
    where = path.resolve()
    if any(where.is_relative_to(pack.folder.resolve()) for pack in (a, b)):
        raise UsageError(f"--html {path.name}: that is inside a pack. Write the page elsewhere.")
    if not where.parent.is_dir():
        raise UsageError(f"--html {path.name}: there is no folder {where.parent.name}/. Make it.")
    write_whole(where, render.difference_page(told, drawings(told, a, b)))
