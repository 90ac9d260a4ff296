"""Words that leave a figure open: per cent of what, more than what, good against what."""

import re
from collections.abc import Iterator

from peerpack.audit import said
from peerpack.audit.marked import found, marked
from peerpack.audit.verdicts import AMBIGUOUS, CANNOT_BE, NO_COMPARATOR, Judgement
from peerpack.prose import Quantity, Sentence

_NOUN = r"(?:increase|rise|growth|reduction|decrease|fall|drop|decline|improvement|uplift|jump)"
_VERB = (
    r"(?:rose|risen|rise|rises|increased?|grew|grown|climbed|fell|fallen|decreased?|reduced"
    r"|declined?|dropped|improved|narrowed|widened)"
)
_MORE = r"(?:more|fewer|less|higher|lower|better|worse|cheaper|faster|quicker|greater)"
CHANGED = (
    rf"<s:change> (?:\w+ )?{_NOUN}\b",
    rf"\b{_NOUN} of <s:change>(?! of)",
    rf"\b(?:{_VERB}|(?:went|gone|was|is|are|were) (?:up|down)) (?:by )?<s:change>",
    rf"<s:change> {_MORE}\b(?! than)",
)
_RATE = re.compile(
    r"\b(?:rates?|percentages?|proportions?|shares?|satisfaction|compliance"
    r"|turnout"
    r"|occupancy|coverage|attainment|collection rate|pass rate|success rate)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(?:interest rates?|rates? of pay|pay rates?|business rates?|tax rates?|exchange rate"
    r"|hourly rates?|rate of inflation|day rates?|rates income|number of|numbers of|volume|cost"
    r"|spend|income)\b",
    re.I,
)
_SINCE = re.compile(
    r"\b(?:than|compared|comparison|since|last (?:year|quarter|month|time)|previous|prior"
    r"|year[- ]on[- ]year|on[- ]year|from|against"
    r"|over the (?:last|past|year|period|quarter)|in the (?:last|past|year|period|quarter"
    r"|decade)|annual(?:ly)?|per (?:year|annum)|a year|each year|every year"
    r"|this (?:year|quarter|time)|baseline|in-year|same (?:period|time)|ago|before|earlier"
    r"|during|between|next year|by \w+ 20\d\d|pandemic|above|below|average"
    r"|benchmark|expected|forecast|projected|predicted|anticipated|inflation|council tax|pay"
    r"|fees?|charges|precept|cap|budget"
    r"|(?:over|in|within|for|after) (?:the )?(?:\w+ )?(?:years?|months?|quarters?|weeks?"
    r"|decades?))\b",
    re.IGNORECASE,
)
_MEASURED = ("%", "days", "weeks", "months", "hours", "minutes", "seconds")
_BESIDE = re.compile(
    r"\b(?:compar\w+|than|against|target (?:of|is|was|for)|targets? \(|benchmark\w*"
    r"|(?<!on )averages?(?! of)"
    r"|median|national(?:ly)?|regional(?:ly)?|england|"
    r"neighbour\w*|peers?|previous(?:ly)?|last (?:year|quarter|month)|prior|baseline|up from"
    r"|down from|from|since|statutory|standard of"
    r"|quartile|ranked|\d+(?:st|nd|rd|th)|year[- ]on[- ]year|increas\w*|decreas\w*|rose|fell"
    r"|risen|fallen|reduc\w+|higher|lower|trend|same period"
    r"|improv(?:ed|ement|ing)|against|versus|vs|above|below|exceed\w*|ahead of|similar|threshold"
    r"|the goal|aim of|ambition of)\b",
    re.IGNORECASE,
)
_PRAISE = r"(?:good|strong|excellent|outstanding|poor|weak|positive|healthy)"
"""Judges a figure only when said of it: a good school and outstanding debt are what is counted."""
_PERFORMANCE = (
    r"(?:performance|rates?|levels?|achievement|figures?|position|record|turnout|satisfaction"
    r"|collection|attendance|progress)"
)
_GRADED = re.compile(
    r"\b(?:rated|rating|graded|grade|judged|judgement|inspect\w+|ofsted|cqc)\b", re.IGNORECASE
)
_JUDGED = re.compile(
    r"\b(?:(?:very |extremely |remains? |is |was |are |were |an? )?(?:impressive|pleasing"
    r"|encouraging|disappointing|unacceptabl\w+|worrying|concerning|commendable)"
    rf"|(?:remains?|remained|is|was|been) (?:\w+ly |very |too )?{_PRAISE}"
    r"(?=\W*$|[,.;:)]| \(| (?:at|with|and|in|this|overall|again|so)\b)"
    rf"|(?:are|were) (?:\w+ly |very )?{_PRAISE}(?= at\b| with\b|:)"
    rf"|{_PRAISE} at\b|(?:very|extremely) {_PRAISE}(?=\W*$|[,.;:)]| \(| (?:at|with|for)\b)"
    r"|(?:an? )?(?:strong|excellent|outstanding|healthy|poor|weak)(?= \d[\d.]*(?:%| per ?cent))"
    rf"|{_PRAISE} (?:overall |financial |collection |recovery )?{_PERFORMANCE}"
    r"|(?:performance|collection|satisfaction|rate|turnover|absence|sickness|it|this|which"
    r"|figure|level)\s(?:\w+\s){0,6}(?:remains?|is|was|were|are) (?:very |too |relatively "
    r"|unusually )?(?:high|low)"
    r"|(?:met|meets|meeting|hit|achieved|achieves) (?:\w+['’]?s? ){0,3}targets?|on target(?! to\b)"
    r"|performing well|(?:performed|did|doing|scored|scoring) (?:very |extremely )?"
    r"(?:well|strongly|poorly|highly|badly)"
    r"|high[- ]perform\w+"
    r"|(?:is|was|been|proved) (?:an? |very |highly |hugely )(?:\w+ )?success(?:ful)?"
    r"|(?:high|low) (?:level|rate|proportion|satisfaction)s?"
    r"(?=\W*$|[,.;:)]| \(| (?:of|at|for|in|and)\b))",
    re.IGNORECASE,
)
_TARGETS = re.compile(
    r"(?:met|meets|meeting|hit|achieved|achieves|on) (?:\w+['’]?s? ){0,3}targets?", re.I
)
PEOPLE = (
    r"(?:staff|employees|residents|respondents|people|households|pupils|children|schools|tenants"
    r"|councillors"
    r"|members|complaints|invoices|callers|patients|carers|families|teachers|managers"
    r"|apprentices|voters|electors)"
)
WHOLE_OF = (
    r"<s:share> of (?:all |the |our |its |these |those |eligible |permanent "
    rf"|council ){{0,3}}{PEOPLE}\b"
)
_EXPECTED = re.compile(
    r"\b(?:target|plan\w*|expect\w+|forecast|budget\w*|requir\w+|need\w*|capacity|profile"
    r"|baseline|previous|last|"
    r"increase|rise|more|than|compared|median|average|earn\w*|paid|pay|salary|cost\w*"
    r"|of the number|equivalent|as many)\b",
    re.IGNORECASE,
)


_PRAISED = re.compile(
    r"\b(?:impressive|excellent|outstanding|disappointing|pleasing|remarkable|respectable)\s$", re.I
)
_WHEN = re.compile(
    r"\b(?:last|next|past|within|in|every|over|for|a|the|of|first|after)\s"
    r"(?:the\s)?(?:last\s|next\s|past\s)?$"
)
_TAKEN = re.compile(
    r"\b(?:average|mean|median|took|takes|taken|time|absence|sickness|lost|turnaround|wait\w*"
    r"|respon\w+)\b",
    re.IGNORECASE,
)


def wording(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """Each figure whose words leave it open, and each share of people that is more than all."""
    for number, sentence in enumerate(sentences):
        if sentence.quantities and sentence.kind != "heading":
            yield from _open_changes(number, sentence)
            yield from _more_than_all(number, sentence)
            yield from _judged_alone(number, sentences)


def _open_changes(number: int, sentence: Sentence) -> Iterator[Judgement]:
    """A change in per cent of what is itself a percentage, or of nothing that is named."""
    for words in CHANGED:
        for names in found(sentence, words):
            change = sentence.quantities[names["change"]]
            if _points_or_per_cent(sentence, change):
                reason = f"{said.figure(change)} of a percentage, or percentage points: not said."
                yield Judgement(number, names["change"], AMBIGUOUS, reason)
            elif (
                _ended(sentence, names["change"])
                or _ends_beside(sentence)
                or _NAMED.search(sentence.text[: change.start])
            ):
                continue
            elif not _SINCE.search(sentence.text) and not sentence.days and sentence.kind != "row":
                reason = f"{said.figure(change)} of what, and since when: no base is named."
                yield Judgement(number, names["change"], AMBIGUOUS, reason)
            elif _since_only_started(sentence):
                reason = (
                    f"{said.figure(change)} of what: no earlier figure or period to compare is "
                    f"named."
                )
                yield Judgement(number, names["change"], AMBIGUOUS, reason)


def _ends_beside(sentence: Sentence) -> bool:
    """Whether two other figures of one kind are printed, between which the change may lie."""
    kinds = [q.dimension for q in sentence.quantities if q.dimension in ("GBP", "count", "FTE")]
    return any(kinds.count(kind) > 1 for kind in kinds)


_NAMED = re.compile(
    r"\b(?:the|this|that|these|those|our|any|each|every)\s$"
    rf"|\b(?:planned|assumed|agreed|proposed|budgeted) (?:{_NOUN} of )?$",
    re.IGNORECASE,
)
"""Before a change that is spoken of as known: `the 5% rise in demand`, `a planned rise of 5%`."""


def _ended(sentence: Sentence, change: int) -> bool:
    """Whether the change is to an end that is printed, from which its base follows."""
    return bool(re.search(rf"«%{change}»[^«».;]{{0,25}}\bto «", marked(sentence)))


def _points_or_per_cent(sentence: Sentence, change: Quantity) -> bool:
    near = _clause(sentence, change)
    rate = _RATE.search(near) and not _MONEY.search(near)
    points = any(q.unit == "pp" for q in sentence.quantities)
    level = _LEVEL.match(sentence.text[change.end :])
    if level:
        return not points and level[1] == "%" and not _IN_POINTS.search(near)
    return not points and bool(rate)


_LEVEL = re.compile(r"[^,.;:()\d]{0,25}\bto £?\d[\d,]*(?:\.\d+)?\s?(%|)")
"""The new level after a change: `by 0.9% to 97.2%`, of a percentage only if it is one."""

_IN_POINTS = re.compile(r"\b(?:interest|inflation|bank rate|base rate|tax)\b", re.IGNORECASE)
"""Whose change everybody states in points of itself."""

_ANOTHER = re.compile(
    r"[;:]|[,)] (?:and|but|or|so|while|whilst|whereas|although|though|as|with) "
    r"|\b(?:while|whilst|whereas|although|but)\b|(?<=[\d%]) and |\d[^,;:]* and (?=\w+ (?:\w+ )?"
    rf"{_VERB})"
)
"""Where another clause begins, whose subject is another."""


def _clause(sentence: Sentence, change: Quantity) -> str:
    """The words of the clause in which a change stands."""
    left, right = max(0, change.start - 90), change.end + 70
    before = _ANOTHER.split(sentence.text[left : change.start])[-1]
    return before + _ANOTHER.split(sentence.text[change.start : right])[0]


def _since_only_started(sentence: Sentence) -> bool:
    """Whether the only time named is when something was begun, not what it is compared with."""
    begun = (
        r"\b(?:implemented|introduced|launched|established|opened|set up|rolled out"
        r"|started)\b (?:\w+ )?in «d\d+»"
    )
    return bool(
        re.search(begun, marked(sentence), re.IGNORECASE)
        and len(sentence.days) == 1
        and not re.search(
            r"\b(?:since|compared|than|last year|previous|prior|before)\b", sentence.text, re.I
        )
    )


def _more_than_all(number: int, sentence: Sentence) -> Iterator[Judgement]:
    for names in found(sentence, WHOLE_OF):
        share = sentence.quantities[names["share"]]
        if share.value > 100 and share.hedge == "=" and not _EXPECTED.search(sentence.text):
            reason = f"{said.figure(share)} of a whole is more than all of it."
            yield Judgement(number, names["share"], CANNOT_BE, reason)


def _judged_alone(number: int, sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """A figure of performance called good, bad, high, low or on target, with nothing beside it."""
    sentence = sentences[number]
    judged = _JUDGED.search(sentence.text)
    measured = [
        n
        for n, q in enumerate(sentence.quantities)
        if (q.unit in _MEASURED and not q.in_words) or _PRAISED.search(sentence.text[: q.start])
    ]
    graded = judged and _GRADED.search(sentence.text) and re.search(_PRAISE, judged[0], re.I)
    if not judged or graded or len(measured) != 1 or sentence.kind == "row":
        return
    figure = sentence.quantities[measured[0]]
    target_met = _TARGETS.search(sentence.text)
    beside = _BESIDE.search(_TARGETS.sub("", sentence.text))
    counted = _COUNTED.match(sentence.text[figure.end : max(figure.end, judged.start())])
    if beside or counted or _no_performance(sentence, figure):
        return
    if _compared_beside(sentences, number, figure):
        return
    what = "the target is not given" if target_met else "no comparator, target or earlier figure"
    reason = f"“{judged[0].strip()}”, {what}: {said.figure(figure)} against what?"
    yield Judgement(number, measured[0], NO_COMPARATOR, reason)


def _compared_beside(sentences: tuple[Sentence, ...], number: int, figure: Quantity) -> bool:
    """Whether the sentence before or after, in its paragraph, has what to compare a figure with.

    It must compare, hold a figure of the kind, and speak of the same: by a word, or by `This`.
    """
    own = sentences[number]
    near = (sentences[n] for n in (number - 1, number + 1) if 0 <= n < len(sentences))
    return any(
        s.paragraph == own.paragraph
        and any(q.unit == figure.unit for q in s.quantities)
        and bool(_BESIDE.search(s.text))
        and bool(_content(own.text) & _content(s.text) or _GOING_ON.match(s.text))
        for s in near
    )


def _content(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in re.findall(r"[a-z]{5,}", text.lower())) - _EMPTY


_EMPTY = frozenset(("perfor", "counci", "percen", "which", "their", "there", "about", "target"))
_GOING_ON = re.compile(
    r"(?:this|it|that|the (?:target|average|median|national|regional|england|figure|previous)|last"
    r"|nationally|compared|in 20\d\d|our target|against|up|down)\b",
    re.IGNORECASE,
)


_COUNTED = re.compile(
    r"\s(?:of (?:[\w’'-]+ ){1,6})?(?:are|were|met|meet|hit|achieved?|attend\w*|go to|live"
    r"|have|had|did|scored|performed)\b[^,;:]*$",
    re.IGNORECASE,
)
"""After a share of those who are good, or on target: the praise is what is counted."""


def _no_performance(sentence: Sentence, figure: Quantity) -> bool:
    """A length of time that is a period or plan, or a share of people who called something good."""
    after = sentence.text[figure.end : figure.end + 60]
    before = sentence.text[max(0, figure.start - 25) : figure.start]
    period = figure.unit not in ("%", "count") and (
        _WHEN.search(before) or not _TAKEN.search(sentence.text)
    )
    felt = re.match(
        r"\s(?:of \w+(?: \w+){0,4} )?(?:feel|felt|said|say|rated?|described?|would describe"
        r"|believed?|think|thought|agreed?|reported|were positive|are positive|had a (?:positive"
        r"|good))",
        after,
    )
    return bool(period or felt)
