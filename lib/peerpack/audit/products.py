"""Products and averages: so many at so much each, an amount a head, a point worth so much."""

from collections.abc import Iterator

from peerpack.audit import ranges, said
from peerpack.audit.marked import found
from peerpack.audit.verdicts import CANNOT_BE, SUPPORTED, WITHIN_ROUNDING, Judgement
from peerpack.measures.rounding import Interval
from peerpack.prose import Quantity, Sentence

_TOTAL = (
    r"(?:a total of|in total|totalling|costing|a total cost of|cost|giving|=|equals|amounting to"
    r"|or|which is|coming to|equating to)"
)
TIMES = (
    r"<n:many>~40 (?:at|of|×|x|@) (?:a cost of |an average (?:cost )?of "
    r"|a rate of )?<m:each> (?:each|per (?!cent|annum|year|month|week|head)\w+|a (?:head|visit"
    rf"|case|place|unit))~25[,;:(–-]* ?{_TOTAL} <m:total>",
    r"<n:many>~30 [×x] <m:each>~10 (?:=|is|equals) <m:total>",
    r"<p:many> ?[×x] ?<m:each>~10 ?(?:=|is|equals) ?<m:total>",
)
EACH = (
    r"<m:total>~40 (?:for|across|among|between|supporting|on|to"
    r"|over) ~20<n:many>~40[,;:(–-]+ ?(?:an? |or |giving |which is |equivalent to "
    r"|at )?(?:an? )?(?:average (?:cost )?of |average of )<m:each>(?! (?:m|million))",
    r"<m:total>~30 (?:for|across|among|between|supporting|to) ~20<n:many>~40[,;:(–-]+ ?(?:or "
    r"|which is |equivalent to |i\.e\. )<m:each> (?:each|per (?!cent|annum|year|month|week)\w+"
    r"|a head)",
    r"<n:total>~40 (?:over|in|across|during) (?:the )?<t:many>~20[,;:(–-]+ ?(?:an? |or "
    r"|which is )?(?:an? )?average of <n:each> (?:a|per|each) (?:day|week|month|year)",
    r"<n:total>~40 (?:across|among|between|in) ~15<n:many>~30[,;:(–-]+ ?(?:an? |or "
    r"|which is )?(?:an? )?average of <n:each>(?: \w+)? (?:a|per|each|in each)\b",
)
POINT = (
    r"(?:a|one|each|every|1)? ?<p:point>~60 (?:equates to|is worth|would raise|raises|yields"
    r"|generates|equals|brings in|represents|is equivalent to) (?:an (?:extra"
    r"|additional) )?<m:each>"
)
WORTH = (
    r"<p:many>~120 (?:equates? to|worth|raises?|yields?|generates?|brings? in"
    r"|therefore be) (?:an (?:extra|additional) )?<m:total>"
)


LEAST_PEOPLE = 10_000
"""A place of fewer is a ward or an estate, and others may be meant elsewhere."""


def products(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """Each product and each average that a text states with both of its operands."""
    for number, sentence in enumerate(sentences):
        if len(sentence.quantities) >= 3 and sentence.kind != "row":
            for words in TIMES:
                for names in found(sentence, words):
                    yield from _product(number, sentence, names)
            for words in EACH:
                for names in found(sentence, words):
                    yield from _average(number, sentence, names)
    yield from _points(sentences)
    yield from _per_head(sentences)


def _product(number: int, sentence: Sentence, names: dict[str, int]) -> Iterator[Judgement]:
    many, each, total = (sentence.quantities[names[n]] for n in ("many", "each", "total"))
    value = ranges.computed(ranges.product, many, each)
    if value:
        words = f"{said.figure(many)} × {said.figure(each)} is {said.amount(value.value, total)}"
        yield _said((number, names["total"]), words, total, value)


def _average(number: int, sentence: Sentence, names: dict[str, int]) -> Iterator[Judgement]:
    total, many, each = (sentence.quantities[names[n]] for n in ("total", "many", "each"))
    value = ranges.computed(ranges.quotient, total, many)
    if value and total.dimension == each.dimension and each.amount < total.amount:
        words = f"{said.figure(total)} by {said.figure(many)} is {said.amount(value.value, each)}"
        yield _said((number, names["each"]), words, each, value)


def _said(place: tuple[int, int], words: str, stated: Quantity, value: Interval) -> Judgement:
    fits = ranges.standing(stated, value)
    if fits == ranges.FITS:
        return Judgement(*place, SUPPORTED, f"{words}.")
    low, high = said.amount(value.lower, stated), said.amount(value.upper, stated)
    words = f"{words} ({low} to {high} by their rounding)"
    if fits == ranges.WITHIN:
        return Judgement(*place, WITHIN_ROUNDING, f"{words}.")
    return Judgement(*place, CANNOT_BE, f"{words}, not {said.figure(stated)}.")


PEOPLED = (
    r"\bpopulation (?:of|is|was|stands at|stood at|has grown to) ~20<n:people>",
    r"<n:people> (?:residents|people|inhabitants) (?:live|living)\b",
    r"\bhas <n:people> (?:residents|people|inhabitants)\b",
    r"\bhome to <n:people> (?:residents|people)",
)
"""How a text states how many live in its place."""

PER_HEAD = (
    r"<m:total>~40(?:,|–|-)? ?(?:or|which is|equivalent to|equal to|that is|i\.e\.) <m:each>"
    r" (?:(?:per|for each|for every|a|each) (?:head\b|resident|person|inhabitant))(?! aged)",
)


def _per_head(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """An amount a head, where the document states one population and no other."""
    peoples = {
        sentence.quantities[names["people"]].value: sentence.quantities[names["people"]]
        for sentence in sentences
        for words in PEOPLED
        for names in found(sentence, words)
    }
    peoples = {n: people for n, people in peoples.items() if n >= LEAST_PEOPLE}
    if len(peoples) != 1:
        return
    (people,) = peoples.values()
    for number, sentence in enumerate(sentences):
        for words in PER_HEAD:
            for names in found(sentence, words):
                total, each = (sentence.quantities[names[n]] for n in ("total", "each"))
                value = ranges.computed(ranges.quotient, total, people)
                if value:
                    told = f"{said.figure(total)} by {said.figure(people)} people is "
                    told += said.amount(value.value, each)
                    yield _said((number, names["each"]), told, each, value)


def _points(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """What a point is worth, and what so many points are then said to be worth."""
    for number, sentence in enumerate(sentences):
        rates = [
            (s, names)
            for s in sentences[max(0, number - 4) : number + 1]
            if sentence.paragraph - s.paragraph <= 1
            for names in found(s, POINT)
            if s.quantities[names["point"]].value == 1
        ]
        for names in found(sentence, WORTH):
            many = sentence.quantities[names["many"]]
            others = [r for r in rates if r[0] is not sentence or r[1]["each"] != names["total"]]
            if others and many.value != 1:
                each = others[-1][0].quantities[others[-1][1]["each"]]
                value = ranges.computed(ranges.product, many, each)
                total = sentence.quantities[names["total"]]
                if value:
                    words = (
                        f"{said.figure(many)} × {said.figure(each)} is "
                        f"{said.amount(value.value, total)}"
                    )
                    yield _said((number, names["total"]), words, total, value)
