"""The days of the week a post works, as HR exports print them."""

import re
from itertools import pairwise

MONDAY_TO_FRIDAY = "1111100"
_LETTERS = "mtwtfss"
_NAMES = ("mon(day)?", "tue(s(day)?)?", "wed(s|nesday)?", "thu(r(s(day)?)?)?", "fri(day)?",
          "sat(urday)?", "sun(day)?")  # fmt: skip
_NUMBER = re.compile(r"[0-7](\.\d+)?( days?)?( (per|a) week)?")
_WORDS = re.compile(r"[a-z]+|-")


def days_worked(pattern: object) -> str | None:
    """The days of the week that a working pattern names, Monday first: `1110000`; None if none.

    Read: `Mon-Fri`, `Monday to Wednesday`, `Mon, Wed and Fri`, `MTW--`, `MTWTF--`, `M-F`, `11100`.
    A number of days a week names none, nor does a pattern of several weeks.
    """
    said = _plain(pattern)
    if said == "m-f":
        return MONDAY_TO_FRIDAY
    return _in_places(said) or _in_words(said)


def is_understood(pattern: object) -> bool:
    """Whether a pattern is blank, names days, or says how many days a week are worked."""
    said = _plain(pattern)
    return not said or bool(_NUMBER.fullmatch(said)) or days_worked(said) is not None


def _plain(pattern: object) -> str:
    said = pattern.strip().casefold() if isinstance(pattern, str) else ""
    return re.sub(r"\s+", " ", re.sub("[‐-―−]", "-", said))


def _in_places(said: str) -> str | None:
    """One place a day, from Monday: its letter or a 1, or a sign that it is not worked."""
    if len(said) not in (5, 7):
        return None
    places = zip(said, _LETTERS, strict=False)
    worked = ["1" if c in (day, "1") else "0" if c in "-_.x0" else "?" for c, day in places]
    mask = "".join(worked).ljust(7, "0")
    return mask if "1" in mask and "?" not in mask else None


def _in_words(said: str) -> str | None:
    """Days by their names, single or from one to another."""
    words = _WORDS.findall(said.replace(" to ", " - "))
    if re.sub(r"[a-z,/&+; -]", "", said) or not words:
        return None
    days = [_day(word) for word in words if word != "and"]
    if None in days or "-" in (days[0], days[-1]) or ("-", "-") in pairwise(days):
        return None
    return _mask([day for day in days if day is not None])


def _day(word: str) -> int | str | None:
    found = [at for at, name in enumerate(_NAMES) if re.fullmatch(name, word)]
    return "-" if word == "-" else found[0] if found else None


def _mask(days: list[int | str]) -> str:
    worked = {day for day in days if isinstance(day, int)}
    for at, day in enumerate(days):
        if day == "-":
            first, last = int(days[at - 1]), int(days[at + 1])
            worked |= {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    return "".join("1" if day in worked else "0" for day in range(7))
