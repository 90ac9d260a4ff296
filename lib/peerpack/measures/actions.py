"""Actions on track by rule: by their dates, not by what their owners say of them."""

from datetime import date
from typing import Any

import pandas as pd

from peerpack.measures.table import PER_CENT, measured, ratio, rows_in

DONE = ("complete", "completed")
IN_HAND = (*DONE, "ongoing")
NOT_SAID = ("", "not stated")


def on_track_by_rule(actions: pd.DataFrame, on: date, plan: str = "") -> pd.DataFrame:
    """Actions that are done or not yet due, of all actions (KG16).

    The rule: an action is on track when it is said to be complete, or its due date is not before
    the day `on`. It is late when that date has passed. One that is not complete and has no date is
    neither: no rule can call it on track, so it counts in the whole alone. Where no action is
    complete or has a date, nothing can be judged and the share is missing.

    `actions`: status, due_date and, where the plan prints deadlines, due_as_printed. `plan` names
    the figures of a plan that is not the peer challenge's own, such as `service_plan`.
    Rows: the share (%); then the measures `late` and `undated` (counts) and `said_in_hand` (% that
    their owners call complete or ongoing, missing where no status is given).
    Columns: measure; value; numerator, denominator (actions); rows of both.
    Source: the workbook's own rule; peers found self-assessed progress kinder than the dates.
    """
    status = actions["status"].fillna("").str.casefold()
    done, dated = status.isin(DONE), actions["due_date"].notna()
    late = ~done & (actions["due_date"] < pd.Timestamp(on))
    undated = ~done & ~dated
    share = _share(actions[done | (dated & ~late)], actions, bool((done | dated).any()))
    said = _share(actions[status.isin(IN_HAND)], actions, bool((~status.isin(NOT_SAID)).any()))
    rows = [
        share | {"measure": plan or None, "note": _undated(actions[undated])},
        _count(actions[late], actions) | {"measure": _named(plan, "late")},
        _count(actions[undated], actions) | {"measure": _named(plan, "undated")},
        said | {"measure": _named(plan, "said_in_hand")},
    ]
    return measured(rows, ["measure"])


def _named(plan: str, measure: str) -> str:
    return f"{plan}_{measure}" if plan else measure


def _share(part: pd.DataFrame, whole: pd.DataFrame, can_be_judged: bool) -> dict[str, Any]:
    return {
        "value": PER_CENT * ratio(len(part), len(whole)) if can_be_judged else float("nan"),
        "numerator": len(part),
        "denominator": len(whole),
        "numerator_rows": rows_in(part),
        "denominator_rows": rows_in(whole),
    }


def _count(part: pd.DataFrame, whole: pd.DataFrame) -> dict[str, Any]:
    return _share(part, whole, can_be_judged=True) | {"value": len(part)}


def _undated(undated: pd.DataFrame) -> str:
    """How many actions have no date, and what is printed where a date should stand."""
    if undated.empty:
        return ""
    printed = undated["due_as_printed"].dropna() if "due_as_printed" in undated else ()
    named = "; ".join(f"“{words}”" for words in dict.fromkeys(printed))
    what = f"{len(undated):,} not complete and without a date that can pass"
    return f"{what}: {named}." if named else f"{what}."
