"""Horizontal bars of a shown table's cuts, directly labelled, with the comparator as a line."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from peerpack.figures.style import (
    DARK_BLUE,
    DARK_GREY,
    ON_WHITE,
    ORANGE,
    bar_canvas,
    drawn,
    house_style,
    level,
    nothing,
    short_pounds,
)
from peerpack.handover.evidence import Shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_BARS = 15


@drawn
def bars(shown: Shown, axis: str, cut: str = "", scale: float = 1.0) -> "Figure":
    """Bars of the rows of one cut, largest first, at most fifteen; suppressed rows have none.

    `axis` words the axis with its unit; `cut` picks a breakdown (by default all); `scale` divides
    for display only. An interval is drawn where the row has one; the whole council's value is a
    dashed line where it is of the same kind.
    """
    rows = _rows(shown, cut)
    with house_style():
        figure, axes = bar_canvas(len(rows))
        if rows.empty:
            nothing(axes, "No bar can be shown")
            return figure
        _draw(axes, rows, scale)
        _intervals(axes, rows, scale)
        _whole_council(axes, shown, rows, scale)
        axes.set(xlabel=axis, ylabel="")
    return figure


def _rows(shown: Shown, cut: str) -> pd.DataFrame:
    rows = shown.parts[shown.parts["value"].notna()]
    rows = rows[rows["breakdown"] == cut] if cut else rows
    return rows.sort_values(["value", "group"], ascending=[False, True]).head(MOST_BARS)


def _draw(axes: "Axes", rows: pd.DataFrame, scale: float) -> None:
    import seaborn as sns

    data = rows.assign(bar=rows["value"] / scale)
    # By id, not by name: two directorates may each have a team of one name.
    sns.barplot(
        data, x="bar", y="evidence_id", color=DARK_BLUE, saturation=1, errorbar=None, ax=axes
    )
    axes.set_yticks(range(len(data)), labels=list(data["label"]))
    right = max([*data["bar"], *(rows["upper"] / scale).dropna(), 0.0])
    left = min([*data["bar"], *(rows["lower"] / scale).dropna(), 0.0])
    room = (right - left) or 1.0
    axes.set_xlim(left * 1.15, right + room * 0.16)
    ends = pd.concat([data["bar"], rows["upper"] / scale], axis=1).max(axis=1).clip(lower=0)
    for at, (text, end) in enumerate(zip(_labels(data), ends, strict=True)):
        axes.annotate(
            text, (end, at), (4, 0), textcoords="offset points", va="center", bbox=ON_WHITE
        )
    axes.axvline(0, color=DARK_GREY, linewidth=0.8)


def _labels(rows: pd.DataFrame) -> list[str]:
    """The figure beside each bar; pounds in the unit of the largest, for nobody reads the pence."""
    largest = rows["value"].abs().max()
    return [
        short_pounds(value, largest) if unit == "GBP" else str(text)
        for value, unit, text in rows[["value", "unit", "display"]].itertuples(index=False)
    ]


def _intervals(axes: "Axes", rows: pd.DataFrame, scale: float) -> None:
    spans = zip(rows["lower"] / scale, rows["upper"] / scale, strict=True)
    for at, span in enumerate(spans):
        if not np.isnan(span).any():
            axes.plot(span, [at, at], color=ORANGE, linewidth=2.5)


def _whole_council(axes: "Axes", shown: Shown, rows: pd.DataFrame, scale: float) -> None:
    whole = shown.rows[(shown.rows["breakdown"] == "") & shown.rows["value"].notna()]
    if whole.empty or rows.empty or whole.iloc[0]["unit"] in ("GBP", "count"):
        return
    at = whole.iloc[0]["value"] / scale
    # Where the larger parts are hidden, the whole lies beyond all bars that are shown.
    left, right = axes.get_xlim()
    axes.set_xlim(min(left, at * 1.15), max(right, at * 1.15))
    level(axes, at, f"whole council {whole.iloc[0]['display']}")
