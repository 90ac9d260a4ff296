"""Reserves by two named ratios, never mixed: the General Fund balance, and all usable reserves."""

from typing import Any

import pandas as pd

from peerpack.measures.table import PER_CENT, measured, money_sum, ratio, rows_in

BASES = {"closing": "closing_gbp", "opening": "opening_gbp"}


def general_fund_balance(reserves: pd.DataFrame, budget: pd.DataFrame) -> pd.DataFrame:
    """Unallocated General Fund balance as a share of the year's revised net budget (KF06).

    Rows: by `basis` (`closing` as the return has it, `opening` on 1 April), both over the budget of
    the one year. Columns: basis; value (%, missing without an unallocated balance, or where the
    budget is not above zero); numerator (GBP, negative in deficit); denominator (GBP).
    Source: indicator KF06; the denominator is that of the forecast variance, KF01.
    """
    own = reserves[reserves["reserve_class"] == "Unallocated"]
    over = money_sum(budget["revised_budget_gbp"])
    return _by_basis(own, budget, over, "net budget")


def usable_reserves(reserves: pd.DataFrame, budget: pd.DataFrame) -> pd.DataFrame:
    """Unallocated and earmarked reserves as a share of net revenue expenditure (KF07).

    The money of schools, public health and council housing, and that for capital, stays out; a
    reserve in deficit counts as the negative balance it is.
    Rows: by `basis` as of `general_fund_balance`. Columns: basis; value (%, marked [f]); numerator
    (GBP); denominator (GBP, the forecast net expenditure of budget monitoring: the outturn return
    comes only after the year's end).
    Source: indicator KF07.
    """
    own = reserves[reserves["reserve_class"].isin(("Unallocated", "Earmarked"))]
    over = money_sum(budget["forecast_outturn_gbp"])
    found = _by_basis(own, budget, over, "forecast net expenditure")
    said = "Over the forecast net expenditure of budget monitoring."
    marks = ["" if missing else "f" for missing in found["value"].isna()]
    return found.assign(status=marks, note=[f"{said} {note}".strip() for note in found["note"]])


def _by_basis(own: pd.DataFrame, budget: pd.DataFrame, over: float, called: str) -> pd.DataFrame:
    rows = [_share(own, budget, column, over, called) | {"basis": basis}
            for basis, column in BASES.items()]  # fmt: skip
    return measured(rows, ["basis"])


def _share(
    own: pd.DataFrame, budget: pd.DataFrame, column: str, over: float, called: str
) -> dict[str, Any]:
    balance = money_sum(own[column].dropna()) if own[column].notna().any() else float("nan")
    said = [
        "" if len(own) else "The return has no such reserve.",
        "" if over > 0 else f"The {called} is not above zero: no share of it.",
        _deficits(own, column),
    ]
    return {
        "value": PER_CENT * ratio(balance, max(over, 0)),
        "numerator": balance,
        "denominator": over,
        "note": " ".join(each for each in said if each),
        "numerator_rows": rows_in(own),
        "denominator_rows": rows_in(budget),
    }


def _deficits(own: pd.DataFrame, column: str) -> str:
    names = sorted(own.loc[own[column] < 0, "reserve_name"])
    return f"In deficit, and counted so: {', '.join(names)}." if names else ""
