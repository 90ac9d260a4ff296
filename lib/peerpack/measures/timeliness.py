"""The clock of an answer: working days and calendar months, counted as the law counts them."""

from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd


def working_day_after(
    days: pd.Series, working_days_n: "int | pd.Series", not_worked: Collection[date]
) -> pd.Series:
    """The nth working day after each day: the first one after it is day one.

    Working days are Monday to Friday without the days `not_worked`. A case that arrives on a day
    that is none has the same last day as one that arrived on the working day before it.
    Rows and index as `days`; a missing day or number stays missing.
    Source: Freedom of Information Act 2000, section 10(1): the twentieth working day following.
    """
    counts = pd.Series(working_days_n, index=days.index, dtype="float64")
    known = (days.notna() & counts.notna()).to_numpy()
    found = np.full(len(days), np.datetime64("NaT", "D"))
    found[known] = np.busday_offset(
        _as_days(days[known]),
        counts[known].to_numpy("int64"),
        roll="backward",
        holidays=_as_days(pd.Series(sorted(not_worked), dtype="datetime64[s]")),
    )
    return _as_series(found, days)


def corresponding_day(days: pd.Series, months_n: int, not_worked: Collection[date]) -> pd.Series:
    """The day of the same number so many months on, or the next working day.

    Where that month is too short it is its last day: a month from 31 January ends with February.
    A Saturday, a Sunday or a day `not_worked` moves on to the next working day. Rows and index as
    `days`; a missing day stays missing.
    Source: Information Commissioner, guidance on the right of access: the clock starts on the day
    of receipt, whether or not it is a working day.
    """
    known = days.notna().to_numpy()
    found = np.full(len(days), np.datetime64("NaT", "D"))
    found[known] = np.busday_offset(
        _as_days(days[known] + pd.DateOffset(months=months_n)),
        0,
        roll="forward",
        holidays=_as_days(pd.Series(sorted(not_worked), dtype="datetime64[s]")),
    )
    return _as_series(found, days)


def _as_days(days: pd.Series) -> np.ndarray:
    return days.to_numpy().astype("datetime64[D]")


def _as_series(found: np.ndarray, like: pd.Series) -> pd.Series:
    return pd.Series(found.astype("datetime64[s]"), index=like.index, name=like.name)
