"""Written corrections: a change to a return, with a reason and a guard that it is still needed.

A correction is one entry of `data/<council>/corrections/*.yml`:

    - id: hr-2024-q1-007
      dataset: hr_positions
      reason: The export shows 10 for 1.0 FTE; confirmed by the HR systems team.
      author: A. Analyst
      date: 2024-07-09
      where: {position_ref: P-0113}
      column: fte
      expect: 10
      value: 1.0
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
from pydantic import BaseModel, ConfigDict

from peerpack.errors import StaleCorrection
from peerpack.handover.receipt import Corrected

SOURCE_ROW = "source_row"
_HOLDS = {"f": "numbers", "M": "dates", "O": "words", "i": "whole numbers"}


class Correction(BaseModel):
    """One written correction; `expect` is the value that must stand there before it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    dataset: str
    reason: str
    author: str
    date: date
    where: dict[str, Any]
    column: str
    expect: Any
    value: Any


def apply(
    frame: pd.DataFrame, corrections: Iterable[Correction]
) -> tuple[pd.DataFrame, tuple[Corrected, ...]]:
    """The corrected frame (the one given is untouched) and what was done.

    A correction that matches no row, or finds another value than it expects, is stale and refused.
    """
    corrected = frame.copy()
    done = tuple(_apply_one(corrected, each) for each in corrections)
    return corrected, done


def touched(frame: pd.DataFrame, corrections: Iterable[Correction]) -> dict[str, list[int]]:
    """The source rows that each correction changes in a frame as it was read, by its id."""
    corrected, rows = frame.copy(), {}
    for each in corrections:
        rows[each.id] = corrected.index[_matched(corrected, each)].tolist()
        _apply_one(corrected, each)
    return rows


def _apply_one(frame: pd.DataFrame, correction: Correction) -> Corrected:
    matched = _matched(frame, correction)
    present = frame.loc[matched, correction.column]
    if not len(present) or not all(_same(value, correction.expect) for value in present):
        raise StaleCorrection(
            f"Correction {correction.id}: expected {correction.column} = {correction.expect!r} on "
            f"the rows it names; {len(present)} rows match, and not all hold it. "
            "Remove the correction if the source has been mended."
        )
    frame.loc[matched, correction.column] = _fitting(correction, frame[correction.column])
    return Corrected(
        id=correction.id,
        reason=correction.reason,
        column=correction.column,
        rows_n=int(matched.sum()),
    )


def _matched(frame: pd.DataFrame, correction: Correction) -> "pd.Series[bool]":
    if correction.column == SOURCE_ROW:
        raise StaleCorrection(
            f"Correction {correction.id}: {SOURCE_ROW} says where a row came from and is never "
            "corrected. Name another column."
        )
    unknown = sorted({*correction.where, correction.column} - set(frame.columns))
    if unknown or not correction.where:
        raise StaleCorrection(
            f"Correction {correction.id}: {', '.join(unknown) or 'an empty where'} names no column "
            f"of the dataset. Columns: {', '.join(map(str, frame.columns))}."
        )
    matched = pd.Series(True, index=frame.index)
    for column, value in correction.where.items():
        matched &= frame[column].map(lambda found, value=value: _same(found, value)).astype(bool)
    return matched


def _fitting(correction: Correction, column: pd.Series) -> Any:
    """The new value as its column holds values: a number, a time stamp or words; or a refusal."""
    value, kind = correction.value, column.dtype.kind
    if value is None or (kind == "O" and isinstance(value, str)):
        return value
    if kind == "f" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if kind == "M" and isinstance(value, date):
        return pd.Timestamp(value)
    raise StaleCorrection(
        f"Correction {correction.id}: {value!r} is no value for {correction.column}, which holds "
        f"{_HOLDS[kind]}. Write a code in quotation marks, a date as 2024-06-30."
    )


def _same(found: Any, expected: Any) -> bool:
    """The value expected; one that is missing is only ever the same as `null`."""
    if expected is None or pd.isna(found):
        return expected is None and bool(pd.isna(found))
    if isinstance(found, pd.Timestamp):
        return isinstance(expected, date) and found == pd.Timestamp(expected)
    return bool(found == expected) or str(found) == str(expected)
