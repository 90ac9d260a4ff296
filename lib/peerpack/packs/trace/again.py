"""Run a pack's notebooks once more, in memory, for rows that the pack does not name."""

import os
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from peerpack.catalogue.places import project_root
from peerpack.errors import CellFailed, NotebookIncomplete, NotReproducible
from peerpack.handover.evidence import EVIDENCE_COLUMNS
from peerpack.handover.receipt import Admission
from peerpack.handover.records import WHOLE_LINEAGE
from peerpack.intake.admit import lay
from peerpack.intake.door import ADMITTED, EARLIER
from peerpack.notebooks.normalise import cells_by_fingerprint, records
from peerpack.notebooks.shape import read
from peerpack.packs.causes import moved_inputs
from peerpack.packs.inputs import of_checkout
from peerpack.packs.opened import OpenedPack
from peerpack.packs.plan import Source, sources
from peerpack.packs.run import Job
from peerpack.packs.schedule import run_all
from peerpack.packs.trace.entries import Entry, parsed
from peerpack.packs.trace.returns import Returns
from peerpack.words.cells import inert

CELL_TIMEOUT_S = 600
WORKERS = 2
OF_THE_BUILD = ("direction",)
"""Columns that the build adds from the pack before, and no notebook knows; [r] is one of them."""


@dataclass(frozen=True)
class Again:
    """What notebooks recorded when they were run again: evidence and lineage, by evidence id."""

    pack: OpenedPack
    evidence: dict[str, dict[str, Any]]
    lineage: dict[str, list[dict[str, Any]]]

    def entries(self, evidence_id: str) -> tuple[Entry, ...]:
        """The lineage of one figure."""
        return tuple(parsed(self.pack, each) for each in self.lineage.get(evidence_id, ()))

    def rows(self, named: Sequence[Entry], evidence_id: str) -> tuple[Entry, ...]:
        """The lineage of a figure that the pack names in part; what it names must be the same."""
        found = self.entries(evidence_id)
        whole = [(e.role, e.receipt, e.rows) for e in found]
        if not all((e.role, e.receipt, e.rows) in whole for e in named if e.rows is not None):
            raise NotReproducible(
                f"{evidence_id}: run again today it rests on other rows than the pack names. "
                f"{_moved(self.pack)} Trace it in a checkout of the revision that build.json names."
            )
        return found


def run_again(
    pack: OpenedPack, notebooks: Collection[str], returns: Returns, roots: Sequence[Path]
) -> Again | None:
    """The records of these notebooks, every row named; None where a return is not here.

    Only notebooks of this checkout are run, never those of a pack. Whatever happens, nothing stays
    on the disk. NotReproducible where a notebook is gone or fails.
    """
    chosen = [_source(name) for name in sorted(notebooks)]
    with tempfile.TemporaryDirectory(prefix="pp-") as scratch:
        if not _laid(pack, chosen, returns, Path(scratch)):
            return None
        return _recorded(pack, chosen, Path(scratch), roots)


def _source(name: str) -> Source:
    found = next((each for each in sources() if each.name == name), None)
    if found is None:
        raise NotReproducible(
            f"This checkout has no notebook {name!r}, so its rows cannot be found. Trace it in a "
            "checkout of the revision that build.json names."
        )
    return found


def _laid(pack: OpenedPack, chosen: Sequence[Source], returns: Returns, folder: Path) -> bool:
    """Lay the returns that the notebooks name where their kernels look; say if all are here."""
    text = "".join(cell.source for source in chosen for cell in read(source.path).cells)
    wanted = [r for r in pack.receipts.values() if f'"{r.dataset}"' in text]
    found = [(receipt, returns.of(receipt)) for receipt in wanted]
    for receipt, own in found:
        if own is not None:
            earlier = receipt.quarter != str(pack.quarter)
            place = folder / EARLIER / receipt.quarter if earlier else folder
            lay(place, Admission(own.frame, receipt))
    return all(own is not None for _, own in found)


def _recorded(
    pack: OpenedPack, chosen: Sequence[Source], folder: Path, roots: Sequence[Path]
) -> Again:
    given = {"council": pack.council, "quarter": str(pack.quarter)}
    env = {
        ADMITTED: str(folder),
        "PEERPACK_ROOT": str(project_root()),
        "PEERPACK_DATA": os.pathsep.join(str(Path(root).resolve()) for root in roots),
        WHOLE_LINEAGE: "yes",
    }
    kept = folder / "kept"
    jobs = [Job(s.path, given, kept / s.path.name, CELL_TIMEOUT_S, env=env) for s in chosen]
    try:
        run = run_all(jobs, WORKERS)
    except (CellFailed, NotebookIncomplete) as stop:
        said = str(stop).partition(" As far as it came:")[0]
        raise NotReproducible(f"Run again, a notebook did not come to its end: {said}") from stop
    evidence: dict[str, dict[str, Any]] = {}
    lineage: dict[str, list[dict[str, Any]]] = {}
    for source, nb in zip(chosen, run, strict=True):
        cells, found = cells_by_fingerprint(nb), records(nb)
        for row in found.evidence:
            own = {"notebook": source.name, "cell": cells[row["cell"]]}
            evidence[row["evidence_id"]] = row | own
        for each in found.lineage:
            lineage.setdefault(each["evidence_id"], []).append(each)
    return Again(pack, evidence, lineage)


def refuse_other(pack: OpenedPack, then: Mapping[str, Any], now: Mapping[str, Any] | None) -> None:
    """A figure that comes out otherwise today: which columns, and which inputs moved."""
    differ = ["all of it"] if now is None else list(_differing(then, now))
    if differ:
        raise NotReproducible(
            f"{then['evidence_id']}: run again today it differs from the pack in "
            f"{', '.join(differ)}, so its rows would be another figure's. {_moved(pack)} Trace it "
            "in a checkout of the revision that build.json names."
        )


def _differing(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for column in (c for c in EVIDENCE_COLUMNS if c not in OF_THE_BUILD):
        if _plain(column, then[column]) != _plain(column, now.get(column)):
            yield column


def _plain(column: str, value: Any) -> object:
    """A cell as two runs can be compared by it; [r] is marked by the build."""
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    if column == "status":
        return ";".join(mark for mark in str(value).split(";") if mark not in ("", "r"))
    return inert(value) if isinstance(value, str) else float(value)


def _moved(pack: OpenedPack) -> str:
    names = moved_in(pack)
    return f"Moved since: {'; '.join(names)}." if names else (
        "Code, libraries, notebooks and reference data are the pack's; the council's settings or "
        "its data roots must have moved."
    )  # fmt: skip


def moved_in(pack: OpenedPack) -> list[str]:
    """The inputs of the checkout that are not those of the pack's manifest, in words."""
    return [each.words for each in moved_inputs(pack.inputs, of_checkout(project_root()))]
