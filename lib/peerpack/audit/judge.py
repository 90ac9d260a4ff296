"""A text's claims, each with the one verdict that stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd

from peerpack.audit.beside_pack import beside_pack
from peerpack.audit.changes import changes
from peerpack.audit.follows import follows
from peerpack.audit.products import products
from peerpack.audit.shares import shares
from peerpack.audit.sums import sums
from peerpack.audit.tables import cells, tables
from peerpack.audit.times import DayJudgement, lengths, times
from peerpack.audit.verdicts import (
    CANNOT_BE,
    NOT_CHECKABLE,
    NOTHING_BESIDE,
    STANDS,
    Claim,
    Judgement,
)
from peerpack.audit.whole import whole_numbers
from peerpack.audit.wording import wording
from peerpack.prose import Quantity, Sentence, read

RULES = (shares, changes, whole_numbers, sums, tables, products, lengths, wording, follows)
MOST_FIGURES = 40
QUOTED = 160
"""The most letters of a sentence that a claim quotes."""

_PASSING = re.compile(
    r"(?:\b(?:last|next|past|previous|coming|following|first|every|recent|preceding)(?: the)?)\s$",
    re.IGNORECASE,
)


def claims(text: str, evidence: pd.DataFrame | None = None) -> tuple[Claim, ...]:
    """Every quantitative claim of a text in its order, with its verdict.

    `evidence`: rows of a pack (`handover.evidence.EVIDENCE_COLUMNS`) that may support it.
    """
    sentences = read(text)
    legible = tuple(s if len(s.quantities) <= MOST_FIGURES else _blank(s) for s in sentences)
    best = _standing(_judgements(legible, evidence))
    headed = cells(legible)
    figures = (
        (number, figure.start, _claim(sentence, headed.get(at, figure), best.get(at)))
        for number, sentence in enumerate(sentences)
        for place, figure in enumerate(sentence.quantities)
        if (at := (number, place)) in best or not _passing(sentence, figure)
    )
    days = ((d.sentence, d.day.start, _of_day(sentences[d.sentence], d)) for d in times(sentences))
    found = sorted([*figures, *days], key=lambda each: each[:2])
    return tuple(claim for *_, claim in found)


def _blank(sentence: Sentence) -> Sentence:
    """A sentence of more figures than anybody writes, for the rules without any."""
    return replace(sentence, quantities=(), days=())


def _judgements(
    sentences: tuple[Sentence, ...], evidence: pd.DataFrame | None
) -> Iterator[Judgement]:
    for rule in RULES:
        yield from rule(sentences)
    if evidence is not None:
        yield from beside_pack(sentences, evidence)


def _standing(judgements: Iterable[Judgement]) -> dict[tuple[int, int], Judgement]:
    """The judgement that stands on each figure.

    An accusation that rests on a figure which is itself accused is dropped: one wrong cell makes
    its total and its share come out wrong as well, and these are not to blame.
    """
    every = list(judgements)
    accused = {j.place: j for j in every if j.verdict == CANNOT_BE}
    best: dict[tuple[int, int], Judgement] = {}
    for judgement in every:
        blamed = (accused[p] for p in judgement.rests_on if p in accused)
        if judgement.verdict == CANNOT_BE and any(
            judgement.place not in j.rests_on for j in blamed
        ):
            continue
        kept = best.get(judgement.place)
        if kept is None or _rank(judgement) < _rank(kept):
            best[judgement.place] = judgement
    return best


def _rank(judgement: Judgement) -> int:
    return STANDS.index(judgement.verdict)


def _passing(sentence: Sentence, figure: Quantity) -> bool:
    """Whether a figure only says when: `in the last 12 months`."""
    when = figure.unit in ("days", "weeks", "months", "years", "hours")
    return when and bool(_PASSING.search(sentence.text[: figure.start]))


def _claim(sentence: Sentence, figure: Quantity, judgement: Judgement | None) -> Claim:
    value = round(float(figure.value), 6)
    return Claim(
        int(value) if value.is_integer() else value,
        figure.unit,
        quotation(sentence.text, figure.start, figure.end),
        sentence.line_of(figure.start),
        judgement.verdict if judgement else NOT_CHECKABLE,
        judgement.reason if judgement else NOTHING_BESIDE,
    )


def _of_day(sentence: Sentence, judged: DayJudgement) -> Claim:
    day = judged.day
    return Claim(
        day.text, "date", quotation(sentence.text, day.start, day.end),
        sentence.line_of(day.start), judged.verdict, judged.reason,
    )  # fmt: skip


def quotation(text: str, start: int, end: int) -> str:
    """The words around a figure, cut at words where the sentence is long."""
    if len(text) <= QUOTED:
        return text.strip()
    left = max(0, min(start - QUOTED // 2, len(text) - QUOTED))
    right = min(len(text), max(left + QUOTED, end))
    left = text.rfind(" ", 0, left) + 1 if left else 0
    right = right if right == len(text) else max(text.rfind(" ", 0, right), end)
    return f"{'… ' if left else ''}{text[left:right].strip()}{' …' if right < len(text) else ''}"
