"""Sentences computed from shown tables. Every number in them is a display text of the recorder."""

import math

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import SUPPRESSED, said

SUMS = ("GBP", "count")


def _visible(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["display"] != SUPPRESSED]


@said
def bars_alt(shown: Shown, what: str, cut: str = "", most: int = 15) -> str:
    """Alt text of a bar chart: what it shows, its largest and its smallest bar, what is missing."""
    rows = shown.parts
    rows = rows[rows["breakdown"] == cut] if cut else rows
    bars = _visible(rows)
    bars = bars[bars["value"].notna()].sort_values(["value", "group"], ascending=[False, True])
    bars = bars.head(most)
    if bars.empty:
        return f"Bar chart of {what}: no bar can be shown."
    low, high = bars.iloc[-1], bars.iloc[0]
    left = len(rows) - len(_visible(rows))
    hidden = f" {left} not shown, marked [c] in the table." if left else ""
    ends = f"{low['label']} at {low['display']}"
    if len(bars) > 1:
        ends = f"from {ends} to {high['label']} at {high['display']}"
    counted = "1 bar" if len(bars) == 1 else f"{len(bars)} bars"
    return f"Bar chart of {what}, {counted}, {ends}.{_mark_alt(shown)}{hidden}"


def _mark_alt(shown: Shown) -> str:
    """The dashed line of the chart; a sum has none, its parts would not stand beside it."""
    whole = shown.rows[shown.rows["breakdown"] == ""]
    if whole.empty or not math.isfinite(whole.iloc[0]["value"]) or whole.iloc[0]["unit"] in SUMS:
        return ""
    return f" The whole council is at {whole.iloc[0]['display']}, a dashed line."
