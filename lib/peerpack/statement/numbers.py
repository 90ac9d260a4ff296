"""Numbers typed by hand: which evidence of the pack each of them is, or that it is none."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from peerpack.handover.evidence import is_head
from peerpack.measures.rounding import Interval, implied
from peerpack.prose.days import days
from peerpack.prose.numbers import Quantity, quantities
from peerpack.prose.skips import uncounted
from peerpack.render.rows import Row
from peerpack.statement.known import Cited, Known, hidden, number_of
from peerpack.statement.references import shown_number

SMALL = 12
"""Number words up to this count things of the text itself: four days, five themes."""
RARE = 1000
"""A count this large is hardly another's by chance: it need share no word with a title."""
TIMES = ("weeks", "months", "years")
OPERATORS = {"just under": "<", "just over": ">"}
DIMENSIONS = {
    "%": "%", "pp": "pp", "GBP": "GBP", "GBP m": "GBP", "GBP per head": "GBP", "days": "days",
    "days per FTE": "days", "weeks": "weeks", "months": "months", "years": "years",
    "seconds": "seconds", "ratio": "ratio", "FTE": "FTE",
}  # fmt: skip
"""What a unit of evidence may be compared with; every other unit is a count."""
BESIDE = ("comparator_value", "target", "lower", "upper")
BEHIND = ("base_n", "numerator", "denominator")
_DIGIT = re.compile(r"[\d¼½¾⅓⅔⅛⅜⅝⅞]+")
_SURE = re.compile(r"\b\d\d(?:\.\d)?(?:%| ?per cent)(?= (?:confidence )?(?:interval|level|sure))")
_WORD = re.compile(r"[a-z]{4,}")
_FEWER = re.compile(
    r"\b(under|below|less|fewer|lower|fell|fallen|drop|down|cut|reduc|decreas|declin|minus)"
)
_MANNER = re.compile(r"\s(?:as|the|that|those|its|our|their)\b")
_OF_TIME = re.compile(
    r"(?:of )?(?:(?:the|this|our|a|each|every) )?(?:\w+ )?(?:year|month|term|decade|century)"
)
_COMMON = {"that", "with", "from", "have", "this", "were", "been", "their", "council", "which",
           "than", "more", "year", "share", "percentage", "each", "cent", "points"}  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """A number typed by hand, with its place; `quantity` is None where it cannot be read."""

    words: str
    start: int
    end: int
    quantity: Quantity | None = None


def typed(sentence: str) -> tuple[Typed, ...]:
    """The numbers of a sentence that need evidence.

    Apart are dates, years, quarters, times, telephone numbers, numbers of sections, Acts, ages and
    their like (prose.skips), small numbers in words that count things, and times such as three
    years in words.
    """
    apart = [(day.start, day.end) for day in days(sentence)] + uncounted(sentence)
    apart += [match.span() for match in _SURE.finditer(sentence)]
    found = quantities(sentence, apart)
    read = [*apart, *((q.start, q.end) for q in found)]
    loose = (m for m in _DIGIT.finditer(sentence) if not _within(m.span(), read))
    told = [Typed(q.text, q.start, q.end, q) for q in found if not _counts_nothing(q, sentence)]
    return (*told, *(Typed(m[0], m.start(), m.end()) for m in loose))


def _within(span: tuple[int, int], places: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in places)


def _counts_nothing(quantity: Quantity, sentence: str) -> bool:
    """Whether a number in words says no figure; each of these would be one in digits."""
    if not quantity.in_words:
        return False
    if quantity.unit == "ratio":
        return not _MANNER.match(sentence[quantity.end :])
    if quantity.unit == "%":
        return bool(_OF_TIME.match(quantity.noun))
    return quantity.unit in TIMES or (
        quantity.unit in ("count", "days") and quantity.value <= SMALL
    )


def evidence_of(each: Typed, sentence: str, cited: Sequence[Cited], known: Known) -> str | None:
    """The evidence that a typed number is: one cited beside it, or a figure it equals.

    A figure equals it where the unit is the same and its value lies within what the typed digits
    can stand for. Of several the one whose title shares most words with the sentence; a mere count
    or a vague number (about, half of) must share one, and a part of a figure must be named. None
    where there is none, or several and no word to choose by.
    """
    if each.quantity is None:
        return None
    beside = next((c.evidence_id for c in cited if _stands_beside(each.quantity, c, known)), None)
    if beside:
        return beside
    fewer = bool(_FEWER.search(sentence.casefold()))
    rows = [r for r in known.rows.values() if not hidden(r) and _equals(each.quantity, r, fewer)]
    heads = [row for row in rows if _stands_alone(row)]
    named = [r for r in rows if not _stands_alone(r) and _shared(r["group"], sentence)]
    return _chosen(heads, each.quantity, sentence) or _chosen(named, each.quantity, sentence)


def _stands_alone(row: Row) -> bool:
    """Whether a figure is no part of another: of a claim, each printed figure has its own words."""
    return row["kind"] == "claim" or is_head(row["breakdown"])


def _chosen(rows: list[Row], quantity: Quantity, sentence: str) -> str | None:
    scored = [(_shared(row["title"], sentence), row) for row in rows]
    rare = quantity.value >= RARE and quantity.hedge == "="
    if (quantity.unit == "count" and not rare) or quantity.hedge != "=" or quantity.in_words:
        scored = [(score, row) for score, row in scored if score]
    best = max((score for score, _ in scored), default=0)
    top = [row["evidence_id"] for score, row in scored if score == best]
    return top[0] if top and (best or len(top) == 1) else None


def _shared(title: str, sentence: str) -> int:
    """How many words of a title a sentence shares, by their first five letters."""
    return len(_stems(title) & _stems(sentence))


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    return frozenset(w[:5] for w in _WORD.findall(text.casefold()) if w not in _COMMON)


def _equals(quantity: Quantity, row: Row, fewer: bool) -> bool:
    if quantity.upper is not None or not _same_unit(quantity, row["unit"]):
        return False
    values = [row["value"], row["stated_value"]]
    if row["agreement"] == "cannot be":
        values = values[:1]
    return any(_is(quantity, v * _scale(row["unit"]), fewer) for v in values if v is not None)


def _same_unit(quantity: Quantity, unit: str) -> bool:
    own = DIMENSIONS.get(unit, "count")
    return own == quantity.dimension or (own == "FTE" and quantity.dimension == "count")


def _scale(unit: str) -> int:
    return 10**6 if unit == "GBP m" else 1


def _is(quantity: Quantity, value: float, fewer: bool = False) -> bool:
    """Whether a value is what the typed digits can stand for; a fall may be said without a sign."""
    meant = _meant(quantity.value, quantity)
    exact = Fraction(repr(float(value)))
    return meant.lower <= exact <= meant.upper or (
        fewer and exact < 0 < quantity.value and meant.lower <= -exact <= meant.upper
    )


@lru_cache(maxsize=64)
def _meant(stated: Fraction, quantity: Quantity) -> Interval:
    """What typed digits can stand for, in single pounds where they are money.

    About 17,000 is a figure of thousands, almost 17,000 or over 90 one of hundreds or tens; plain
    digits are as exact as they are printed.
    """
    operator = OPERATORS.get(quantity.hedge, quantity.hedge)
    noughts = len(str(stated)) - len(str(stated).rstrip("0"))
    one_sided = max(noughts - 1, min(noughts, 1))
    coarse = 0 if operator == "=" else one_sided if operator in "<>" else noughts * (noughts > 1)
    found = implied(
        stated, min(quantity.decimals, -coarse) if coarse else quantity.decimals, operator
    )
    times = quantity.amount / quantity.value if quantity.value else Fraction(1)
    return Interval(found.value * times, found.lower * times, found.upper * times)


def _stands_beside(quantity: Quantity, cited: Cited, known: Known) -> bool:
    """Whether a number is one that the card of cited evidence shows."""
    row = known.rows[cited.evidence_id]
    if hidden(row):
        return False
    if quantity.upper is not None:
        return _is_range(quantity, row)
    if quantity.unit == "ratio":
        return any(_is(quantity, each) for each in _ratios(row, known))
    own = [number_of(row), *_numbers(row, BESIDE)] if _same_unit(quantity, row["unit"]) else []
    scaled = (each * _scale(row["unit"]) for each in own if not math.isnan(each))
    behind = _numbers(row, BEHIND) if quantity.dimension in ("count", "GBP") else ()
    place = known.place(cited.evidence_id) if quantity.dimension == "count" else None
    return any(_is(quantity, each) for each in (*scaled, *behind, *(place or ())))


def _numbers(row: Row, names: Iterable[str]) -> tuple[float, ...]:
    return tuple(row[name] for name in names if row[name] is not None)


def _is_range(quantity: Quantity, row: Row) -> bool:
    if not _same_unit(quantity, row["unit"]) or quantity.upper is None:
        return False
    pairs = ((quantity.value, row["lower"]), (quantity.upper, row["upper"]))
    return all(
        end is not None
        and _meant(said, quantity).lower <= Fraction(repr(end * _scale(row["unit"])))
        and Fraction(repr(end * _scale(row["unit"]))) <= _meant(said, quantity).upper
        for said, end in pairs
    )


def _ratios(row: Row, known: Known) -> Iterator[float]:
    """A figure as a multiple of its comparator, and of itself in the pack before."""
    then = known.before(row["evidence_id"])
    for other in (row["comparator_value"], then and then["value"]):
        if other and not math.isnan(number_of(row)):
            yield number_of(row) / other


def nearest(each: Typed, sentence: str, known: Known) -> str:
    """Which figure a typed number may have been meant to be, in a clause."""
    quantity = each.quantity
    if quantity is None:
        return ""
    rows = [
        r for r in known.heads if _same_unit(quantity, r["unit"]) and number_of(r) == number_of(r)
    ]
    if not rows:
        return ""
    close = min(rows, key=lambda row: (-_shared(row["title"], sentence), _far(quantity, row)))
    shown = shown_number(known.card(close["evidence_id"]))
    return f"; nearest in this pack: {{{{ {close['evidence_id']} }}}}, {close['title']}, is {shown}"


def _far(quantity: Quantity, row: Row) -> float:
    return abs(number_of(row) * _scale(row["unit"]) - float(quantity.amount))
