"""Sums and shares within a row that a contract declares: the gate takes a column at a time."""

import pandas as pd

from peerpack.catalogue.models import Dataset, Share, Sum
from peerpack.gates.verdicts import ROWS_KEPT_N
from peerpack.handover.receipt import Check

PART_OF_A_PENNY = 1e-6


def checks_of_sums(frame: pd.DataFrame, contract: Dataset) -> tuple[Check, ...]:
    """One check, a warning, per sum and per share that the contract declares."""
    sums = [_check(frame, each, _off_sum(frame, each)) for each in contract.sums]
    shares = [_check(frame, each, _off_share(frame, each)) for each in contract.shares]
    return (*sums, *shares)


def _off_sum(frame: pd.DataFrame, declared: Sum) -> pd.Series:
    """By how much each row's total differs from its parts."""
    plus = frame[list(declared.plus)].sum(axis=1, skipna=False)
    minus = frame[list(declared.minus)].sum(axis=1, skipna=False)
    return frame[declared.total] - plus + minus


def _off_share(frame: pd.DataFrame, declared: Share) -> pd.Series:
    """By how many percentage points each row's share differs from its part over its whole."""
    whole = frame[declared.whole]
    return frame[declared.percentage] - 100 * frame[declared.part] / whole.where(whole != 0)


def _check(frame: pd.DataFrame, declared: Sum | Share, difference: pd.Series) -> Check:
    off = difference.abs() > declared.tolerance + PART_OF_A_PENNY
    failing = sorted(int(row) for row in frame.loc[off, "source_row"])
    return Check(
        id=declared.id,
        why=declared.why,
        severity="warn",
        passed=not failing,
        failing_n=len(failing),
        failing_rows=tuple(failing[:ROWS_KEPT_N]),
    )
