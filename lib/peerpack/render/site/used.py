"""Where is an indicator used? Themes, questions, findings, the position statement, charts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from peerpack.handover.pack import NotebookPage, PackContents
from peerpack.handover.records import Finding, NamedFinding
from peerpack.handover.statement import Block, Heading, Listing, Paragraph, Piece, Statement, Table
from peerpack.render.charts import Chart
from peerpack.render.places import STATEMENT, block_anchor, question_page, said_anchor, theme_page
from peerpack.render.rows import Row
from peerpack.vocab import THEMES

LONGEST = 240


@dataclass(frozen=True)
class Place:
    """A place that uses a figure: what it is called, where it stands in the pack, what it says."""

    text: str
    path: str
    said: str = ""


@dataclass(frozen=True)
class Used:
    """Every place that uses an indicator, by kind; `charts` are those on its own page."""

    themes: tuple[Place, ...]
    questions: tuple[Place, ...]
    findings: tuple[Place, ...]
    paragraphs: tuple[Place, ...]
    charts: tuple[Place, ...]


def used(rows: Sequence[Row], contents: PackContents, charts: Iterable[Chart]) -> Used:
    """The places that use any of these figures."""
    own = {row["evidence_id"] for row in rows}
    findings = [each for each in contents.findings if own & set(each.evidence_ids)]
    themes = dict.fromkeys([row["theme"] for row in rows] + [each.theme for each in findings])
    books = {row["notebook"] for row in rows}
    return Used(
        themes=tuple(Place(THEMES[id_], theme_page(id_)) for id_ in themes if id_ in THEMES),
        questions=tuple(
            Place(each.question, question_page(each.name))
            for each in contents.notebooks
            if each.name in books
        ),
        findings=tuple(_finding(each, contents.notebooks) for each in findings),
        paragraphs=tuple(_paragraphs(contents.statement, own)),
        charts=tuple(Place(each.title, each.anchor) for each in charts),
    )


def _finding(finding: Finding, notebooks: Iterable[NotebookPage]) -> Place:
    """A finding, with the question that it answers, or its theme where that is not known."""
    name = finding.notebook if isinstance(finding, NamedFinding) else ""
    answered = next((each for each in notebooks if each.name == name), None)
    if answered is None:
        return Place(THEMES[finding.theme], theme_page(finding.theme), finding.text)
    path = f"{question_page(name)}#{said_anchor(finding.cell)}"
    return Place(answered.question, path, finding.text)


def _paragraphs(statement: Statement | None, own: set[str]) -> Iterator[Place]:
    """What the position statement says with any of the figures; each begins as it stands there."""
    for number, block in enumerate(statement.blocks if statement else (), start=1):
        for pieces in _lines(block):
            if own & {piece.evidence_id for piece in pieces}:
                text = "".join(piece.text for piece in pieces).strip()
                path = f"{STATEMENT}#{block_anchor(number)}"
                yield Place(f"Part {number} of the statement", path, _opening(text))


def _lines(block: Block) -> Iterator[Sequence[Piece]]:
    """The texts of a block: its own, an item's, a row's of a table."""
    if isinstance(block, Heading | Paragraph):
        yield block.pieces
    elif isinstance(block, Listing):
        for item in block.items:
            for each in item:
                yield from _lines(each)
    elif isinstance(block, Table):
        for row in block.rows:
            yield [piece for cell in row for piece in (*cell, Piece(" "))]


def _opening(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]} …"
