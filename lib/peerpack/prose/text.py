"""A text as paragraphs, list items, headings and rows of tables, and these as sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

SHORTEST_WRAPPED = 45
"""A line shorter than this is not one that was broken only because the page ended there."""

LONGEST_SENTENCE = 3000
"""No sentence is longer; without full stops a file could make every rule look at all of it."""

_BULLET = re.compile(
    r"^\s*(?:[-*•·▪◦‣●○–o]|\(?[a-z]\)|\(?[ivx]+\)|\(?\d{1,2}\)|\d{1,2}\.)\s+(?=\S)"
)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s")
_RULE = re.compile(r"^[\s|:=+-]+$")
_MARKS = re.compile(r"\*\*|__|<[/a-z][^>]*>|(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])|`")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_END = re.compile(r"[.!?]+[\"'”’)\]]*\s+(?=[A-Z0-9£\"'“‘(\[•-])")
_SHORT = re.compile(
    r"(?:^|[\s(\[“\"])(?:c|ca|approx|e\.g|i\.e|vs|no|nos|pp?|paras?|s|ss|st|mr|mrs|ms|dr|prof|cllrs?|fig|figs"
    r"|est|avg|ave|max|min|inc|incl|excl|viz|cf|ref|sec|dept|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov"
    r"|dec|[A-Z])\.$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\(?[\d.]+[.)]*")


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, heading or row: its kind, plain text, cells and lines.

    `kind`: prose, item, heading, row, or blank. `cells`: of a row. `breaks`: where each further
    line of the document begins in the text, with its number.
    """

    kind: str
    text: str
    line: int
    cells: tuple[str, ...] = ()
    breaks: tuple[tuple[int, int], ...] = ()

    def line_at(self, offset: int) -> int:
        """The line of the document that holds a place in the text."""
        return max((line for start, line in self.breaks if start <= offset), default=self.line)


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order; lines are counted from 1 and blank ones make a block."""
    lines = text.split("\n")
    columned = _columned(lines)
    found: list[Block] = []
    for number, line in enumerate(lines, 1):
        block = _block(line.rstrip("\r"), number, columned[number - 1])
        if block is None:
            continue
        if found and _goes_on(found[-1], block, lines[number - 2]):
            found[-1] = _joined(found[-1], block)
        else:
            found.append(block)
    return tuple(found)


def sentences(block: Block) -> Iterator[tuple[int, str]]:
    """Each sentence of a block with its place in the block's text; a row of a table is one."""
    start = 0
    if block.kind == "row":
        yield 0, block.text[:LONGEST_SENTENCE]
        return
    for match in _END.finditer(block.text):
        mark = block.text[start : match.end()].rstrip()
        if _SHORT.search(mark) or _NUMBERED.fullmatch(mark):
            continue
        yield from _shortened(start, mark)
        start = match.end()
    if block.text[start:].strip():
        yield from _shortened(start, block.text[start:])


def _shortened(start: int, sentence: str) -> Iterator[tuple[int, str]]:
    """A sentence, in pieces where it is longer than anybody writes."""
    for at in range(0, len(sentence), LONGEST_SENTENCE):
        yield start + at, sentence[at : at + LONGEST_SENTENCE]


def _columned(lines: list[str]) -> list[bool]:
    """Whether each line is one of several in which wide gaps make columns."""
    wide = [len(re.split(r"\s{3,}|\s{2,}(?=[£(\d-])", line.strip())) >= 2 for line in lines]
    padded = [False, *wide, False]
    return [here and (before or after) for before, here, after in
            zip(padded, padded[1:], padded[2:], strict=False)]  # fmt: skip


def _block(line: str, number: int, columned: bool) -> Block | None:
    plain = plain_text(line)
    if not plain.strip():
        return Block("blank", "", number)
    if _HEADING.match(line):
        return Block("heading", _HEADING.sub("", plain).strip(), number)
    cells = cells_of(line, columned)
    if cells:
        return None if _RULE.match(line) else Block("row", " | ".join(cells), number, cells)
    bullet = _BULLET.match(plain)
    return Block(
        "item" if bullet else "prose", plain[bullet.end() if bullet else 0 :].strip(), number
    )


def cells_of(line: str, columned: bool = False) -> tuple[str, ...]:
    """The cells of a line of a table: between tabs, between bars, or between wide gaps."""
    if "\t" in line.strip():
        return tuple(plain_text(cell).strip() for cell in line.strip("\r\n ").split("\t"))
    if line.strip().startswith("|") or line.count("|") >= 2:
        return tuple(plain_text(cell).strip() for cell in line.strip().strip("|").split("|"))
    if columned and not _BULLET.match(line):
        return tuple(
            plain_text(c).strip() for c in re.split(r"\s{3,}|\s{2,}(?=[£(\d-])", line.strip())
        )
    return ()


def plain_text(line: str) -> str:
    """A line without the marks of Markdown and HTML, and with plain spaces."""
    spaced = re.sub(r"[\u00a0\u2007\u202f\u2009]", " ", line).replace("\u2011", "-")
    spaced = spaced.replace("\u00ad", "").replace("\ufeff", "").replace("\u200b", "")
    return _MARKS.sub("", _LINK.sub(r"\1", spaced))


def _goes_on(before: Block, block: Block, line_before: str) -> bool:
    """Whether a line is the rest of the paragraph or list item before it."""
    return (
        block.kind == "prose"
        and before.kind in ("prose", "item")
        and len(line_before) >= SHORTEST_WRAPPED
        and not line_before.rstrip().endswith(":")
        and (block.text[:1].islower() or block.text[:1].isdigit() or _hard_wrapped(before, block))
    )


def _hard_wrapped(before: Block, block: Block) -> bool:
    lengths = [b - a for (a, _), (b, _) in pairwise(((0, 0), *before.breaks))] or [len(before.text)]
    return max(lengths) <= 130 and not (
        before.text.endswith((".", "?", "!")) and len(block.text) < 20
    )


def _joined(before: Block, block: Block) -> Block:
    at = len(before.text) + 1
    return Block(
        before.kind,
        f"{before.text} {block.text}",
        before.line,
        (),
        (*before.breaks, (at, block.line)),
    )
