"""Changes: whether what is said to have changed follows from its two ends."""

import re
from collections.abc import Iterator

from peerpack.audit import ranges, said
from peerpack.audit.marked import found
from peerpack.audit.verdicts import AMBIGUOUS, CANNOT_BE, SUPPORTED, WITHIN_ROUNDING, Judgement
from peerpack.measures.rounding import Interval
from peerpack.prose import Quantity, Sentence

_VERB = (
    r"(?:rose|risen|rise|rises|increased?|grew|grown|grow|climbed|went up|gone up|jumped|fell"
    r"|fallen|fall"
    r"|decreased?|reduced|declined?|dropped|went down|gone down|cut|improved|worsened|moved"
    r"|changed|up|down)"
)
_NOUN = (
    r"(?:increase|rise|growth|reduction|decrease|fall|drop|decline|improvement|change|saving"
    r"|difference"
    r"|gap|jump|cut|gain)"
)
_MORE = r"(?:higher|lower|more|fewer|less|above|below|greater|better|worse)"
_THIS = (
    r"(?:which is |this is |that is |this was |representing |i\.e\. |equivalent to |or |giving "
    r"|being )?"
)
_FROM = (
    r"from (?:an average of |a rate of |a total of |a low of "
    r"|a high of )?<q:old>`45 to (?:an average of |a total of |a rate of )?<q:new>"
)
_CHANGE_OF = rf"(?:an? |the )?(?:\w+ ){{0,2}}{_NOUN}`15 of <c:change>(?! of)"
_AGAINST = r"(?:compared (?:to|with)|against|up from|down from)"
_SPENT = r"\b(?:outturn|actual|spent|spend|spending|expenditure)\b"
_OVERSPENT = r"\b(?:overspend|underspend|overspent|underspent|variance)\b"
_UP = r"(?:up|down) (?:by )?<c:change> (?:from|on|compared (?:to|with)) `25<q:old>"
_THAN = rf"<c:change> (?:{_MORE} than|above|below) `45\(?<q:old>"
STATED = (
    rf"{_VERB} (?:by |of )?<c:change>`40,? \(?{_FROM}",
    rf"{_FROM}`45[,;:(–-]+ ?{_THIS}(?:an? |the )?(?:\w+ ){{0,2}}{_NOUN}`15 of <c:change>(?! of)",
    rf"{_FROM}`45[,;:(–-]+ ?{_THIS}(?:an? )?(?:overall )?<c:change> (?:\w+ )?{_NOUN}",
    rf"{_FROM}`20 \((?:up |down |up by |down by |a )?<c:change>\)",
    rf"{_FROM}`45[,;:(–-]+ ?(?:up|down) (?:by )?<c:change>",
    rf"<c:change>,? (?:\w+ )?{_NOUN}`60,? \(?{_FROM}",
    rf"{_NOUN}`30 of <c:change>`60,? \(?{_FROM}",
    rf"{_VERB} (?:by )?<c:change> to <q:new>`40,? \(?(?:from|compared (?:to|with)) `25<q:old>",
    rf"{_VERB} to <q:new>`30 from <q:old>`30[,;:(–-]+ ?{_THIS}{_CHANGE_OF}",
    rf"<m:new>`40,? {_UP}",
    rf"<s:new>`40,? {_UP}",
    rf"<q:new>`40[,;(–-]+ ?{_UP}",
    rf"<q:new>`60,? {_AGAINST} `30<q:old>`50[,;:(–-]+ ?{_THIS}{_CHANGE_OF}",
    rf"<q:new>`60,? {_AGAINST} `30<q:old>`50[,;:(–-]+ ?{_THIS}(?:an? )?<c:change> (?:\w+ )?{_NOUN}",
    rf"<q:new>`50[,;(–-]+ ?(?:which (?:is|was) )?{_THAN}",
    rf"<m:new>`50 (?:was|were|is|are) {_THAN}",
    rf"<s:new>`50 (?:was|were|is|are) {_THAN}",
    rf"<q:new>`50[,;(–-]+ ?(?:which is )?(?:an? )?<c:change> {_NOUN} (?:on|from|over) `40<q:old>",
    r"(?:gap|difference) between [^«».;]{0,40}<s:old>[^«».;]{0,40}<s:new>\)? (?:is|was|of)"
    r" <p:change>",
    rf"budget~20<m:old>~60{_SPENT}~20<m:new>~60{_OVERSPENT}~15 (?:of|by) <m:change>",
    rf"{_SPENT}~20<m:new>~60budget~20<m:old>~60{_OVERSPENT}~15 (?:of|by) <m:change>",
    rf"<x:change>`20,? {_FROM}",
    rf"{_FROM}`60[,;:(–-]+ ?{_THIS}(?:an? )?<c:change> {_MORE}\b(?! than)",
    rf"{_FROM}`60[,;:(–-]+ ?{_THIS}(?:an? )?<c:other>~30 \((?:or )?<c:change>\)",
    rf"{_FROM}`60[,;:(–-]+ ?{_THIS}(?:an? )?(?:\w+ ){{0,2}}{_NOUN}`15 of <c:other>~20"
    r" ?(?:\(|or )<c:change>",
    rf"{_FROM}`60[,;:(–-]+ ?{_THIS}(?:an? )?<c:other>~20,? or <c:change>",
)
"""How a text states a change with both its ends."""

DIRECTED = (
    rf"(?:rose|risen|increased|grew|grown|climbed|went up|gone up|jumped) {_FROM}",
    rf"(?:fell|fallen|decreased|reduced|declined|dropped|went down|gone down|shrank) {_FROM}",
)
"""A rise, and a fall, whose two ends are printed."""


_RANKED = re.compile(r"\b(?:rank\w*|position|place[ds]?|league)\b", re.IGNORECASE)


def changes(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """Each change that a sentence states with both its ends, and each that goes the wrong way."""
    for number, sentence in enumerate(sentences):
        if len(sentence.quantities) < 2:
            continue
        seen: set[int] = set()
        for words in STATED:
            for names in found(sentence, words):
                if names["change"] not in seen:
                    seen.add(names["change"])
                    yield from judged(
                        number,
                        names["change"],
                        *(sentence.quantities[names[n]] for n in ("old", "new", "change")),
                    )
        yield from _wrong_way(number, sentence)


def judged(
    number: int, place: int, old: Quantity, new: Quantity, change: Quantity
) -> Iterator[Judgement]:
    """A change against its two ends, whose units must be one."""
    if old.unit == "count" and new.dimension != "count" and not old.in_words:
        return
    if old.dimension != new.dimension or change.upper is not None:
        return
    if old.unit == "%" and change.unit == "%":
        yield from _of_percentages(number, place, old, new, change)
        return
    value = change_in(old, new, change)
    if value is not None:
        yield _said(number, place, old, new, change, value)


def change_in(old: Quantity, new: Quantity, like: Quantity) -> Interval | None:
    """The change between two ends in the unit in which a third figure states it, without sign."""
    if like.unit == "%":
        value = ranges.computed(ranges.growth, old, new)
    elif like.unit == "pp":
        value = ranges.computed(ranges.difference, old, new) if old.unit == "%" else None
    elif like.unit == "ratio":
        value = ranges.computed(lambda ends: ends[1] / ends[0], old, new)
    elif like.dimension == old.dimension:
        value = ranges.computed(ranges.difference, old, new)
    else:
        return None
    return value if value is None or like.unit == "ratio" else _unsigned(value)


def _unsigned(value: Interval) -> Interval:
    low, high = sorted((abs(value.lower), abs(value.upper)))
    return Interval(abs(value.value), low if value.lower * value.upper > 0 else low * 0, high)


def _plus(figure: Quantity) -> Quantity:
    from dataclasses import replace

    return replace(figure, value=abs(figure.value))


def _said(
    number: int, place: int, old: Quantity, new: Quantity, change: Quantity, value: Interval
) -> Judgement:
    fits = ranges.standing(_plus(change), value)
    of_ratio = f"From {said.figure(old)} to {said.figure(new)}"
    ends = of_ratio if change.unit == "ratio" else said.change(old, new)
    words = f"{ends} is {said.amount(value.value, change)}"
    if fits == ranges.FITS:
        return Judgement(number, place, SUPPORTED, f"{words}.")
    if fits == ranges.WITHIN:
        reason = f"{words}; the rounding of the ends allows {said.figure(change)}."
        return Judgement(number, place, WITHIN_ROUNDING, reason)
    return Judgement(
        number, place, CANNOT_BE, f"{words}, not {said.figure(change)}, whatever the rounding."
    )


def _of_percentages(
    number: int, place: int, old: Quantity, new: Quantity, change: Quantity
) -> Iterator[Judgement]:
    """A change in per cent between two percentages: of the first, or in points, or neither."""
    relative = ranges.computed(ranges.growth, old, new)
    points = ranges.computed(ranges.difference, old, new)
    if relative is None or points is None:
        return
    relative, points = _unsigned(relative), _unsigned(points)
    both = (
        f"from {said.figure(old)} to {said.figure(new)} is {said.plain(points.value)} percentage "
        f"points, or {said.amount(relative.value, change)} of {said.figure(old)}"
    )
    in_points = ranges.standing(_plus(change), points) != ranges.APART
    if ranges.standing(_plus(change), relative) != ranges.APART and not in_points:
        yield Judgement(number, place, SUPPORTED, f"As a percentage of the first: {both}.")
    elif in_points:
        yield Judgement(number, place, AMBIGUOUS, f"Per cent or percentage points: {both}.")
    else:
        yield Judgement(
            number,
            place,
            CANNOT_BE,
            f"{both[0].upper()}{both[1:]}, and neither is {said.figure(change)}.",
        )


def _wrong_way(number: int, sentence: Sentence) -> Iterator[Judgement]:
    for words, up in zip(DIRECTED, (True, False), strict=True):
        for names in found(sentence, words):
            old, new = sentence.quantities[names["old"]], sentence.quantities[names["new"]]
            if (
                _RANKED.search(sentence.text)
                or old.dimension != new.dimension
                or old.value < 0
                or new.value < 0
                or old.value == 0
            ):
                continue
            first, last = ranges.in_pounds(old), ranges.in_pounds(new)
            if last.upper < first.lower if up else last.lower > first.upper:
                way = "a rise" if up else "a fall"
                reason = f"From {said.figure(old)} to {said.figure(new)} is not {way}."
                yield Judgement(number, names["new"], CANNOT_BE, reason)
