"""A suite for a drafted contract: what every row of the sample has, and what a kind must be.

The sample's own smallest and largest numbers are no evidence of what may come, so no range is
taken from it.
"""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from peerpack.catalogue.models import Column, Dataset

FIRST_DAY, LAST_DAY = pd.Timestamp("1900-01-01"), pd.Timestamp("2100-12-31")
MISSED = {
    "money": "A row without “{}” makes its total too small, and nobody would see it.",
    "number": "A row without “{}” is missing from every total and average of it.",
    "percentage": "A row without “{}” is missing from every comparison of it.",
    "date": "Without “{}” a row cannot be placed in time.",
    "code": "Without “{}” a row cannot be found again where it came from.",
    "label": "A row without “{}” drops out of every breakdown by it.",
    "text": "A row without “{}” does not say what it is.",
}
SHARE = "“{}” is a share of a whole: below 0 or above 100 it has been misread or miscounted."
MISREAD = "A date of “{}” before 1900 or after this century is misread."
NEW_WORD = (
    "A word of “{}” that was not expected is a new one, to be agreed, or another spelling of an "
    "old one, which would split its figures in two."
)
TWICE = "A row of which there is already one with the same {} counts twice."


def suite_of(contract: Dataset, frame: pd.DataFrame) -> dict[str, Any]:
    """The suite, as its JSON file will have it."""
    return {"name": contract.dataset, "expectations": list(_expectations(contract, frame))}


def _expectations(contract: Dataset, frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    given = [column for column in contract.columns if not column.nullable]
    for column in given or [_fullest(contract, frame)]:
        yield _given(column, contract)
    for column in contract.columns:
        yield from _of_kind(column, contract, frame[column.name])
    if contract.keys:
        yield _keys(contract)


def _fullest(contract: Dataset, frame: pd.DataFrame) -> Column:
    """The column with fewest missing values: a suite says something, even where all have some."""
    return min(contract.columns, key=lambda column: int(frame[column.name].isna().sum()))


def _given(column: Column, contract: Dataset) -> dict[str, Any]:
    return _entry(
        "expect_column_values_to_not_be_null",
        {"column": column.name},
        "warning" if column.nullable else "critical",
        {"id": f"{_id(column)}-given", "why": MISSED[column.kind].format(_heading(column))},
        contract,
    )


def _of_kind(column: Column, contract: Dataset, values: pd.Series) -> Iterator[dict[str, Any]]:
    if column.kind == "percentage" and values.dropna().between(0, 100).all():
        yield _between(column, contract, (0, 100), "within-a-hundred", SHARE)
    if column.kind == "date" and values.dropna().between(FIRST_DAY, LAST_DAY).all():
        yield _between(
            column, contract, (FIRST_DAY.isoformat(), LAST_DAY.isoformat()), "believable", MISREAD
        )
    if column.allowed:
        yield _entry(
            "expect_column_values_to_be_in_set",
            {"column": column.name, "value_set": list(column.allowed)},
            "warning",
            {"id": f"{_id(column)}-known", "why": NEW_WORD.format(_heading(column))}
            | _if_nullable(column),
            contract,
        )


def _between(
    column: Column, contract: Dataset, range_: tuple[Any, Any], id_: str, why: str
) -> dict[str, Any]:
    return _entry(
        "expect_column_values_to_be_between",
        {"column": column.name, "min_value": range_[0], "max_value": range_[1]},
        "warning",
        {"id": f"{_id(column)}-{id_}", "why": why.format(_heading(column))} | _if_nullable(column),
        contract,
    )


def _keys(contract: Dataset) -> dict[str, Any]:
    told = " and ".join(f"“{_heading(contract.column(name))}”" for name in contract.keys)
    meta = {"id": "one-row-per-key", "why": TWICE.format(told)}
    if len(contract.keys) == 1:
        only = {"column": contract.keys[0]}
        return _entry("expect_column_values_to_be_unique", only, "critical", meta, contract)
    several = {"column_list": list(contract.keys)}
    return _entry("expect_compound_columns_to_be_unique", several, "critical", meta, contract)


def _entry(
    type_: str, kwargs: dict[str, Any], severity: str, meta: dict[str, Any], contract: Dataset
) -> dict[str, Any]:
    source = f"Drafted from a sample; contract data/reference/datasets/{contract.dataset}.yml"
    nullable = {"nullable": True} if meta.pop("nullable", False) else {}
    return {
        "type": type_,
        "kwargs": kwargs,
        "severity": severity,
        "meta": meta | {"source": source} | nullable,
    }


def _if_nullable(column: Column) -> dict[str, bool]:
    return {"nullable": True} if column.nullable else {}


def _id(column: Column) -> str:
    return column.name.replace("_", "-")


def _heading(column: Column) -> str:
    return column.synonyms[0]
