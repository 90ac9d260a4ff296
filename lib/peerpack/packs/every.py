"""Build every council that has a quarter: one after another, in one process.

What is dear is loaded once for all of them. Each is built as it is alone: what one was refused for
stops no other, and no pack holds anything of another council.
"""

import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from peerpack.catalogue.places import ENGLAND, REFERENCE, data_roots, project_root
from peerpack.errors import NotFound, OurFault, PeerpackError, UsageError
from peerpack.packs.build import Built, build
from peerpack.packs.plan import of_checkout
from peerpack.vocab import Quarter

Tell = Callable[[str], None]
NO_COUNCIL = {ENGLAND, REFERENCE}


@dataclass(frozen=True)
class Outcome:
    """What became of one council: its newest version, or the paragraph that it was refused with."""

    council: str
    seconds: float
    version: str = ""
    new: bool = False
    exit_code: int = 0
    said: str = ""

    @property
    def line(self) -> str:
        """What became of it, in a line."""
        if self.exit_code:
            return f"{self.council}: refused with exit code {self.exit_code}: {self.said}"
        done = f"{self.version} published" if self.new else f"nothing changed since {self.version}"
        return f"{self.council}: {done}, {self.seconds:.1f} s"


def build_all(
    quarter: str,
    *,
    roots: Sequence[Path] = (),
    reports: Path,
    strict: bool = False,
    force: bool = False,
    tell: Tell = lambda _: None,
) -> Iterator[Outcome]:
    """Build every council that has the quarter, by name; each outcome as it is known.

    Whoever stops taking outcomes, or interrupts, keeps what was done. Refuses a malformed quarter,
    a given root that is not there, and a quarter that no council has.
    """
    names = councils(Quarter.parse(quarter), roots)
    loaded = of_checkout(project_root())

    def make(council: str) -> Built:
        if of_checkout(project_root()) != loaded:
            raise UsageError(
                f"{council} {quarter}: the workbook's own files changed while the councils before "
                "it were built, and what is loaded is as it was. Nothing was published; build "
                "again."
            )
        told = _named(council, tell)
        return build(
            council, quarter, roots=roots, reports=reports, strict=strict, force=force, tell=told
        )

    for name in names:
        tell(f"{name}: {names.index(name) + 1} of {len(names)}")
        yield _outcome(name, make, tell)


def councils(quarter: Quarter, roots: Sequence[Path] = ()) -> list[str]:
    """The folders that hold a folder of the quarter, in any data root, by name.

    `england` and `reference` are no councils. A folder whose name is no council's is among them,
    for its build to refuse: whoever put returns there expects a pack.
    """
    for root in roots:
        if not root.is_dir():
            raise UsageError(f"--data {root}: there is no such folder. Give one that is there.")
    found = {
        folder.name
        for root in data_roots(roots)
        if root.is_dir()
        for folder in root.iterdir()
        if not folder.name.startswith(".") and (folder / str(quarter)).is_dir()
    }
    if not found - NO_COUNCIL:
        raise NotFound(
            f"{quarter}: no council in any data root has a folder of this quarter. Put returns "
            f"into <council>/{quarter}, or give --data with the folder above the councils'."
        )
    return sorted(found - NO_COUNCIL)


def _outcome(council: str, make: Callable[[str], Built], tell: Tell) -> Outcome:
    started = time.monotonic()
    try:
        built = make(council)
    except PeerpackError as stop:
        code, said = stop.exit_code, str(stop)
    except Exception as fault:
        tell(traceback.format_exc())
        code = OurFault.exit_code
        said = f"a fault of ours, {type(fault).__name__}. Please report the lines above."
    else:
        seconds = time.monotonic() - started
        return Outcome(council, seconds, built.version.name, built.new)
    return Outcome(council, time.monotonic() - started, exit_code=code, said=said)


def _named(council: str, tell: Tell) -> Tell:
    return lambda line: tell(f"{council}: {line}")


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """0 where every council was done, else the highest: a fault of ours hides behind no other."""
    return max((each.exit_code for each in outcomes), default=0)


def summary(outcomes: Sequence[Outcome]) -> list[str]:
    """A line for each council, and one for all of them."""
    published = sum(each.new for each in outcomes)
    refused = sum(bool(each.exit_code) for each in outcomes)
    same = len(outcomes) - published - refused
    return [
        *(each.line for each in outcomes),
        f"{len(outcomes)} councils: {published} published, {same} as before, {refused} refused",
    ]


def as_fields(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The same for machines."""
    told = [asdict(each) | {"seconds": round(each.seconds, 1)} for each in outcomes]
    return {"councils": told, "exit_code": exit_code(outcomes)}
