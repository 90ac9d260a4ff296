"""Sentences about the forecast and the budget. Every number in them is a recorded one."""

import math
from collections.abc import Sized

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import beside, listed, money, said


@said
def variance_sentence(shown: Shown) -> str:
    """Forecast against budget, and the directorates furthest over it."""
    whole = shown.headline
    over = _parts(shown, "directorate")
    over = over[over["numerator"] > 0].sort_values("numerator", ascending=False, kind="stable")
    most = [f"{row['label']} ({_with_share(row)})" for _, row in over.head(2).iterrows()]
    named = f" The largest forecast overspend{_is(most)} in {listed(most)}." if most else ""
    return f"The forecast for the year is {_side(whole)}{_share(whole)}.{beside(whole)}{named}"


@said
def before_sentence(before: Shown, steps: Shown) -> str:
    """How far the forecast rests on what helps once, and where it would be without."""
    whole = before.headline
    once, reserves = (_step(steps, name) for name in ("one_off_mitigation", "use_of_reserves"))
    if math.isnan(once) or math.isnan(reserves):
        return (
            "How far the forecast rests on one-off mitigation and on reserves is not known: the "
            "savings tracker does not say what they bring."
        )
    if not once and not reserves:
        return (
            "The savings tracker names no one-off mitigation and no use of reserves, so the "
            "forecast before them is the same."
        )
    return (
        f"The forecast counts on {money(-once)} of one-off mitigation and {money(-reserves)} from "
        "reserves, which will not help again next year. Before them it is "
        f"{_side(whole)}{_share(whole)}."
    )


@said
def pressures_sentence(steps: Shown) -> str:
    """What the distance from the budget is made of, before mitigation."""
    not_made, others = (_step(steps, name) for name in ("savings_not_made", "other_pressures"))
    if math.isnan(not_made) or math.isnan(others):
        return ""
    saved = (
        f"Savings that will not be made add {money(not_made)} to spending"
        if not_made >= 0
        else f"Savings beyond the target take {money(-not_made)} off spending"
    )
    rest = f"add {money(others)}" if others >= 0 else f"take {money(-others)} off it"
    return f"{saved}; all other pressures, less underspends, {rest}."


@said
def services_sentence(shown: Shown) -> str:
    """The services furthest over and furthest under their budgets."""
    rows = _parts(shown, "directorate&service").sort_values("numerator", kind="stable")
    over, under = rows[rows["numerator"] > 0].iloc[::-1], rows[rows["numerator"] < 0]
    told = [
        f"the largest {what}{_is(own)} in {_services(own)}"
        for what, own in (("overspend", over.head(2)), ("underspend", under.head(2)))
        if len(own)
    ]
    return f"By service, {'; '.join(told)}." if told else ""


@said
def sensitivity_sentence(shown: Shown) -> str:
    """What a forecast that is wrong by one per cent of the budget would change."""
    budget = shown.headline["denominator"]
    if not budget > 0:
        return ""
    return f"A forecast that is wrong by 1% of the net budget is wrong by {money(budget / 100)}."


@said
def accuracy_sentence(shown: Shown) -> str:
    """How far the forecast of quarter 2 was from the outturn."""
    whole = shown.headline
    if math.isnan(whole["value"]):
        return ""
    off = whole["numerator"]
    was = "above" if off > 0 else "below"
    far = f"{money(abs(off))} {was}" if off else "equal to"
    return f"The forecast made at quarter 2 was {far} the outturn ({whole['display']})."


@said
def variance_title(shown: Shown) -> str:
    """Title of the variance chart: who is furthest over."""
    over = _parts(shown, "directorate")
    over = over[over["numerator"] > 0].sort_values(["value", "numerator"], ascending=False)
    if over.empty:
        return "No directorate is forecast over its budget"
    most = over.iloc[0]
    by = money(most["numerator"]) if math.isnan(most["value"]) else most["display"]
    return f"{most['label']} is furthest over its budget, by {by}"


@said
def steps_title(steps: Shown) -> str:
    """Title of the steps from budget to forecast."""
    once, reserves = (_step(steps, name) for name in ("one_off_mitigation", "use_of_reserves"))
    if not math.isfinite(once + reserves) or not (once or reserves):
        return "What moves the forecast away from the net budget"
    before, after = (money(_step(steps, name)) for name in ("before_mitigation", "forecast"))
    helped = f"One-off help ({money(-once)}) and reserves ({money(-reserves)})"
    return f"{helped} bring the forecast from {before} to {after}"


@said
def steps_alt(steps: Shown) -> str:
    """Alt text of the steps: where they begin and end, and each of them."""
    rows = steps.rows[steps.rows["value"].notna()]
    told = [f"{row['title'].lower()} {money(row['value'])}" for _, row in rows.iterrows()]
    return f"Steps from the budget to the forecast: {listed(told)}."


def _parts(shown: Shown, breakdown: str) -> pd.DataFrame:
    return shown.parts[shown.parts["breakdown"] == breakdown]


def _step(steps: Shown, name: str) -> float:
    return float(steps.only(measure=name).headline["value"])


def _side(row: pd.Series) -> str:
    over, budget = row["numerator"], money(row["denominator"])
    if not over:
        return f"equal to the net budget of {budget}"
    return f"{money(abs(over))} {'over' if over > 0 else 'under'} the net budget of {budget}"


def _share(row: pd.Series) -> str:
    return "" if math.isnan(row["value"]) else f" ({row['display']})"


def _with_share(row: pd.Series) -> str:
    share = "" if math.isnan(row["value"]) else f", {row['display']}"
    return f"{money(row['numerator'])}{share}"


def _is(several: Sized) -> str:
    return " is" if len(several) == 1 else "s are"


def _services(rows: pd.DataFrame) -> str:
    return listed(
        [f"{row['label']} ({money(abs(row['numerator']))})" for _, row in rows.iterrows()]
    )
