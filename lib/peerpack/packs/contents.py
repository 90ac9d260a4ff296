"""What was run, admitted and withheld, put together: all that a pack says, before it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from peerpack.catalogue import load
from peerpack.catalogue.places import project_root, reference_folder
from peerpack.handover.changes import Changes
from peerpack.handover.pack import NotebookPage, PackContents, Withheld
from peerpack.handover.receipt import Receipt
from peerpack.handover.statement import FILE as STATEMENT
from peerpack.handover.statement import Statement
from peerpack.intake import own_tables
from peerpack.intake.admit import lay
from peerpack.packs.briefing import briefing
from peerpack.packs.changes import changes
from peerpack.packs.harvest import Harvest, harvest
from peerpack.packs.headlines import handed_on
from peerpack.packs.inputs import checkout_files
from peerpack.packs.plan import Plan, Source
from peerpack.packs.questions import questions
from peerpack.packs.revisions import marked, revisions
from peerpack.statement import statement

if TYPE_CHECKING:
    import pandas as pd
    from nbformat import NotebookNode

Ran: TypeAlias = "Sequence[tuple[Source, NotebookNode]]"


@dataclass(frozen=True)
class Admitted:
    """The receipts of a build: of the quarter's returns, of earlier ones, of the pack's own tables.

    `withheld`: the notebooks that were not run, and why.
    """

    receipts: tuple[Receipt, ...]
    earlier: tuple[Receipt, ...]
    own: tuple[Receipt, ...] = ()
    withheld: tuple[Withheld, ...] = ()

    @property
    def every(self) -> tuple[Receipt, ...]:
        """All of them."""
        return (*self.receipts, *self.earlier, *self.own)


def lay_own_tables(planned: Plan, run: Ran, admitted: Admitted, folder: Path) -> Admitted:
    """Lay what was recorded so far, and the receipts, where notebooks that judge it can take it."""
    found = _harvested(planned, run, admitted)
    council, quarter = planned.council.slug, planned.quarter
    made = [own_tables.of_receipts(admitted.receipts, council, quarter)]
    if len(found.evidence):
        evidence, _ = _as_published(planned, found, admitted)
        made.append(own_tables.of_evidence(evidence, council, quarter))
    for admission in made:
        lay(folder, admission)
    return replace(admitted, own=tuple(admission.receipt for admission in made))


def contents(planned: Plan, run: Ran, admitted: Admitted) -> PackContents:
    """Everything that pages, documents and files of a pack are made of.

    Raises what the harvest refuses: records that do not fit, a figure that gives another away.
    """
    recorded = _recorded(planned, run, admitted)
    return replace(recorded, statement=_statement(planned, recorded), briefing=briefing(recorded))


def _recorded(planned: Plan, run: Ran, admitted: Admitted) -> PackContents:
    found = _harvested(planned, run, admitted)
    evidence, revised = _as_published(planned, found, admitted)
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
        receipts=admitted.receipts,
        earlier=admitted.earlier,
        own=admitted.own,
        notebooks=_notebook_pages(run, found),
        withheld=admitted.withheld,
        not_used=tuple(sorted(p.name for p in planned.desk.assignment.not_used)),
        indicators=load.indicators(),
        glossary=load.glossary(),
        changes=_changes(planned, evidence, history.definitions),
        declared={name: each.title for name, each in load.datasets().items()},
        revisions=revised,
        documents=planned.documents,
        branding=planned.branding,
        history=history,
        word_reference=planned.word_reference,
        questions=questions(run, planned.sources, admitted.receipts),
    )


def _notebook_pages(run: Ran, found: Harvest) -> tuple[NotebookPage, ...]:
    return tuple(
        NotebookPage(s.name, s.meta.question, s.meta.theme, found.without[s.name]) for s, _ in run
    )


def _changes(
    planned: Plan, evidence: "pd.DataFrame", definitions: Mapping[str, str]
) -> Changes | None:
    """What is not as in the pack before."""
    files = checkout_files(project_root())
    known = load.indicators()
    return changes(evidence, planned.previous, planned.inputs, files, known, definitions)


def _statement(planned: Plan, recorded: PackContents) -> Statement:
    """The council's position statement against the pack, else the default one."""
    own = planned.statement.is_file()
    written = planned.statement if own else reference_folder() / STATEMENT
    before = planned.before.evidence if planned.before else None
    return statement(written.read_bytes(), recorded, before, own=own)


def _harvested(planned: Plan, run: Ran, admitted: Admitted) -> Harvest:
    before = planned.before.evidence if planned.before else None
    regime = planned.council.disclosure
    return harvest(run, admitted.every, before, load.indicators(), regime)


def _as_published(
    planned: Plan, found: Harvest, admitted: Admitted
) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """The evidence with its revisions marked, and the revisions."""
    stated = load.pack(planned.council.slug, planned.quarter, planned.roots).revisions
    given = admitted.receipts
    revised = revisions(found.evidence, planned.before, stated, given, planned.inputs)
    return marked(found.evidence, revised), revised
