"""Percentages of whole things: some whole number over the stated base must print as the share."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from math import comb

from peerpack.audit.marked import found, marked
from peerpack.audit.shares import NESTED, OF_START, nearest_two, reachable
from peerpack.audit.verdicts import CANNOT_BE, Judgement
from peerpack.prose import Quantity, Sentence

NOT_WHOLE = re.compile(
    r"^(?:\w+ ){0,3}(?:hours?|minutes?|days?|weeks?|months?|years?|miles?|km|kilomet|met(?:re"
    r"|er)s?|tonn?e?s?"
    r"|kg|hectares?|acres?|litres?|kwh|mwh|fte|full[- ]time|points?|pounds?|pence|sq|square"
    r"|shifts?|sessions?|plus|bed|bedroom|star|or more)\b",
    re.IGNORECASE,
)
WEIGHTED = re.compile(r"\bweight(?:ed|s|ing)\b|\bgrossed\b", re.IGNORECASE)
_ESTIMATED = re.compile(r"\bweight(?:ed|s|ing)\b|\bgrossed\b|\bestimate[sd]?\b", re.IGNORECASE)
SURVEYED = re.compile(
    r"\b(?:residents?|respondents?|responses?|adults?|people|answer(?:s|ed)|responded|replied"
    r"|surveyed|households?|tenants?|users?|customers?)\b",
    re.IGNORECASE,
)
"""Of whom a share may be weighted, where a document says that anything is."""

_THE = r"(?:the |our |these |those |all |a total of ){0,3}"
DIRECT = rf"<s:share> of {_THE}<n:whole>"
_ADVERB = r"(?:only |just |some |about |almost |nearly |over )?"
OF_THE = rf"{OF_START}{_THE}<n:whole>[^«».;,]{{0,60}}, {_ADVERB}<s:share>"
OF_THE_ALSO = rf"{OF_START}{_THE}<n:whole>[^«».;,]{{0,60}}, «%\d+»¬60(?:,| and) <s:share>"
WHICH = (
    r"<n:whole>~90 of (?:which|whom|these|them),?"
    rf" (?:(?:responded|replied|voted|answered|took part)[:,]? )?{_ADVERB}<s:share>"
)
BASE = r"<s:share>~60 ?[(\[](?:base|n|base size)\s?[=:]? ?<n:whole>"
TOTAL = r"(?:a total of|total|were|received|made|in all|there (?:were|was)) <n:whole>"
LEAST_BASE, MOST_BASE = 10, 5000
"""Fewer are seldom meant (`20% of 3 bed homes`); more may be rounded, and give every percentage."""


def whole_numbers(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """Each percentage that no whole number over its own base gives.

    The base must be plainly its own: in the same words (`13.4% of 126 people`; `Of the 126,
    13.4%`), or the total of the sentence before over which nearly all percentages of one list can
    be.
    """
    weighted = any(WEIGHTED.search(each.text) for each in sentences)
    for number, sentence in enumerate(sentences):
        if _ESTIMATED.search(sentence.text) or not any(
            q.unit == "%" and q.decimals >= 0 for q in sentence.quantities
        ):
            continue
        seen: set[int] = set()
        for words in (DIRECT, BASE, OF_THE, OF_THE_ALSO, WHICH):
            for names in found(sentence, words):
                if names["share"] not in seen and _plain(sentence, names, words, weighted):
                    seen.add(names["share"])
                    yield from _judged(number, sentence, names)
        yield from _of_those_before(number, sentences, weighted)
    if not weighted:
        yield from _listed(sentences)


def _plain(sentence: Sentence, names: dict[str, int], words: str, weighted: bool) -> bool:
    """Whether the base is plainly the share's own: no other count or subset comes between."""
    share, whole = (sentence.quantities[names[n]] for n in ("share", "whole"))
    first, last = sorted((share, whole), key=lambda q: q.start)
    between = sentence.text[first.end : last.start]
    nested = words in (OF_THE, OF_THE_ALSO) and NESTED.search(between)
    ruled = _RULE.search(sentence.text[: share.start][-80:]) or _IS_RULE.match(
        sentence.text[share.end :]
    )
    after = sentence.text[share.end : share.end + 30]
    of_another = words not in (DIRECT, BASE) and re.match(
        r"\s?(?:\w+ )?(?:of (?!them\b|those\b|these\b|whom\b)|more|fewer|higher|lower|less|increase"
        r"|reduction|decrease|rise|fall|drop|growth|target|on |compared|than|up|down)", after
    )  # fmt: skip
    adjusted = weighted and SURVEYED.search(whole.noun)
    return not (nested or ruled or of_another or adjusted) and is_base(whole)


_RULE = re.compile(
    r"\b(?:quorum|majorit\w+|thresholds?|targets?|limits?|limited to|minimum|maximum|at least"
    r"|at most|must|should|shall|requir\w+|needs?|allow\w+|entitled|capped?|goals?|aims?|ambition"
    r"|expect\w+|plan(?:s|ned)?|set at|assum\w+|if|our (?:\w+ )?rate of)\b[^.;]*$",
    re.IGNORECASE,
)
_IS_RULE = re.compile(
    r"[^.;]{0,80}\b(?:must|should|shall|needs?|ha(?:s|ve) to|may)\b"
    r"|[^.;,]{0,60}\b(?:is|are|was|were|as|for|to) (?:an? |the )?(?:\w+ ){0,2}"
    r"(?:quorum|majority|threshold|target|limit|minimum|maximum|needed|required|enough)\b",
    re.IGNORECASE,
)
"""Words that make a percentage a rule or an aim, which no whole number has to give."""


BACK = (
    rf"^of (?:these|those|them),? {_ADVERB}<s:share>(?! of\b)",
    r"<s:share> of (?:respondents|those (?:who|that) (?:responded|replied|answered|took part))\b",
)
"""How a share speaks of the count in the sentence before."""


def _of_those_before(
    number: int, sentences: tuple[Sentence, ...], weighted: bool
) -> Iterator[Judgement]:
    """`Of these, 13.4% …` after a sentence with one count, which can only be theirs."""
    own, before = sentences[number], sentences[number - 1] if number else None
    if before is None or before.paragraph != own.paragraph or before.kind == "heading":
        return
    counts = [q for q in before.quantities if q.unit == "count"]
    if len(counts) != 1 or not is_base(counts[0]) or any(q.unit == "%" for q in before.quantities):
        return
    for words in BACK:
        asked = re.search(r"\b(?:respon|repl|answer|took part)", before.text) or words is BACK[0]
        for names in found(own, words):
            share, whole = own.quantities[names["share"]], counts[0]
            if (
                asked
                and not weighted
                and share.value <= 100
                and not reachable(share, int(whole.value))
            ):
                reason = _reason(share, int(whole.value))
                yield Judgement(number, names["share"], CANNOT_BE, reason)


def is_base(whole: Quantity) -> bool:
    """Whether a count is of whole things, exact as printed."""
    exact = whole.hedge == "=" and whole.upper is None and whole.unit == "count"
    rounded = whole.value >= 1000 and whole.value % 100 == 0
    return (
        exact
        and not rounded
        and not whole.measured
        and LEAST_BASE <= whole.value <= MOST_BASE
        and whole.value.denominator == 1
        and not NOT_WHOLE.match(whole.noun)
        and not whole.in_words
    )


def _judged(number: int, sentence: Sentence, names: dict[str, int]) -> Iterator[Judgement]:
    share, whole = (sentence.quantities[names[n]] for n in ("share", "whole"))
    if share.value <= 100 and not reachable(share, int(whole.value)):
        yield Judgement(number, names["share"], CANNOT_BE, _reason(share, int(whole.value)))


def _reason(share: Quantity, whole: int) -> str:
    return f"No whole number gives {_said(share)}: {nearest_two(share, whole)}."


def _said(share: Quantity) -> str:
    return f"{float(share.value):.{max(share.decimals, 0)}f}%"


def _listed(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """Percentages in brackets of one paragraph that cannot be over a total over which the rest can.

    `Referrals included Education (42.1%), Children (13.4%) …` after `a total of 126 referrals`.
    """
    for _, group in groupby(enumerate(sentences), key=lambda pair: pair[1].paragraph):
        listed = [(n, place) for n, sentence in group for place in _bracketed(sentence)]
        shares = {at: sentences[at[0]].quantities[at[1]] for at in listed}
        if len(listed) < 3:
            continue
        for whole in _totals_before(listed[0][0], sentences):
            bad = [at for at in listed if not reachable(shares[at], int(whole.value))]
            if _unlikely(listed, bad, shares, int(whole.value)):
                others = [w for w in _counts_near(listed[0][0], sentences) if w is not whole]
                for at in bad:
                    if not any(reachable(shares[at], int(w.value)) for w in others):
                        yield Judgement(*at, CANNOT_BE, _reason(shares[at], int(whole.value)))
                break


def _bracketed(sentence: Sentence) -> list[int]:
    """The percentages that stand alone in brackets after a name, printed to a tenth or finer."""
    places = [int(n) for n in re.findall(r"[^\W\d]\w* \(«%(\d+)»\)", marked(sentence))]
    return [n for n in places if sentence.quantities[n].decimals >= 1]


def _unlikely(
    listed: list[tuple[int, int]],
    bad: list[tuple[int, int]],
    shares: dict[tuple[int, int], Quantity],
    whole: int,
) -> bool:
    """Whether chance would not make so many of a list shares of a base that is not theirs.

    By chance each is with the odds of `whole` values to all that its decimals can print.
    """
    good = len(listed) - len(bad)
    decimals = min(share.decimals for share in shares.values())
    chance = Fraction(whole, 100 * 10**decimals)
    odds = comb(len(listed), good) * chance**good
    return 0 < len(bad) <= len(listed) // 3 and odds < Fraction(1, 100)


def _totals_before(number: int, sentences: tuple[Sentence, ...]) -> list[Quantity]:
    """Counts set out as totals in this sentence, the one before, or the paragraph before it."""
    near = _near(number, sentences)
    places = [(each, names["whole"]) for each in near for names in found(each, TOTAL)]
    return [s.quantities[n] for s, n in places if is_base(s.quantities[n])]


def _counts_near(number: int, sentences: tuple[Sentence, ...]) -> list[Quantity]:
    return [q for s in _near(number, sentences) for q in s.quantities if is_base(q) and q.value > 9]


def _near(number: int, sentences: tuple[Sentence, ...]) -> list[Sentence]:
    """Its own sentence, and those of its own and the last paragraph before it."""
    own = sentences[number]
    before = [
        s for s in sentences[max(0, number - 12) : number] if own.paragraph - s.paragraph <= 2
    ]
    return [*before, own]
