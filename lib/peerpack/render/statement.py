"""The position statement as a page, and as Markdown that names the same evidence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

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
from peerpack.render.places import place_of, place_of_anchor
from peerpack.render.seen import seen

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>|~&#])")
_LEADING = re.compile(r"^([-+=]|\d+(?=[.)](?:\s|$)))")


def kind(block: Block) -> str:
    """What a block is, for a template: `heading`, `paragraph`, `listing`, `table`."""
    return type(block).__name__.lower()


def target(piece: Piece, root: str = "") -> str:
    """Where a piece leads: its evidence's place on the site, an anchor of the site, or outside.

    `root`: the way from the page that shows it to the folder of the pack.
    """
    if piece.evidence_id:
        return root + place_of(piece.evidence_id)
    return root + place_of_anchor(piece.href[1:]) if piece.href.startswith("#") else piece.href


def statement_file(statement: Statement | None) -> dict[str, bytes]:
    """The statement as Markdown by its file's name; nothing where there is none."""
    return {FILE: seen(markdown(statement.blocks)).encode("utf-8")} if statement else {}


def stepped(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with no level of heading left out, and without headings that say nothing."""
    return tuple(_stepped(blocks, []))


def _stepped(blocks: Iterable[Block], above: list[int]) -> Iterator[Block]:
    """`above`: the levels, as written, of the headings that what comes next stands under."""
    for block in blocks:
        if isinstance(block, Listing):
            items = (tuple(_stepped(item, above)) for item in block.items)
            yield replace(block, items=tuple(items))
        elif not isinstance(block, Heading):
            yield block
        elif any(piece.text.strip() for piece in block.pieces):
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            yield replace(block, level=len(above))


def captioned(
    blocks: Iterable[Block], under: str = "Position statement"
) -> list[tuple[Block, str]]:
    """Each block with the heading it stands under, which is a table's caption."""
    told = []
    for block in blocks:
        if isinstance(block, Heading):
            under = "".join(piece.text for piece in block.pieces).strip() or under
        told.append((block, under))
    return told


def markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown: what they say is escaped, so that it reads as it is shown."""
    return "\n\n".join("\n".join(_lines(block)) for block in blocks) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {_text(block.pieces)}"
    elif isinstance(block, Paragraph):
        text = _text(block.pieces)
        mark = _LEADING.match(text)
        at = (mark.end() if mark[0].isdigit() else 0) if mark else 0
        yield f"{text[:at]}\\{text[at:]}" if mark else text
    elif isinstance(block, Listing):
        for at, item in enumerate(block.items):
            yield from _item(item, "- " if block.start is None else f"{block.start + at}. ")
    elif isinstance(block, Table):
        yield _row(block.head)
        yield "|" + " --- |" * len(block.head)
        yield from map(_row, block.rows)


def _item(item: tuple[Block, ...], mark: str) -> Iterator[str]:
    inside = markdown(item).rstrip("\n").split("\n")
    yield f"{mark}{inside[0]}"
    yield from (" " * len(mark) * bool(line) + line for line in inside[1:])


def _row(cells: Iterable[Pieces]) -> str:
    return f"| {' | '.join(map(_text, cells))} |"


def _text(pieces: Pieces) -> str:
    return "".join(map(_piece, pieces)).strip()


def _piece(piece: Piece) -> str:
    text = _ACTIVE.sub(r"\\\1", piece.text)
    mark = "**" * piece.strong + "*" * piece.emphasis
    told = f"[{text}]({target(piece)})" if target(piece) else text
    inside = told.strip()
    return told.replace(inside, f"{mark}{inside}{mark}", 1) if mark and inside else told
