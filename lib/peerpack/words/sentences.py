"""Sentences computed from shown tables. Every number in them is a display text of the recorder."""

import math

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import SUPPRESSED, money, said

SUMS = ("GBP", "count")


def _visible(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["display"] != SUPPRESSED]


@said
def spread(shown: Shown, cut: str) -> str:
    """The lowest and the highest part of one cut that are shown: `1.7 days in Place to 2.9 in …`.

    Nothing where fewer than two are shown. It says no more than where the figures lie: whether one
    is more than another by chance is for a finding.
    """
    rows = shown.rows[(shown.rows["breakdown"] == cut) & shown.rows["value"].notna()]
    rows = _visible(rows).sort_values(["value", "group"])
    if len(rows) < 2:
        return ""
    low, high = rows.iloc[0], rows.iloc[-1]
    return f"{_short(low)} in {low['label']} to {_short(high)} in {high['label']}"


def _short(row: pd.Series) -> str:
    """A figure as a chart labels it: pounds without pence."""
    return money(row["value"]) if row["unit"] == "GBP" else str(row["display"])


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
    ends = f"{low['label']} at {_short(low)}"
    if len(bars) > 1:
        ends = f"from {ends} to {high['label']} at {_short(high)}"
    counted = "1 bar" if len(bars) == 1 else f"{len(bars)} bars"
    return f"Bar chart of {what}, {counted}, {ends}.{_mark_alt(shown)}{hidden}"


def _mark_alt(shown: Shown) -> str:
    """The dashed line of the chart; a sum has none, its parts would not stand beside it."""
    whole = shown.rows[shown.rows["breakdown"] == ""]
    if whole.empty or not math.isfinite(whole.iloc[0]["value"]) or whole.iloc[0]["unit"] in SUMS:
        return ""
    return f" The whole council is at {whole.iloc[0]['display']}, a dashed line."
