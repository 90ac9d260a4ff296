"""The quarters that a world covers, and the months and days in them."""

from collections.abc import Iterator
from datetime import date, timedelta

from peerpack.catalogue.load import bank_holidays
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


def is_working_day(day: date) -> bool:
    """Monday to Friday and no bank holiday."""
    return day.weekday() < 5 and day not in bank_holidays()


def working_days_after(day: date, days_n: int) -> date:
    """The day so many working days after another, which does not count itself."""
    while days_n:
        day += timedelta(days=1)
        days_n -= is_working_day(day)
    return day


def months_after(day: date, months_n: int) -> date:
    """The same day of a later month, or the last of it where it has no such day."""
    years, month = divmod(day.month - 1 + months_n, 12)
    first = date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))
