"""A text read: every sentence with its place, and what it counts, dates and claims."""

import re
from dataclasses import dataclass, field

from peerpack.prose.days import Day, days
from peerpack.prose.numbers import Quantity, quantities
from peerpack.prose.skips import uncounted
from peerpack.prose.text import Block, blocks, sentences
from peerpack.prose.words import ClaimWord, claim_words


@dataclass(frozen=True)
class Sentence:
    """One sentence, list item, heading or table row of a text.

    `line`: of the document, from 1; `kind`: prose, item, heading or row; `paragraph`: the number of
    its block, blank ones counted; `cells`: of a row. Places of quantities, days and claim words are
    offsets into `text`.
    """

    text: str
    line: int
    kind: str
    paragraph: int
    cells: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    days: tuple[Day, ...] = ()
    claim_words: tuple[ClaimWord, ...] = ()
    lines: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    def line_of(self, start: int) -> int:
        """The line of the document on which something at a place in this sentence stands."""
        return max((line for at, line in self.lines if at <= start), default=self.line)


def read(text: str) -> tuple[Sentence, ...]:
    """Every sentence of a text, in order, with its quantities, days and claim words.

    Days, section numbers, ages, Acts, telephone numbers and their like are no quantities.
    """
    return tuple(
        _sentence(block, number, start, words)
        for number, block in enumerate(blocks(text))
        for start, words in sentences(block)
    )


def _sentence(block: Block, number: int, start: int, text: str) -> Sentence:
    times = days(text)
    taken = [(day.start, day.end) for day in times] + uncounted(text)
    if block.kind == "heading" and (numbered := re.match(r"\d+(?=\s)", text)):
        taken.append(numbered.span())
    lines = tuple((at - start, line) for at, line in block.breaks)
    return Sentence(
        text, block.line_at(start), block.kind, number, block.cells,
        quantities(text, taken), times, claim_words(text), lines,
    )  # fmt: skip
