"""Numbers in a sentence: digits and words, with unit, decimals and how they are hedged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: n for n, word in enumerate(ONES)} | {word: 10 * n for n, word in enumerate(TENS, 2)}
SCALES = {"GBP k": 10**3, "GBP m": 10**6, "GBP bn": 10**9}
"""How many pounds one of a unit of money is."""

HEDGES = {
    "~": ("c.", "c", "ca.", "circa", "around", "about", "roughly", "approx", "approx.",
          "approximately", "some", "in the region of", "of the order of", "close to",
          "an estimated", "estimated", "broadly"),
    "just under": ("nearly", "almost", "just under", "just below", "slightly under",
                   "not quite"),
    "just over": ("just over", "just above", "slightly over", "a little over",
                  "a little more than"),
    "<": ("under", "below", "less than", "fewer than", "up to", "at most", "no more than",
          "lower than", "not more than", "a maximum of", "within"),
    ">": ("over", "above", "more than", "at least", "in excess of", "exceeding", "upwards of",
          "greater than", "higher than", "no less than", "no fewer than", "a minimum of"),
}  # fmt: skip
"""Words before a number, by what they make of it: about it, near its one side, or beyond it."""

_AHEAD = sorted(
    ((w, kind) for kind, words in HEDGES.items() for w in words), key=lambda p: -len(p[0])
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,15},\d(?=\s?%)|\d{1,15}(?:\.\d{1,9})?)"
_SCALE = r"(?:\s?(?:million|billion|thousand|bn|mn|m|k|K)\b|\s?000s?\b(?=\s*$))?"
_WORD = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(ONES[1:10])}))?|{'|'.join(ONES[1:])})"
_UNIT = (
    r"(?:\s*(?:%|per ?cent(?:age)?\b)\s*points?\b|[\s-]*percentage[\s-]points?\b|\s?ppt?s?\b"
    r"|\s?basis points\b|\s?%|[\s-]?per ?cent\b|\s?pc\b|\s?FTEs?\b"
    r"|[\s-]?(?:working |calendar |hearing )?"
    r"(?:days?|weeks?|months?|years?|hours?|minutes?|seconds?)\b"
    r"|[\s-]times\b|x\b|[\s-]?fold\b)?"
)
_ONE = (
    rf"(?P<sign>[-−–+±]|[Mm]inus\s)?(?:(?P<pound>[£$€])\s?)?(?P<sign2>[-−])?"
    rf"(?P<low>{_DIGITS})(?P<scale>{_SCALE})(?P<unit1>{_UNIT})"
)
_NO_MORE = r"(?!\d|[.,/:]\d|[A-Za-z])(?P<more>\+)?"
_NUMBER = re.compile(
    rf"(?<![^\s(\[“\"'‘:;|/–—~<>≈=]){_ONE}"
    rf"(?:\s?(?P<link>-|–|—|to)\s?(?P<pound2>[£$€])?"
    rf"(?P<high>{_DIGITS})(?P<scale2>{_SCALE})(?P<unit2>{_UNIT})(?![\w.]*\d|[A-Za-z]))?{_NO_MORE}"
)
_SINGLE = re.compile(f"{_ONE}{_NO_MORE}")
_IN_WORDS = re.compile(
    rf"(?<![\w-])(?P<low>{_WORD})(?P<scale>(?:\s(?:hundred|thousand|million|billion))?)"
    rf"(?P<unit>{_UNIT})(?![\w-])", re.IGNORECASE,
)  # fmt: skip
_PARTS = {"half": (1, 2), "third": (1, 3), "quarter": (1, 4), "fifth": (1, 5), "sixth": (1, 6),
          "tenth": (1, 10)}  # fmt: skip
_PART = re.compile(
    rf"(?<![\w-])(?:(?P<n>an?|one|two|three|four|seven|nine)(?P<link>[-\s]))?"
    rf"(?P<part>{'|'.join(_PARTS)})(?P<many>s?)\b"
    r"(?P<after>(?=\s+(?:of|the|that|as|all|our|were|was|are|is|have|had|said|more|less|fewer"
    r"|higher|lower|its|their)\b))?",
    re.IGNORECASE,
)
_ONE_IN = re.compile(
    rf"(?<![\w-])(?P<n>{_WORD}|\d+(?:\.\d+)?)\s(?P<link>in|out\sof)(?:\severy)?\s"
    rf"(?P<of>{_WORD}|\d+)(?![\w%]|[.,]\d|\s?(?:%|per ?cent))",
    re.IGNORECASE,
)
_WHOLES = (2, 3, 4, 5, 6, 8, 10, 20, 100, 1000)
_TIMES = re.compile(
    r"(?<![\w-])(?P<word>double[ds]?|doubling"
    r"|twice(?= (?:as|the|that|those|what|its|our|last|this|more|over\b|£|\d))"
    r"|trebled?|tripled?|quadrupled?|halved|halving)\b",
    re.IGNORECASE,
)
_A_POINT = re.compile(r"(?<![\w-])(?:a|one)\spercentage\spoint\b(?!s)", re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """A number in a sentence, as printed.

    `value`: exactly, in `unit`: `%`, `pp`, `GBP`, `GBP k`, `GBP m`, `GBP bn`, `days` (and other
    times), `FTE`, `ratio` (twice: 2), `count`. `decimals` printed; minus three where written
    in thousands, minus one for a part in words (`half`: 50 %). `hedge`: `=`, or a key of `HEDGES`.
    `upper`: the other end of a range such as 10-15%. `noun`: the words it counts, as far as the
    next mark. `start` and `end`: its place in the sentence. `measured`: of something that is
    weighed, timed, paid or averaged, so that its last digit is rounded even in a whole number.
    """

    text: str
    start: int
    end: int
    value: Fraction
    unit: str
    decimals: int = 0
    hedge: str = "="
    upper: Fraction | None = None
    noun: str = ""
    in_words: bool = False
    measured: bool = False

    @property
    def amount(self) -> Fraction:
        """The value in single pounds, where it is money."""
        return self.value * SCALES.get(self.unit, 1)

    @property
    def dimension(self) -> str:
        """What it may be added to: `GBP` for all money, else its unit."""
        return "GBP" if self.unit in SCALES else self.unit


def quantities(sentence: str, taken: list[tuple[int, int]]) -> tuple[Quantity, ...]:
    """Every number of a sentence that stands in no place already taken, in order."""
    found: list[Quantity] = []
    occupied = list(taken)
    for read in (_one_in, _parts, _points, _times, _digits, _words):
        for each in read(sentence):
            if all(each.end <= start or each.start >= end for start, end in occupied):
                occupied.append((each.start, each.end))
                found.append(each)
    return tuple(sorted(found, key=lambda q: q.start))


def _made(
    sentence: str,
    start: int,
    end: int,
    value: Fraction,
    unit: str,
    decimals: int = 0,
    upper: Fraction | None = None,
    in_words: bool = False,
    more: bool = False,
) -> Quantity:
    hedge, begin = _hedge(sentence, start)
    hedge = ">" if more else "~" if re.match(r"\s+or so\b", sentence[end:]) else hedge
    noun = _noun(sentence[end:])
    measured = bool(_MEASURE.match(noun) or _AVERAGED.search(sentence[:start]))
    return Quantity(
        sentence[begin:end].strip(), start, end, value, unit, decimals, hedge, upper, noun,
        in_words, measured,
    )  # fmt: skip


_MEASURE = re.compile(
    r"(?:kg|kilogram\w*|kilos?|g|grams?|tonn?e?s?|t|km|kilomet(?:re|er)s?|miles?|met(?:re|er)s?"
    r"|mm|cm|hectares?|acres?|litres?|ml|[kmg]wh?|[kmg]w|kilowatt\w*|megawatt\w*|joules?"
    r"|degrees?|mph|pence|pounds?|euros?|dollars?|square|sq|cubic"
    r"|(?:working |calendar )?(?:days?|weeks?|months?|years?|hours?|minutes?|seconds?))\b"
    r"|(?:[a-z]+ ){0,3}(?:per|for each|for every|a (?:head|day|week|month|year))\b",
    re.IGNORECASE,
)
"""What a number measures and does not count, at the beginning of the words after it."""

_AVERAGED = re.compile(
    r"\b(?:averag\w+|mean|median|rates?|index|scores?|indices|sizes?|lengths?"
    r"|weights?|temperatures?|speeds?|distances?|typical\w*"
    r"|per (?!cent|annum|year)\w[\w,]*)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""Words before a number that make it an average or a rate."""

_HEDGE_REACH = 60
"""So many letters before a number may hold its hedge and what is compared."""


def _hedge(sentence: str, start: int) -> tuple[str, int]:
    """How a number is hedged, and where the words that do it begin."""
    left = max(0, start - _HEDGE_REACH)
    before = sentence[left:start].rstrip()
    before = re.sub(r"\ban?$", "", before, flags=re.IGNORECASE).rstrip()
    if before.endswith(("~", "≈", ">", "<")):
        return before[-1].replace("≈", "~"), left + len(before) - 1
    for words, kind in _AHEAD:
        if before.lower().endswith(words) and not before[: -len(words)][-1:].isalnum():
            near = words.endswith(("than", "above", "below", "over", "under"))
            compared = near and _COMPARED.search(before[: -len(words)])
            return ("=", start) if compared else (kind, left + len(before) - len(words))
    return "=", start


_COMPARED = re.compile(r"(?:\d|%|£\S+|points?|per cent|days|weeks|months|times)\s$")
"""What stands before `more than` where it compares two figures and hedges neither."""


def _noun(after: str) -> str:
    match = re.match(r"[\s-]*([A-Za-z][^,.;:()\d£\n\t|]*)", after)
    return " ".join(match[1].split()[:8]) if match else ""


def _number(text: str) -> tuple[Fraction, int]:
    plain = text.replace(",", ".") if re.fullmatch(r"\d+,\d{1,2}", text) else text.replace(",", "")
    return Fraction(plain), len(plain.partition(".")[2])


_MONEY = {
    "": ("GBP", 1), "k": ("GBP k", 10**3), "000": ("GBP k", 10**3), "000s": ("GBP k", 10**3),
    "thousand": ("GBP k", 10**3), "m": ("GBP m", 10**6), "mn": ("GBP m", 10**6),
    "million": ("GBP m", 10**6), "bn": ("GBP bn", 10**9), "billion": ("GBP bn", 10**9),
    "hundred": ("GBP", 100),
}  # fmt: skip
"""Words of scale: the unit they make of money, and the number they make of a count."""

_MOVED = re.compile(
    r"\b(?:from|by|rose|risen|rise|rises|rising|fell|fall\w*|increas\w+|decreas\w+|reduc\w+|grew"
    r"|grow\w*|improv\w+|declin\w+|dropp\w+|climb\w+|narrow\w+|widen\w+|moved|up|down|cut)\b"
)
"""Words after which `3% to 71%` is a change and its end, not a range."""

_COUNTED = re.compile(
    r"\s(?:people|residents|households|visit|call|journey|passenger|customer|item|page|tonnes|trips)"
)


def unit_of(text: str) -> str:
    """The unit that the words after a number say: `%`, `pp`, `days`, …; `count` where none."""
    word = re.sub(r"[\s-]+", " ", text).strip().lower()
    if ("point" in word and "basis" not in word) or word in ("pp", "ppt", "ppts", "p.p."):
        return "pp"
    if word in ("%", "per cent", "percent", "pc"):
        return "%"
    if word == "basis points":
        return "basis points"
    if word.startswith("fte"):
        return "FTE"
    if word in ("x", "times", "fold"):
        return "ratio"
    last = word.split()[-1] if word else ""
    return last if last.endswith("s") else f"{last}s" if last else "count"


def _digits(sentence: str) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(sentence):
        if not match["high"]:
            yield from _single(sentence, match)
        elif _apart(sentence, match):
            yield from _two(sentence, match)
        else:
            yield from _single(sentence, match, _number(match["high"])[0])


def _single(
    sentence: str, match: re.Match[str], high: Fraction | None = None
) -> Iterator[Quantity]:
    """A number, or a range where the other end is given; nothing for what is no number."""
    both = match.groupdict()
    word = (both["scale"] or both.get("scale2") or "").strip().lower()
    money = bool(match["pound"])
    metres = word in ("m", "mn", "000", "000s") and not money
    if re.fullmatch(r"0\d+", match["low"]) or (metres and not _counted(sentence, match)):
        return
    unit, times = _MONEY[word]
    if money:
        times = 1
    else:
        unit = unit_of(both["unit1"] or both.get("unit2") or "")
    value, decimals = _number(match["low"])
    low = (-value if _negative(match, unit) else value) * times
    places = decimals - len(str(times)) + 1
    upper = None if high is None else high * times
    yield _made(sentence, *match.span(), low, unit, places, upper, more=bool(match["more"]))


def _counted(sentence: str, match: re.Match[str]) -> bool:
    return bool(_COUNTED.match(sentence, match.end()))


def _negative(match: re.Match[str], unit: str) -> bool:
    said = (match["sign"] or "").strip().lower()
    return bool(said in ("-", "−", "minus") or match["sign2"] or (said == "–" and unit in "%pp"))


def _apart(sentence: str, match: re.Match[str]) -> bool:
    """Whether two numbers with `to` between them are a change and no range."""
    before = " ".join(sentence[: match.start()].lower().split()[-6:])
    scales = match["scale"].strip(), match["scale2"].strip()
    larger = _number(match["high"])[0] > _number(match["low"])[0]
    unlike = bool(scales[0]) and scales[0] != scales[1]
    return match["link"] == "to" and bool(unlike or not larger or _MOVED.search(before))


def _two(sentence: str, match: re.Match[str]) -> Iterator[Quantity]:
    """Both numbers of a change; the first has the unit of the second where it says none."""
    one = _SINGLE.match(sentence[: match.end("unit1")], match.start())
    other = _SINGLE.match(sentence, match.start("pound2" if match["pound2"] else "high"))
    last = list(_single(sentence, other)) if other else []
    for first in _single(sentence, one) if one else ():
        near = last and last[0].value / 10 <= first.value <= last[0].value * 10
        bare = (first.unit == "count" and not match["pound2"]) or (first.unit == "GBP" and near)
        yield replace(first, unit=last[0].unit) if last and bare else first
    yield from last


def _words(sentence: str) -> Iterator[Quantity]:
    for match in _IN_WORDS.finditer(sentence):
        value, unit = _word(match["low"]), unit_of(match["unit"])
        times = _MONEY[match["scale"].strip().lower()][1]
        follows = sentence[match.end() :].split(maxsplit=1)
        single = value == 1 and times == 1 and unit in ("count", "years", "days", "ratio")
        if single or (unit == "count" and not follows):
            continue
        yield _made(sentence, match.start(), match.end(), Fraction(value * times), unit,
                    -(len(str(times)) - 1), in_words=True)  # fmt: skip


def _word(text: str) -> int:
    if text.replace(".", "").isdigit():
        return int(float(text))
    return sum(WORDS[part] for part in re.split(r"[-\s]", text.lower()))


def _parts(sentence: str) -> Iterator[Quantity]:
    for match in _PART.finditer(sentence):
        top, bottom = _PARTS[match["part"].lower()]
        n = (match["n"] or "a").lower()
        times = 1 if n in ("a", "an") else WORDS[n]
        many = bool(match["many"])
        plain = match["n"] or match["part"].lower() == "half"
        measured = re.search(r"\b(?:of|by)\s$", sentence[: match.start()])
        sure = match["after"] is not None or measured or (many and match["link"] == "-")
        if many == (times > 1) and plain and sure:
            share = Fraction(100 * top * times, bottom)
            yield _made(sentence, *match.span(), share, "%", -1, in_words=True)


def _one_in(sentence: str) -> Iterator[Quantity]:
    for match in _ONE_IN.finditer(sentence):
        digits = match["n"][0].isdigit()
        n = Fraction(match["n"]) if digits else Fraction(_word(match["n"]))
        of = _word(match["of"])
        # 4 out of 5 is a count and its base; 7 in 10 is a share
        counts = digits and match["of"].isdigit() and match["link"] != "in"
        if of > n > 0 and of in _WHOLES and not counts:
            yield _made(sentence, *match.span(), 100 * n / of, "%", -1, in_words=True)


def _points(sentence: str) -> Iterator[Quantity]:
    for match in _A_POINT.finditer(sentence):
        yield _made(sentence, match.start(), match.end(), Fraction(1), "pp", in_words=True)


def _times(sentence: str) -> Iterator[Quantity]:
    known: dict[str, Fraction | int] = {"halv": Fraction(1, 2), "treb": 3, "trip": 3, "quad": 4}
    for match in _TIMES.finditer(sentence):
        times = Fraction(known.get(match["word"].lower()[:4], 2))
        yield _made(sentence, *match.span(), times, "ratio", in_words=True)
