"""Finance: forecast variance."""

from typing import Any

import pandas as pd

from peerpack.measures.table import PER_CENT, measured, money_sum, ratio, rows_in


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


def _by(frame: pd.DataFrame, column: str) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), part) for name, part in frame.groupby(column, sort=True)]
