"""Parts and their total, in a sentence or in a list under its lead-in."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from peerpack.audit import ranges, said
from peerpack.audit.marked import found, marked
from peerpack.audit.verdicts import CANNOT_BE, SUPPORTED, WITHIN_ROUNDING, Judgement
from peerpack.prose import Quantity, Sentence

Place = tuple[int, int]

_CONSISTS = (
    r"(?:made up of|comprising|comprised of|comprises|consisting of|consists of"
    r"|broken down (?:as|into)"
    r"|split (?:between|into|as)|divided (?:between|into)|being|namely|as follows"
    r"|made up as follows)"
)
_TOTALS = (
    r"(?:(?:making |giving |gives |for |with |or |and )?an? (?:combined |overall "
    r"|grand )?total of|totalling|totaling|adding up to|bringing the total to)"
)
_OPEN = re.compile(
    r"\b(?:includ(?:e|es|ing)|such as|for example|e\.g|mainly|mostly|largely|among|some of|others"
    r"|etc|and more)\b",
    re.I,
)
_EXCLUSIVE = (
    r"\bneither\b",
    r"\bdo(?:es)?n['’o]t know\b|\bdo not know\b|\bdid not know\b|\bno opinion\b|\bundecided\b",
    r"(?<!dis)(?<!un)satisfied\b.*\bdissatisfied\b|(?<!dis)agreed?\b.*\bdisagreed?\b",
    r"\b(?:are|were) (?:men|male)\b.*\b(?:are|were) (?:women|female)\b",
    r"\b(?:are|were) (?:women|female)\b.*\b(?:are|were) (?:men|male)\b",
)
"""Words of answers of which a person gives one only."""


OVERLAPPING = re.compile(
    r"\b(?:both|more than one|overlap\w*|in (?:two|several)|(?:two|three|several) or more"
    r"|counted (?:twice|more than once)|double[- ]count\w*|multiple (?:answers|choice)"
    r"|not mutually exclusive|do(?:es)? not (?:sum|add)|(?:may|need) not (?:sum|add)"
    r"|(?:tick|choose|select|give)\w* (?:all|as many|several|up to)|all that appl\w+)\b",
    re.IGNORECASE,
)
"""Words that say that the parts of a whole overlap, or do not make it."""


def sums(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """Each total that a text states with all of its parts, and answers that exclude each other.

    Parts that are said to overlap, in the sentence or one beside it, are never called impossible.
    """
    for judgement in _every_sum(sentences):
        near = sentences[max(0, judgement.sentence - 1) : judgement.sentence + 2]
        overlap = any(OVERLAPPING.search(each.text) for each in near)
        if judgement.verdict != CANNOT_BE or not overlap:
            yield judgement


def _every_sum(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    for number, sentence in enumerate(sentences):
        if sentence.kind != "row" and len(sentence.quantities) >= 3:
            yield from _in_brackets(number, sentence)
            yield from _made_up_of(number, sentence)
            yield from _totalling(number, sentence)
            yield from _of_which(number, sentence)
            yield from _after_a_colon(number, sentence)
            yield from _and_the_other(number, sentence)
        if sentence.kind != "row" and len(sentence.quantities) >= 2:
            yield from _rest(number, sentence)
            yield from _exclusive(number, sentence)
            yield from _of_these(number, sentences)
    yield from _lists(sentences)
    yield from _totalled_lists(sentences)


def judged(
    place: Place, total: Quantity, parts: Sequence[Quantity], *, whole: bool = True
) -> Judgement | None:
    """A total against the sum of its parts; where these are not all, only if too little."""
    if len(parts) < 2 or any(p.dimension != total.dimension or p.upper is not None for p in parts):
        return None
    value = ranges.total(parts)
    sum_of = " + ".join(said.figure(p) for p in parts)
    words = f"{sum_of} is {said.amount(value.value, total)}"
    fits = ranges.standing(total, value)
    if fits == ranges.FITS:
        return Judgement(*place, SUPPORTED, f"{words}.")
    if fits == ranges.WITHIN:
        return Judgement(*place, WITHIN_ROUNDING, f"{words}; rounding allows {said.figure(total)}.")
    if whole or value.lower > ranges.in_pounds(total).upper:
        return Judgement(*place, CANNOT_BE, f"{words}, not {said.figure(total)}.")
    return None


def _parts(sentence: Sentence, names: Sequence[int]) -> list[Quantity]:
    return [sentence.quantities[n] for n in names]


def _run(text: str, first: int, dimension: str, sentence: Sentence) -> list[int]:
    """The figures from one on that a list joins by commas and `and`, of one dimension."""
    found_n = [first]
    for match in re.finditer(r"«.(\d+)»", text):
        n = int(match[1])
        if n <= first or match[0][1] == "d":
            continue
        if sentence.quantities[n].dimension != dimension:
            break
        end = text.index("»", text.index(f"{found_n[-1]}»")) + 1
        between = text[end : match.start()]
        if not re.fullmatch(
            r"[^.:«»]{1,80}?(?:,|;| and| plus)(?: and| plus)?(?: (?:a further|another|the other"
            r"|[\w’' -]{1,30}(?: at| of| by|:)))? ?",
            between,
        ):
            break
        found_n.append(n)
    return found_n


def _in_brackets(number: int, sentence: Sentence) -> Iterator[Judgement]:
    """`a further 5 apprentices (1 from Adults and 4 from Children)`."""
    text = marked(sentence)
    for match in re.finditer(r"«[n£](\d+)»([^«»().;]{0,45}) ?\(([^()]*)\)", text):
        names = [int(n) for n in re.findall(r"«[n£](\d+)»", match[3])]
        joined = len(names) >= 2 and re.search(r" and |;|, ", match[3]) and "«%" not in match[3]
        if (
            not joined
            or _OPEN.search(match[3])
            or re.search(
                r"\b(?:up|down|rising|compared|last|previous|target|of which|per|max|min"
                r"|in 20)\b|«d|/",
                match[3],
            )
        ):
            continue
        total = sentence.quantities[int(match[1])]
        parts = _parts(sentence, names)
        if all(p.amount <= total.amount for p in parts):
            judgement = judged((number, int(match[1])), total, parts)
            if judgement:
                yield judgement


def _made_up_of(number: int, sentence: Sentence) -> Iterator[Judgement]:
    """`£4.5m, made up of £2m of …, £1.5m of … and £1m of …`."""
    text = marked(sentence)
    words = rf"«[n£%](\d+)»([^«»]{{0,90}}?)\b(?:{_CONSISTS}):? ([^«»]{{0,40}}?)«[n£%](\d+)»"
    for match in re.finditer(words, text, re.IGNORECASE):
        total, first = int(match[1]), int(match[4])
        dimension = sentence.quantities[total].dimension
        names = _run(text, first, dimension, sentence)
        last = text.index(f"{names[-1]}»")
        complete = len(names) >= 2 and " and " in text[match.start(4) : last]
        rest = [q for q in sentence.quantities[names[-1] + 1 :] if q.dimension == dimension]
        if complete and not rest and not _OPEN.search(match[0]):
            judgement = judged((number, total), sentence.quantities[total], _parts(sentence, names))
            if judgement:
                yield judgement


def _totalling(number: int, sentence: Sentence) -> Iterator[Judgement]:
    """`60 letters and 25 calls, a total of 85`: some of the figures before must sum to it."""
    ways = (
        rf"<a:last>~50[,;:(–-]* ?{_TOTALS} <a:total>(?! of the)",
        r"<a:last>~30, (?:or |making |giving )?<a:total> (?:in all|in total|altogether|overall)\b",
    )
    for names in (each for words in ways for each in found(sentence, words)):
        total = sentence.quantities[names["total"]]
        before = [
            q for q in sentence.quantities[: names["last"] + 1] if q.dimension == total.dimension
        ]
        if not 2 <= len(before) <= 8 or any(q.hedge in "<>" for q in (*before, total)):
            continue
        whole = judged((number, names["total"]), total, before)
        others = [
            judged((number, names["total"]), total, some)
            for size in range(2, len(before))
            for some in combinations(before, size)
        ]
        fit = [j for j in (whole, *others) if j and j.verdict != CANNOT_BE]
        plain = _plain_list(sentence, before)
        if fit or (whole and plain):
            yield fit[0] if fit else whole  # type: ignore[misc]


def _plain_list(sentence: Sentence, parts: Sequence[Quantity]) -> bool:
    """Whether nothing but a list's own words joins the figures."""
    between = [sentence.text[a.end : b.start] for a, b in pairwise(parts)]
    return all(
        re.search(r",| and | plus |\+", words)
        and not re.search(
            r"\b(?:of which|of the|out of|from|compared|against|than|includ\w+|to)\b|\(", words
        )
        for words in between
    )


def _of_which(number: int, sentence: Sentence) -> Iterator[Judgement]:
    """`126, of which 60 … and the remaining 66 …`; without `remaining` only too large a sum."""
    text = marked(sentence)
    words = (
        r"«[n£](\d+)»([^«»]{0,60}?),? ?(?:\(|–|-)? ?(?:of (?:which|whom)|of these"
        r"|of those)[ ,][^«»]{0,25}?«[n£](\d+)»"
    )
    for match in re.finditer(words, text, re.IGNORECASE):
        total, first = int(match[1]), int(match[3])
        if sentence.quantities[total].dimension != sentence.quantities[first].dimension:
            continue
        names = _run(text, first, sentence.quantities[first].dimension, sentence)
        tail = text[match.start(3) :]
        rest = re.search(
            r"\b(?:the )?(?:remaining|remainder|rest|other)\b",
            tail[: tail.find(f"{names[-1]}»") + 1],
        )
        alike = not re.search(r"\b(?:also|both|as well|already)\b", tail)
        if alike and len(names) >= 2:
            parts = _parts(sentence, names)
            judgement = judged((number, total), sentence.quantities[total], parts, whole=bool(rest))
            apart = _elliptic(text, names) or _states(text, names)
            if judgement and (rest or judgement.verdict != CANNOT_BE or apart):
                yield judgement


def _elliptic(text: str, names: Sequence[int]) -> bool:
    """Whether only the first part has a verb, as in a list of one kind of thing.

    What people come for or with may be several things at once: such a list is none, unless
    it ends in the others.
    """
    spans = [(text.index(f"{a}»") + len(str(a)), text.index(f"{b}»")) for a, b in pairwise(names)]
    verbs = r"\b(?:were|was|are|is|had|have|has|did|came|said)\b"
    later = [text[a:b] for a, b in spans[1:]] + [text[text.index(f"{names[-1]}»") :]]
    several = r"\d*» (?:for|with|about) (?!(?:an)?other\b)"
    closed = re.search(r"» (?:\w+ )?(?:an)?other\b", later[-1])
    return not any(
        re.search(verbs, words) or (not closed and re.match(several, words)) for words in later
    )


def _after_a_colon(number: int, sentence: Sentence) -> Iterator[Judgement]:
    """`57 councillors: 30 …, 15 … and 13 …`; some may not be listed, so only too large a sum."""
    text = marked(sentence)
    for match in re.finditer(r"«n(\d+)» [^«»:.;]{3,40}: «n(\d+)»", text):
        total, first = int(match[1]), int(match[2])
        names = _run(text, first, "count", sentence)
        complete = " and " in text[match.end() : text.index(f"{names[-1]}»")]
        if len(names) >= 2 and complete and _elliptic(text, names) and "also" not in text:
            parts = _parts(sentence, names)
            judgement = judged((number, total), sentence.quantities[total], parts, whole=False)
            if judgement:
                yield judgement


def _and_the_other(number: int, sentence: Sentence) -> Iterator[Judgement]:
    """`Of the 1,050 invoices, 980 … and the other 90 …`: the two are all of them."""
    words = (
        r"^(?:[\w ,]{0,30}\b)?of (?:the |our |these |all )?<n:total>`40, <n:one>~60,?"
        r" (?:and|while|with) the (?:other|remaining|rest,?) <n:rest>"
    )
    for names in found(sentence, words):
        total, *parts = _parts(sentence, [names[n] for n in ("total", "one", "rest")])
        judgement = judged((number, names["total"]), total, parts)
        if judgement and sum(q.unit == "count" for q in sentence.quantities) == 3:
            yield judgement


_STATES = re.compile(
    r"»[^«»]{0,25}\b(?:completed?|under ?way|in progress|not (?:yet )?(?:begun|started)|on track"
    r"|delayed|at risk|closed|open|red|amber|green|(?:not |partly |fully )?upheld|met|missed"
    r"|delivered|on hold|not started|outstanding|overdue|achieved|cancelled|withdrawn|approved"
    r"|refused)\b",
    re.IGNORECASE,
)
"""A part and the state of its things, of which each is in one."""


def _states(text: str, names: Sequence[int]) -> bool:
    """Whether each part is in a state of which a thing has one: complete, under way, not begun."""
    starts = [text.index(f"{n}»") for n in names]
    ends = [*starts[1:], len(text)]
    return all(_STATES.search(text[start:end]) for start, end in zip(starts, ends, strict=True))


def _of_these(number: int, sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """`Of these, 96 …, 88 … and 57 …` after a sentence with their total."""
    own, before = sentences[number], sentences[number - 1] if number else None
    start = re.match(r"of (?:these|those|them),? [^«»]{0,25}?«n(\d+)»", marked(own), re.IGNORECASE)
    if start is None or before is None or before.paragraph != own.paragraph:
        return
    text = marked(own)
    names = _run(text, int(start[1]), "count", own)
    totals = [(n, q) for n, q in enumerate(before.quantities) if q.unit == "count"]
    judged_by = [judged((number - 1, n), q, _parts(own, names), whole=False) for n, q in totals]
    fits = [j for j in judged_by if j and j.verdict != CANNOT_BE]
    if fits:
        yield fits[-1]
    elif judged_by and all(judged_by) and (_elliptic(text, names) or _states(text, names)):
        largest = max(range(len(totals)), key=lambda n: totals[n][1].value)
        yield judged_by[largest]  # type: ignore[misc]


def _rest(number: int, sentence: Sentence) -> Iterator[Judgement]:
    """`62% … and the remaining 48% …`: two shares of one whole."""
    for names in found(
        sentence, r"<s:one>~70,? (?:and|with|while|whilst) the (?:remaining|other|rest,?) <s:rest>"
    ):
        one, rest = (sentence.quantities[names[n]] for n in ("one", "rest"))
        if sum(q.unit == "%" for q in sentence.quantities) != 2:
            continue
        value = ranges.total((one, rest))
        if value.lower > 100:
            reason = (
                f"{said.figure(one)} and {said.figure(rest)} make {said.plain(value.value)}%, "
                f"more than the whole."
            )
            yield Judgement(number, names["rest"], CANNOT_BE, reason)
        elif value.upper < 100:
            reason = (
                f"{said.figure(one)} and {said.figure(rest)} make {said.plain(value.value)}%, "
                f"not the whole."
            )
            yield Judgement(number, names["rest"], CANNOT_BE, reason)
        else:
            yield Judgement(number, names["rest"], SUPPORTED, f"100% less {said.figure(one)}.")


def _exclusive(number: int, sentence: Sentence) -> Iterator[Judgement]:
    """Answers of which a person gives one: together no more than the whole."""
    names = [n for n, q in enumerate(sentence.quantities) if q.unit == "%"]
    shares = _parts(sentence, names)
    if len(shares) < 2 or not any(re.search(w, sentence.text, re.I) for w in _EXCLUSIVE):
        return
    if re.search(
        r"\b(?:compared|from|than|last year|national|average|up|down|previous|target|in 20\d\d"
        r"|of (?:whom|which|those|these))\b",
        sentence.text,
        re.I,
    ):
        return
    value = ranges.total(shares)
    if value.lower > 100:
        sum_of = " + ".join(said.figure(q) for q in shares)
        reason = f"{sum_of} is {said.plain(value.value)}%, and each may give one answer only."
        yield Judgement(number, names[-1], CANNOT_BE, reason)


def _lists(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """A total in a lead-in, and each item of the list under it with one figure of its kind."""
    for number, lead in enumerate(sentences):
        items = _items_after(number, sentences) if _leads(lead.text) else []
        if lead.kind == "row" or len(items) < 2:
            continue
        for n, total in enumerate(lead.quantities):
            own = [
                [q for q in sentences[i].quantities if q.dimension == total.dimension]
                for i in items
            ]
            if total.dimension not in ("GBP", "count", "FTE") or any(
                len(each) != 1 for each in own
            ):
                continue
            if sum(q.dimension == total.dimension for q in lead.quantities) != 1:
                continue
            names = [each[0] for each in own]
            closing = re.match(r"\W*(?:grand )?total\b", sentences[items[-1]].text, re.I)
            judgement = judged((number, n), total, names[:-1] if closing else names)
            if judgement:
                yield judgement


def _totalled_lists(sentences: tuple[Sentence, ...]) -> Iterator[Judgement]:
    """A list whose last item is called total, each item with one figure."""
    for number, sentence in enumerate(sentences):
        items = [] if sentence.kind == "item" else _items_after(number, sentences)
        if len(items) < 3:
            continue
        last = sentences[items[-1]]
        single = [sentences[i].quantities for i in items if len(sentences[i].quantities) == 1]
        if len(single) == len(items) and re.match(r"(?:grand )?total\b", last.text, re.IGNORECASE):
            parts = [each[0] for each in single[:-1]]
            judgement = judged((items[-1], 0), last.quantities[0], parts)
            if judgement and last.quantities[0].unit in ("count", "GBP", "GBP m", "GBP k", "FTE"):
                yield judgement


def _leads(text: str) -> bool:
    return bool(
        re.search(rf"\b{_CONSISTS}\W*$|\b(?:{_CONSISTS})\b.*:\s*$", text, re.I)
    ) and not _OPEN.search(text)


def _items_after(number: int, sentences: tuple[Sentence, ...]) -> list[int]:
    """The items of the list that follows a sentence at once, one sentence each."""
    found_n: list[int] = []
    for n in range(number + 1, len(sentences)):
        if sentences[n].kind != "item":
            break
        found_n.append(n)
    paragraphs = [sentences[n].paragraph for n in found_n]
    return found_n if len(set(paragraphs)) == len(paragraphs) else []
