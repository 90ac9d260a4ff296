"""Shares: a percentage beside its part and its whole, or one that no whole number gives."""

import re
from collections.abc import Iterator
from fractions import Fraction
from math import floor

from peerpack.audit import ranges, said
from peerpack.audit.marked import found
from peerpack.audit.verdicts import CANNOT_BE, SUPPORTED, WITHIN_ROUNDING, Judgement
from peerpack.measures.rounding import rounds_to
from peerpack.prose import Quantity, Sentence

_OF = r"(?:out )?of (?:the |its |our |all |these |those |a total of |total |a |an? \w+ of ){0,3}"
_IS = (
    r"(?:or|or about|which is|that is|this is|representing|equivalent to|equal to|equating to"
    r"|i\.?e\.?,?|=|giving)"
)
_END = r"(?=\)|[.,;:]|$| of (?:the total|all|them\b|those\b|the))"
RESTATED = (
    rf"<a:part>~25{_OF}<a:whole>¬60 \(<s:share>\)",
    rf"<a:part>~25{_OF}<a:whole>¬60[,(–-]? ?{_IS} <s:share>{_END}",
    rf"<s:share>¬30 ?\(<a:part>~20 {_OF}<a:whole>~30\)",
    rf"<s:share> \(<a:part>~20\) {_OF}~10<a:whole>",
    rf"<a:part>~25 \(<s:share>\)`25 {_OF}(?!rest|remain|other)~10<a:whole>",
    r"\bof (?:the|these|those|our|all) <a:whole>`40,? <a:part>¬30 \(<s:share>\)",
    r"<m:part>¬40 \(<s:share>\)~20 (?:of|on|against) ~40<m:whole>",
    rf"<m:part>¬60[,–-] ?{_IS} <s:share> of (?:the|its|a|our|that|total) ~40<m:whole>",
    r"<n:whole>`60,? (?:of which|of whom|of these|including) <n:part>¬25 \(<s:share>\)",
    rf"<a:part>`25 {_OF}<a:whole>`40, an? (?:\w+ ){{0,2}}(?:rate|share|proportion) of"
    rf" <s:share>{_END}",
    r"<s:share>[:;] <a:part>~25 out of (?:the |its |our |a total of )?<a:whole>",
    r"<s:share> of (?:the |its |a |our |all |their ){0,2}<a:whole>~30 ?\(<a:part>\)",
    r"<s:share> of (?:the |its |a |our |all |their ){0,2}<a:whole>~40,? (?:or|which is"
    r"|i\.e\.) <a:part>",
    r"<a:part>~30 \(<s:share> of (?:the |its |our |all )?<a:whole>~30\)",
)
"""How a text states part, whole and share together."""

OF_START = r"^(?:(?:overall|in total|in all|(?:in|during|for) «d\d+»),? )?of "
OF_THE = OF_START + r"(?:the |these |those |our |all |a total of ){0,3}<n:whole>"
IN_WORDS = (
    r"<s:words>(?: of (?:(?!rate|average|level|figure|number|target|budget|cost)[^«».;,()]){0,30})?"
    r" \(<s:share>\)",
    r"<s:words>(?: (?!the\b|rate|average|as\b|that\b|group|level|number|target)[a-z]+){1,3}"
    r" \(<s:share>\)",
)
NESTED = re.compile(
    r"\bof (?:which|whom|these|those|them|this)\b|\b(?:latter|former)\b"
    r"|(?:[,;:(–-]|\band|\bbut|\bwhile) ?(?:out of|of|among|amongst|within|in)\b"
    r"|\bof the (?:\w+ )?(?:ones|rest|others?|remainder|remaining)\b",
    re.IGNORECASE,
)
"""What ends the base of a clause: a second `of …`, whose things are fewer."""


def shares(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """Each percentage that a sentence states with its part and its whole."""
    for number, sentence in enumerate(sentences):
        if not any(q.unit == "%" for q in sentence.quantities):
            continue
        seen: set[int] = set()
        for names in _places(sentence):
            if names["share"] not in seen:
                seen.add(names["share"])
                yield from _restated(number, sentence, names)
        yield from _in_words(number, sentence)


def _places(sentence: Sentence) -> Iterator[dict[str, int]]:
    for words in RESTATED:
        yield from found(sentence, words)
    yield from _of_the(sentence)


def _of_the(sentence: Sentence) -> Iterator[dict[str, int]]:
    """`Of the 126 referrals, 16 (12.7%) were late and 20 (15.9%) …`: one whole for them all."""
    for base in found(sentence, OF_THE):
        both = (r"<n:part>¬30 \(<s:share>\)", r"<s:share> \(<n:part>\)")
        for each in (names for words in both for names in found(sentence, words)):
            end = sentence.quantities[base["whole"]].end
            between = sentence.text[end : sentence.quantities[each["share"]].start]
            after = sentence.text[sentence.quantities[each["share"]].end :]
            own = NESTED.search(between) or _OF_ANOTHER.match(after)
            if each["part"] != base["whole"] and not own:
                yield base | each


_OF_ANOTHER = re.compile(r"\)? of (?!all\b|the total\b)", re.IGNORECASE)
"""After a share: a base of its own."""


def _in_words(number: int, sentence: Sentence) -> Iterator[Judgement]:
    """`one in five residents (25%)`: a part in words and its percentage."""
    for names in (each for words in IN_WORDS for each in found(sentence, words)):
        words, share = (sentence.quantities[names[n]] for n in ("words", "share"))
        if not words.in_words or share.in_words or share.upper is not None:
            continue
        agrees = ranges.meant(share).overlaps(ranges.meant(words))
        reason = f"{words.text[0].upper()}{words.text[1:]} is {said.plain(words.value, 1)}%"
        verdict = WITHIN_ROUNDING if agrees else CANNOT_BE
        end = "." if agrees else f", and {said.figure(share)} is not that."
        yield Judgement(number, names["words"], verdict, f"{reason}{end}")


def _restated(number: int, sentence: Sentence, names: dict[str, int]) -> Iterator[Judgement]:
    part, whole, share = (sentence.quantities[names[n]] for n in ("part", "whole", "share"))
    if part.dimension != whole.dimension or share.upper is not None or share.value < 0:
        return
    value = ranges.computed(ranges.share, part, whole)
    if _CHANGING.search(sentence.text[: part.start]):
        return
    if value is None or (part.amount > whole.amount and share.value <= 100):
        return
    fits = ranges.standing(share, value)
    words = f"{said.figure(part)} of {said.figure(whole)} is {said.amount(value.value, share)}"
    verdict = {ranges.FITS: SUPPORTED, ranges.WITHIN: WITHIN_ROUNDING}.get(fits, CANNOT_BE)
    yield Judgement(number, names["share"], verdict, _reason(words, verdict, share))


_CHANGING = re.compile(
    r"\b(?:rose|risen|rise|fell|fallen|increased?|decreased?|reduced|grew|grown|dropped|up|down|cut)"
    r"(?: by| to)?(?: \w+)?\s$",
    re.IGNORECASE,
)
"""Words before an amount after which the percentage in brackets is the change."""


def _reason(words: str, verdict: str, stated: Quantity) -> str:
    if verdict == CANNOT_BE:
        return f"{words}, not {said.figure(stated)}, whatever the rounding."
    if verdict == WITHIN_ROUNDING:
        return f"{words}; the rounding of both allows {said.figure(stated)}."
    return f"{words}."


def nearest_two(share: Quantity, whole: int) -> str:
    """The two whole numbers on either side of a share of a whole, with the shares they give."""
    below = floor(share.value * whole / 100)
    words = []
    for n in (below, below + 1):
        given = Fraction(100 * n, whole)
        shown = floor(given * 10**share.decimals + Fraction(1, 2)) / Fraction(10**share.decimals)
        words.append(f"{n:,} is {float(shown):.{share.decimals}f}%")
    return f"of {whole:,}, {words[0]} and {words[1]}"


def reachable(share: Quantity, whole: int) -> bool:
    """Whether some whole number of the whole prints as the share; one that is hedged always may."""
    if share.hedge != "=" or share.upper is not None or share.in_words:
        return True
    nearest = floor(share.value * whole / 100 + Fraction(1, 2))
    return any(
        rounds_to(Fraction(100 * n, whole), share.value, share.decimals)
        for n in (nearest - 1, nearest, nearest + 1)
    )
