"""How is a date or a period said in full? `2024-04-01` is 1 April 2024."""

import re
from calendar import month_name
from datetime import date

from peerpack.errors import UsageError
from peerpack.vocab import Quarter

_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})\Z")


def day_in_words(day: date) -> str:
    """A day: `1 July 2024`."""
    return f"{day.day} {month_name[day.month]} {day.year}"


def quarter_in_words(quarter: str) -> str:
    """The months of a quarter: `April to June 2024`."""
    known = Quarter.parse(quarter)
    first, last = known.first_day, known.last_day
    return f"{month_name[first.month]} to {month_name[last.month]} {last.year}"


def period_in_words(period: str) -> str:
    """A period with its days and quarters in full; text that holds none is left as it is."""
    span = _SPAN.match(period)
    if span and span[1][:4] == span[2][:4]:
        return f"{_in_full(span[1])[:-5]} to {_in_full(span[2])}"
    try:
        return quarter_in_words(period)
    except UsageError:
        return _ISO_DAY.sub(lambda found: _in_full(found[0]), period)


def _in_full(text: str) -> str:
    try:
        return day_in_words(date.fromisoformat(text))
    except ValueError:
        return text
