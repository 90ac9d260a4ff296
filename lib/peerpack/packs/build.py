"""Build a pack: plan, admit, run, put together, render, publish."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from peerpack import render
from peerpack.catalogue.places import project_root
from peerpack.errors import PackTampered, UsageError
from peerpack.handover.pack import PackContents
from peerpack.intake.cache import CACHE
from peerpack.intake.door import ADMITTED, EARLIER
from peerpack.notebooks.normalise import normalise
from peerpack.packs.admitting import Tell, admit, admit_earlier, held_back
from peerpack.packs.contents import Admitted, contents, lay_own_tables
from peerpack.packs.crate import write_crate
from peerpack.packs.datapackage import write_datapackage
from peerpack.packs.manifest import manifest_of, note_of
from peerpack.packs.plan import Plan, Source, plan
from peerpack.packs.review.keeping import finish, write_page
from peerpack.packs.review.standing import Quarterly, logs
from peerpack.packs.room import one_at_a_time, scratch_folder, writable
from peerpack.packs.run import Job, run_all
from peerpack.packs.verify import BUILD, sums, verify
from peerpack.packs.versions import (
    SUMS,
    Version,
    fresh_folder,
    publish,
    sha256_of,
    versions,
)
from peerpack.packs.write import write_json, write_notebooks, write_pages, write_records

if TYPE_CHECKING:
    from nbformat import NotebookNode

CELL_TIMEOUT_S = 600
WORKERS = 2


@dataclass(frozen=True)
class Built:
    """A build's result: the newest version, and whether it is new."""

    version: Version
    new: bool


def build(
    council: str,
    quarter: str,
    *,
    roots: Sequence[Path] = (),
    reports: Path,
    strict: bool = False,
    force: bool = False,
    tell: Tell = lambda _: None,
) -> Built:
    """Build a council's quarter, or find that nothing changed since its newest version.

    `strict` publishes nothing when a gate stops a dataset; `force` builds although nothing
    changed. `tell` is given a line of progress at a time.
    """
    planned = plan(council, quarter, roots, reports)
    own = reports / council / str(planned.quarter)
    name = f"{council}-{planned.quarter}"
    reviewed = Quarterly(own, planned.council, str(planned.quarter), planned.roots)
    with writable(reports, own), one_at_a_time(reports, name):
        finish(reviewed)
        logs(reviewed)  # what broke is told before the work, not after it
        newest = _unchanged(own, planned)
        if newest and not force:
            write_page(reviewed, logs(reviewed))
            return Built(newest, new=False)
        with scratch_folder(reports, name) as scratch:
            _make(planned, scratch, reports, strict, tell)
            version = publish(scratch / "pack", own)
        write_page(reviewed, logs(reviewed))
        return Built(version, new=True)


def _unchanged(own: Path, planned: Plan) -> Version | None:
    """The newest version, if it was made of the same inputs and is as it was published."""
    found = versions(own)
    if not found or found[-1].manifest().get("inputs") != planned.inputs:
        return None
    try:
        verify(found[-1].folder)
    except PackTampered:
        return None
    return found[-1]


def _make(planned: Plan, scratch: Path, reports: Path, strict: bool, tell: Tell) -> None:
    started = time.monotonic()
    folder = fresh_folder(scratch / "admitted")
    receipts = admit(planned, folder, reports / CACHE, tell)
    earlier = admit_earlier(planned, folder / EARLIER, reports / CACHE)
    to_run, withheld = held_back(planned, receipts, strict)
    admitted = Admitted(receipts, earlier, withheld=withheld)
    run = _run(planned, [s for s in to_run if not s.judges], scratch, reports, tell)
    judges = [s for s in to_run if s.judges]
    if judges:
        admitted = lay_own_tables(planned, run, admitted, folder)
        run += _run(planned, judges, scratch, reports, tell)
    run.sort(key=lambda each: each[0].name)
    made = contents(planned, run, admitted)
    _refuse_moved(planned)
    tell("render and publish")
    _write(scratch / "pack", planned, made, run)
    (scratch / "pack" / BUILD).write_bytes(note_of(scratch / "pack", time.monotonic() - started))


def _refuse_moved(planned: Plan) -> None:
    """A return, notebook or setting that was edited while the build ran: the pack would not say."""
    now = replace(planned).inputs
    moved = [name for name, value in planned.inputs.items() if now[name] != value]
    if moved:
        raise UsageError(
            f"{planned.council.slug} {planned.quarter}: {', '.join(moved)} changed while the build "
            "ran. Nothing was published; build again."
        )


def _run(
    planned: Plan, to_run: list[Source], scratch: Path, reports: Path, tell: Tell
) -> "list[tuple[Source, NotebookNode]]":
    kept = reports / ".runs" / f"{planned.council.slug}-{planned.quarter}"
    given = {"council": planned.council.slug, "quarter": str(planned.quarter)}
    env = {
        ADMITTED: str(scratch / "admitted"),
        "PEERPACK_ROOT": str(project_root()),
        "PEERPACK_DATA": os.pathsep.join(str(r) for r in planned.roots),
    }
    jobs = [
        Job(s.path, given, kept / s.path.name, CELL_TIMEOUT_S, weight=_weight(s, scratch), env=env)
        for s in to_run
    ]
    done = run_all(jobs, WORKERS, lambda job, _: tell(f"ran {job.source.stem}"))
    return [(source, normalise(nb)) for source, nb in zip(to_run, done, strict=True)]


def _weight(source: Source, scratch: Path) -> float:
    """The bytes it will read: the heaviest begins first."""
    frames = (scratch / "admitted" / f"{name}.parquet" for name in source.meta.named)
    return float(sum(path.stat().st_size for path in frames if path.is_file()))


def _write(
    folder: Path,
    planned: Plan,
    made: PackContents,
    run: "list[tuple[Source, NotebookNode]]",
) -> None:
    write_records(folder, made)
    write_notebooks(folder / "notebooks", {source.name: nb for source, nb in run})
    made = replace(made, evidence_sha256=sha256_of(folder / "evidence.csv"))
    write_pages(folder, render.pages(made) | render.documents(made))
    manifest = manifest_of(planned, made)
    write_json(folder / "manifest.json", manifest)
    write_datapackage(folder, made)
    write_crate(folder, made, manifest)
    (folder / SUMS).write_bytes(sums(folder))
