"""One line of a national return, for one authority or for England, as it was published."""

import pandas as pd

from peerpack.errors import NotFound, UsageError
from peerpack.measures.table import measured, rows_in


def line_of(national: pd.DataFrame, ons_code: str, column: str) -> pd.DataFrame:
    """A figure of one authority, found by its official code.

    Rows: one. Columns: value and numerator (the figure as published, missing where its status says
    why). A line that stands in two forms of the outturn is taken from the summary, RSX.
    Source: a national return; a council's code is `ons_code` in its council.toml.
    """
    if not ons_code:
        raise UsageError(
            "A national return is read by the council's official code, and its council.toml has "
            'none. Add the code there, such as ons_code = "E08000099".'
        )
    own = national[(national["ons_code"] == ons_code) & (national["area_kind"] == "authority")]
    if own.empty:
        jointly = _jointly(national, ons_code)
        raise NotFound(
            f"No authority of the national return has the code {ons_code}{jointly}. "
            "Correct ons_code in council.toml, or supply the year in which the code was in use."
        )
    return _line(own, column)


def line_of_england(national: pd.DataFrame, column: str) -> pd.DataFrame:
    """England's own figure, which allows for authorities that sent nothing: never their sum.

    Rows: one. Columns: value and numerator, as published.
    """
    return _line(national[national["area_kind"] == "England"], column)


def _jointly(national: pd.DataFrame, ons_code: str) -> str:
    """Where the authority is published only with another, whose figures could be told apart."""
    authorities = national[national["area_kind"] == "authority"]
    joint = authorities[[ons_code in codes.split(" / ") for codes in authorities["ons_code"]]]
    return f" alone; it is part of {joint['area_name'].iloc[0]}" if len(joint) else ""


def _line(area: pd.DataFrame, column: str) -> pd.DataFrame:
    told = area[area[column].notna() | area[f"{column}_status"].notna()]
    if "form" in told:
        told = told.sort_values("form", ascending=False).head(1)
    if len(told) != 1:
        raise NotFound(
            f"Expected one row of the area with {column}, found {len(told)}. Supply the form that "
            "has the line, or take the rows of one group first."
        )
    row = told.iloc[0]
    status = "" if pd.isna(row[f"{column}_status"]) else row[f"{column}_status"]
    return measured([
        {"value": row[column], "numerator": row[column], "status": status,
         "numerator_rows": rows_in(told)}
    ])  # fmt: skip
