"""Finance: forecast variance and payments to suppliers."""

from typing import Any

import numpy as np
import pandas as pd

from peerpack.measures.table import PER_CENT, measured, money_sum, ratio, rows_in
from peerpack.vocab import Quarter

NO_UNIT = "Unit not given"


def variance_by_directorate(budget: pd.DataFrame) -> pd.DataFrame:
    """Forecast outturn less revised net budget, as a share of the revised net budget (KF01).

    A positive value is a forecast overspend. Rows: the council, then one per directorate, largest
    overspend in money first, ties by name. Columns: directorate; value (%, missing where the
    budget is zero or a net income, of which a share would turn its sign); numerator (GBP, forecast
    less budget); denominator (GBP, budget).
    Source: the ledger's own sign convention, forecast less budget.
    """
    parts = [_variance(part) | {"directorate": name} for name, part in _by(budget, "directorate")]
    parts.sort(key=lambda row: (-row["numerator"], row["directorate"]))
    return measured([_variance(budget), *parts], ["directorate"])


def _variance(lines: pd.DataFrame) -> dict[str, Any]:
    budget = money_sum(lines["revised_budget_gbp"])
    over = round(money_sum(lines["forecast_outturn_gbp"]) - budget, 2)
    rows = rows_in(lines)
    return {
        "value": PER_CENT * ratio(over, max(budget, 0)),
        "numerator": over,
        "denominator": budget,
        "note": "The budget is a net income: no share of it." if budget < 0 else "",
        "numerator_rows": rows,
        "denominator_rows": rows,
    }


def payments(spend: pd.DataFrame) -> pd.DataFrame:
    """All payments to suppliers in the period, credit notes taken off (KF35).

    Rows: one. Columns: value and numerator (GBP, exact to the penny).
    Source: the amounts as published; lawful repeats stay.
    """
    return measured([_paid(spend)])


def payments_by_financial_quarter(spend: pd.DataFrame) -> pd.DataFrame:
    """Payments to suppliers by the financial quarter of the payment date (KF35).

    Rows: one per quarter, earliest first. Columns: financial_quarter (`2024-25-Q1`); value (GBP).
    """
    quarter = spend["payment_date"].map(lambda day: str(Quarter.of(day)))
    parts = spend.groupby(quarter.to_numpy(), sort=True)
    return measured(
        [_paid(part) | {"financial_quarter": name} for name, part in parts], ["financial_quarter"]
    )


def payments_by_unit(spend: pd.DataFrame) -> pd.DataFrame:
    """Payments to suppliers by the unit responsible (KF35).

    Rows: one per unit, largest first, ties by name; the council's label `NA` is a unit like any
    other, with a note that the council does not state it. Payments whose unit is missing from the
    return stand together, as "Unit not given".
    Columns: organisational_unit; value in GBP.
    """
    parts = [
        _paid(part) | {"organisational_unit": name, "note": _unstated(name)}
        for name, part in _by(spend.fillna({"organisational_unit": NO_UNIT}), "organisational_unit")
    ]
    parts.sort(key=lambda row: (-row["value"], row["organisational_unit"]))
    return measured(parts, ["organisational_unit"])


def _unstated(unit: str) -> str:
    if unit == NO_UNIT:
        return "The return gives no unit for these payments."
    return "Unit not stated by the council, which prints NA." if unit == "NA" else ""


def _paid(lines: pd.DataFrame) -> dict[str, Any]:
    total = money_sum(lines["amount_gbp"])
    rows: np.ndarray = rows_in(lines)
    return {"value": total, "numerator": total, "numerator_rows": rows}


def _by(frame: pd.DataFrame, column: str) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), part) for name, part in frame.groupby(column, sort=True)]
