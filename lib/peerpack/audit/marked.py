"""A sentence with its figures marked, so that one pattern can say how they stand together."""

import re
from collections.abc import Iterator
from functools import cache

from peerpack.prose import Quantity, Sentence

_CODES = {"%": "%", "pp": "p", "GBP": "£", "count": "n", "FTE": "n", "ratio": "x"}
_KINDS = {"q": "[n£%tx]", "a": "[n£t]", "m": "[£]", "n": "[n]", "s": "%", "p": "p", "c": "[n£%tpx]",
          "t": "t", "x": "x"}  # fmt: skip


def marked(sentence: Sentence) -> str:
    """The sentence, each figure as `«kind number»` (hedges are the figure's) and times as `«d»`."""
    cuts = [
        (q.start, q.end, f"«{_code(q, sentence.text)}{n}»")
        for n, q in enumerate(sentence.quantities)
    ]
    cuts += [(day.start, day.end, f"«d{n}»") for n, day in enumerate(sentence.days)]
    text, at = "", 0
    for start, end, mark in sorted(cuts):
        text += _before(sentence.text[at:start], mark) + mark
        at = end
    return text + sentence.text[at:]


def _before(words: str, mark: str) -> str:
    """The words before a figure without the ones that hedge it."""
    return words if mark.startswith("«d") else _HEDGING.sub("", words)


_HEDGING = re.compile(
    r"(?:\b(?:c\.?|ca\.|circa|around|about|roughly|approx\.?|approximately|some|nearly|almost"
    r"|(?:just |slightly |a little )?(?:under|over|above|below)|(?:more|less|fewer|greater) than"
    r"|at least|up to|an estimated|in the region of|in excess of|close to)\s|[~≈<>]\s?)$",
    re.IGNORECASE,
)


def _code(figure: Quantity, text: str) -> str:
    if figure.noun.startswith("confidence") or text[: figure.start].lower().endswith("per "):
        return "z"
    return _CODES.get(figure.dimension, "t")


_TURN = "while|whereas|whilst|although|but|however"
"""Words after which a sentence speaks of something else."""
MEASURES = (
    r"\w*rate|turnout|satisfaction|averag\w+|mean|median|scor\w+|level|share|proportion"
    r"|performance|attendance|absence|occupancy|compliance|coverage|take-?up|above|below|than"
    r"|(?<!» )target|at least|up to|rose|rise|fell|increas\w+|decreas\w+|reduc\w+|grew|growth"
)
"""Words that say what a percentage is of, other than the things that were counted."""


def _filler(marks: str, words: str, most: str) -> str:
    return rf"(?:(?!\b(?:{words})\b)[^«»{marks}]|«d\d+»){{0,{most}}}?"


@cache
def pattern(words: str) -> re.Pattern[str]:
    """A pattern over marked text: `<n:base>` is a figure, `~40` up to 40 letters without one.

    A backtick for the tilde keeps to one clause: no comma, bracket or `and`. A `¬` passes no word
    that names another measure: in `3 of 12 wards had a low turnout (35%)` 35% is no share of wards.

    Kinds of figure: `n` a count, `m` money, `s` a percentage, `p` points, `t` a time, `a` a count,
    money or time, `q` all but points, `c` any.
    """
    words = re.sub(r"<(\w):(\w+)>", lambda m: f"«{_KINDS[m[1]]}(?P<{m[2]}>\\d+)»", words)
    words = re.sub(r"~(\d+)", lambda m: _filler(".;", f"{_TURN}", m[1]), words)
    words = re.sub(r"`(\d+)", lambda m: _filler(".;,()", f"{_TURN}|and|with|as", m[1]), words)
    words = re.sub(r"¬(\d+)", lambda m: _filler(".;", f"{_TURN}|{MEASURES}", m[1]), words)
    return re.compile(words, re.IGNORECASE)


def found(sentence: Sentence, words: str) -> Iterator[dict[str, int]]:
    """Every place where a pattern fits a sentence: the numbers of its figures by their names."""
    compiled = pattern(words)
    if compiled.groups > len(sentence.quantities) + len(sentence.days):
        return
    for match in compiled.finditer(marked(sentence)):
        yield {name: int(n) for name, n in match.groupdict().items() if n is not None}
