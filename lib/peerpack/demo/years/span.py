"""The quarters that a world covers, and the months and days in them."""

from collections.abc import Iterator
from datetime import date, timedelta

from peerpack.vocab import Quarter


def quarters_from(first: Quarter, quarters_n: int) -> tuple[Quarter, ...]:
    """So many quarters, one after the other."""
    found = [first]
    while len(found) < quarters_n:
        found.append(found[-1].next())
    return tuple(found)


def year_to_date(quarter: Quarter) -> tuple[Quarter, ...]:
    """The quarters of its financial year up to and with itself."""
    return tuple(Quarter(quarter.year, number) for number in range(1, quarter.number + 1))


def months_of(quarter: Quarter) -> list[date]:
    """The first day of each of its three months."""
    start = quarter.first_day
    return [start.replace(month=start.month + more) for more in range(3)]


def month_end(month: date) -> date:
    """The last day of the month that begins on a day."""
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def run_day(quarter: Quarter) -> date:
    """The day on which systems print the quarter: what happens later is not known to them."""
    return quarter.last_day + timedelta(days=5)


def days_within(start: date, end: date | None, first: date, last: date) -> int:
    """Days from start to end, both included, that lie in first to last; no end is never."""
    return max((min(end or last, last) - max(start, first)).days + 1, 0)


def weekdays(start: date, end: date) -> Iterator[date]:
    """Mondays to Fridays from start to end, both included."""
    for more in range((end - start).days + 1):
        day = start + timedelta(days=more)
        if day.weekday() < 5:
            yield day


def on_a_weekday(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
