"""Figures that stand in a pack's evidence: the same measure, period and value."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import isnan
from typing import Any

import pandas as pd

from peerpack.audit import ranges
from peerpack.audit.verdicts import SUPPORTED, WITHIN_ROUNDING, Judgement
from peerpack.measures.table import as_rows
from peerpack.prose import Quantity, Sentence

_UNITS = {"days per FTE": "days", "people": "count", "cases": "count", "GBP per head": "GBP",
          "rank": "count"}  # fmt: skip
_SCALES = {"GBP k": 10**3, "GBP m": 10**6, "GBP bn": 10**9}
_COMMON = re.compile(
    r"all|and|any|are|but|for|had|has|its|not|one|our|out|per|the|was|who|about|above|after|again|against|amount|based|been|before|being|below|between|both|councils?"
    r"|each|every|figures?|from|have|having|here|into|less|many|more|most|much|number|other|over"
    r"|percentage|same|share|such|than|that|their|them|then|there|these|they|this|those|total"
    r"|under|were|what|when|where|which|while|whole|with|within|years?|quarter"
)
"""Words that stand in every title and say nothing of what is measured."""

LEAST_WORDS = 2
LEAST_SHARE = 0.4
"""So many words, and so much of a title, must a sentence share before one number is the other."""


def beside_pack(sentences: tuple[Sentence, ...], evidence: pd.DataFrame) -> Iterator[Judgement]:
    """Each figure that a row of evidence holds: supported as displayed, or within its rounding.

    The same measure is one whose title shares at least two words with the sentence, whose unit is
    the figure's, and whose period the sentence does not contradict.
    """
    rows = [row for row in as_rows(evidence) if _usable(row)]
    titles = [_words(str(row["title"])) for row in rows]
    for number, sentence in enumerate(sentences):
        own = _words(sentence.text)
        likely = [
            (len(own & title), row)
            for row, title in zip(rows, titles, strict=True)
            if len(own & title) >= max(min(LEAST_WORDS, len(title)), LEAST_SHARE * len(title), 1)
            and _same_period(sentence, row)
        ]
        likely.sort(key=lambda pair: -pair[0])
        for place, figure in enumerate(sentence.quantities):
            found = (_held(number, place, figure, row) for _, row in likely)
            best = sorted((j for j in found if j), key=lambda j: j.verdict != SUPPORTED)
            if best:
                yield best[0]


def _usable(row: Mapping[str, Any]) -> bool:
    value = row["value"]
    return isinstance(value, float) and not isnan(value) and row["agreement"] != "cannot be"


def _words(text: str) -> frozenset[str]:
    """The words that say what is measured, each by its first six letters."""
    return frozenset(
        word[:6] for word in re.findall(r"[a-z]{3,}", text.lower()) if not _COMMON.fullmatch(word)
    )


def _same_period(sentence: Sentence, row: Mapping[str, Any]) -> bool:
    """Whether no year that the sentence names keeps the row's period out."""
    named = set(re.findall(r"\b((?:19|20)\d\d)\b", " ".join(day.text for day in sentence.days)))
    period = set(re.findall(r"\b((?:19|20)\d\d)\b", str(row["period"])))
    return not named or not period or bool(named & period)


def _held(number: int, place: int, figure: Quantity, row: Mapping[str, Any]) -> Judgement | None:
    """The verdict on a figure beside one row; None where it is another measure or value."""
    unit = str(row["unit"])
    value = Fraction(repr(row["value"])) * _SCALES.get(unit, 1)
    kind = "GBP" if unit in _SCALES else _UNITS.get(unit, unit)
    if figure.dimension != kind or figure.upper is not None:
        return None
    stated = ranges.in_pounds(figure)
    where = f"Evidence {row['evidence_id']}, {row['period']}: {row['display']}"
    if abs(value - figure.amount) <= Fraction(1, 10**9) or _displayed(figure, row):
        return Judgement(number, place, SUPPORTED, f"{where}.")
    if stated.lower <= value <= stated.upper and figure.hedge not in ("<", ">"):
        return Judgement(number, place, WITHIN_ROUNDING, f"{where}; it rounds to this.")
    return None


def _displayed(figure: Quantity, row: Mapping[str, Any]) -> bool:
    """Whether the figure's digits are those the pack shows."""
    digits = re.sub(r"[^\d.]", "", str(row["display"]))
    printed = re.sub(r"[^\d.]", "", figure.text).strip(".")
    return bool(digits) and digits == printed
