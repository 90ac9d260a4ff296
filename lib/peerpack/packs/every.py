"""Build every council that has a quarter: one after another, in one process.

What is dear is loaded once for all of them. Each is built as it is alone: what one was refused for
stops no other, and no pack holds anything of another council.
"""

import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from peerpack.catalogue.places import ENGLAND, REFERENCE, data_roots, project_root
from peerpack.errors import NotFound, OurFault, PeerpackError, UsageError
from peerpack.packs import durations, unchanged
from peerpack.packs.durations import BUILD
from peerpack.packs.inputs import of_checkout
from peerpack.packs.reasons import explained
from peerpack.packs.versions import Built
from peerpack.vocab import Quarter

Tell = Callable[[str], None]
Left = Callable[[float], None]
NO_COUNCIL = {ENGLAND, REFERENCE}


@dataclass(frozen=True)
class Outcome:
    """What became of one council: its newest pack, or the paragraph that it was refused with."""

    council: str
    seconds: float
    pack: str = ""
    new: bool = False
    exit_code: int = 0
    said: str = ""

    @property
    def line(self) -> str:
        """What became of it, in a line."""
        if self.exit_code:
            why = " ".join(self.said.split())
            return f"{self.council}: refused with exit code {self.exit_code}: {why}"
        version = Path(self.pack).name
        done = f"{version} published" if self.new else f"nothing changed since {version}"
        return f"{self.council}: {done}, {self.seconds:.1f} s"


def build_all(
    quarter: str,
    *,
    roots: Sequence[Path] = (),
    reports: Path,
    strict: bool = False,
    force: bool = False,
    explain: bool = False,
    tell: Tell = lambda _: None,
    left: Left = lambda _: None,
) -> Iterator[Outcome]:
    """Build every council that has the quarter; each outcome as it is known.

    First those for which nothing changed, then the others, both by name.
    Whoever stops taking outcomes, or interrupts, keeps what was done. Refuses a malformed quarter,
    a given root that is not there, and a quarter that no council has. `left` is given the seconds
    that all of them are expected to take from then on. With `explain`, `tell` is given too why each
    dataset was admitted and each notebook run, or why not.
    """
    batch = _Batch(quarter, tuple(roots), reports, strict, force, explain, tell, left)
    size = councils(Quarter.parse(quarter), roots)
    loaded = of_checkout(project_root())
    to_build = []
    for council in sorted(size):
        same = None if force else batch.same(council)
        if same is None:
            to_build.append(council)
        else:
            yield same
    with _loaded_once(to_build, tell):
        for at, council in enumerate(to_build, start=1):
            tell(f"{council}: {at} of {len(to_build)} to build")
            later = {name: size[name] for name in to_build[at:]}
            yield batch.built(council, later, loaded)


@dataclass(frozen=True)
class _Batch:
    """What each council of a quarter is built with."""

    quarter: str
    roots: tuple[Path, ...]
    reports: Path
    strict: bool
    force: bool
    explain: bool
    tell: Tell
    left: Left

    def same(self, council: str) -> Outcome | None:
        """What became of a council for which nothing changed; None of one to build or refuse."""
        started = time.monotonic()
        before = unchanged.looked(council, self.quarter, self.roots, self.reports)
        found = before and unchanged.same(*before)
        return self._done(council, started, Built(found, new=False)) if found else None

    def built(self, council: str, later: Mapping[str, int], loaded: Mapping[str, Any]) -> Outcome:
        """What became of a council that is built now; `later`: those after it, and their bytes."""
        started = time.monotonic()
        try:
            _refuse_moved(loaded)
            return self._done(council, started, self._build(council, later))
        except PeerpackError as stop:
            code, said = stop.exit_code, str(stop)
        except Exception as fault:
            self.tell(traceback.format_exc())
            code = OurFault.exit_code
            said = f"a fault of ours, {type(fault).__name__}. Please report the lines above."
        return Outcome(council, time.monotonic() - started, exit_code=code, said=said)

    def _build(self, council: str, later: Mapping[str, int]) -> Built:
        later_s = _expected(later, self.reports)
        return unchanged.build(
            council, self.quarter, roots=self.roots, reports=self.reports,
            strict=self.strict, force=self.force,
            tell=lambda line: self.tell(f"{council}: {line}"),
            left=lambda seconds: self.left(seconds + later_s),
        )  # fmt: skip

    def _done(self, council: str, started: float, built: Built) -> Outcome:
        for reason in explained(built) if self.explain else ():
            self.tell(f"{council}: {reason.words}")
        seconds = time.monotonic() - started
        return Outcome(council, seconds, str(built.version.folder), built.new)


def _loaded_once(to_build: Sequence[str], tell: Tell) -> AbstractContextManager[object]:
    """One server of kernels for all of them; nothing at all where nothing is to be built."""
    if not to_build:
        return nullcontext()
    from peerpack.packs.run import one_server

    return one_server(tell)


def _refuse_moved(loaded: Mapping[str, Any]) -> None:
    """What is loaded is loaded once for all: a pack of other files must not be made of it."""
    now = of_checkout(project_root())
    moved = [name for name, value in loaded.items() if now[name] != value]
    if moved:
        raise UsageError(
            f"{', '.join(moved)} of the workbook changed while the councils before this one were "
            "built. Nothing was published; build again."
        )


def _expected(size: Mapping[str, int], reports: Path) -> float:
    """The seconds that the builds of these councils are expected to take, by their bytes."""
    known = durations.of(reports, "")
    return sum(replace(known, council=name).expected(BUILD, n) for name, n in size.items())


def councils(quarter: Quarter, roots: Sequence[Path] = ()) -> dict[str, int]:
    """The councils that have a folder of the quarter, in any data root, and the bytes in it.

    `england` and `reference` are no councils. A folder whose name is no council's is among them,
    for its build to refuse: whoever put returns there expects a pack.
    """
    for root in roots:
        if not root.is_dir():
            raise UsageError(f"--data {root}: there is no such folder. Give one that is there.")
    found: dict[str, int] = {}
    for folder in (each for root in data_roots(roots) if root.is_dir() for each in root.iterdir()):
        own = folder / str(quarter)
        if not folder.name.startswith(".") and folder.name not in NO_COUNCIL and own.is_dir():
            found.setdefault(folder.name, bytes_in(own))
    if not found:
        raise NotFound(
            f"{quarter}: no council in any data root has a folder of this quarter. Put returns "
            f"into <council>/{quarter}, or give --data with the folder above the councils'."
        )
    return found


def bytes_in(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """0 where every council was done, else the highest: a fault of ours hides behind no other."""
    return max((each.exit_code for each in outcomes), default=0)


def summary(outcomes: Sequence[Outcome]) -> list[str]:
    """A line for each council, and one for all of them."""
    published = sum(each.new for each in outcomes)
    refused = sum(bool(each.exit_code) for each in outcomes)
    same = len(outcomes) - published - refused
    return [
        *(each.line for each in _by_name(outcomes)),
        f"{published} published, {same} as before, {refused} refused",
    ]


def as_fields(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The same for machines."""
    told = [asdict(each) | {"seconds": round(each.seconds, 1)} for each in _by_name(outcomes)]
    return {"councils": told, "exit_code": exit_code(outcomes)}


def _by_name(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return sorted(outcomes, key=lambda each: each.council)
