"""The words by which a text claims a movement, a comparison, a judgement or a target."""

import re
from dataclasses import dataclass

_MOVED = r"(?= (?:by|from|on|to)\b)"
CLAIM_WORDS = {
    "rise": (
        r"rose|risen|rises?|rising|increas(?:e[sd]?|ing)|grew|grown|grows?|growth|growing|climbed"
        rf"|up{_MOVED}|went up|gone up|gained|jump(?:ed)?|surged?|higher(?! (?:than|education))"
    ),
    "fall": (
        r"fell|fallen|falls?|falling|decreas(?:e[sd]?|ing)|reduc(?:e[sd]?|ing|tions?)"
        r"|declin(?:e[sd]?|ing)|dropp?(?:ed|ing|s)?|went down|gone down|shrank|shrunk"
        rf"|down{_MOVED}|cut{_MOVED}|lower(?! than)|fewer(?! than)"
    ),
    "better": r"better than|improv(?:e[sd]?|ing|ements?)|outperform(?:s|ed|ing)?|best",
    "worse": r"worse than|worsen(?:s|ed|ing)?|deteriorat(?:e[sd]?|ing|ion)|worst",
    "more": (
        r"(?:higher|more|greater|larger|above|faster)(?: \w+)? than|exceed(?:s|ed|ing)?"
        r"|above (?:the )?(?:average|median)"
    ),
    "less": (
        r"(?:lower|less|fewer|smaller|below|slower)(?: \w+)? than|below (?:the )?(?:average|median)"
    ),
    "rank": (
        r"highest|lowest|largest|smallest|(?:top|bottom) quartile"
        r"|among the (?:highest|lowest|best|worst)"
    ),
    "target": (
        r"(?:met|meets?|meeting|exceed(?:s|ed|ing)?|miss(?:ed|es)?|achiev(?:e[sd]?|ing)|hit)"
        r" (?:\w+ ){0,4}targets?|(?:above|below|ahead of|within|on) target|on track"
    ),
    "good": (
        r"good|strong(?:ly)?|excellent|impressive|positive|pleasing|encouraging|well ahead"
        r"|outstanding(?= (?:result|performance|achievement))|successful(?:ly)?|healthy|commendable"
    ),
    "bad": (
        r"poor(?:ly)?|weak|disappointing|concerning|worrying|unacceptabl[ey]|remains? (?:high|low)"
        r"|(?:too|very) (?:high|low|long)|(?:high|low)(?= (?:level|rate|proportion)s? of\b)"
    ),
}
"""Kinds of claim, each with the words that make it."""

_PATTERNS = {
    kind: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
    for kind, words in CLAIM_WORDS.items()
}


@dataclass(frozen=True)
class ClaimWord:
    """A word that claims something: its kind (a key of `CLAIM_WORDS`), text and place."""

    kind: str
    text: str
    start: int
    end: int


def claim_words(sentence: str) -> tuple[ClaimWord, ...]:
    """Every word of a sentence that claims a movement, comparison, judgement or target."""
    found = [
        ClaimWord(kind, match[0], match.start(), match.end())
        for kind, pattern in _PATTERNS.items()
        for match in pattern.finditer(sentence)
    ]
    return tuple(sorted(found, key=lambda word: (word.start, word.kind)))
