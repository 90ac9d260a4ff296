"""Words of a sentence that claim a change, a comparison, a rank or a target, and not merely hope.

The words are found by `prose`; what is kept here are the forms that say something is so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from peerpack.prose.numbers import Quantity
from peerpack.prose.words import ClaimWord, claim_words
from peerpack.statement.markup import STANDS_IN

REACH = 200
"""How many characters before or after a word may bear on what it claims."""
Kind = Literal["change", "comparison", "rank", "target", "times"]


@dataclass(frozen=True)
class Claim:
    """A claim in a sentence: its kind, its way, its words and place, and whether it is denied.

    `way`: `up`, `down`, `better`, `worse`; for a rank the end it is at; for a target `met`,
    `exceeded`, `missed`, `up` or `down`; for times the factor. `to`: what it is compared with, in
    words; how a factor is hedged; which place from its end a rank is, where that is not the first.
    """

    kind: Kind
    way: str
    words: str
    start: int
    end: int
    denied: bool = False
    to: str = ""


def _any(words: str, then: str = "") -> re.Pattern[str]:
    """A pattern of whole words: any of those given, with blanks between; `then` follows."""
    return re.compile(rf"\b(?:{'|'.join(words.split())}){then}".replace("_", " "), re.IGNORECASE)


_WAYS = {"rise": "up", "fall": "down", "more": "up", "less": "down"}
_PAST = _any(
    "rose risen grew grown climbed went_up gone_up jumped surged increased fell fallen went_down "
    "gone_down shrank shrunk cut decreased reduced declined dropped improved outperform(s|ed|ing)? "
    "worsened deteriorated"
)
_BASE = _any("rise fall increase decrease improve grow decline drop worsen reduce deteriorate")
_NOUN = _any(
    "rise increase growth jump surge fall decrease reduction decline drop improvement deterioration"
)
_GOING_ON = re.compile(r"\w+ing", re.IGNORECASE)
_UP_DOWN = _any("up down")
_THAN = re.compile(r".* than", re.IGNORECASE)

# What stands before a word makes it a claim: is rising, did not rise, a rise in, now up by.
_IS = _any("is are was were been keeps? kept", r"(?: (?:now|still|also|not|no longer|\w+ly))* $")
_DID = _any("did does do", r"(?:n['’]t| not)?(?: \w+ly)? $")
_ONE = re.compile(
    rf"(?:\b(?:an?|another|further|points?|cent)|[%{STANDS_IN}])(?: \w+){{0,2}} $", re.IGNORECASE
)
_OF_WHAT = re.compile(r" (?:in|of|from|to|since|on|by)\b", re.IGNORECASE)
_OPENS = re.compile(rf"(?:^|[,(;:%{STANDS_IN}]|\b(?:is|are|was|were))\s*$", re.IGNORECASE)

# Increased demand, the improved relations: what something is like, not what it did.
_LIKE = re.compile(
    r"(?:^|[,(;:]|\b(?:an?|the|this|that|these|those|our|its|their|new|of|for|with|through|by|from|on"
    r"|in|at|to|towards?|more|much|any|some|all|as|via|despite|given))(?: \w+ly)? ?$",
    re.IGNORECASE,
)
_A_THING = re.compile(
    r" (?!(?:in|by|to|from|since|over|at|for|on|and|or|but|so|when|after|as|the|our|its|their|an?"
    r"|this|these|again|sharply|slightly|last)\b)[a-z]",
    re.IGNORECASE,
)

# What a figure can be set against; `more than ever` and `above all` set it against nothing.
_OTHERS = re.compile(
    r"\b(?:average|medians?|mean|quartile|neighbours?|peers?|comparators?|England|English|nation"
    r"|national|nationally|region|regional|other (?:\w+ )?councils?|similar councils?|group"
    rf"|benchmarks?|target|last|previous|prior|before|earlier|a year ago)\b|{STANDS_IN}",
    re.IGNORECASE,
)
_BARE = _any("more less fewer greater larger smaller above below exceeds? exceeded exceeding")
_WISHED = re.compile(
    r" (?:(?:we|i|they|residents|members) (?:would|'d|want|wish|need|hope)"
    r"|(?:it|they|we) should|necessary|needed|ideal|nothing)\b",
    re.IGNORECASE,
)

_AMONG = re.compile(r"\b(?:among|amongst|one of) (?:the |its |our )?$", re.IGNORECASE)
_IN_A_FIELD = re.compile(
    r"(?: [\w'’-]+){0,4}? (?:in (?!mind|our interests)|among|amongst|across|nationally"
    r"|of (?:the|our|its|all|any|every|\d|[A-Z]))"
)
_IN = re.compile(r"(?: [\w'’-]+){0,3}? in ")
_OF_A_GRADE = _any(
    "levels? standards? quality priorit(y|ies) regard possible calibre degree interests?"
)
_ORDINALS = ("second", "third", "fourth", "fifth")
_NTH = re.compile(rf"\b({'|'.join(_ORDINALS)})[- ]$", re.IGNORECASE)
_ENDS = {
    "highest": "highest",
    "largest": "highest",
    "top": "highest",
    "best": "best",
    "lowest": "lowest",
    "smallest": "lowest",
    "bottom": "lowest",
    "worst": "worst",
}

_MET = {"met": "met", "meets": "met", "achieved": "met", "hit": "met", "within": "met", "on": "met",
        "ahead of": "exceeded", "exceeds": "exceeded", "exceeded": "exceeded", "missed": "missed",
        "misses": "missed", "short of": "missed", "above": "up", "below": "down"}  # fmt: skip
_TARGET = re.compile(
    rf"\b(?P<verb>{'|'.join(_MET)}) (?:(?:our|its|the|that|this|all|every|each|their|both|council's"
    r"|council|own|national|statutory|local|annual|yearly|quarterly|of|for) ){0,4}targets?\b",
    re.IGNORECASE,
)
_ABOVE = _any("above below", r"\b")
_MOVED = _any("doubled halved trebled tripled quadrupled")

# What makes a claim a wish, a plan or a condition: it governs the word from before it.
_NEXT = r"(?: (?!(?:that|because|which|who|since)\b)[\w'’-]+){0,5} $"
_WISH = _any(
    "will would should could may might must shall can cannot want wants hope hopes seek seeks "
    "expect expects need needs towards? plans?_for calls?_for hopes?_for",
    _NEXT,
)
_TO_DO = re.compile(
    rf"\bto (?!(?:an?|the|our|its|their|this|that|these|those|\w+ed)\b)[a-z]+{_NEXT}", re.IGNORECASE
)
_FACT = _any(
    "delighted pleased proud glad happy known shown seen found reported said able",
    r" to (?:have|be)\b[^.]*$",
)
_WHETHER = _any("if whether unless until once in_case so_that how why what where any", r"\b[^.]*$")
_DENIED = re.compile(
    r"(?:\b(?:not|never|no|none|nothing|nobody|neither|nor|without|cannot|hardly"
    r"|barely)\b|n['’]t)(?: [\w'’-]+){0,3} $",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"[,;:–—()]|\b(?:and|but|while|whilst|whereas|although|though|yet)\b", re.IGNORECASE
)


def claims(sentence: str, numbers: tuple[Quantity, ...]) -> tuple[Claim, ...]:
    """The claims of a sentence, in order; none of a wish, a plan, a condition or a question."""
    if sentence.rstrip().endswith("?"):
        return ()
    found = [*_targets(sentence), *_times(sentence, numbers), *_above(sentence)]
    for word in claim_words(sentence):
        claim = _claim(word, sentence, numbers)
        if claim and all(claim.end <= c.start or claim.start >= c.end for c in found):
            found.append(claim)
    said = (each for each in found if not _hoped(each, sentence))
    return tuple(sorted(said, key=lambda each: each.start))


def clause_at(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The part of a sentence that holds some words: between commas, brackets, `and` or `but`."""
    cuts = _cuts(sentence)
    return (
        max((last for _, last in cuts if last <= start), default=0),
        min((first for first, _ in cuts if first >= end), default=len(sentence)),
    )


@lru_cache(maxsize=4)
def _cuts(sentence: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _PARTS.finditer(sentence))


def _before(sentence: str, start: int) -> str:
    """The words that may govern one, from before it."""
    return sentence[max(0, start - REACH) : start]


def _claim(word: ClaimWord, sentence: str, numbers: tuple[Quantity, ...]) -> Claim | None:
    """What a word claims in the form it has; None where it claims nothing."""
    if word.kind == "rank" or word.text.casefold() in ("best", "worst"):
        return _rank(word, sentence)
    if word.kind in ("more", "less") or _THAN.fullmatch(word.text):
        return _comparison(word, sentence, numbers)
    if word.kind not in ("rise", "fall", "better", "worse") or not _has_moved(word, sentence):
        return None
    beside = word.text.casefold().startswith("outperform")
    way = _WAYS.get(word.kind, word.kind)
    return _made("comparison" if beside else "change", way, word, sentence)


def _has_moved(word: ClaimWord, sentence: str) -> bool:
    """Whether a word of change says that something has changed or is changing."""
    before, text = _before(sentence, word.start), word.text
    after = sentence[word.end : word.end + REACH]
    return bool(
        (_PAST.fullmatch(text) and not (_LIKE.search(before) and _A_THING.match(after)))
        or (_GOING_ON.fullmatch(text) and _IS.search(before))
        or (_NOUN.fullmatch(text) and _ONE.search(before) and _OF_WHAT.match(after))
        or (_BASE.fullmatch(text) and _DID.search(before))
        or (_UP_DOWN.fullmatch(text) and _OPENS.search(before) and after[:4] != " to ")
    )


def _comparison(word: ClaimWord, sentence: str, numbers: tuple[Quantity, ...]) -> Claim | None:
    """`higher than`; but `more than 86%` is a number, and `higher than we would like` a wish."""
    after = sentence[word.end : clause_at(sentence, word.start, word.end)[1]]
    counted = any(n.start in range(word.end, word.end + 2) for n in numbers)
    names = re.search("average|median", word.text, re.IGNORECASE)
    told = names or _OTHERS.search(" ".join(after.split()[:8]))
    if _WISHED.match(after) or (_BARE.match(word.text) and (counted or not told)):
        return None
    way = _WAYS.get(word.kind, word.kind)
    return _made("comparison", way, word, sentence, f"{word.text}{after}")


def _rank(word: ClaimWord, sentence: str) -> Claim | None:
    """`among the highest`, `the lowest in England`; but not `the highest standards`."""
    after, text = sentence[word.end : word.end + REACH], word.text.casefold()
    before = _before(sentence, word.start)
    many = "quartile" in text or text.startswith("among")
    among = many or bool(_AMONG.search(before))
    of_a_field = _IN if text in ("best", "worst") else _IN_A_FIELD
    if _OF_A_GRADE.match(after.lstrip()) or not (among or of_a_field.match(after)):
        return None
    end = next(way for name, way in _ENDS.items() if name in text)
    nth = _NTH.search(before)
    place = str(_ORDINALS.index(nth[1].casefold()) + 2) if nth else ""
    return _made("rank", f"among {end}" if among else end, word, sentence, place)


def _targets(sentence: str) -> Iterator[Claim]:
    for match in _TARGET.finditer(sentence):
        word = ClaimWord("target", match[0], match.start(), match.end())
        yield _made("target", _MET[match["verb"].casefold()], word, sentence)


def _above(sentence: str) -> Iterator[Claim]:
    """`above the national median`: only where what follows is something to compare with."""
    for match in _ABOVE.finditer(sentence):
        after = sentence[match.end() : clause_at(sentence, match.start(), match.end())[1]]
        if _OTHERS.search(" ".join(after.split()[:5])) and not _TARGET.match(match[0] + after):
            word = ClaimWord("more", match[0], match.start(), match.end())
            way = "up" if match[0].casefold() == "above" else "down"
            yield _made("comparison", way, word, sentence, after)


def _times(sentence: str, numbers: tuple[Quantity, ...]) -> Iterator[Claim]:
    """`doubled`, `halved`: a change by a factor; its hedge decides how near it must be."""
    for each in numbers:
        if each.unit == "ratio" and _MOVED.fullmatch(sentence[each.start : each.end]):
            word = ClaimWord("times", each.text, each.start, each.end)
            yield _made("times", f"{float(each.value):g}", word, sentence, each.hedge)


def _made(kind: Kind, way: str, word: ClaimWord, sentence: str, to: str = "") -> Claim:
    denied = bool(_DENIED.search(_before(sentence, word.start)))
    return Claim(kind, way, word.text, word.start, word.end, denied, to)


def _hoped(claim: Claim, sentence: str) -> bool:
    """Whether a claim is a wish, a plan or a condition, by what stands before it in its part."""
    first = clause_at(sentence, claim.start, claim.end)[0]
    before = sentence[max(first, claim.start - REACH) : claim.start]
    wished = _WISH.search(before) or (_TO_DO.search(before) and not _FACT.search(before))
    return bool(wished or _WHETHER.search(before))
