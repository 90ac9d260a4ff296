"""Frames for datasets without a drawn one, such as a fork's own: by the contract and the suite.

A dataset drafted by `peerpack new-dataset` needs no test of its own while its suite has only the
checks that are drafted. A check beyond these needs a drawn frame and a poisoned row, as ever.
"""

from dataclasses import dataclass, field

import pandas as pd

from peerpack.catalogue.models import Column, Dataset

FIRST_DAY = pd.Timestamp("2024-04-01")


@dataclass(frozen=True)
class Again:
    """The first row, printed once more with these cells changed."""

    cells: dict[str, object] = field(default_factory=dict)


def good_frame(contract: Dataset) -> pd.DataFrame:
    """Two rows that differ in every column and keep their contract."""
    columns = {}
    for column in contract.columns:
        columns[column.name] = pd.Series([_good(column, row) for row in range(2)])
        if column.statuses:
            columns[f"{column.name}_status"] = pd.Series([None, None], dtype="str")
    return pd.DataFrame(columns)


def _good(column: Column, row: int) -> object:
    if column.kind == "date":
        return FIRST_DAY + pd.Timedelta(days=row)
    if column.kind in ("money", "number", "percentage"):
        return 1.0 + row
    return column.allowed[row] if column.allowed else f"{column.name} {row}"


def poison(check: dict) -> dict | Again | None:
    """What fails a check that is drafted, and no other; None for a check of another kind."""
    asked = check["kwargs"]
    match check["type"].removeprefix("expect_"):
        case "column_values_to_not_be_null":
            return {asked["column"]: None}
        case "column_values_to_be_in_set":
            return {asked["column"]: "a word of no set"}
        case "column_values_to_be_between":
            return {asked["column"]: _beyond(asked["max_value"])}
        case "column_values_to_be_unique" | "compound_columns_to_be_unique":
            return Again()
    return None


def _beyond(most: object) -> object:
    return pd.Timestamp(most) + pd.Timedelta(days=1) if isinstance(most, str) else most + 1
