"""Sums and counts of a dataset in whole numbers: the same, whether from truth or from a frame."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from peerpack.demo.years.exports import Export
from peerpack.demo.years.rows import Row

Aggregates = dict[str, Any]


def of_rows(export: Export, rows: Iterable[Row]) -> Aggregates:
    """Rows, sums of every column of numbers, the same by a label, and counts by labels.

    Sums are whole: pence of money, and of other numbers the last decimal the export prints.
    """
    names = [name for name in export.columns if name not in export.unread]
    frame = pd.DataFrame([[row.get(name) for name in names] for row in rows], columns=names)
    for name in export.numbers:
        frame[name] = frame[name].astype("float64")
    return _of(export, frame)


def of_frame(export: Export, frame: pd.DataFrame) -> Aggregates:
    """The same of an admitted frame, whose numbers are in pounds, FTE and so on."""
    names = [name for name in export.columns if name not in export.unread]
    whole = frame[names].reset_index(drop=True)
    for name in export.numbers:
        whole[name] = (whole[name] * 10 ** (export.scale(name) or 0)).round()
    return _of(export, whole)


def _of(export: Export, frame: pd.DataFrame) -> Aggregates:
    labels = frame[export.by].fillna("")
    return {
        "rows": len(frame),
        "sums": _sums(export, frame),
        "by": {str(name): _sums(export, part) for name, part in frame.groupby(labels)},
        "counts": {name: _counted(frame[name]) for name in export.counted},
    }


def _sums(export: Export, frame: pd.DataFrame) -> dict[str, int]:
    sums: Mapping[str, float] = {name: frame[name].sum() for name in export.numbers}
    return {"rows": len(frame), **{name: int(total) for name, total in sums.items()}}


def _counted(labels: pd.Series) -> dict[str, int]:
    return {str(name): int(n) for name, n in labels.fillna("").value_counts().items()}
