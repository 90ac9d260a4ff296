"""A return with far fewer rows or far less money than before: a gap, not a saving."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from peerpack.catalogue.models import Dataset
from peerpack.handover.receipt import Check
from peerpack.intake.gaps import NOT_A_SAVING, dated_within, gap_check
from peerpack.vocab import Quarter

ROWS_TO_JUDGE_N = 20
BY_CHANCE = 4
"""So many roots of a number of rows lies beyond what chance makes of it, month by month."""
MONTHS_BEFORE_N = 2
WHY = "A return that is much smaller than the one before looks like less spent or less done."
WHY_MONTH = "A last month that is much smaller than those before it looks like less spent or done."


@dataclass(frozen=True)
class Size:
    """How many rows, and their amount in the contract's first required column of money."""

    rows_n: int
    amount_gbp: float | None


def check_of_last_month(
    frame: pd.DataFrame, contract: Dataset, period: tuple[date, date]
) -> tuple[Check, ...]:
    """One check, a warning: the last month beside the median of the months before it.

    Only where rows are dated, two earlier months or more have rows, and the last month has any: a
    month without rows is the check `months-present`.
    """
    if not contract.dated_by or period[0] == period[1]:
        return ()
    sizes = _by_month(frame, contract, period)
    last = sizes.pop(pd.Period(period[1], freq="M"), None)
    found = ""
    if last and len(sizes) >= MONTHS_BEFORE_N:
        usual = Size(
            int(pd.Series([s.rows_n for s in sizes.values()]).median()),
            _median([s.amount_gbp for s in sizes.values()]),
        )
        found = _told(last, usual, contract, ("the last month", "the median of the months before"))
    return (gap_check("last-month-not-shrunk", WHY_MONTH, found),)


def check_of_size(
    now: tuple[pd.DataFrame, Quarter], before: tuple[pd.DataFrame, Quarter], contract: Dataset
) -> Check:
    """One check, a warning: a quarter's return beside the previous quarter's.

    Of dated rows only those of each one's own quarter count: the year to date begins anew in April.
    """
    words = (f"{now[1]}", f"{before[1]}")
    found = _told(_of_quarter(*now, contract), _of_quarter(*before, contract), contract, words)
    return gap_check("not-shrunk-since-last-quarter", WHY, found)


def size(frame: pd.DataFrame, contract: Dataset) -> Size:
    """Rows and amount of a frame."""
    money = amount_column(contract)
    return Size(len(frame), round(float(frame[money].sum()), 2) if money else None)


def amount_column(contract: Dataset) -> str:
    """The first required column of money; none in a return without money."""
    return next((c.name for c in contract.columns if c.kind == "money" and c.required), "")


def _of_quarter(frame: pd.DataFrame, quarter: Quarter, contract: Dataset) -> Size:
    if contract.dated_by:
        own = dated_within(frame, contract, (quarter.first_day, quarter.last_day))
        frame = frame.loc[own.index]
    return size(frame, contract)


def _by_month(
    frame: pd.DataFrame, contract: Dataset, period: tuple[date, date]
) -> dict[pd.Period, Size]:
    dated = dated_within(frame, contract, period)
    months = dated.dt.to_period("M")
    return {
        month: size(frame.loc[months.index[months == month]], contract)
        for month in sorted(months.unique())
    }


def _median(amounts: list[float | None]) -> float | None:
    known = [each for each in amounts if each is not None]
    return float(pd.Series(known).median()) if known else None


def _told(now: Size, before: Size, contract: Dataset, words: tuple[str, str]) -> str:
    """What shrank, with both counts; nothing where neither did or too few rows say so."""
    if before.rows_n < ROWS_TO_JUDGE_N:
        return ""
    shrunk = "; ".join(_shrunk(now, before, contract, words))
    return f"{shrunk}. This is {NOT_A_SAVING} until the owner says otherwise." if shrunk else ""


def _shrunk(now: Size, before: Size, contract: Dataset, words: tuple[str, str]) -> Iterator[str]:
    least = 1 - contract.shrink_pct / 100
    beyond_chance = before.rows_n - BY_CHANCE * before.rows_n**0.5
    if now.rows_n < min(least * before.rows_n, beyond_chance):
        yield f"{now.rows_n:,} rows in {words[0]}, {before.rows_n:,} in {words[1]}"
    amounts = now.amount_gbp or 0.0, before.amount_gbp or 0.0
    # A net amount of nothing or less is no measure of how much there was.
    if amounts[1] > 0 and amounts[0] < least * amounts[1]:
        yield f"£{amounts[0]:,.0f} in {words[0]}, £{amounts[1]:,.0f} in {words[1]}"
