"""Rows that repeat another: lawful as a rule, such as split lines, so kept and told."""

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
    numbered = contract.numbered_by
    rest = [name for name in frame.columns if name not in ("source_row", numbered)]
    but_number = _alike(frame, rest)
    if not numbered:
        return _told(frame, but_number, contract, but="")
    exact = _told(frame, _alike(frame, [numbered], but_number), contract, but="")
    looser = _told(frame, but_number, contract, but=numbered)
    return exact if _rows_n(looser) == _rows_n(exact) else exact + looser


def _alike(frame: pd.DataFrame, columns: list[str], so_far: np.ndarray | None = None) -> np.ndarray:
    """A number for each row, the same for rows that are alike in these columns, and were so far."""
    number = np.zeros(len(frame), dtype="int64") if so_far is None else so_far
    for name in columns:
        codes, distinct = pd.factorize(frame[name], use_na_sentinel=False)
        number, _ = pd.factorize(number * len(distinct) + codes)
    return number


def _told(
    frame: pd.DataFrame, number: np.ndarray, contract: Dataset, but: str
) -> tuple[Repeats, ...]:
    again = pd.Series(number, index=frame.index).duplicated()
    if not again.any():
        return ()
    rows = frame.index[np.bincount(number)[number] > 1]
    runs = _runs(np.sort(rows.to_numpy(dtype="int64")))
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


def _runs(rows: np.ndarray) -> list[tuple[int, int]]:
    """First and last of each run of rows that follow one another."""
    ends = np.flatnonzero(np.diff(rows) > 1)
    first, last = rows[np.r_[0, ends + 1]], rows[np.r_[ends, len(rows) - 1]]
    return list(zip(first.tolist(), last.tolist(), strict=True))


def _rows_n(found: tuple[Repeats, ...]) -> int:
    return sum(each.rows_n for each in found)
