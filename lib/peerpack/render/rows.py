"""How does a table of records become plain values? Missing text is empty, a missing number None."""

from typing import Any
from urllib.parse import unquote

import pandas as pd

from peerpack.handover.evidence import NUMBER_COLUMNS
from peerpack.vocab import FACETS

Row = dict[str, Any]
_NUMBERS = frozenset({*NUMBER_COLUMNS, "n"})


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The rows of a table of records, in order, each as a dictionary of text and numbers."""
    columns = [_plain(name, frame[name]) for name in frame.columns]
    return [dict(zip(frame.columns, values, strict=True)) for values in zip(*columns, strict=True)]


def _plain(name: str, column: pd.Series) -> list[Any]:
    # By column: a cell at a time, a column of text unpacks each cell anew.
    values = zip(column.tolist(), column.isna(), strict=True)
    if name in _NUMBERS:
        return [None if missing or value == "" else float(value) for value, missing in values]
    return ["" if missing else str(value) for value, missing in values]


def grouped(rows: list[Row], key: str) -> dict[str, list[Row]]:
    """Rows by the value of one column, in the order first met."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def cuts(row: Row) -> list[tuple[str, str]]:
    """The cuts that the id of a row of evidence names, each with its value, in their order."""
    named = filter(None, row["evidence_id"].partition("/")[2].split("&"))
    return [(name, unquote(value)) for name, _, value in (cut.partition("=") for cut in named)]


def cut_of(row: Row) -> str:
    """Which table a part stands in: one to each way of cutting each of several figures."""
    return "&".join(f"{name}={value}" if name in FACETS else name for name, value in cuts(row))
