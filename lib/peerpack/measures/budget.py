"""The forecast against the budget: after mitigations, before them, and how well it foresaw."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from peerpack.measures.savings import (
    FROM_RESERVES,
    HELPS_ONCE,
    ONE_OFF,
    doubts,
    found_gbp,
    of_year,
    rows_of,
    target_gbp,
)
from peerpack.measures.table import (
    NOTHING,
    PER_CENT,
    measured,
    money_sum,
    ratio,
    rows_in,
)

FORECAST = "forecast_gbp"
AFTER = "The ledger's forecast is taken to be after what the tracker expects of mitigations."
UNKNOWN = "The tracker has no categorised row of the year: what mitigations bring is not known."
NOT_IN_LEDGER = "The ledger has no directorate of this name."
ONE_RETURN = "Not in both returns: nothing to compare."
NET_INCOME = "The budget is a net income: no share of it."


def forecast_variance(budget: pd.DataFrame) -> pd.DataFrame:
    """Forecast outturn less revised net budget, as a share of the revised net budget (KF01).

    A positive value is a forecast overspend. Rows: the council, then its directorates, largest
    overspend in money first, ties by name, then their services likewise. Columns: directorate;
    service; value (%, missing where the budget is zero or a net income, of which a share would turn
    its sign); numerator (GBP, forecast less budget); denominator (GBP, budget).
    Source: the ledger's own sign convention, forecast less budget.
    """
    parts = _largest_first(_variance(part) | cut for cut, part in _directorates(budget))
    services = [
        row | {"directorate": each["directorate"]}
        for each in parts
        for row in _largest_first(_services(budget, each["directorate"]))
    ]
    return measured([_variance(budget), *parts, *services], ["directorate", "service"])


def variance_before_mitigation(
    budget: pd.DataFrame, tracker: pd.DataFrame, quarter: str
) -> pd.DataFrame:
    """Forecast before one-off mitigations and use of reserves, less the budget, over it (KF02).

    What the savings tracker expects of both by the year's end is added back to the ledger's
    forecast, which is taken to be after them. Rows: the council, then its directorates, largest
    overspend in money first; a directorate of the tracker that the ledger does not have stands by
    itself, so that every pound added back is in one row. Columns: directorate; value (%, missing as
    of `forecast_variance`, or where the tracker tells nothing of the year); numerator, denominator
    (GBP); numerator_rows of the tracker, denominator_rows of the ledger.
    Source: indicator KF02; decision on the sign as KF01.
    """
    helped = _helped(budget, tracker, quarter)
    if helped is None:
        whole = _variance(budget) | {"value": None, "numerator": None, "note": UNKNOWN}
        return measured([whole | {"numerator_rows": NOTHING}], ["directorate"])
    names = sorted({*budget["directorate"], *helped["directorate"]})
    parts = [_before(*(of[of["directorate"] == name] for of in (budget, helped)))
             | {"directorate": name} for name in names]  # fmt: skip
    whole = _before(budget, helped)
    said = (AFTER, whole["note"], doubts(of_year(tracker, quarter), FORECAST))
    whole["note"] = " ".join(each for each in said if each)
    return measured([whole, *_largest_first(parts)], ["directorate"])


def steps_to_forecast(budget: pd.DataFrame, tracker: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The steps from the net budget to the forecast, in pounds (KF02).

    Savings that are not made are the target less what the tracker expects of savings of any kind;
    other pressures are all else that separates the forecast before mitigation from the budget.
    Rows: net_budget, savings_not_made, other_pressures, before_mitigation (the three added up),
    one_off_mitigation, use_of_reserves (negative), forecast (the last three added up). Columns:
    measure; value (GBP, missing where the tracker does not tell it); denominator (GBP, the budget).
    Source: as of `variance_before_mitigation`.
    """
    own = of_year(tracker, quarter)
    ledger, helped = rows_in(budget), _helped(budget, tracker, quarter)
    once = {name: float("nan") if helped is None else found_gbp(helped, (name,), FORECAST)
            for name in HELPS_ONCE}  # fmt: skip
    net, forecast = (money_sum(budget[c]) for c in ("revised_budget_gbp", "forecast_outturn_gbp"))
    before = round(forecast + sum(once.values()), 2)
    not_made = round(target_gbp(own) - _saved(own), 2) if helped is not None else float("nan")
    steps = {
        "net_budget": (net, NOTHING),
        "savings_not_made": (not_made, rows_in(own)),
        "other_pressures": (round(before - net - not_made, 2), rows_in(own)),
        "before_mitigation": (before, rows_of(own, HELPS_ONCE)),
        "one_off_mitigation": (0 - once[ONE_OFF], rows_of(own, (ONE_OFF,))),
        "use_of_reserves": (0 - once[FROM_RESERVES], rows_of(own, (FROM_RESERVES,))),
        "forecast": (forecast, NOTHING),
    }
    told = [
        {"measure": name, "value": value, "numerator": value, "denominator": net,
         "numerator_rows": rows, "denominator_rows": ledger,
         "note": AFTER if name == "before_mitigation" else "",
         "status": "" if name == "net_budget" or np.isnan(value) else "f"}
        for name, (value, rows) in steps.items()
    ]  # fmt: skip
    return measured(told, ["measure"])


def forecast_accuracy(midyear: pd.DataFrame, outturn: pd.DataFrame) -> pd.DataFrame:
    """The forecast made at quarter 2 less the final outturn, over the year's net budget (KF33).

    A positive value is an outturn below what was forecast. Rows: the council, then its
    directorates by name. Columns: directorate; value (pp of the net budget at the year's end,
    missing where that is not above zero or a quarter lacks the directorate); numerator,
    denominator (GBP); numerator_rows of quarter 2's return, denominator_rows of quarter 4's.
    Source: indicator KF33; the outturn is the forecast of quarter 4's budget monitoring.
    """
    if midyear.empty or outturn.empty:
        return measured([{"note": ONE_RETURN}], ["directorate"])
    names = sorted({*midyear["directorate"], *outturn["directorate"]})
    parts = [_foresight(*(of[of["directorate"] == name] for of in (midyear, outturn)))
             | {"directorate": name} for name in names]  # fmt: skip
    return measured([_foresight(midyear, outturn), *parts], ["directorate"])


def _variance(lines: pd.DataFrame) -> dict[str, Any]:
    budget = money_sum(lines["revised_budget_gbp"])
    over = round(money_sum(lines["forecast_outturn_gbp"]) - budget, 2)
    rows = rows_in(lines)
    return {
        "value": PER_CENT * ratio(over, max(budget, 0)),
        "numerator": over,
        "denominator": budget,
        "note": NET_INCOME if budget < 0 else "",
        "numerator_rows": rows,
        "denominator_rows": rows,
    }


def _before(lines: pd.DataFrame, helped: pd.DataFrame) -> dict[str, Any]:
    after = _variance(lines)
    over = round(after["numerator"] + money_sum(helped[FORECAST].dropna()), 2)
    value = PER_CENT * ratio(over, max(after["denominator"], 0))
    return after | {
        "value": value,
        "numerator": over,
        "status": "" if np.isnan(value) else "f",
        "note": after["note"] if len(lines) else NOT_IN_LEDGER,
        "numerator_rows": rows_in(helped),
    }


def _foresight(midyear: pd.DataFrame, outturn: pd.DataFrame) -> dict[str, Any]:
    forecast, spent = (money_sum(of["forecast_outturn_gbp"]) for of in (midyear, outturn))
    budget = money_sum(outturn["revised_budget_gbp"])
    off = round(forecast - spent, 2)
    in_both = len(midyear) > 0 and len(outturn) > 0
    return {
        "value": PER_CENT * ratio(off, max(budget, 0)) if in_both else None,
        "numerator": off,
        "denominator": budget,
        "note": (NET_INCOME if budget < 0 else "") if in_both else ONE_RETURN,
        "numerator_rows": rows_in(midyear),
        "denominator_rows": rows_in(outturn),
    }


def _helped(budget: pd.DataFrame, tracker: pd.DataFrame, quarter: str) -> pd.DataFrame | None:
    """One-off mitigations and uses of reserves of the year; nothing where the tracker is silent.

    A directorate is named as the ledger spells it, capitals apart.
    """
    own = of_year(tracker, quarter)
    helped = own[own["category"].isin(HELPS_ONCE)]
    silent = own["category"].isna().all() or (len(helped) and helped[FORECAST].isna().all())
    spelled = {str(name).casefold(): name for name in budget["directorate"]}
    named = [spelled.get(str(name).casefold(), name) for name in helped["directorate"]]
    return None if silent else helped.assign(directorate=named)


def _saved(rows: pd.DataFrame) -> float:
    """What savings of any kind are expected to save by the year's end, GBP."""
    return money_sum(rows.loc[~rows["category"].isin(HELPS_ONCE), FORECAST].dropna())


def _directorates(budget: pd.DataFrame) -> Iterator[tuple[dict[str, str], pd.DataFrame]]:
    for name, part in budget.groupby("directorate", sort=True):
        yield {"directorate": str(name)}, part


def _services(budget: pd.DataFrame, directorate: str) -> Iterator[dict[str, Any]]:
    own = budget[budget["directorate"] == directorate]
    for name, part in own.groupby("service", sort=True):
        yield _variance(part) | {"service": str(name)}


def _largest_first(rows: Any) -> list[dict[str, Any]]:
    """Largest overspend first; rows of one size stay in the order of their names."""
    return sorted(rows, key=lambda row: -row["numerator"])
