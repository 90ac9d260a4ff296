"""Build a pack: plan, admit, run, harvest, render, publish."""

import os
import platform
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from peerpack import render
from peerpack.catalogue import load
from peerpack.catalogue.places import project_root, reference_folder
from peerpack.errors import GateStopped, PackTampered, UsageError
from peerpack.handover.changes import Changes
from peerpack.handover.pack import NotebookPage, PackContents, Withheld
from peerpack.handover.receipt import Receipt
from peerpack.handover.statement import FILE as STATEMENT
from peerpack.handover.statement import Statement
from peerpack.intake import admit_supplied, own_tables
from peerpack.intake.admit import lay, stop_reason
from peerpack.intake.cache import CACHE
from peerpack.intake.door import ADMITTED, EARLIER
from peerpack.notebooks.normalise import normalise
from peerpack.packs.briefing import briefing
from peerpack.packs.changes import changes
from peerpack.packs.crate import write_crate
from peerpack.packs.datapackage import write_datapackage
from peerpack.packs.harvest import Harvest, harvest
from peerpack.packs.headlines import handed_on
from peerpack.packs.libraries import other_than_locked
from peerpack.packs.plan import Plan, Source, checkout_files, plan
from peerpack.packs.questions import questions
from peerpack.packs.review.keeping import finish, write_page
from peerpack.packs.review.standing import Quarterly, logs
from peerpack.packs.revisions import before_of, marked, revisions
from peerpack.packs.room import one_at_a_time, scratch_folder, writable
from peerpack.packs.run import Job, run_all
from peerpack.packs.verify import BUILD, build_note, sums, verify
from peerpack.packs.versions import (
    SUMS,
    Version,
    fresh_folder,
    publish,
    sha256_of,
    versions,
)
from peerpack.packs.write import write_json, write_notebooks, write_pages, write_records
from peerpack.statement import statement

if TYPE_CHECKING:
    import pandas as pd
    from nbformat import NotebookNode

CELL_TIMEOUT_S = 600
WORKERS = 2
Tell = Callable[[str], None]


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
    receipts = _admit(planned, scratch / "admitted", reports, tell)
    earlier = _admit_earlier(planned, scratch / "admitted" / EARLIER, reports)
    to_run, withheld = _held_back(planned, receipts, strict)
    run = _run(planned, [s for s in to_run if not s.judges], scratch, reports, tell)
    judges = [s for s in to_run if s.judges]
    own = _lay_own_tables(planned, run, receipts, earlier, scratch) if judges else ()
    run = sorted([*run, *_run(planned, judges, scratch, reports, tell)], key=lambda r: r[0].name)
    contents = _contents(planned, run, receipts, earlier, own, withheld)
    contents = replace(
        contents, statement=_statement(planned, contents), briefing=briefing(contents)
    )
    _refuse_moved(planned)
    tell("render and publish")
    _write(scratch / "pack", planned, contents, run)
    (scratch / "pack" / BUILD).write_bytes(_note(scratch / "pack", time.monotonic() - started))


def _refuse_moved(planned: Plan) -> None:
    """A return, notebook or setting that was edited while the build ran: the pack would not say."""
    now = replace(planned).inputs
    moved = [name for name, value in planned.inputs.items() if now[name] != value]
    if moved:
        raise UsageError(
            f"{planned.council.slug} {planned.quarter}: {', '.join(moved)} changed while the build "
            "ran. Nothing was published; build again."
        )


def _admit(planned: Plan, folder: Path, reports: Path, tell: Tell) -> tuple[Receipt, ...]:
    fresh_folder(folder)
    for left in planned.desk.assignment.not_used:
        tell(f"not used: {left.name}: {left.reason}")
    receipts = []
    for receipt in admit_supplied(planned.desk, folder, reports / CACHE):
        tell(f"admitted {receipt.dataset}: {receipt.rows_admitted:,} rows, "
             f"verdict {receipt.verdict.outcome}")  # fmt: skip
        receipts.append(receipt)
    return tuple(receipts)


def _admit_earlier(planned: Plan, folder: Path, reports: Path) -> tuple[Receipt, ...]:
    """Returns of earlier quarters that figures may rest on; each is judged as it was then."""
    return tuple(
        receipt
        for desk, name in planned.earlier
        for receipt in admit_supplied(desk, folder / str(desk.quarter), reports / CACHE, [name])
    )


def _held_back(
    planned: Plan, receipts: tuple[Receipt, ...], strict: bool
) -> tuple[list[Source], tuple[Withheld, ...]]:
    """The notebooks to run, and those withheld because a gate stopped a dataset they need."""
    stopped = {r.dataset: stop_reason(r) for r in receipts if r.verdict.outcome == "stop"}
    if stopped and strict:
        raise GateStopped(" ".join(stopped.values()))
    to_run, held = [], []
    for source in planned.to_run:
        why = " ".join(stopped[name] for name in source.meta.held_back_by(set(stopped)))
        (held.append(source.withheld(why)) if why else to_run.append(source))
    return to_run, (*held, *planned.not_supplied)


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


def _lay_own_tables(
    planned: Plan,
    run: "list[tuple[Source, NotebookNode]]",
    receipts: tuple[Receipt, ...],
    earlier: tuple[Receipt, ...],
    scratch: Path,
) -> tuple[Receipt, ...]:
    """Lay what was recorded so far, and the receipts, where notebooks that judge it can take it."""
    found = _harvested(planned, run, (*receipts, *earlier))
    council, quarter = planned.council.slug, planned.quarter
    made = [own_tables.of_receipts(receipts, council, quarter)]
    if len(found.evidence):
        evidence, _ = _as_published(planned, found, receipts)
        made.append(own_tables.of_evidence(evidence, council, quarter))
    for admission in made:
        lay(scratch / "admitted", admission)
    return tuple(admission.receipt for admission in made)


def _weight(source: Source, scratch: Path) -> float:
    """The bytes it will read: the heaviest begins first."""
    frames = (scratch / "admitted" / f"{name}.parquet" for name in source.meta.named)
    return float(sum(path.stat().st_size for path in frames if path.is_file()))


def _contents(
    planned: Plan,
    run: "list[tuple[Source, NotebookNode]]",
    receipts: tuple[Receipt, ...],
    earlier: tuple[Receipt, ...],
    own: tuple[Receipt, ...],
    withheld: tuple[Withheld, ...],
) -> PackContents:
    found = _harvested(planned, run, (*receipts, *earlier, *own))
    evidence, revised = _as_published(planned, found, receipts)
    history = handed_on(planned.previous, evidence, load.indicators())
    return PackContents(
        council=planned.council,
        quarter=str(planned.quarter),
        as_at=planned.as_at,
        evidence=evidence,
        comparators=found.comparators,
        lineage=found.lineage,
        exhibits=found.exhibits,
        findings=found.findings,
        receipts=receipts,
        earlier=earlier,
        own=own,
        notebooks=tuple(
            NotebookPage(s.name, s.meta.question, s.meta.theme, found.without[s.name])
            for s, _ in run
        ),
        withheld=withheld,
        not_used=tuple(sorted(p.name for p in planned.desk.assignment.not_used)),
        indicators=load.indicators(),
        glossary=load.glossary(),
        changes=_changes(planned, evidence, history.definitions),
        declared={name: each.title for name, each in load.datasets().items()},
        revisions=revised,
        documents=load.documents_wanted(planned.council.slug, planned.quarter, planned.roots),
        branding=planned.branding,
        history=history,
        word_reference=planned.word_reference,
        questions=questions(run, planned.sources, receipts),
    )


def _changes(
    planned: Plan, evidence: "pd.DataFrame", definitions: Mapping[str, str]
) -> Changes | None:
    """What is not as in the pack before."""
    files = checkout_files(project_root())
    known = load.indicators()
    return changes(evidence, planned.previous, planned.inputs, files, known, definitions)


def _statement(planned: Plan, contents: PackContents) -> Statement:
    """The council's position statement against the pack, else the default one."""
    own = planned.statement.is_file()
    written = planned.statement if own else reference_folder() / STATEMENT
    before = before_of(planned.previous).evidence if planned.previous else None
    return statement(written.read_bytes(), contents, before, own=own)


def _harvested(
    planned: Plan, run: "list[tuple[Source, NotebookNode]]", receipts: tuple[Receipt, ...]
) -> Harvest:
    regime = planned.council.disclosure
    before = before_of(planned.previous).evidence if planned.previous else None
    return harvest(run, receipts, before, load.indicators(), regime)


def _as_published(
    planned: Plan, found: Harvest, receipts: tuple[Receipt, ...]
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """The evidence with its revisions marked, and the revisions."""
    stated = load.pack(planned.council.slug, planned.quarter, planned.roots).revisions
    previous = before_of(planned.previous) if planned.previous else None
    revised = revisions(found.evidence, previous, stated, receipts, planned.inputs)
    return marked(found.evidence, revised), revised


def _write(
    folder: Path,
    planned: Plan,
    contents: PackContents,
    run: "list[tuple[Source, NotebookNode]]",
) -> None:
    write_records(folder, contents)
    write_notebooks(folder / "notebooks", {source.name: nb for source, nb in run})
    contents = replace(contents, evidence_sha256=sha256_of(folder / "evidence.csv"))
    write_pages(folder, render.pages(contents) | render.documents(contents))
    manifest = _manifest(planned, contents)
    write_json(folder / "manifest.json", manifest)
    write_datapackage(folder, contents)
    write_crate(folder, contents, manifest)
    (folder / SUMS).write_bytes(sums(folder))


def _manifest(planned: Plan, contents: PackContents) -> dict[str, object]:
    return {
        "council": planned.council.slug,
        "quarter": str(planned.quarter),
        "as_at": planned.as_at.isoformat(),
        "invented": planned.council.invented,
        "inputs": planned.inputs,
        "files": checkout_files(project_root()),
        "disclosure": planned.council.disclosure.model_dump(),
        "definitions": dict(contents.history.definitions),
        "notebooks": [vars(page) for page in contents.notebooks],
        "withheld": [vars(each) for each in contents.withheld],
    }


def _note(folder: Path, seconds: float) -> bytes:
    """What may differ between two builds of one pack: when, where, how long, from which commit."""
    return build_note(
        {
            "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(seconds, 1),
            "host": socket.gethostname(),
            "python": platform.python_version(),
            "platform": platform.platform(),
            "revision": _revision(),
            "libraries": other_than_locked(project_root()),
            "sums_sha256": sha256_of(folder / SUMS),
        }
    )


def _revision() -> str:
    """The checkout's commit, if it is one; a pack does not depend on it."""
    git = shutil.which("git")
    if git is None:
        return ""
    words = [git, "-C", str(project_root()), "rev-parse", "HEAD"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
