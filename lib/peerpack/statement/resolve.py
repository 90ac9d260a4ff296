"""A position statement's text against a pack: every reference, figure and claim, or every fault."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from peerpack.errors import StatementRefused
from peerpack.handover.pack import PackContents
from peerpack.handover.statement import (
    FILE,
    Block,
    Heading,
    Listing,
    Paragraph,
    Piece,
    Pieces,
    Statement,
    Table,
)
from peerpack.prose.numbers import quantities
from peerpack.prose.text import Block as Prose
from peerpack.prose.text import sentences
from peerpack.statement.claims import claims, clause_at
from peerpack.statement.earned import why_not
from peerpack.statement.known import Cited, Known
from peerpack.statement.markup import MOST_IN_A_PARAGRAPH, STANDS_IN, Fault, Raw, parsed, pieces_of
from peerpack.statement.numbers import Typed, evidence_of, nearest, typed
from peerpack.statement.references import Resolved, Unresolved, is_list, listed, resolved

CITE = "Cite evidence that earns it in the same sentence, such as {{ KF17 }}, or say it otherwise"


@dataclass(frozen=True)
class Link:
    """A typed number that is evidence: its place in the line, and which."""

    start: int
    end: int
    evidence_id: str


def statement(
    written: bytes, contents: PackContents, before: pd.DataFrame | None = None, *, own: bool = True
) -> Statement:
    """A position statement with every reference resolved and every number and claim on evidence.

    `before`: the evidence of the pack before, for changes. `own`: whether the council wrote it.
    Raises StatementRefused with every fault: its line, the words found, the reason, what to do.
    """
    blocks, faults = parsed(_decoded(written))
    reader = _Reader(Known(contents, before), list(faults))
    made = tuple(reader.block(each) for each in blocks)
    if reader.faults:
        raise StatementRefused(_told(reader.faults))
    return Statement(made, own)


def cited(made: Statement) -> int:
    """How often a statement leads to evidence."""
    return sum(bool(piece.evidence_id) for piece in pieces_of(made.blocks))


def _decoded(written: bytes) -> str:
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = written[: fault.start].count(b"\n") + 1
        raise StatementRefused(
            _told([Fault(line, "", "not UTF-8. Save it as text in UTF-8")])
        ) from fault


def _told(faults: Sequence[Fault]) -> str:
    found = sorted(set(faults))
    many = "1 fault" if len(found) == 1 else f"{len(found)} faults"
    lines = [f"  line {each.line}: “{each.words}”: {each.reason}." for each in found]
    return "\n".join([f"{FILE}: {many}; nothing was published. Mend it and build again.", *lines])


class _Reader:
    """Resolves blocks one by one; what is wrong with them gathers in `faults`."""

    def __init__(self, known: Known, faults: list[Fault]) -> None:
        self._known = known
        self.faults = faults

    def block(self, block: Block) -> Block:
        if isinstance(block, Heading):
            return Heading(block.level, self._line(block.pieces))
        if isinstance(block, Paragraph):
            return self._list(block.pieces) or Paragraph(self._line(block.pieces))
        if isinstance(block, Listing):
            items = tuple(tuple(self.block(each) for each in item) for item in block.items)
            return Listing(block.start, items)
        return Table(self._row(block.head), tuple(self._row(row) for row in block.rows))

    def _row(self, cells: tuple[Pieces, ...]) -> tuple[Pieces, ...]:
        """A row of a table is one sentence: what one cell cites, another may lean on."""
        cited = [c for cell in cells for c in _Line(cell, self._known, []).cited]
        return tuple(self._line(cell, cited) for cell in cells)

    def _list(self, pieces: Pieces) -> Block | None:
        """The findings that stand for a paragraph of one reference; None for any other."""
        told = [p for p in pieces if p.text.strip() or _is_reference(p)]
        if len(told) != 1 or not _is_reference(told[0]) or not is_list(told[0].text):
            return None
        try:
            return listed(told[0].text, self._known)
        except Unresolved as fault:
            self.faults.append(_of_reference(told[0], str(fault)))
            return Paragraph(())

    def _line(self, pieces: Pieces, context: Sequence[Cited] = ()) -> Pieces:
        line = _Line(pieces, self._known, self.faults)
        return line.read(context)


def _is_reference(piece: Piece) -> bool:
    return isinstance(piece, Raw) and piece.is_reference


def _of_reference(piece: Piece, why: str) -> Fault:
    return Fault(_line_of(piece), f"{{{{ {piece.text} }}}}", why)


def _line_of(piece: Piece) -> int:
    return piece.line if isinstance(piece, Raw) else 0


class _Line:
    """A paragraph, heading or cell as one text, in which a sign stands for each reference."""

    def __init__(self, pieces: Pieces, known: Known, faults: list[Fault]) -> None:
        self._known, self._faults = known, faults
        self._placed: list[tuple[int, Piece]] = []
        self._instead: dict[int, Resolved] = {}
        self.cited: list[Cited] = []
        self.text = ""
        for piece in pieces:
            self._place(piece)

    def _place(self, piece: Piece) -> None:
        at = len(self.text)
        if piece.href.startswith("#") and not self._known.has_anchor(piece.href[1:]):
            self._faults.append(Fault(_line_of(piece), piece.href, "no such anchor in this pack"))
        self._placed.append((at, piece))
        self.text += STANDS_IN if _is_reference(piece) else piece.text
        if _is_reference(piece):
            try:
                self._instead[at] = found = resolved(piece.text, self._known)
            except Unresolved as fault:
                self._faults.append(_of_reference(piece, str(fault)))
                return
            self.cited += [replace(each, start=at) for each in found.cited]

    def read(self, context: Sequence[Cited]) -> Pieces:
        """The pieces with references and typed numbers as what they are; faults as they are met."""
        if len(self.text) > MOST_IN_A_PARAGRAPH:
            reason = f"a paragraph of over {MOST_IN_A_PARAGRAPH:,} characters. Part it"
            self._fault(0, f"{self.text[:20]}…", reason)
            return ()
        links: list[Link] = []
        for start, sentence in sentences(Prose("prose", self.text, 0)):
            links += self._sentence(start, sentence, context)
        return _joined(self._rebuilt(links))

    def _sentence(self, start: int, sentence: str, context: Sequence[Cited]) -> list[Link]:
        own = [replace(c, start=c.start - start) for c in self.cited
               if start <= c.start < start + len(sentence)]  # fmt: skip
        numbers = typed(sentence)
        found: dict[Typed, str] = {}
        for each in numbers:
            id_ = evidence_of(each, sentence, [*own, *self.cited, *context], self._known)
            if id_ is None:
                self._fault(start + each.start, each.words, self._unknown(each, sentence))
            else:
                found[each] = id_
        own += [Cited(id_, each.start) for each, id_ in found.items()]
        self.cited += [Cited(id_, start + each.start) for each, id_ in found.items()]
        self._claims(start, sentence, own or list(context))
        return [_link(start, sentence, each, id_) for each, id_ in found.items()]

    def _unknown(self, each: Typed, sentence: str) -> str:
        if each.quantity is None:
            return "a number that cannot be read. Write it plainly, or a reference in its place"
        near = nearest(each, sentence, self._known)
        return f"a number that no evidence in this pack is{near}. Write a reference, or take it out"

    def _claims(self, start: int, sentence: str, cited: Sequence[Cited]) -> None:
        for claim in claims(sentence, quantities(sentence, [])):
            first, last = clause_at(sentence, claim.start, claim.end)
            near = [each for each in cited if first <= each.start < last]
            ahead = claim.kind != "comparison" or any(c.start < claim.start for c in near)
            why = why_not(claim, near if near and ahead else cited, self._known)
            if why:
                self._fault(start + claim.start, claim.words, f"{_NAMES[claim.kind]} not earned: "
                            f"{why}. {CITE}")  # fmt: skip

    def _fault(self, at: int, words: str, reason: str) -> None:
        piece = next(p for place, p in reversed(self._placed) if place <= at)
        self._faults.append(Fault(_line_of(piece), words.strip(), reason))

    def _rebuilt(self, links: Sequence[Link]) -> Iterator[Piece]:
        for at, piece in self._placed:
            if _is_reference(piece):
                found = self._instead.get(at)
                for each in found.pieces if found else ():
                    yield replace(each, strong=piece.strong, emphasis=piece.emphasis)
            else:
                yield from _cut(at, piece, links)


def _link(start: int, sentence: str, each: Typed, evidence_id: str) -> Link:
    first = (
        each.start
        + len(sentence[each.start : each.end])
        - len(sentence[each.start : each.end].lstrip())
    )
    return Link(start + first, start + each.end, evidence_id)


def _cut(at: int, piece: Piece, links: Sequence[Link]) -> Iterator[Piece]:
    """The text of a piece, parted where typed numbers become links."""
    done, end = at, at + len(piece.text)
    for link in sorted(links, key=lambda each: each.start):
        first, last = max(link.start, done), min(link.end, end)
        if first < last and not piece.href:
            yield _plain(piece, piece.text[done - at : first - at])
            inside = _plain(piece, piece.text[first - at : last - at])
            yield replace(inside, evidence_id=link.evidence_id)
            done = last
    yield _plain(piece, piece.text[done - at :])


def _plain(piece: Piece, text: str) -> Piece:
    return Piece(text, "", piece.href, piece.strong, piece.emphasis)


def _joined(pieces: Iterable[Piece]) -> Pieces:
    """Pieces of text of one kind as one; empty ones left out."""
    found: list[Piece] = []
    for piece in pieces:
        alike = found and replace(found[-1], text="") == replace(piece, text="")
        if alike and not piece.evidence_id:
            found[-1] = replace(piece, text=found[-1].text + piece.text)
        elif piece.text:
            found.append(piece)
    return tuple(found)


_NAMES = {
    "change": "a change",
    "times": "a change",
    "comparison": "a comparison",
    "rank": "a rank",
    "target": "a target",
}
