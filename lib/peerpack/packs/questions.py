"""Notebooks as questions: each cell with what it says, printed and recorded."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from peerpack.catalogue import load
from peerpack.handover.question import Cell, Code, Need, Prose, Question, State
from peerpack.handover.receipt import Outcome, Receipt
from peerpack.handover.records import NamedFinding, Records, fingerprint
from peerpack.notebooks.normalise import INJECTED, records
from peerpack.notebooks.shape import read, tags
from peerpack.packs.plan import Source
from peerpack.statement import prose

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTHING = Records(
    council="", quarter="", evidence=(), comparators=(), lineage=(), exhibits=(), findings=(),
    datasets=(),
)  # fmt: skip


def questions(
    run: "Sequence[tuple[Source, NotebookNode]]",
    sources: Sequence[Source],
    receipts: Sequence[Receipt],
) -> tuple[Question, ...]:
    """Every notebook by name: those that were run as they ran, the others as they are written."""
    done = {source.name: nb for source, nb in run}
    outcomes = {receipt.dataset: receipt.verdict.outcome for receipt in receipts}
    return tuple(
        _question(source, done.get(source.name), outcomes)
        for source in sorted(sources, key=lambda each: each.name)
    )


def _question(
    source: Source, ran: "NotebookNode | None", outcomes: Mapping[str, Outcome]
) -> Question:
    found = NOTHING if ran is None else records(ran)
    cells = read(source.path).cells if ran is None else ran.cells
    meta = source.meta
    return Question(
        notebook=source.name,
        cells=tuple(_cell(cell, source.name, found) for cell in cells),
        needs=tuple(_need(name, outcomes) for name in meta.datasets),
        any_of=tuple(tuple(_need(name, outcomes) for name in each) for each in meta.any_of),
        used=found.datasets,
    )


def _need(name: str, outcomes: Mapping[str, Outcome]) -> Need:
    known = load.dataset(name)
    there = name in outcomes or name in load.own_tables()
    state: State = "missing" if not there else "supplied"
    if outcomes.get(name) == "stop":
        state = "stopped"
    return Need(known.title, known.description, known.owner, state)


def _cell(cell: "NotebookNode", notebook: str, found: Records) -> Cell:
    if cell.cell_type != "code":
        return Prose(cell["id"], prose(cell.source))
    own = fingerprint(cell.source)
    ran = cell.get("execution_count") is not None or INJECTED in tags(cell)
    return Code(
        name=cell["id"],
        source=cell.source,
        outputs=tuple(_plain(cell.outputs)),
        checks=tuple(_checks(cell.source)) if ran else (),
        evidence_ids=tuple(e["evidence_id"] for e in found.evidence if e["cell"] == own),
        exhibit_ids=tuple(e.id for e in found.exhibits if e.cell == own),
        findings=tuple(
            NamedFinding.placed(f, cell["id"], notebook) for f in found.findings if f.cell == own
        ),
    )


def _plain(outputs: Sequence[Any]) -> Iterator[str]:
    """What was printed; plain text beside something richer only repeats it."""
    for output in outputs:
        data = output.get("data", {})
        text = output.get("text", data.get("text/plain", "") if set(data) == {"text/plain"} else "")
        if text:
            yield str(text)


def _checks(source: str) -> Iterator[str]:
    """The words of each assertion that has them."""
    for step in ast.walk(ast.parse(source)):
        match step:
            case ast.Assert(msg=ast.Constant(value=str(words))):
                yield words
