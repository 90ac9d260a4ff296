"""Rows that repeat another: lawful as a rule, such as split lines, so kept and told."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from peerpack.catalogue.models import Dataset
from peerpack.handover.receipt import Repeats
from peerpack.intake.shrinks import amount_column

RUNS_KEPT_N = 200


def repeats_of(frame: pd.DataFrame, contract: Dataset) -> tuple[Repeats, ...]:
    """The rows alike in every column read, and those alike in all but the number of the row.

    The second count holds the first, and is told where it is larger. Nothing is taken out, and no
    verdict turns on it.
    """
    columns = [name for name in frame.columns if name != "source_row"]
    exact = _alike(frame, columns, contract, but="")
    if not contract.numbered_by:
        return exact
    rest = [name for name in columns if name != contract.numbered_by]
    looser = _alike(frame, rest, contract, but=contract.numbered_by)
    return exact if _rows_n(looser) == _rows_n(exact) else exact + looser


def _alike(
    frame: pd.DataFrame, columns: list[str], contract: Dataset, but: str
) -> tuple[Repeats, ...]:
    again = frame.duplicated(columns)
    if not again.any():
        return ()
    rows = frame.index[frame.duplicated(columns, keep=False)]
    runs = list(_runs(np.sort(rows.to_numpy(dtype="int64"))))
    money = amount_column(contract)
    at_stake = round(float(frame.loc[again, money].sum()), 2) if money else None
    return (
        Repeats(
            but=but,
            groups_n=len(rows) - int(again.sum()),
            rows_n=len(rows),
            at_stake_gbp=at_stake,
            runs=tuple(runs[:RUNS_KEPT_N]),
            runs_n=len(runs),
        ),
    )


def _runs(rows: np.ndarray) -> Iterator[tuple[int, int]]:
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
        yield int(run[0]), int(run[-1])


def _rows_n(found: tuple[Repeats, ...]) -> int:
    return sum(each.rows_n for each in found)
