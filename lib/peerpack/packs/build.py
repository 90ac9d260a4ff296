"""Build a pack: plan, admit, run, put together, render, publish."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from peerpack.errors import PackTampered, UsageError
from peerpack.handover.pack import PackContents
from peerpack.handover.receipt import Receipt
from peerpack.packs.admitting import Waiting, admit, all_passed, held_back
from peerpack.packs.crate import write_crate
from peerpack.packs.datapackage import write_datapackage
from peerpack.packs.execution import Executed, Execution, execution
from peerpack.packs.kept import forget
from peerpack.packs.manifest import manifest_of, note_of
from peerpack.packs.plan import Plan, Source, plan
from peerpack.packs.reasons import forced, withheld
from peerpack.packs.review.keeping import finish, write_page
from peerpack.packs.review.standing import Quarterly, logs
from peerpack.packs.room import one_at_a_time, scratch_folder, writable
from peerpack.packs.verify import BUILD, sums, verify
from peerpack.packs.versions import (
    SUMS,
    Built,
    Version,
    fresh_folder,
    publish,
    sha256_of,
    versions,
)
from peerpack.packs.watch import ADMIT, CONTENTS, RENDER, Left, kept, watched
from peerpack.packs.work import Tell, Work
from peerpack.packs.write import write_json, write_notebooks, write_pages, write_records

if TYPE_CHECKING:
    from peerpack.packs.contents import Admitted


def build(
    council: str,
    quarter: str,
    *,
    roots: Sequence[Path] = (),
    reports: Path,
    strict: bool = False,
    force: bool = False,
    tell: Tell = lambda _: None,
    left: Left = lambda _: None,
    warm: Mapping[str, str] | None = None,
) -> Built:
    """Build a council's quarter, or find that nothing changed since its newest version.

    `strict` publishes nothing when a gate stops a dataset; `force` builds although nothing
    changed, and believes nothing that is kept. `tell` is given a line of progress at a time,
    `left` now and then the seconds that the build is expected to take from then on. `warm`: kernels
    that load already, as `run.warm_kernels` gives them; without it they do once it is planned.
    """
    if force:
        forget(reports, council, quarter)
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
            watch = watched(planned, reports, left)
            work = Work(planned, reports, fresh_folder(scratch / "admitted"), tell, watch)
            _make(scratch / "pack", work, strict, warm)
            version = publish(scratch / "pack", own)
        write_page(reviewed, logs(reviewed))
        reasons = tuple(work.reasons)
        return Built(version, new=True, reasons=forced(reasons) if force else reasons)


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


def _make(folder: Path, work: Work, strict: bool, warm: Mapping[str, str] | None) -> None:
    """Make a pack in a folder that is there and empty."""
    started = time.monotonic()
    with execution(work, warm) as notebooks:
        with work.watch.part(ADMIT):
            admitted, judges = _begin_as_admitted(work, notebooks, strict)
        # Loaded while notebooks run, for those wait for nothing that is loaded here.
        from peerpack import render
        from peerpack.packs.contents import contents, lay_own_tables

        if judges:
            admitted = lay_own_tables(work.planned, notebooks.finished(), admitted, work.admitted)
            for source in judges:
                notebooks.begin(source)
        render.warm(work.planned.documents, work.planned.branding)  # while the last runs alone
        run = notebooks.finished()
    with work.watch.part(CONTENTS):
        made = contents(work.planned, run, admitted)
    _refuse_moved(work.planned)
    work.tell("render and publish")
    with work.watch.part(RENDER):
        _write(folder, work.planned, made, run, render.everything)
    (folder / BUILD).write_bytes(note_of(folder, time.monotonic() - started))
    kept(work.watch, work.planned, work.reports)
    work.reasons.extend(map(withheld, admitted.withheld))


def _begin_as_admitted(
    work: Work, notebooks: Execution, strict: bool
) -> "tuple[Admitted, list[Source]]":
    """Begin each notebook once its returns are judged; the receipts, and who is to judge it all."""
    waiting = Waiting(work.planned)
    found = admit(work)
    receipts = []
    for receipt in all_passed(found, str(work.planned.quarter)) if strict else found:
        receipts.append(receipt)
        for source in waiting.admitted(receipt):
            notebooks.begin(source)
    return _sorted(work.planned, receipts), waiting.judges


def _sorted(planned: Plan, receipts: Sequence[Receipt]) -> "Admitted":
    """Receipts of the quarter and of earlier ones, each by the order in which it was planned."""
    from peerpack.packs.contents import Admitted

    found = {(r.quarter, r.dataset): r for r in receipts}
    own = tuple(found[str(planned.quarter), name] for name in planned.desk.assignment.files)
    earlier = tuple(found[str(desk.quarter), name] for desk, name in planned.earlier)
    return Admitted(own, earlier, withheld=held_back(planned, own))


def _refuse_moved(planned: Plan) -> None:
    """A return, notebook or setting that was edited while the build ran: the pack would not say."""
    now = replace(planned).inputs
    moved = [name for name, value in planned.inputs.items() if now[name] != value]
    if moved:
        raise UsageError(
            f"{planned.council.slug} {planned.quarter}: {', '.join(moved)} changed while the build "
            "ran. Nothing was published; build again."
        )


def _write(
    folder: Path,
    planned: Plan,
    made: PackContents,
    run: Sequence[Executed],
    rendered: Callable[[PackContents], dict[str, bytes]],
) -> None:
    write_records(folder, made)
    write_notebooks(folder / "notebooks", {source.name: nb for source, nb in run})
    made = replace(made, evidence_sha256=sha256_of(folder / "evidence.csv"))
    write_pages(folder, rendered(made))
    manifest = manifest_of(planned, made)
    write_json(folder / "manifest.json", manifest)
    write_datapackage(folder, made)
    write_crate(folder, made, manifest)
    (folder / SUMS).write_bytes(sums(folder))
