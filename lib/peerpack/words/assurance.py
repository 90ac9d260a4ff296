"""How good the evidence is, in words: compared, aimed, fresh, sound; and what is not evidenced."""

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import listed, said

MOST_NAMED = 12


@said
def compared_sentence(shown: Shown) -> str:
    """How many indicators stand beside a comparator."""
    row = shown.headline
    if pd.isna(row["value"]):
        return "This pack reports no indicator that could stand beside a comparator."
    return (
        f"{row['numerator']:,.0f} of {row['denominator']:,.0f} indicators in this pack stand "
        f"beside a comparator, {row['display']}."
    )


@said
def not_compared_sentence(shown: Shown) -> str:
    """Which indicators have no comparator, by name; nothing where all have."""
    names = _parts(shown, "without", "indicator")
    rest_n = len(names) - MOST_NAMED
    told = names if rest_n <= 0 else [*names[:MOST_NAMED], f"and {rest_n:,} more"]
    return f"Shown without a comparator: {'; '.join(told)}." if names else ""


@said
def targets_sentence(shown: Shown) -> str:
    """Whether the targets shown say how they were set."""
    row = shown.headline
    if pd.isna(row["value"]):
        return "No figure in this pack has a target, so no target's basis can be judged."
    one = row["denominator"] == 1
    return (
        f"{row['numerator']:,.0f} of {row['denominator']:,.0f} {'target' if one else 'targets'} "
        "shown in this pack say how they were set."
    )


@said
def fresh_sentence(shown: Shown) -> str:
    """How much of the evidence is within its shelf life, and what is not."""
    row = shown.headline
    if pd.isna(row["value"]):
        return "Nothing was recorded whose age could be judged."
    faults = {
        "Past it": _count(shown, "stale"),
        "Of no stated period": _count(shown, "undated"),
        "Beside a comparator of another period": _count(shown, "another_period"),
    }
    rest = "".join(f" {words}: {n:,.0f}." for words, n in faults.items() if n)
    return (
        f"On the pack's as-at date {row['numerator']:,.0f} of {row['denominator']:,.0f} figures "
        f"and claims, {row['display']}, are within their shelf life.{rest}"
    )


@said
def soundness_sentence(shown: Shown) -> str:
    """How many datasets came, how they were judged, and how many rows could not be read."""
    parts = shown.rows[shown.rows["breakdown"] == "measure&outcome"]
    words = {"pass": "passed", "warn": "passed with warnings", "stop": "stopped"}
    told = [f"{row.value:,.0f} {words[str(row.group)]}" for row in parts.itertuples()]
    supplied_n, raw_n = _count(shown, "datasets"), _count(shown, "rows_in")
    datasets = "dataset was" if supplied_n == 1 else "datasets were"
    unread_n = _count(shown, "quarantined")
    unread = f"{unread_n:,.0f} could not be read" if unread_n else "every one could be read"
    return (
        f"{supplied_n:,.0f} {datasets} supplied: {listed(told)}. Of {raw_n:,.0f} raw rows, "
        f"{unread}; {_count(shown, 'set_aside'):,.0f} were set aside as titles, totals or blank."
    )


@said
def missing_sentence(shown: Shown) -> str:
    """Which datasets nobody supplied, by name; nothing where all came."""
    names = _parts(shown, "missing", "dataset")
    return f"Not supplied: {'; '.join(names)}." if names else ""


@said
def on_track_sentence(shown: Shown, what: str, plan: str = "") -> str:
    """Actions on track by their dates, beside what their owners say of them."""
    row = shown.only(measure=plan).headline if plan else shown.headline
    late_n, undated_n = (_count(shown, f"{plan}_{m}".strip("_")) for m in ("late", "undated"))
    stated = shown.only(measure=f"{plan}_said_in_hand".strip("_")).headline
    all_n = row["denominator"]
    if pd.isna(row["value"]):
        return (
            f"None of the {all_n:,.0f} {what} has a date that can pass or is said to be complete "
            "in the published record, so none can be called on track."
        )
    own = "" if pd.isna(stated["value"]) else (
        f" Their owners call {stated['display']} complete or ongoing."
    )  # fmt: skip
    return (
        f"By their dates {row['numerator']:,.0f} of {all_n:,.0f} {what} are on track, "
        f"{row['display']}. Late: {late_n:,.0f}. Without a date that can pass: {undated_n:,.0f}."
        f"{own}"
    )


@said
def compared_title(shown: Shown) -> str:
    """Title of the chart of indicators with a comparator by theme."""
    whole = shown.headline["display"]
    share = "" if whole.startswith("[") else f": {whole} of all"
    return f"Indicators beside a comparator, by theme{share}"


def _count(shown: Shown, measure: str) -> float:
    return float(shown.only(measure=measure).headline["value"])


def _parts(shown: Shown, measure: str, cut: str) -> list[str]:
    rows = shown.only(measure=measure).rows
    own = rows["breakdown"] == "&".join(sorted(("measure", cut)))
    return [str(words) for words in rows.loc[own, "group"]]
