"""Markdown to blocks of raw pieces: what is no heading, list, table or emphasis stays plain text.

References are tokens of their own, so that no rule of Markdown ever reads what stands in for them.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from peerpack.handover.statement import Block, Heading, Listing, Paragraph, Piece, Pieces, Table

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MOST_CHARACTERS = 100_000
MOST_IN_A_PARAGRAPH = 4_000
STANDS_IN = "￼"
LEADS = "a link may lead to https:// or to an anchor of the pack. Take it out"
MAY_LEAD = ("https://", "#")
UNSEEN = ("Cc", "Cf", "Co", "Cn")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,80}>?|<[!?]")
_OPEN = re.compile(r"\{\{.{0,60}|\}\}")


@dataclass(frozen=True)
class Raw(Piece):
    """A piece as typed, with its line. With `is_reference` the text names what stands there."""

    line: int = 0
    is_reference: bool = False


@dataclass(frozen=True, order=True)
class Fault:
    """What stops a statement: where, which words, why, and what to do."""

    line: int
    words: str
    reason: str


def parsed(text: str) -> tuple[tuple[Block, ...], list[Fault]]:
    """The blocks of a Markdown text, of raw pieces, and the faults of its markup.

    Known are headings, paragraphs, lists, tables, bold, italics, and links to https or an anchor.
    """
    if len(text) > MOST_CHARACTERS:
        return (), [Fault(1, "", f"it is longer than {MOST_CHARACTERS:,} characters. Shorten it")]
    blocks = tuple(_blocks(iter(_markdown().parse(text)), ""))
    return blocks, [fault for piece in pieces_of(blocks) for fault in _of_markup(piece)]


def prose(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text that nothing refused: what could do harm in it is plain text.

    A link stays where it leads to https or an anchor. Longer than MOST_CHARACTERS, the rest is left
    out.
    """
    return tuple(_harmless(block) for block in _blocks(iter(_markdown().parse(
        text[:MOST_CHARACTERS])), ""))  # fmt: skip


def _harmless(block: Block) -> Block:
    if isinstance(block, Heading):
        return Heading(block.level, _told(block.pieces))
    if isinstance(block, Paragraph):
        return Paragraph(_told(block.pieces))
    if isinstance(block, Listing):
        return Listing(block.start, tuple(tuple(map(_harmless, item)) for item in block.items))
    return Table(tuple(map(_told, block.head)), tuple(tuple(map(_told, row)) for row in block.rows))


def _told(pieces: Pieces) -> Pieces:
    return tuple(map(_as_text, pieces))


def _as_text(piece: Piece) -> Piece:
    reference = isinstance(piece, Raw) and piece.is_reference
    text = f"{{{{ {piece.text} }}}}" if reference else piece.text
    href = piece.href if piece.href.startswith(MAY_LEAD) else ""
    return Piece(text, "", href, piece.strong, piece.emphasis)


def pieces_of(blocks: tuple[Block, ...]) -> Iterator[Piece]:
    """Every piece of some blocks, in order."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield from block.pieces
        elif isinstance(block, Listing):
            for item in block.items:
                yield from pieces_of(item)
        else:
            for cells in (block.head, *block.rows):
                yield from (piece for cell in cells for piece in cell)


@lru_cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    made = MarkdownIt("zero", {"html": False}).enable(["table", "list", "heading", "lheading"])
    made.enable(["escape", "emphasis", "link", "entity", "newline"])
    made.inline.ruler.before("escape", "reference", _reference)
    # Which links may stand is judged below, with the line; here none may vanish into the text.
    made.validateLink = bool  # type: ignore[assignment,method-assign]
    return made


def _reference(state: Any, silent: bool) -> bool:
    """`{{ … }}` on one line, as a token that holds what stands between."""
    if not state.src.startswith("{{", state.pos):
        return False
    end = state.src.find("}}", state.pos)
    inside = state.src[state.pos + 2 : end]
    if end < 0 or "\n" in inside or "{{" in inside:
        return False
    if not silent:
        state.push("reference", "", 0).content = inside.strip()
    state.pos = end + 2
    return True


def _blocks(tokens: Iterator[Any], until: str) -> Iterator[Block]:
    """Blocks up to the token that ends the one they stand in."""
    for token in tokens:
        if token.type == until:
            return
        if token.type == "heading_open":
            yield Heading(int(token.tag[1:]), _pieces(next(tokens)))
        elif token.type == "paragraph_open":
            yield Paragraph(_pieces(next(tokens)))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrGet("start") or 1) if token.tag == "ol" else None
            yield Listing(start, tuple(_items(tokens, token.type.replace("open", "close"))))
        elif token.type == "table_open":
            head, *rows = _rows(tokens)
            yield Table(head, tuple(rows))


def _items(tokens: Iterator[Any], until: str) -> Iterator[tuple[Block, ...]]:
    for token in tokens:
        if token.type == until:
            return
        if token.type == "list_item_open":
            yield tuple(_blocks(tokens, "list_item_close"))


def _rows(tokens: Iterator[Any]) -> Iterator[tuple[tuple[Piece, ...], ...]]:
    cells: list[tuple[Piece, ...]] = []
    for token in tokens:
        if token.type == "table_close":
            return
        if token.type == "inline":
            cells.append(_pieces(token))
        elif token.type == "tr_close":
            yield tuple(cells)
            cells = []


def _pieces(inline: Any) -> tuple[Piece, ...]:
    """The pieces of a line or paragraph, each with its line."""
    line, strong, emphasis, href = inline.map[0] + 1, 0, 0, ""
    found = []
    for token in inline.children:
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        emphasis += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if token.type in ("link_open", "link_close"):
            href = str(token.attrGet("href") or "#") if token.type == "link_open" else ""
        broken = token.type in ("softbreak", "hardbreak")
        text = " " if broken else token.content.replace(STANDS_IN, "�")
        if text or token.type == "reference":
            found.append(Raw(text, "", href, strong > 0, emphasis > 0, line,
                             token.type == "reference"))  # fmt: skip
        line += broken
    return tuple(found)


def _of_markup(piece: Piece) -> Iterator[Fault]:
    if not isinstance(piece, Raw) or piece.is_reference:
        return
    tag, loose = _TAG.search(piece.text), _OPEN.search(piece.text)
    # They could part a number, or turn the order of its digits.
    unseen = {c for c in piece.text if unicodedata.category(c) in UNSEEN} - {"\t"}
    for each in sorted(unseen):
        yield Fault(piece.line, f"U+{ord(each):04X}", "a character nobody sees. Take it out")
    if tag:
        yield Fault(piece.line, tag[0], "HTML is not read. Take the tag out")
    if loose:
        yield Fault(piece.line, loose[0],
                    "no whole reference. Write it on one line, such as {{ KF17 }}")  # fmt: skip
    if piece.href and not piece.href.startswith(MAY_LEAD):
        yield Fault(piece.line, piece.href, LEADS)
