"""Numbers and periods as a reader sees them."""

import math
import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

import pandas as pd

from peerpack.errors import RecordRefused, UsageError
from peerpack.handover.evidence import Shown
from peerpack.vocab import Quarter

SUPPRESSED = "[c]"
NOT_AVAILABLE = "[x]"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DATES = re.compile(r"(?<![\w-])\d{4}-(\d\d-Q[1-4]|\d\d-\d\d)(?![\w-])")
_AFTER = {
    "%": "%", "pp": " percentage points", "days": " days", "days per FTE": " days per FTE",
    "weeks": " weeks", "months": " months", "years": " years", "people": " people", "FTE": " FTE",
    "ratio": " times", "cases": " cases", "seconds": " seconds", "kg": " kg", "GBP m": "m",
    "GBP per head": " per head",
}  # fmt: skip


def display(value: float | None, unit: str, decimals: int) -> str:
    """A value with its unit: `1.9%`, `£15.4m`, `2.25 days`, `-23.78%`; `[x]` where missing."""
    if value is None or math.isnan(value):
        return NOT_AVAILABLE
    places = max(decimals, 0)
    size = f"{abs(round(value, places)):,.{places}f}"
    minus = "-" if round(value, places) < 0 else ""
    pound = "£" if unit.startswith("GBP") else ""
    return f"{minus}{pound}{size}{_AFTER.get(unit, '')}"


def money(pounds: float) -> str:
    """An amount in a sentence: `£4.6m` from a million up, else whole pounds."""
    if abs(pounds) >= 1e6:
        return display(pounds / 1e6, "GBP m", 1)
    return display(pounds, "GBP", 0)


def beside(row: pd.Series) -> str:
    """The comparator of a row as a sentence; `higher` or `lower` only where earned."""
    if not row["standing"]:
        return ""
    than = {"higher": "higher than", "lower": "lower than", "the same": "the same as"}.get(
        row["standing"], "not clearly different from"
    )
    statistic, group = row["comparator_statistic"], row["comparator"]
    return f" That is {than} the {statistic} of {group}, {row['comparator_display']}."


def own_note(row: pd.Series) -> str:
    """A measure's own note on a row, without what the recorder adds of comparators and targets."""
    return str(row["note"]).partition("\n")[0].partition("No comparator:")[0].strip()


def day_in_full(day: date) -> str:
    """`1 July 2024`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def quarter_in_full(quarter: str) -> str:
    """`April to June 2024`."""
    q = Quarter.parse(quarter)
    return f"{_MONTHS[q.first_day.month - 1]} to {_MONTHS[q.last_day.month - 1]} {q.last_day.year}"


def period_in_full(period: str) -> str:
    """`2024-04-01 to 2025-03-31` as `1 April 2024 to 31 March 2025`; other words unchanged."""
    try:
        days = [date.fromisoformat(part) for part in period.split(" to ")]
    except ValueError:
        return period
    return " to ".join(day_in_full(day) for day in days)


def dates_in_full(text: str) -> str:
    """A sentence with its quarters and days as a reader says them: `2024-25-Q1`, `2024-06-30`.

    What only looks like one, such as a month 13, stays as it is.
    """
    return _DATES.sub(lambda found: _date_in_full(found[0]), text)


def _date_in_full(written: str) -> str:
    try:
        return quarter_in_full(written) if "Q" in written else period_in_full(written)
    except UsageError:
        return written


def label(group: str) -> str:
    """A group as a reader sees it; the council's own label `NA` says that it states none.

    A date, of a figure as it stood then, is written in full.
    """
    return "NA (not stated by the council)" if group == "NA" else period_in_full(group)


def listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def said(sentence: Callable[..., str]) -> Callable[..., str]:
    """A function that makes words of shown tables: of one without rows it makes none."""

    @wraps(sentence)
    def made(*given: Any, **options: Any) -> str:
        tables = [given[0], *(each for each in given[1:] if isinstance(each, Shown))]
        return "" if any(of_shown(each).empty for each in tables) else sentence(*given, **options)

    return made


def of_shown(shown: object) -> Shown:
    """The shown table given, or a refusal: words are made of what the recorder gave back."""
    if not isinstance(shown, Shown):
        raise RecordRefused(
            f"A sentence was asked of a {type(shown).__name__}. Give the table that "
            "record.evidence(...) gave back, so that what may not be shown is not said."
        )
    return shown
