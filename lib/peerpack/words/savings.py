"""Sentences about savings: what was promised, what is delivered, what stands in for the rest."""

import math
from collections.abc import Mapping

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.vocab import Quarter
from peerpack.words.numbers import listed, money, period_in_full, said

BY_CLASS = "forecast_by_class"
ONE_OFF, RESERVES, NOT_COVERED = "One-off mitigation", "Use of reserves", "Not covered"


@said
def promised_sentence(planned: Shown, met_by: Shown) -> str:
    """Of what was promised for the year, what is forecast, by which means, and what is not."""
    row = planned.only(basis="forecast").headline
    if math.isnan(row["denominator"]):
        return (
            f"What was promised for {_year(row)} is not known: the savings tracker gives some "
            "planned savings no target."
        )
    told = _of_classes(met_by.only(measure=BY_CLASS))
    return f"Of {money(row['denominator'])} promised for {_year(row)}, {_planned(row)}.{told}"


@said
def delivered_sentence(planned: Shown) -> str:
    """What has been delivered as planned so far."""
    row = planned.only(basis="delivered").headline
    if math.isnan(row["value"]):
        return ""
    day = period_in_full(row["period"]).rpartition(" to ")[2]
    return (
        f"By {day}, {money(row['numerator'])} had been delivered as planned, {row['display']} of "
        "the year's target."
    )


@said
def substitutes_sentence(planned: Shown, both: Shown) -> str:
    """Savings as planned beside savings with substitutes, for neither is to be read alone."""
    alone, with_others = (each.only(basis="forecast").headline for each in (planned, both))
    if math.isnan(with_others["value"]) or math.isnan(alone["value"]):
        return ""
    if with_others["numerator"] == alone["numerator"]:
        return "No substitute saving is forecast: the share with substitutes is the same."
    return (
        f"With substitutes that will last, {with_others['display']} of the target is forecast, "
        f"against {alone['display']} as planned."
    )


@said
def directorates_sentence(planned: Shown) -> str:
    """Where least and where most is forecast to be delivered as planned."""
    rows = _directorates(planned)
    if len(rows) < 2:
        return ""
    low, high = rows.iloc[0], rows.iloc[-1]
    return (
        f"Least is forecast as planned in {low['label']}, {low['display']} of "
        f"{money(low['denominator'])}; most in {high['label']}, {high['display']} of "
        f"{money(high['denominator'])}."
    )


@said
def risk_sentence(risk: Shown) -> str:
    """How much of the programme is rated red or amber, and where the largest part is."""
    whole, parts = risk.headline, risk.parts.sort_values("numerator", kind="stable")
    if math.isnan(whole["value"]):
        return "How much of the programme is at risk is not known: the tracker rates no saving."
    most = parts[parts["numerator"] > 0].tail(1)
    where = [f" The largest part is in {row['label']} ({money(row['numerator'])})."
             for _, row in most.iterrows()]  # fmt: skip
    return (
        f"Savings of {money(whole['numerator'])}, {whole['display']} of the programme, are rated "
        f"red or amber.{''.join(where)}"
    )


@said
def still_to_come_sentence(planned: Shown) -> str:
    """What the answer rests on: how much of the forecast has been delivered already."""
    forecast, so_far = (planned.only(basis=b).headline for b in ("forecast", "delivered"))
    if math.isnan(forecast["value"]) or math.isnan(so_far["value"]):
        return ""
    if so_far["numerator"] >= forecast["numerator"]:
        return "All that is forecast as planned has been delivered."
    return (
        f"The forecast of {money(forecast['numerator'])} as planned rests on "
        f"{money(so_far['numerator'])} delivered so far; if nothing more came, the share would be "
        f"{so_far['display']} instead of {forecast['display']}."
    )


@said
def planned_title(planned: Shown) -> str:
    """Title of the chart of shares forecast as planned."""
    rows = _directorates(planned)
    if len(rows) < 2:
        return f"{planned.only(basis='forecast').headline['display']} is forecast as planned"
    low, high = rows.iloc[0], rows.iloc[-1]
    return (
        f"As planned: from {low['display']} of the target in {low['label']} to {high['display']} "
        f"in {high['label']}"
    )


@said
def classes_title(planned: Shown, met_by: Shown) -> str:
    """Title of the chart of classes: what is as planned, and what nothing covers."""
    left = _classes(met_by.only(measure=BY_CLASS)).get(NOT_COVERED, math.nan)
    share = planned.only(basis="forecast").headline["display"]
    gap = f"; {money(left)} of the target has no cover" if left > 0 else ""
    return f"{share} of savings forecast as planned{gap}"


@said
def classes_alt(met_by: Shown) -> str:
    """Alt text of the chart of classes."""
    amounts = _classes(met_by.only(measure=BY_CLASS))
    told = [f"{name.lower()} {money(pounds)}" for name, pounds in amounts.items()]
    return (
        "Bar charts side by side, one for each way in which the savings target is met, a bar for "
        f"each directorate. For the whole council: {listed(told)}."
    )


def _planned(row: pd.Series) -> str:
    if math.isnan(row["numerator"]):
        return "nobody can say how much is forecast to be delivered as planned"
    share = "" if math.isnan(row["value"]) else f" ({row['display']})"
    return f"{money(row['numerator'])}{share} is forecast to be delivered as planned"


def _of_classes(met_by: Shown) -> str:
    """Every class that has pounds in it, and what is left, a sentence each."""
    found = {name: pounds for name, pounds in _classes(met_by).items() if pounds}
    left = found.get(NOT_COVERED, 0.0)
    told = [
        f"A further {listed(lasting)}." if (lasting := _amounts(found, _LASTING)) else "",
        f"{listed(once)}; none of that saves again next year."
        if (once := _amounts(found, _ONCE))
        else "",
        f"{money(left)} is covered by nothing." if left > 0 else "",
        f"That is {money(-left)} more than was asked." if left < 0 else "",
    ]
    return "".join(f" {each}" for each in told if each)


_LASTING = {
    "Alternative saving": "comes from substitute savings",
    "Planned saving, this year only": "is planned for this year only",
    "Category not given": "is forecast without a word on how",
}
_ONCE = {
    ONE_OFF: "is covered by one-off mitigation",
    RESERVES: "is taken from reserves",
}


def _amounts(found: Mapping[str, float], words: Mapping[str, str]) -> list[str]:
    return [f"{money(found[name])} {said}" for name, said in words.items() if name in found]


def _classes(met_by: Shown) -> dict[str, float]:
    """The council's amount of each class, in the table's order."""
    rows = met_by.rows[met_by.rows["breakdown"] == "category&measure"]
    return {str(name): float(p) for name, p in zip(rows["group"], rows["value"], strict=True)}


def _directorates(planned: Shown) -> pd.DataFrame:
    """The directorates' forecast shares that are known, the lowest first."""
    rows = planned.only(basis="forecast").parts
    rows = rows[(rows["breakdown"] == "basis&directorate") & rows["value"].notna()]
    return rows.sort_values(["value", "label"], kind="stable")


def _year(row: pd.Series) -> str:
    return Quarter.parse(row["quarter"]).financial_year.replace("-", "/")
