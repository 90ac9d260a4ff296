"""What does a question's notebook tell? Its cells, cut at the headings into parts of a page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from urllib.parse import quote

from peerpack.handover.question import Cell, Code, Prose, Question
from peerpack.handover.records import NOTHING_SHOWN
from peerpack.handover.statement import Block, Heading, Pieces
from peerpack.render.cards import Card
from peerpack.render.charts import Chart
from peerpack.render.measure import Measure, Said, measure, said
from peerpack.render.numbers import capital
from peerpack.render.rows import Row, grouped
from peerpack.render.site.page import Site

UNCERTAINTY, LIMITS, CLOSING = "uncertainty", "limits", "record"
UNTITLED = "The figures"
SECOND, THIRD, DEEPEST = 2, 3, 6
"""Levels of headings: a section of the page, a part of the evidence, the last that HTML has."""


@dataclass(frozen=True)
class Folded:
    """A cell of code to fold away; `printed` is without what the page says itself."""

    name: str
    source: str
    printed: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The id of the cell on its page: `cell-compute`."""
        return f"cell-{quote(self.name, safe='')}"


@dataclass(frozen=True)
class Part:
    """What stands from one heading of the notebook to the next; `leads` are its findings.

    `left_open`: it asked for something that nobody supplied, and shows nothing.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    leads: tuple[Said, ...] = ()
    measures: tuple[Measure, ...] = ()
    claims: tuple[Card, ...] = ()
    charts: tuple[Chart, ...] = ()
    checks: tuple[str, ...] = ()
    code: tuple[Folded, ...] = ()
    left_open: bool = False

    @property
    def anchor(self) -> str:
        """The id of the part on its page: `part-says-long`."""
        return f"part-{quote(self.name, safe='')}"


@dataclass(frozen=True)
class Told:
    """A question's notebook as its page tells it; `before` and `after`: its code outside parts."""

    introduction: tuple[Block, ...]
    parts: tuple[Part, ...]
    uncertainty: Part | None
    limits: Part | None
    before: tuple[Folded, ...]
    after: tuple[Folded, ...]

    @property
    def code(self) -> tuple[Folded, ...]:
        """Every cell of code, in order."""
        parts = (*self.parts, *filter(None, (self.uncertainty, self.limits)))
        return (*self.before, *chain.from_iterable(part.code for part in parts), *self.after)


def told(question: Question, site: Site) -> Told:
    """The parts of a notebook, in its order; its own title is the page's, and is left out."""
    opening, *rest = _cut(question.cells)
    parts = [_part(own, site) for own in rest]
    before = [cell for cell in opening if isinstance(cell, Code)]
    recording = [cell for cell in before if cell.evidence_ids or cell.exhibit_ids or cell.findings]
    first = [replace(_part(recording, site), title=UNTITLED)] if recording else []
    return Told(
        introduction=tuple(_shifted(_blocks(opening), SECOND)),
        parts=(*first, *(part for part in parts if part.name not in (UNCERTAINTY, LIMITS))),
        uncertainty=next((part for part in parts if part.name == UNCERTAINTY), None),
        limits=next((part for part in parts if part.name == LIMITS), None),
        before=tuple(_folded(cell) for cell in before if cell not in recording),
        after=tuple(map(_folded, _closing(question))),
    )


def _cut(cells: Iterable[Cell]) -> list[list[Cell]]:
    """The cells by the headings they stand under; those before the second heading come first."""
    found: list[list[Cell]] = [[]]
    for number, cell in enumerate(cells):
        if cell.name == CLOSING:
            continue
        if (
            number
            and isinstance(cell, Prose)
            and isinstance(next(iter(cell.blocks), None), Heading)
        ):
            found.append([])
        found[-1].append(cell)
    return found


def _closing(question: Question) -> Iterator[Code]:
    return (c for c in question.cells if c.name == CLOSING and isinstance(c, Code))


def _blocks(cells: Iterable[Cell]) -> list[Block]:
    """The prose of cells in one, without the heading that is its title."""
    blocks = [block for cell in cells if isinstance(cell, Prose) for block in cell.blocks]
    return blocks[isinstance(next(iter(blocks), None), Heading) :]


def _shifted(blocks: Iterable[Block], under: int) -> Iterator[Block]:
    """Blocks whose headings stand under a heading of that level, and skip none."""
    last, top = under, 0
    for block in blocks:
        if isinstance(block, Heading):
            top = top or block.level
            last = min(max(under + 1 + block.level - top, under + 1), last + 1, DEEPEST)
            yield Heading(last, block.pieces)
        else:
            yield block


def _part(cells: Sequence[Cell], site: Site) -> Part:
    code = [cell for cell in cells if isinstance(cell, Code)]
    rows = _rows(code, site)
    figures = grouped([row for row in rows if row["kind"] != "claim"], "indicator")
    leads = tuple(said(finding) for cell in code for finding in cell.findings)
    return Part(
        name=cells[0].name,
        title=_title(cells[0]),
        blocks=tuple(_shifted(_blocks(cells), _level(cells[0].name))),
        leads=leads,
        measures=tuple(measure(own, [], site.cards) for own in figures.values()),
        claims=tuple(site.cards.card(row) for row in rows if row["kind"] == "claim"),
        charts=tuple(_charts(code, site)),
        checks=tuple(check for cell in code for check in cell.checks) if rows else (),
        code=tuple(map(_folded, code)),
        left_open=not rows and not leads and any(NOTHING_SHOWN in c.outputs for c in code),
    )


def _level(name: str) -> int:
    return SECOND if name in (UNCERTAINTY, LIMITS) else THIRD


def _rows(code: Iterable[Code], site: Site) -> list[Row]:
    return [site.known[id_] for cell in code for id_ in cell.evidence_ids]


def _charts(code: Iterable[Code], site: Site) -> Iterator[Chart]:
    own = {id_ for cell in code for id_ in cell.exhibit_ids}
    drawn = zip(site.contents.exhibits, site.charts, strict=True)
    return (chart for exhibit, chart in drawn if exhibit.id in own)


def _title(cell: Cell) -> str:
    if isinstance(cell, Prose) and cell.blocks and isinstance(cell.blocks[0], Heading):
        return _text(cell.blocks[0].pieces)
    return capital(cell.name.replace("-", " "))


def _text(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces).strip()


def _folded(cell: Code) -> Folded:
    known = {*(finding.text for finding in cell.findings), NOTHING_SHOWN}
    return Folded(cell.name, cell.source, tuple(o for o in cell.outputs if o not in known))
