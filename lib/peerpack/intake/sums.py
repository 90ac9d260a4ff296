"""Sums within a row that a contract declares: the gate's expectations take a column at a time."""

import pandas as pd

from peerpack.catalogue.models import Dataset, Sum
from peerpack.gates.verdicts import ROWS_KEPT_N
from peerpack.handover.receipt import Check

PART_OF_A_PENNY = 1e-6


def checks_of_sums(frame: pd.DataFrame, contract: Dataset) -> tuple[Check, ...]:
    """One check, a warning, per sum that the contract declares."""
    return tuple(_check(frame, each) for each in contract.sums)


def _check(frame: pd.DataFrame, declared: Sum) -> Check:
    plus = frame[list(declared.plus)].sum(axis=1, skipna=False)
    minus = frame[list(declared.minus)].sum(axis=1, skipna=False)
    off = (frame[declared.total] - plus + minus).abs() > declared.tolerance + PART_OF_A_PENNY
    failing = sorted(int(row) for row in frame.loc[off, "source_row"])
    return Check(
        id=declared.id,
        why=declared.why,
        severity="warn",
        passed=not failing,
        failing_n=len(failing),
        failing_rows=tuple(failing[:ROWS_KEPT_N]),
    )
