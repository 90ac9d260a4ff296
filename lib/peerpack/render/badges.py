"""Which word and which shape stand for a verdict, a rating, an agreement? Never colour alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from peerpack.handover.briefing import Counted
from peerpack.render.numbers import capital
from peerpack.vocab import STATUS_MARKS


@dataclass(frozen=True)
class Badge:
    """A word with a shape; `tone` only chooses its colours."""

    text: str
    shape: str
    tone: str


_VERDICTS = {
    "pass": Badge("Data passed", "tick", "good"),
    "warn": Badge("Data passed with warnings", "triangle", "care"),
    "stop": Badge("Data stopped", "cross", "bad"),
}
_RATINGS = {
    "green": Badge("Green: target met", "circle", "good"),
    "amber": Badge("Amber: near target", "triangle", "care"),
    "red": Badge("Red: target missed", "diamond", "bad"),
}
_AGREEMENTS = {
    "agrees": Badge("Agrees", "tick", "good"),
    "agrees within the interval its rounding implies": Badge(
        "Agrees within rounding", "about", "good"
    ),
    "cannot be": Badge("Cannot be", "cross", "bad"),
    "cannot be recomputed": Badge("Cannot be recomputed", "question", "plain"),
    "not printed; follows from printed figures": Badge("Follows from others", "dot", "plain"),
}
HOW: Mapping[str, Badge] = {
    "better": Badge("Better", "tick", "good"),
    "worse": Badge("Worse", "diamond", "bad"),
    "no clear change": Badge("No clear change", "about", "plain"),
    "higher": Badge("Higher", "dot", "plain"),
    "lower": Badge("Lower", "dot", "plain"),
    "longer": Badge("Of another length of time", "question", "plain"),
    "other": Badge("Changed", "dot", "plain"),
}
"""What became of a figure since the pack before."""
_PLAIN = Badge("", "dot", "plain")


def moved_badge(moved: str) -> Badge | None:
    """What became of a figure since the pack before, those that are new or the same too."""
    return _looked_up(moved, HOW)


def counted_badge(counted: Counted) -> Badge:
    """A count of ratings or of moves, with the shape of what it counts."""
    return replace({**_RATINGS, **HOW}.get(counted.kind, _PLAIN), text=counted.words)


_MEANINGS = {
    "Data passed": "It met every check. That does not make it right: a check sees only what it "
    "looks for.",
    "Data passed with warnings": "It is used, and what is in doubt is said beside it.",
    "Data stopped": "It failed a check that matters, so no figure is made of it.",
    "Green: target met": "The figure is at the target or better.",
    "Amber: near target": "It misses the target by no more than the council said it would accept.",
    "Red: target missed": "It misses the target by more than that.",
    "Agrees": "It is what the other figures printed with it make it.",
    "Agrees within rounding": "It may be: the figures it rests on were rounded before they were "
    "printed.",
    "Cannot be": "No figures that round to those printed can give it.",
    "Cannot be recomputed": "The documents do not print what it would be worked out from.",
    "Follows from others": "It was not printed; we worked it out from figures that were.",
}


def explained() -> tuple[tuple[str, tuple[tuple[Badge, str], ...]], ...]:
    """Every badge with what it means, by what it is said of."""
    return tuple(
        (of, tuple((badge, _MEANINGS[badge.text]) for badge in known.values()))
        for of, known in (
            ("The data", _VERDICTS),
            ("A figure against the council’s own target", _RATINGS),
            ("A published figure", _AGREEMENTS),
        )
    )


def verdict_badge(verdict: str) -> Badge | None:
    """The data-quality verdict of a figure or a dataset."""
    return _looked_up(verdict, _VERDICTS)


def rating_badge(rag: str) -> Badge | None:
    """Red, amber or green against the council's own target."""
    return _looked_up(rag, _RATINGS)


def agreement_badge(agreement: str) -> Badge | None:
    """Whether a published figure agrees with its recomputation."""
    return _looked_up(agreement, _AGREEMENTS)


def _looked_up(word: str, known: Mapping[str, Badge]) -> Badge | None:
    if not word:
        return None
    return known.get(word.casefold(), Badge(capital(word), "dot", "plain"))


def marks_of(status: str) -> tuple[str, ...]:
    """The marks in a status: `p;[u]` gives `p` and `u`."""
    return tuple(m for part in status.split(";") if (m := part.strip(" []")))


def mark_in_words(mark: str) -> str:
    """A mark spelt out: `[p] = provisional`."""
    return f"[{mark}] = {STATUS_MARKS.get(mark, 'a mark that is not explained')}"
