"""Words of a sentence that claim a change, a comparison, a rank or a target, and not merely hope.

The words are found by `prose`; what is kept here are the forms that say something is so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from peerpack.prose.numbers import Quantity
from peerpack.prose.words import ClaimWord, claim_words
from peerpack.statement.markup import STANDS_IN

Kind = Literal["change", "comparison", "rank", "target", "times"]


@dataclass(frozen=True)
class Claim:
    """A claim in a sentence: its kind, its way, its words and place, and whether it is denied.

    `way`: `up`, `down`, `better`, `worse`; for a rank the end it is at; for a target `met`,
    `exceeded` or `missed`; for times the factor. `to`: what it is compared with, in words; how a factor
    is hedged.
    """

    kind: Kind
    way: str
    words: str
    start: int
    end: int
    denied: bool = False
    to: str = ""


_WAYS = {"rise": "up", "fall": "down", "more": "up", "less": "down"}
_PAST = re.compile(
    r"rose|risen|grew|grown|climbed|went up|gone up|jumped|surged|increased|fell|fallen|went down|gone "
    r"down|shrank|shrunk|cut|decreased|reduced|declined|dropped|improved|outperform(s|ed|ing)?|worsened|"
    r"deteriorated",
    re.IGNORECASE,
)  # fmt: skip
_GOING_ON = re.compile(r"\w+ing", re.IGNORECASE)
_NOUN = re.compile(
    r"rise|increase|growth|jump|surge|fall|decrease|reduction|decline|drop|improvement|deterioration",
    re.IGNORECASE,
)  # fmt: skip
_UP_DOWN = re.compile(r"up|down", re.IGNORECASE)
_THAN = re.compile(r".* than", re.IGNORECASE)
_IS = re.compile(r"\b(?:is|are|was|were|been|keeps?|kept)(?: (?:now|still|also|not|no longer|\w+ly))* $", re.IGNORECASE)
_DID = re.compile(r"\b(?:did|does|do)(?:n['’]t| not)?(?: \w+ly)? $", re.IGNORECASE)
_BASE = re.compile(r"rise|fall|increase|decrease|improve|grow|decline|drop|worsen|reduce|deteriorate",
                   re.IGNORECASE)  # fmt: skip
_ONE = re.compile(rf"(?:\b(?:an?|another|further|points?|cent)|[%{STANDS_IN}])(?: \w+){{0,2}} $",
                  re.IGNORECASE)  # fmt: skip
_OF_WHAT = re.compile(r" (?:in|of|from|to|since|on|by)\b", re.IGNORECASE)
_OPENS = re.compile(rf"(?:^|[,(;:%{STANDS_IN}]|\b(?:is|are|was|were))\s*$", re.IGNORECASE)
_WISHED = re.compile(r" (?:(?:we|i|they|residents|members) (?:would|'d|want|wish|need|hope)|(?:it|they|we) should"
                     r"|necessary|needed|ideal|nothing)\b", re.IGNORECASE)  # fmt: skip
_BARE = re.compile(r"(?:more|less|fewer|greater|larger|smaller|above|below)\b", re.IGNORECASE)
_OTHERS = re.compile(
    rf"\b(?:average|medians?|mean|quartile|neighbours?|peers?|comparators?|England|English|nation(?:al)?|nationally|"
    rf"regional?|other (?:\w+ )?councils?|similar councils?|group|benchmarks?|target|last|previous|prior|before|"
    rf"earlier|a year ago)\b|{STANDS_IN}",
    re.IGNORECASE,
)  # fmt: skip
_AMONG = re.compile(r"(?: [\w'’-]+){0,4}? (?:in (?!mind|our interests)|among|amongst|across|nationally|of (?:the|our|its|all|any|"
                    r"every|\d|[A-Z]))", 0)  # fmt: skip
_GRADE = re.compile(r" (?:levels?|standards?|quality|priorit(?:y|ies)|regard|possible|calibre|degree|interests?)\b")
_TARGET = re.compile(
    r"(?P<verb>met|meets|achieved|hit|exceed(?:s|ed)|miss(?:ed|es)|above|below|ahead of|within|on) "
    r"(?:(?:our|its|the|that|this|all|every|each|their|both|council's|council|own|national|statutory|local|"
    r"annual|yearly|quarterly|of|for) ){0,4}targets?",
    re.IGNORECASE,
)  # fmt: skip
_MET = {"met": "met", "meets": "met", "achieved": "met", "hit": "met", "within": "met", "on": "met",
        "ahead of": "exceeded", "exceeds": "exceeded", "exceeded": "exceeded", "missed": "missed",
        "misses": "missed", "above": "up", "below": "down"}  # fmt: skip
_MOVED = re.compile(r"doubled|halved|trebled|tripled|quadrupled", re.IGNORECASE)
_NEXT = r"(?: (?!(?:that|because|which|who|since)\b)[\w'’-]+){0,5} $"
_WISH = re.compile(
    rf"\b(?:will|would|should|could|may|might|must|shall|can|cannot|want|wants|hope|hopes|seek|seeks|expect|"
    rf"expects|need|needs|towards?|plans? for|calls? for|hopes? for){_NEXT}"
    rf"|\bto (?!(?:an?|the|our|its|their|this|that|these|those|\w+ed)\b)[a-z]+{_NEXT}",
    re.IGNORECASE,
)  # fmt: skip
_FACT = re.compile(
    r"\b(?:delighted|pleased|proud|glad|happy|known|shown|seen|found|reported|said|able) to (?:have|be)\b[^.]*$",
    re.IGNORECASE,
)  # fmt: skip
_WHETHER = re.compile(r"\b(?:if|whether|unless|until|once|in case|so that|how|why|what|where|any)\b[^.]*$",
                      re.IGNORECASE)  # fmt: skip
_DENIED = re.compile(r"\b(?:not|never|no|neither|nor|without|cannot|hardly|barely)\b(?: [\w'’-]+){0,3} $|n['’]t(?: \w+){0,3} $",
                     re.IGNORECASE)  # fmt: skip
_PARTS = re.compile(r"[,;:–—()]|\b(?:and|but|while|whilst|whereas|although|though|yet)\b", re.IGNORECASE)


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
    cuts = [match.span() for match in _PARTS.finditer(sentence)]
    return (
        max((last for _, last in cuts if last <= start), default=0),
        min((first for first, _ in cuts if first >= end), default=len(sentence)),
    )


def _claim(word: ClaimWord, sentence: str, numbers: tuple[Quantity, ...]) -> Claim | None:
    """What a word claims in the form it has; None where it claims nothing."""
    before, after = sentence[: word.start], sentence[word.end :]
    if word.kind == "rank" or word.text.casefold() in ("best", "worst"):
        return _rank(word, sentence)
    if word.kind in ("more", "less") or _THAN.fullmatch(word.text):
        return _comparison(word, sentence, numbers)
    if word.kind not in ("rise", "fall", "better", "worse"):
        return None
    moved = (
        _PAST.fullmatch(word.text)
        or (_GOING_ON.fullmatch(word.text) and _IS.search(before))
        or (_NOUN.fullmatch(word.text) and _ONE.search(before) and _OF_WHAT.match(after))
        or (_BASE.fullmatch(word.text) and _DID.search(before))
        or (_UP_DOWN.fullmatch(word.text) and _OPENS.search(before) and after[:4] != " to ")
    )
    kind: Kind = "comparison" if word.text.casefold().startswith("outperform") else "change"
    return _made(kind, _WAYS.get(word.kind, word.kind), word, sentence) if moved else None


def _comparison(word: ClaimWord, sentence: str, numbers: tuple[Quantity, ...]) -> Claim | None:
    """`higher than`, `below the median`; `more than 86%` is a number, and `above all` no claim."""
    after = sentence[word.end : clause_at(sentence, word.start, word.end)[1]]
    counted = any(n.start in range(word.end, word.end + 2) for n in numbers)
    own = bool(re.search("average|median", word.text, re.IGNORECASE))
    plain = _BARE.match(word.text) or word.text.casefold().startswith("exceed")
    told = own or _OTHERS.search(" ".join(after.split()[:8]))
    if _WISHED.match(after) or (plain and (counted or not told)):
        return None
    way = _WAYS.get(word.kind, word.kind)
    return _made("comparison", way, word, sentence, f"{word.text}{after}")


def _rank(word: ClaimWord, sentence: str) -> Claim | None:
    after, text = sentence[word.end :], word.text.casefold()
    among = "quartile" in text or text.startswith("among") or re.search(
        r"\b(?:among|amongst|one of) (?:the |its |our )?$", sentence[: word.start], re.IGNORECASE)  # fmt: skip
    if _GRADE.match(after) or not (among or _AMONG.match(after)):
        return None
    if text in ("best", "worst") and not among and not re.match(r"(?: [\w'’-]+){0,3}? in ", after):
        return None
    end = next((e for e in ("highest", "lowest", "best", "worst") if e in text), "")
    end = end or {"largest": "highest", "smallest": "lowest"}.get(text, "")
    end = end or ("highest" if text.startswith("top") else "lowest")
    return _made("rank", f"among {end}" if among else end, word, sentence)


def _targets(sentence: str) -> Iterator[Claim]:
    for match in _TARGET.finditer(sentence):
        way = _MET[match["verb"].casefold()]
        word = ClaimWord("target", match[0], match.start(), match.end())
        yield _made("target", way, word, sentence)


def _above(sentence: str) -> Iterator[Claim]:
    """`above the national median`: only where what follows is something to compare with."""
    for match in re.finditer(r"\b(?:above|below)\b", sentence, re.IGNORECASE):
        after = sentence[match.end() : clause_at(sentence, match.start(), match.end())[1]]
        if _OTHERS.search(" ".join(after.split()[:5])):
            word = ClaimWord("more", match[0], match.start(), match.end())
            way = "up" if match[0].casefold() == "above" else "down"
            yield _made("comparison", way, word, sentence, after)


def _times(sentence: str, numbers: tuple[Quantity, ...]) -> Iterator[Claim]:
    """`doubled`, `halved`: a change by a factor; how it is hedged decides how near it must be."""
    for each in numbers:
        words = sentence[each.start : each.end]
        if each.unit == "ratio" and _MOVED.fullmatch(words):
            word = ClaimWord("times", each.text, each.start, each.end)
            yield _made("times", f"{float(each.value):g}", word, sentence, each.hedge)


def _made(kind: Kind, way: str, word: ClaimWord, sentence: str, to: str = "") -> Claim:
    denied = bool(_DENIED.search(sentence[: word.start]))
    return Claim(kind, way, word.text, word.start, word.end, denied, to)


def _hoped(claim: Claim, sentence: str) -> bool:
    """Whether a claim is a wish, a plan or a condition: what governs it stands before it."""
    start, _ = clause_at(sentence, claim.start, claim.end)
    before = sentence[start : claim.start]
    return bool(_WISH.search(before) and not _FACT.search(before)) or bool(_WHETHER.search(before))
