"""What a briefing says of a figure and of a theme: gaps, moves, targets, and what is missing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peerpack.handover.briefing import GONE, MOVES, Counted, Fact
from peerpack.handover.changes import FigureMoved
from peerpack.handover.evidence import is_head
from peerpack.handover.statement import Piece, Pieces
from peerpack.words.compare import STOOD
from peerpack.words.numbers import display, label, period_in_full

_BETWEEN = {"%": "pp"}
"""The unit of a difference, where it is not that of the two figures."""
_MOST_DECIMALS = 6
_MOVED = {
    "no clear change": "with no clear change", "longer": "of another length of time",
    "other": "changed", GONE: "gone",
}  # fmt: skip
_RATED = {"red": "missed", "amber": "nearly met", "green": "met"}
_LACKING = {
    "withheld": ("question withheld", "questions withheld"),
    "unanswered": ("question", "questions"),
    "source": ("source", "sources"),
    "figure": ("figure", "figures"),
}
_TELLING = re.compile(r"[^\d\s]")


def gap_words(row: Mapping[str, Any], stood: str, size: float | None, decimals: int) -> str:
    """How a figure stands to its comparator; how far is said only where a difference is earned.

    `row`: a row of evidence with a comparator. `stood`: as `measures.compare.standing` has it.
    `9 percentage points lower than the median of 11 neighbour councils, 55%`.
    """
    than = STOOD.get(stood, "not clearly different from")
    far = f"{_amount(abs(size), row['unit'], decimals)} " if size is not None else ""
    beside = display(row["comparator_value"], row["unit"], decimals)
    known = row["comparator_statistic"] not in ("", "not stated")
    statistic = f"the {row['comparator_statistic']} of " if known else ""
    return f"{far}{than} {statistic}{row['comparator']}, {beside}"


def _amount(size: float, unit: str, decimals: int) -> str:
    """A difference, to as many decimals as it takes not to read as nothing."""
    places = next((d for d in range(decimals, _MOST_DECIMALS) if round(size, d)), _MOST_DECIMALS)
    return display(size, _BETWEEN.get(unit, unit), places)


def before_words(told: FigureMoved) -> str:
    """A figure as the pack before has it: `2.3%, 1 January 2024 to 31 March 2024`."""
    return f"{told.then}, {period_in_full(told.period_then)}"


def no_gap_words(compared_n: int) -> str:
    """Why no figure of a theme is told as behind its comparator."""
    if not compared_n:
        return "No figure has a like-for-like comparator."
    if compared_n == 1:
        return "The one figure with a comparator is not clearly worse."
    return f"None of the {compared_n} figures with a comparator is clearly worse."


def targets_told(ratings: Sequence[str]) -> tuple[Counted, ...]:
    """How many targets are missed, nearly met and met: `2 missed`, `1 met`."""
    return _each_counted(ratings, _RATED)


def moved_told(moves: Sequence[str]) -> tuple[Counted, ...]:
    """What became of figures since the pack before: `2 better`, `1 worse`, `1 gone`."""
    return _each_counted(moves, {each: _MOVED.get(each, each) for each in MOVES})


def _each_counted(found: Sequence[str], known: Mapping[str, str]) -> tuple[Counted, ...]:
    return tuple(Counted(kind, f"{found.count(kind)} {word}") for kind, word in known.items()
                 if kind in found)  # fmt: skip


def missing_words(kinds: Sequence[str]) -> str:
    """What a theme has no evidence for, counted by kind: `3 questions, 1 source`."""
    return ", ".join(
        _counted(kinds.count(kind), *of) for kind, of in _LACKING.items() if kind in kinds
    )


def _counted(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"


def targets_fact(missed_n: int, rated_n: int) -> Fact:
    """How many of the figures that have a target miss it."""
    if not rated_n:
        return Fact("No", "figure has a target of the council's own")
    return Fact(f"{missed_n} of {rated_n}", "figures with a target miss it")


def comparators_fact(behind_n: int, compared_n: int) -> Fact:
    """How many of the figures that have a comparator are clearly on the worse side of it."""
    if not compared_n:
        return Fact("No", "figure has a like-for-like comparator")
    return Fact(f"{behind_n} of {compared_n}", "figures with a comparator are clearly worse")


def moved_fact(worse_n: int, moved_n: int, *, first: bool) -> Fact:
    """How many of the figures that the pack before has too are worse than they were."""
    if first:
        return Fact("First pack", "so nothing can have moved yet")
    if not moved_n:
        return Fact("No", "figure can be set beside the pack before")
    return Fact(f"{worse_n} of {moved_n}", "figures are worse than in the pack before")


def published_fact(impossible_n: int, tested_n: int) -> Fact:
    """How many of the published figures that were tested contradict the others."""
    return Fact(f"{impossible_n} of {tested_n}", "published figures tested contradict the others")


def answered_fact(answered_n: int, asked_n: int) -> Fact:
    """How many questions have an answer."""
    return Fact(f"{answered_n} of {asked_n}", "questions have evidence")


def linked(text: str, figures: Sequence[Mapping[str, Any]]) -> Pieces:
    """A finding in pieces, its numbers leading to the evidence they are.

    `figures`: rows of the finding's evidence. A number is one where its display text stands once
    in the sentence and is that of no other figure; of a part, where the sentence names the part.
    """
    told = [row for row in figures if _may_be_told(text, row)]
    shown = [str(row["display"]) for row in told]
    alone = [row for row in told if shown.count(str(row["display"])) == 1]
    return tuple(_cut(text, sorted(_places(text, alone))))


def _may_be_told(text: str, row: Mapping[str, Any]) -> bool:
    """Whether a sentence may mean this figure: one with a value, a part only where it is named."""
    display_text, part = str(row["display"]), not is_head(row["breakdown"])
    telling = _TELLING.search(display_text) and not display_text.startswith("[")
    return bool(telling) and not (part and label(str(row["group"])) not in text)


def _places(text: str, figures: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int, str]]:
    for row in figures:
        whole = rf"(?<![\w£.,-]){re.escape(str(row['display']))}(?!\w|[.,]\d)"
        spans = [found.span() for found in re.finditer(whole, text)]
        if len(spans) == 1:
            yield (*spans[0], str(row["evidence_id"]))


def _cut(text: str, found: Sequence[tuple[int, int, str]]) -> Iterator[Piece]:
    at = 0
    for begin, end, evidence_id in found:
        if begin < at:
            continue  # it stands inside the number before it
        if begin > at:
            yield Piece(text[at:begin])
        yield Piece(text[begin:end], evidence_id)
        at = end
    if at < len(text):
        yield Piece(text[at:])
