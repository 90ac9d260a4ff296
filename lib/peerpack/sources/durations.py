"""Lengths of time, as telephone systems and HR exports write them, in the unit of their column."""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal

from peerpack.sources.tabular import Cell

_SECONDS_IN = {"seconds": 1, "minutes": 60, "hours": 3_600}
_UNIT_OF = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_PART = (
    r"(\d+(?:\.\d+)?)\s*"
    r"(day(?:s|\(s\))?|h(?:ours?|rs?|our\(s\))?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)"
)
_PARTS = re.compile(_PART, re.IGNORECASE | re.ASCII)
_IN_WORDS = re.compile(rf"-?{_PART}(?:[\s,]*{_PART})*\Z", re.IGNORECASE | re.ASCII)
_CLOCK = re.compile(r"(\d+):([0-5]\d):([0-5]\d(?:\.\d+)?)\Z", re.ASCII)
_HALF_A_CLOCK = re.compile(r"\d+:[0-5]\d\Z", re.ASCII)
_EXCEL_BEGINS = datetime(1899, 12, 31)  # noqa: DTZ001 - a cell of a sheet has no zone


class TwoWays(ValueError):
    """4:40 may be hours and minutes, or minutes and seconds."""


def looks_like_duration(cell: Cell) -> bool:
    """Whether a cell is a length of time, in words, by the clock or as Excel keeps it."""
    if not isinstance(cell, str):
        return isinstance(cell, (time, timedelta)) or _past_a_day(cell)
    return any(style.match(cell) for style in (_IN_WORDS, _CLOCK, _HALF_A_CLOCK))


def duration(cell: Cell, unit: str) -> float | None:
    """A length of time in `unit`; None where it is of another kind.

    Hours, minutes and seconds become each other. Days and hours do not: how many hours a working
    day has the cell does not say.
    """
    if isinstance(cell, str) and _HALF_A_CLOCK.match(cell):
        raise TwoWays(cell)
    if (
        isinstance(cell, str)
        and (words := _PARTS.findall(cell))
        and _UNIT_OF[_first(words)] == "days"
    ):
        return _days(cell, words) if unit == "days" else None
    seconds = _seconds(cell)
    if unit not in _SECONDS_IN or seconds is None:
        return None
    return float(seconds / _SECONDS_IN[unit])


def _first(words: list[tuple[str, str]]) -> str:
    return words[0][1][0].lower()


def _days(printed: str, words: list[tuple[str, str]]) -> float | None:
    return (
        float(("-" if printed.startswith("-") else "") + words[0][0]) if len(words) == 1 else None
    )


def _seconds(cell: Cell) -> Decimal | None:
    if isinstance(cell, str):
        return _seconds_of_clock(cell) if _CLOCK.match(cell) else _seconds_of_words(cell)
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second,
                         microseconds=cell.microsecond)  # fmt: skip
    if isinstance(cell, datetime):
        cell = cell - _EXCEL_BEGINS
    return Decimal(str(cell.total_seconds())) if isinstance(cell, timedelta) else None


def _seconds_of_clock(printed: str) -> Decimal:
    hours, minutes, seconds = _CLOCK.findall(printed)[0]
    return Decimal(hours) * 3_600 + Decimal(minutes) * 60 + Decimal(seconds)


def _seconds_of_words(printed: str) -> Decimal | None:
    """Each unit once, the greatest first."""
    parts = [(_UNIT_OF[unit[0].lower()], Decimal(size)) for size, unit in _PARTS.findall(printed)]
    sizes = [_SECONDS_IN.get(unit, 0) for unit, _ in parts]
    if 0 in sizes or sizes != sorted(set(sizes), reverse=True):
        return None
    total = sum((size * each for (_, size), each in zip(parts, sizes, strict=True)), Decimal(0))
    return -total if printed.startswith("-") else total


def _past_a_day(cell: Cell) -> bool:
    """A length of more than a day, which Excel keeps as a date of its first two months."""
    return isinstance(cell, datetime) and cell < datetime(1900, 2, 28)  # noqa: DTZ001
