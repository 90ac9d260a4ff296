"""A return that stops before its period does, or leaves a month out: a gap, not a saving."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd

from peerpack.catalogue.load import bank_holidays
from peerpack.catalogue.models import Dataset
from peerpack.handover.receipt import Check

NOT_A_SAVING = "a gap, not a saving"
A_WEEK_N = 5
ROWS_TO_JUDGE_N = 20
DATES_TO_JUDGE_N = 5
ROWS_A_MONTH_N = 10


def checks_of_gaps(
    frame: pd.DataFrame, contract: Dataset, period: tuple[date, date]
) -> tuple[Check, ...]:
    """Two checks, warnings, where the contract says which date places a row in the period.

    `stops-early`: more working days without a row at the period's end than a week has, and than
    twice the largest step from one dated row to the next. `months-present`: a month without a row,
    where those with rows have ten or more on average. Too few rows or dates show no rhythm, and
    are not judged; rows outside the period are another check's.
    """
    if not contract.dated_by or period[0] == period[1]:
        return ()
    dated = dated_within(frame, contract, period)
    return _stops_early(dated, contract, period), _months_present(dated, period)


def dated_within(
    frame: pd.DataFrame, contract: Dataset, period: tuple[date, date]
) -> "pd.Series[pd.Timestamp]":
    """The dates of the rows that lie in the period, by source row."""
    day = frame[contract.dated_by]
    return day[day.between(pd.Timestamp(period[0]), pd.Timestamp(period[1]))]


def months_of(period: tuple[date, date]) -> pd.PeriodIndex:
    """Every month of the period."""
    return pd.period_range(*period, freq="M")


def _stops_early(
    dated: "pd.Series[pd.Timestamp]", contract: Dataset, period: tuple[date, date]
) -> Check:
    days = sorted(day.date() for day in dated.drop_duplicates())
    found = ""
    if len(dated) >= ROWS_TO_JUDGE_N and len(days) >= DATES_TO_JUDGE_N:
        silent_n = _working_days_n(days[-1], period[1] + timedelta(days=1))
        usual_n = max(_working_days_n(*pair) for pair in pairwise(days))
        if silent_n > max(A_WEEK_N, 2 * (usual_n + 1)):
            last = "" if contract.personal else f", the last on {days[-1]}"
            found = (
                f"No row for the last {silent_n} working days to {period[1]}{last}; before that "
                f"never more than {usual_n} without one. This is {NOT_A_SAVING}: ask for the rest."
            )
    return gap_check("stops-early", "Rows that end before their period does look like less spent "
                     "or less done.", found)  # fmt: skip


def _working_days_n(after: date, before: date) -> int:
    """Working days strictly between two days: no weekend counts, nor a bank holiday we know."""
    known = [day.isoformat() for day in bank_holidays()]
    return int(np.busday_count(after + timedelta(days=1), before, holidays=known))


def _months_present(dated: "pd.Series[pd.Timestamp]", period: tuple[date, date]) -> Check:
    rows_n = dated.dt.to_period("M").value_counts()
    missing = [month for month in months_of(period) if month not in rows_n.index]
    found = ""
    if missing and len(rows_n) and rows_n.mean() >= ROWS_A_MONTH_N:
        found = (
            f"No row is dated in {_runs(missing)}; the other months have {rows_n.mean():,.0f} "
            f"on average. This is {NOT_A_SAVING}: ask for the missing file."
        )
    return gap_check("months-present", "A month without rows looks like nothing spent or done in "
                     "it.", found)  # fmt: skip


def _runs(months: list[pd.Period]) -> str:
    """Months in words, runs joined: `2024-04 to 2024-06, 2024-12`."""
    runs: list[list[pd.Period]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(f"{run[0]} to {run[-1]}" if run[1:] else f"{run[0]}" for run in runs)


def gap_check(id_: str, why: str, found: str) -> Check:
    """A check of a whole table, which fails where something was found; always a warning."""
    return Check(
        id=id_,
        why=why,
        severity="warn",
        passed=not found,
        failing_n=int(bool(found)),
        failing_rows=(),
        found=found,
    )
