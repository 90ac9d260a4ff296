"""Figures that follow from others near them, though no word says so: support, never blame."""

import re
from collections.abc import Iterator
from itertools import permutations

from peerpack.audit import ranges, said
from peerpack.audit.changes import change_in
from peerpack.audit.marked import marked
from peerpack.audit.verdicts import SUPPORTED, Judgement
from peerpack.measures.rounding import Interval
from peerpack.prose import Quantity, Sentence

_CHANGED = re.compile(
    r"\b(?:increas\w*|decreas\w*|rise|rose|fell|fall|reduc\w+|change|gap|difference|higher|lower"
    r"|more|fewer|up|down|growth|drop)\b",
    re.IGNORECASE,
)
_GAP = re.compile(
    r"\b(?:over ?spend\w*|under ?spend\w*|overspent|underspent|gap|variance|shortfall|difference"
    r"|increase of|rise of|fall of|reduction of|drop of|more|fewer|less than|higher"
    r"|lower|remaining)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"«%(\d+)» of (?:the|its|our) ([\w ]{6,40}?) \(«£(\d+)»\)")
MOST_NEAR = 8
"""Among more figures than these something always follows from something."""


def follows(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """Each percentage, point or multiple that two figures near it make exactly as printed."""
    for number, sentence in enumerate(sentences):
        if sentence.kind == "row":
            continue
        for place, figure in enumerate(sentence.quantities):
            if figure.upper is None:
                judgement = _followed(sentences, number, place, figure)
                if judgement:
                    yield judgement
        yield from _of_a_named_sum(sentences, number)


def _followed(
    sentences: tuple[Sentence, ...], number: int, place: int, figure: Quantity
) -> Judgement | None:
    own = sentences[number]
    near = [
        q
        for s in sorted(_near(sentences, number, figure), key=lambda s: s is not own)
        for q in sorted(s.quantities, key=lambda q: abs(q.start - figure.start) * (s is own))
        if q is not figure and q.unit != "pp" and not q.in_words
    ]
    if len(near) > MOST_NEAR:
        near = [q for q in own.quantities if q is not figure]
    for one, other in permutations(near, 2):
        value = _made_of(own, figure, one, other)
        if value is not None and ranges.standing(figure, value) == ranges.FITS:
            words = (
                f"{said.figure(one)} and {said.figure(other)} make "
                f"{said.amount(value.value, figure)}"
            )
            return Judgement(number, place, SUPPORTED, f"{words}.")
    return None


def _near(sentences: tuple[Sentence, ...], number: int, figure: Quantity) -> list[Sentence]:
    """Its own sentence; of a change, point or part in words also those beside it."""
    own = sentences[number]
    if figure.unit == "%" and not figure.in_words and not _CHANGED.search(own.text):
        around = sentences[max(0, number - 1) : number + 1]
        return [s for s in around if s.paragraph == own.paragraph and s.kind == own.kind]
    around = sentences[max(0, number - 5) : number + (4 if figure.in_words else 1)]
    return [s for s in around if s.paragraph == own.paragraph and s.kind == own.kind]


def _made_of(own: Sentence, figure: Quantity, one: Quantity, other: Quantity) -> Interval | None:
    """What two figures of one kind make in the unit of a third: a share, a change, a multiple."""
    if one.dimension != other.dimension or one.in_words or other.in_words:
        return None
    if figure.unit == "%" and (figure.in_words or one.dimension in ("GBP", "count")):
        return _growth(own, figure, one, other) or _share(figure, one, other)
    if figure.unit != "%" and figure.dimension == one.dimension in ("GBP", "count", "days"):
        gap = _GAP.search(own.text[: figure.start][-60:] + own.text[figure.end :][:40])
        return change_in(one, other, figure) if gap and other.amount > figure.amount else None
    if figure.unit == "pp" and one.unit == "%" and figure.value != 1:
        return change_in(one, other, figure)
    if figure.unit == "ratio" and one.unit in ("%", "GBP", "count") and figure.in_words:
        return ranges.computed(ranges.quotient, one, other)
    return None


def _growth(own: Sentence, figure: Quantity, new: Quantity, old: Quantity) -> Interval | None:
    if figure.in_words or not _CHANGED.search(own.text) or old.value <= 0:
        return None
    growth = change_in(old, new, figure)
    fits = growth is not None and ranges.standing(figure, growth) == ranges.FITS
    return growth if fits else None


def _share(figure: Quantity, part: Quantity, whole: Quantity) -> Interval | None:
    few = not figure.in_words and whole.dimension == "count" and whole.value < 10
    return (
        None if few or part.amount >= whole.amount else ranges.computed(ranges.share, part, whole)
    )


def _of_a_named_sum(sentences: tuple[Sentence, ...], number: int) -> Iterator[Judgement]:
    """`6% of the net budget (£36.8m)` where another sentence has `net budget of …`."""
    own = sentences[number]
    for match in _NAMED.finditer(marked(own)):
        share, part = own.quantities[int(match[1])], own.quantities[int(match[3])]
        for sentence in sentences:
            named = re.search(
                rf"{re.escape(match[2])} of «£(\d+)»", marked(sentence), re.IGNORECASE
            )
            whole = sentence.quantities[int(named[1])] if named else None
            value = ranges.computed(ranges.share, part, whole) if whole else None
            if whole and value and ranges.standing(share, value) == ranges.FITS:
                words = (
                    f"{said.figure(part)} of {said.figure(whole)} is "
                    f"{said.amount(value.value, share)}"
                )
                yield Judgement(number, int(match[1]), SUPPORTED, f"{words}.")
