"""Rows dated outside the period that their return speaks of: told, never dropped."""

from datetime import date

import pandas as pd

from peerpack.catalogue.models import Dataset
from peerpack.gates.verdicts import ROWS_KEPT_N
from peerpack.handover.receipt import Check


def checks_of_period(
    frame: pd.DataFrame, contract: Dataset, period: tuple[date, date]
) -> tuple[Check, ...]:
    """One check, a warning, where the contract says which date places a row in the period.

    A row without the date is not judged: whether it may be missing is another check.
    """
    if not contract.dated_by:
        return ()
    start, end = map(pd.Timestamp, period)
    outside = (frame[contract.dated_by] > end) | (_last_day(frame, contract) < start)
    failing = sorted(int(row) for row in frame.loc[outside, "source_row"])
    why = f"A row dated outside {period[0]} to {period[1]} counts here and in its own period."
    check = Check(
        id=f"{contract.dated_by.replace('_', '-')}-in-period",
        why=why,
        severity="warn",
        passed=not failing,
        failing_n=len(failing),
        failing_rows=tuple(failing[:ROWS_KEPT_N]),
    )
    return (check,)


def _last_day(frame: pd.DataFrame, contract: Dataset) -> pd.Series:
    """The last day a row speaks of: that of `dated_by` alone, or missing while the row goes on."""
    if not contract.dated_to:
        return frame[contract.dated_by]
    last = frame[[contract.dated_by, *contract.dated_to]].max(axis=1)
    return last.where(frame[contract.dated_to[0]].notna())
