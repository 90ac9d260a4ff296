"""Rebuild a pack from its manifest, compare byte for byte, and say which of its inputs moved."""

import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peerpack.catalogue import load
from peerpack.catalogue.places import project_root
from peerpack.errors import NotFound, NotReproducible, PeerpackError
from peerpack.packs.causes import CHANGED, Moved, causes, moved_inputs
from peerpack.packs.inputs import checkout_files, of_checkout
from peerpack.packs.libraries import NONE, locked, other_than_locked
from peerpack.packs.reproduce.checkout import Checkout, copied, recorded_checkout
from peerpack.packs.reproduce.compare import Difference, compare, shortened
from peerpack.packs.reproduce.lay import (
    MISSING,
    Laid,
    at_its_place,
    lay,
    lay_previous,
    lay_version,
)
from peerpack.packs.reproduce.rebuild import Rebuilt, rebuild
from peerpack.packs.reproduce.recorded import Item, Recorded, read_inputs, read_recorded
from peerpack.packs.verify import published
from peerpack.packs.versions import newest_before

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Reproduction:
    """What came of rebuilding a pack.

    `checkout`: what it was rebuilt with, in words. `moved`: the inputs that are not the recorded
    ones. `inside`: the files of the code or the reference data that moved, by input, where the
    manifest has them. `differences`: between the pack and the rebuild. `stopped`: what the rebuild
    said where it came to no pack. `notes`: what else is not as it was, and no input.
    """

    files_n: int
    checkout: str
    moved: tuple[Moved, ...]
    inside: Mapping[str, tuple[Moved, ...]]
    differences: tuple[Difference, ...]
    stopped: str
    notes: tuple[str, ...]

    @property
    def identical(self) -> bool:
        """Whether every file under the sums has the same bytes twice."""
        return not self.differences and not self.stopped

    @property
    def causes(self) -> tuple[str, ...]:
        """Which of the eight causes moved."""
        return causes(self.moved)


@dataclass(frozen=True)
class Bench:
    """Where a rebuild takes place: checkout, data roots, what was laid, the digest before."""

    checkout: Checkout
    roots: tuple[Path, ...]
    laid: tuple[Laid, ...]
    previous: str | None


def reproduce(
    folder: Path,
    *,
    data: Sequence[Path] = (),
    checkout: Path | None = None,
    here: bool = False,
    tell: Tell = lambda _: None,
) -> Reproduction:
    """Rebuild a pack in a folder of its own, and compare every file under SHA256SUMS.

    From the recorded revision of the repository at `checkout` (by default this one), and the
    returns of the recorded digests, wherever below `data` and the checkout's `data/` they are.
    With `here`, from everything as it is here now: what would a build say today, and why?
    Refuses a tampered pack (40), and one of whose returns one is nowhere (41).
    """
    recorded = read_recorded(folder.resolve())
    root = (checkout or project_root()).resolve()
    roots = _data_roots(data, root)
    with _room() as room:
        lay_out = as_here if here else as_recorded
        bench = lay_out(recorded, root, roots, room)
        tell(f"from {bench.checkout.words}")
        rebuilt = rebuild(recorded, bench.checkout.root, bench.roots, room, tell)
        return _compared(recorded, bench, rebuilt)


def refuse(told: Reproduction, pack: Path) -> None:
    """NotReproducible, where the rebuild is not identical: which causes moved."""
    if told.identical:
        return
    why = f"{', '.join(told.causes)} moved" if told.moved else "no recorded input moved"
    what = f"the rebuild stopped: {told.stopped}" if told.stopped else "the rebuild differs"
    raise NotReproducible(f"{pack} was not reproduced: {why}; {what}")


def _data_roots(data: Sequence[Path], root: Path) -> tuple[Path, ...]:
    named = [Path(p) for p in os.environ.get("PEERPACK_DATA", "").split(os.pathsep) if p]
    gone = [path for path in data if not path.is_dir()]
    if gone:
        raise NotFound(f"--data {gone[0]}: there is no such folder.")
    return tuple(path.resolve() for path in (*data, *named, root / "data"))


@contextmanager
def _room() -> Iterator[Path]:
    """A folder that only we can read, for returns are laid in it; removed whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="peerpack-")).resolve()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def as_recorded(recorded: Recorded, root: Path, roots: tuple[Path, ...], room: Path) -> Bench:
    """The recorded revision, and the recorded files laid into a data folder of their own."""
    checkout = recorded_checkout(recorded, root, room)
    own = [path for path in (room / "clone" / "data",) if path.is_dir()]
    laid = lay(recorded, (*roots, *own), room / "data")
    _refuse_missing(laid, roots)
    for folder in own:
        _leave_reference_only(folder)
    councils = (_council_folder(recorded), root / "reports" / recorded.council)
    previous = lay_previous(recorded, councils, room / "reports")
    return Bench(checkout, (room / "data",), laid, previous)


def _leave_reference_only(data: Path) -> None:
    """A root is asked for every folder that those before it lack: nothing unrecorded may answer."""
    for folder in (each for each in data.iterdir() if each.name != "reference"):
        shutil.rmtree(folder) if folder.is_dir() and not folder.is_symlink() else folder.unlink()


def as_here(recorded: Recorded, root: Path, roots: tuple[Path, ...], room: Path) -> Bench:
    """The checkout, the data roots and the newest pack before, as a build would take them now."""
    checkout = copied(recorded, root, room / "copy")
    before = newest_before(_council_folder(recorded), recorded.quarter)
    previous = lay_version(before, recorded.council, room / "reports")
    laid = tuple(at_its_place(item, roots) for item in recorded.items)
    return Bench(checkout, roots, laid, previous)


def _council_folder(recorded: Recorded) -> Path:
    """The council's packs, among which this one stands."""
    return recorded.folder.parent.parent


def _refuse_missing(laid: Sequence[Laid], roots: Sequence[Path]) -> None:
    gone = [each.item for each in laid if each.became == MISSING and _is_needed(each.item)]
    if gone:
        where = ", ".join(str(root) for root in roots)
        named = "; ".join(
            f"data: {shortened(item.name)} sha256 {item.sha256} is nowhere" for item in gone
        )
        raise NotReproducible(
            f"{named} under {where}. Nothing was rebuilt. Give --data the folder that holds it: "
            "its bytes count, not its name."
        )


def _is_needed(item: Item) -> bool:
    """Without it a rebuild would be of other questions, and show nothing of this pack."""
    return item.given in ("returns", "earlier_returns") or item.name == "council.toml"


def _compared(recorded: Recorded, bench: Bench, rebuilt: Rebuilt) -> Reproduction:
    made = rebuilt.folder
    now = read_inputs(made) if made else inputs_laid(recorded, bench)
    moved = moved_inputs(recorded.inputs, now)
    libraries = moved_libraries(recorded.note, bench.checkout.root)
    return Reproduction(
        files_n=len(published(recorded.folder)),
        checkout=bench.checkout.words,
        moved=(*moved, *libraries),
        inside=_inside(recorded, moved, bench.checkout.root),
        differences=compare(recorded.folder, made) if made else (),
        stopped="" if made else f"exit {rebuilt.exit_code}: {rebuilt.said}",
        notes=tuple(_notes(recorded.note)),
    )


def inputs_laid(recorded: Recorded, bench: Bench) -> dict[str, Any]:
    """The inputs of a rebuild that wrote no manifest, by what was laid for it."""
    now = dict(recorded.inputs) | of_checkout(bench.checkout.root)
    for given in {each.item.given for each in bench.laid}:
        own = [each for each in bench.laid if each.item.given == given]
        now[given] = {each.item.name: each.sha256 for each in own if each.became != MISSING}
    return now | {"previous_pack": bench.previous, "as_at": _as_at(recorded, bench.roots)}


def _as_at(recorded: Recorded, roots: Sequence[Path]) -> str:
    try:
        return load.as_at(recorded.council, recorded.quarter, roots).isoformat()
    except PeerpackError:
        return str(recorded.inputs["as_at"])


def moved_libraries(note: Mapping[str, Any], root: Path) -> tuple[Moved, ...]:
    """Libraries of another version than the pack was built with, although the lock is the same.

    `note`: the pack's build note, which says which of them were not the locked ones even then.
    """
    pinned, here = locked(root), other_than_locked(root)
    noted = note.get("libraries")
    then = {str(k): str(v) for k, v in noted.items()} if isinstance(noted, dict) else {}
    return tuple(
        Moved("library", "installed", name, CHANGED, was, now)
        for name in sorted({*then, *here})
        if (was := then.get(name, pinned.get(name, NONE)))
        != (now := here.get(name, pinned.get(name, NONE)))
    )


def _inside(recorded: Recorded, moved: Sequence[Moved], root: Path) -> dict[str, tuple[Moved, ...]]:
    """Which files of the code or the reference data moved, of those of the two that did."""
    here = checkout_files(root)
    return {
        given: moved_inputs({given: recorded.files[given]}, {given: here[given]})
        for given in here
        if given in recorded.files and given in {each.given for each in moved}
    }


def _notes(note: Mapping[str, Any]) -> Iterator[str]:
    """What is promised the same bytes of only where it is the same, and is no input."""
    own = {"python": platform.python_version(), "platform": platform.platform()}
    for name, here in own.items():
        if note.get(name) != here:
            yield f"{name}: {shortened(note.get(name, 'not recorded'))} then, {here} here"
