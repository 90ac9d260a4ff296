"""What published figures say, and how far they can be leaned on, in sentences."""

from typing import Any

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import display, listed, said

MEANS = {
    "agrees": "Agrees: the figures printed beside it give the figure as printed.",
    "agrees within the interval its rounding implies": "Agrees within rounding: the figures beside "
    "it are rounded, and what they may have been gives the figure as printed.",
    "cannot be": "Cannot be: however the figures beside it were rounded, they give another.",
    "cannot be recomputed": "Cannot be recomputed: what it rests on is not published.",
    "not printed; follows from printed figures": "Follows from others: it is not printed anywhere. "
    "We worked it out from figures that are.",
}
"""What each verdict on a published figure means to a reader."""
NAMED_N = 3
WIDE = 0.1
"""A range wider than a tenth of its value is worth telling."""
IMPRECISE = ("", "not stated")


@said
def tested_sentence(shown: Shown) -> str:
    """The bottom line: how many figures are printed, and how many stand beside another."""
    printed = _printed(shown)
    beside = printed[printed["comparator_value"].notna()]
    return (
        f"{len(printed):,} printed figures are tested, and {len(shown.rows) - len(printed):,} that "
        f"follow from them. {len(beside):,} of the printed ones {_stand(len(beside))} beside a "
        "comparator."
    )


def _printed(shown: Shown) -> pd.DataFrame:
    return shown.rows[shown.rows["agreement"] != "not printed; follows from printed figures"]


def _stand(n: int) -> str:
    return "stands" if n == 1 else "stand"


@said
def agreement_sentence(shown: Shown) -> str:
    """How many published figures agree, cannot be, or cannot be recomputed."""
    counts = shown.rows["agreement"].value_counts()
    told = [f"{n:,} {_agreed(str(what))}" for what, n in sorted(counts.items())]
    return f"Of {len(shown.rows):,} published or implied figures, {listed(told)}."


def _agreed(what: str) -> str:
    return {
        "agrees": "agree with what the other printed figures make them",
        "agrees within the interval its rounding implies": "agree within their rounding",
        "cannot be": "cannot be as printed",
        "cannot be recomputed": "cannot be recomputed from the documents",
    }.get(what, "are not printed but follow from printed figures")


@said
def impossible_sentence(shown: Shown) -> str:
    """Which published figures cannot be, and what the figures beside them make them."""
    wrong = shown.rows[shown.rows["agreement"] == "cannot be"]
    told = [
        f"{row.evidence_id} is printed as {row.stated_display}, but the figures beside it make it "
        f"{row.display}"
        for row in wrong.itertuples()
    ]
    return f"{'; '.join(told)}." if told else "No published figure contradicts the others."


@said
def furthest_sentence(shown: Shown) -> str:
    """The printed percentages furthest from their comparators, in points."""
    told = [_beside(row) for row in _rows(shown.beside())[:NAMED_N]]
    return f"Furthest from their comparators, in points: {'; '.join(told)}." if told else ""


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def _beside(row: dict[Any, Any]) -> str:
    statistic = row["comparator_statistic"]
    vague = statistic in IMPRECISE
    named = "which statistic is not said" if vague else statistic
    title = row["title"].rstrip(".")
    return f"{title}: {row['stated_display']} beside {row['comparator_display']} ({named})"


@said
def unlike_sentence(shown: Shown) -> str:
    """Comparators that are not like for like: of another period, or of no stated statistic."""
    beside = _printed(shown)
    beside = beside[beside["comparator_value"].notna()]
    vague = beside["comparator_statistic"].isin(IMPRECISE)
    other = beside["comparator_period"] != beside["period"]
    doubtful = beside[vague | other]
    if doubtful.empty:
        return ""
    return (
        f"Of the {len(beside):,} comparators, {len(doubtful):,} are not shown to be like for like: "
        f"they are of another period, or do not say which statistic they are "
        f"({listed(list(doubtful['evidence_id']))})."
    )


@said
def rounding_sentence(shown: Shown) -> str:
    """Printed figures that agree, though rounding lets them be much less or much more."""
    rows = shown.rows[shown.rows["agreement"].str.startswith("agrees")]
    rows = rows[(rows["upper"] - rows["lower"]) > WIDE * rows["value"].abs()]
    told = [
        f"{row['evidence_id']}, printed as {row['stated_display']}, may be anything from "
        f"{_end(row['lower'], row)} to {_end(row['upper'], row)}"
        for row in _rows(rows)
    ]
    return f"Rounding leaves room: {'; '.join(told)}." if told else ""


def _end(value: float, row: dict[Any, Any]) -> str:
    return display(value, row["unit"], int(max(row["stated_decimals"], 0)) + 1)


@said
def pairs_title(shown: Shown) -> str:
    """Title of the chart of percentages beside their comparators: the two furthest apart."""
    rows = _rows(shown.beside())
    if not rows:
        return "No published percentage stands beside a comparator"
    ends = f"{rows[0]['stated_display']} beside {rows[0]['comparator_display']}"
    return f"{len(rows):,} published percentages: furthest from its comparator, {ends}"


@said
def pairs_alt(shown: Shown) -> str:
    """Alt text of that chart: each figure with its comparator, the furthest apart first."""
    rows = _rows(shown.beside())
    if not rows:
        return "Pairs of dots: no pair can be shown."
    low, high = (end(rows, key=lambda row: row["stated_value"]) for end in (min, max))
    ends = f"printed figures from {low['stated_display']} to {high['stated_display']}"
    told = ". ".join(map(_beside, rows))
    return f"{len(rows):,} pairs of dots, {ends}, the furthest apart first. {told}."
