"""Times out of order: days that do not exist, periods that end before they begin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from peerpack.audit import ranges, said
from peerpack.audit.marked import marked
from peerpack.audit.verdicts import CANNOT_BE, SUPPORTED, Judgement
from peerpack.measures.printed import elapsed
from peerpack.prose import Day, Quantity, Sentence

PERIOD = (
    r"(?:from|between|running from|beginning|starting|commencing|commenced on|started on|began on)"
    r" (?:the )?(?:beginning of |start of )?«d(\d+)»,? (?:up )?(?:to|until|till|through to|and"
    r"|and (?:ended|ends|ending|finished|closed) on)"
    r" (?:the )?(?:end of )?«d(\d+)»",
    r"«d(\d+)» ?(?:to|–|-|until) (?:the )?(?:end of )?«d(\d+)»",
    r"\b(?:started|begins|began|opens|opened|commenced|commences) (?:on "
    r"|in )?«d(\d+)» and (?:will )?(?:ends?|ended|finish(?:es|ed)?|clos(?:es?|ed)"
    r"|completes?d?) (?:on |in )?«d(\d+)»",
)
GOES_ON = (
    r"\b(?:continues?|continued|extend(?:s|ed)?|remains?|runs?|lasts?) (?:[\w ]{0,20} )?(?:to"
    r"|until|till) [^.;«]{0,70}?«d(\d+)»"
)
_LENGTH = {"days": 1, "weeks": 1, "months": 1, "years": 1}


@dataclass(frozen=True)
class DayJudgement:
    """A verdict on a time: the number of its sentence, the time, and why."""

    sentence: int
    day: Day
    verdict: str
    reason: str


def times(sentences: tuple[Sentence, ...]) -> Iterator[DayJudgement]:
    """Each time of a text that does not exist, or ends a period before it began."""
    for number, sentence in enumerate(sentences):
        for day in sentence.days:
            if day.fault:
                reason = f"{day.fault[0].upper()}{day.fault[1:]}."
                yield DayJudgement(number, day, CANNOT_BE, reason)
        for first, last in periods(sentence):
            if _before(last, first):
                reason = f"It ends on {_said(last)}, before it begins on {_said(first)}."
                yield DayJudgement(number, last, CANNOT_BE, reason)
        yield from _gone_on(number, sentence)


def periods(sentence: Sentence) -> list[tuple[Day, Day]]:
    """Every pair of times of a sentence that are the two ends of one period."""
    text, pairs = marked(sentence), []
    for words in PERIOD:
        for match in re.finditer(words, text, re.IGNORECASE):
            pair = sentence.days[int(match[1])], sentence.days[int(match[2])]
            if pair not in pairs:
                pairs.append(pair)
    return pairs


def _before(last: Day, first: Day) -> bool:
    """Whether one certainly lies before another: both with a year, and no part in common."""
    return bool(
        last.last and first.first and last.last < first.first and _sure(first) and _sure(last)
    )


def _sure(day: Day) -> bool:
    return day.kind in ("day", "month", "financial year", "year") and not day.fault


def _gone_on(number: int, sentence: Sentence) -> Iterator[DayJudgement]:
    """A period said to go on to a day before it began."""
    pairs = [p for p in periods(sentence) if p[0].first and not _before(p[1], p[0])]
    for match in re.finditer(GOES_ON, marked(sentence), re.IGNORECASE):
        day = sentence.days[int(match[1])]
        before = [first for first, last in pairs if last.end <= day.start]
        if before and _before(day, before[-1]):
            reason = (
                f"It is said to go on to {_said(day)}, before it begins on {_said(before[-1])}."
            )
            yield DayJudgement(number, day, CANNOT_BE, reason)


def lengths(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """Each stated length of a period against its two ends, either end counted or not."""
    words = (
        r"«t(\d+)»(?: \(«t(\d+)»\))?(?:(?!while|whereas)[^«».;]|«t\d+»){0,40}?(?:,|\()? ?(?:from"
        r"|between|running from|starting on|commencing on) (?:the )?«d(\d+)» ?(?:to|until|and|–"
        r"|-) (?:the )?«d(\d+)»"
    )
    for number, sentence in enumerate(sentences):
        for match in re.finditer(words, marked(sentence), re.IGNORECASE):
            first, last = sentence.days[int(match[3])], sentence.days[int(match[4])]
            if (
                first.kind != last.kind
                or first.kind not in ("day", "month")
                or _before(last, first)
            ):
                continue
            for n in filter(None, match.groups()[:2]):
                judgement = _length((number, int(n)), sentence.quantities[int(n)], first, last)
                if judgement:
                    yield judgement


def _length(place: tuple[int, int], stated: Quantity, first: Day, last: Day) -> Judgement | None:
    if (
        stated.unit not in _LENGTH
        or first.first is None
        or last.last is None
        or stated.hedge in "<>"
    ):
        return None
    method = f"{stated.unit}_between"
    long = elapsed(method, first.first, _next(last.last))
    shorter = elapsed(method, first.first, last.first or last.last)
    meant = ranges.meant(stated)
    told = f"From {_said(first)} to {_said(last)} is {_long(shorter, long, stated.unit)}"
    if shorter <= stated.value <= long or meant.lower <= long <= meant.upper:
        return Judgement(*place, SUPPORTED, f"{told}.")
    slack = Fraction(1, 100)
    apart = long < meant.lower - slack or shorter > meant.upper + slack
    reason = f"{told}, not {said.plain(stated.value)} {stated.unit}."
    return Judgement(*place, CANNOT_BE, reason) if apart else None


def _long(shorter: Fraction, long: Fraction, unit: str) -> str:
    """A length of time, its last day not counted and counted."""
    ends = said.plain(shorter, 1), said.plain(long, 1)
    return f"{ends[1]} {unit}" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]} {unit}"


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _said(day: Day) -> str:
    return day.text
