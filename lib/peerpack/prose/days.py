"""Days, months, quarters and years in a sentence, whether or not they exist."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})\s?(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_SHORT_YEAR = r"(?:(?:19|20)\d\d|\d\d)\b"
_WEEKDAY = r"(?:(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),?\s+(?:the\s+)?)?"
_DASH = r"\s?(?:-|–|—|to|and|&)\s?"

_NOT_MORE = r"(?![/\d%]|\.\d)"
_PATTERNS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "days",
            rf"\b\d{{1,2}}\s?(?:st|nd|rd|th)?{_DASH}{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?",
        ),
        ("day", rf"{_WEEKDAY}\b{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?"),
        ("day", rf"{_WEEKDAY}\b{_MONTH}\s+{_DAY},?\s+{_YEAR}"),
        ("day", rf"(?<![\d./])(?P<day>\d{{1,2}})/(?P<number>\d{{1,2}})/{_YEAR}(?!/)"),
        ("day", r"(?<![\d.])(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?![\d-])"),
        (
            "dots",
            r"(?<![\d.])(?P<day>\d{1,2})[./](?P<number>\d{1,2})[./](?P<short>(?:20)?\d\d)(?![\d.%])",
        ),
        (
            "quarter",
            r"\b(?:Q|[Qq]uarter |QUARTER )(?P<quarter>\d)\b"
            rf"(?:,?\s*(?:of\s+)?(?P<financial>{_SHORT_YEAR}[/–-]\d\d\b|{_YEAR}))?",
        ),
        ("month", rf"\b{_MONTH}\s+(?:of\s+)?{_YEAR}"),
        ("month without year", rf"\b{_MONTH}\s+'?\d\d\b(?!\s*(?:%|per cent))"),
        (
            "financial year",
            r"(?<![\d/£,.])(?P<year>(?:19|20)\d\d)\s?[/–-]\s?(?P<second>20\d\d\d?|\d\d|\d)\b"
            rf"{_NOT_MORE}",
        ),
        ("financial year", rf"(?<![\d/£,.-])(?P<two>[12]\d)/(?P<second>[123]\d)\b{_NOT_MORE}"),
        (
            "year",
            r"(?<![\d/£,.-])(?P<year>(?:19|20)\d\d)\b(?!,\d|\.\d|%|\s?per ?cent|\s?(?:m|k|bn)\b)",
        ),
    )
)


@dataclass(frozen=True)
class Day:
    """A time in a sentence: where, as printed, and its first and last day.

    `first` is None where the year is not said or the day does not exist. `fault`: why it cannot be
    a time at all, in words, else empty. `kind`: day, days, month, quarter, financial year or year.
    """

    text: str
    start: int
    end: int
    kind: str
    first: date | None = None
    last: date | None = None
    fault: str = ""


def days(sentence: str) -> tuple[Day, ...]:
    """Every time named in a sentence, in the order of the text; the longest reading of each."""
    found: list[Day] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            if all(match.end() <= d.start or match.start() >= d.end for d in found):
                found.append(_day(kind, match))
    return tuple(sorted(found, key=lambda day: day.start))


def _day(kind: str, match: re.Match[str]) -> Day:
    parts = {name: text for name, text in match.groupdict().items() if text}
    first, last, fault = _meaning(kind, parts)
    plain = {"dots": "day", "month without year": "month"}.get(kind, kind)
    return Day(match[0], match.start(), match.end(), plain, first, last, fault)


def _meaning(kind: str, parts: dict[str, str]) -> tuple[date | None, date | None, str]:
    if kind in ("day", "days", "dots"):
        day, fault = _one_day(parts, sure=kind != "dots")
        return (None if kind == "days" else day), day, fault
    if kind == "month":
        year, month = int(parts["year"]), _month(parts)
        return date(year, month, 1), date(year, month, monthrange(year, month)[1]), ""
    if kind == "year":
        return date(int(parts["year"]), 1, 1), date(int(parts["year"]), 12, 31), ""
    if kind == "quarter":
        return None, None, _no_quarter(parts)
    if kind == "financial year":
        return _financial_year(parts)
    return None, None, ""


def _month(parts: dict[str, str]) -> int:
    if "number" in parts:
        return int(parts["number"])
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(parts["month"][:3]))


def _one_day(parts: dict[str, str], sure: bool) -> tuple[date | None, str]:
    day, month = int(parts["day"]), _month(parts)
    short = parts.get("short", "")
    year = int(parts.get("year") or (f"20{short}" if len(short) == 2 else short) or 0)
    try:
        found = date(year or 2024, month, day)
    except ValueError:
        return None, _no_day(day, month, year) if sure else ""
    if not year:
        return None, ""
    said = parts.get("weekday", "")
    weekday = WEEKDAYS[found.weekday()]
    wrong = said and said != weekday
    fault = f"{day} {MONTHS[month - 1]} {year} was a {weekday}, not a {said}" if wrong else ""
    return found, fault


def _no_day(day: int, month: int, year: int) -> str:
    if not 1 <= month <= 12:
        return "" if day <= 12 else f"there is no month {month}"
    if day and day > (monthrange(year, month)[1] if year else LONGEST[month - 1]):
        longest = monthrange(year, month)[1] if year else LONGEST[month - 1]
        of = f" {year}" if year else ""
        return f"{MONTHS[month - 1]}{of} has {longest} days"
    return ""


def _no_quarter(parts: dict[str, str]) -> str:
    # without a year beside it, Q5 may be the fifth question of a survey
    sure = "financial" in parts
    wrong = sure and parts["quarter"] not in "1234"
    return f"a year has four quarters, and no quarter {parts['quarter']}" if wrong else ""


def _financial_year(parts: dict[str, str]) -> tuple[date | None, date | None, str]:
    year = int(parts.get("year") or f"20{parts['two']}")
    text = parts["second"]
    second = int(text) if len(text) > 3 else year - year % 10 ** len(text) + int(text)
    if second == year - 1:
        return None, None, f"a year that begins in {year} does not end in {second}"
    if not year < second < year + 10:
        return None, None, ""
    return date(year, 4, 1), date(second, 3, 31), ""
