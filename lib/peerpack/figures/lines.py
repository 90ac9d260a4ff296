"""A line through time: one figure as it stood at each date, every point labelled."""

from typing import TYPE_CHECKING

import pandas as pd

from peerpack.figures.style import DARK_BLUE, WIDTH_IN, drawn, house_style
from peerpack.handover.evidence import Shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT_IN = 3.2


@drawn
def line(shown: Shown, axis: str, scale: float = 1.0) -> "Figure":
    """A line through the rows of a table, in their order, each with its value beside its point.

    `axis` words the axis with its unit; `scale` divides for display only. The line breaks where a
    value is missing or not shown, for nothing is known between; the date stays on the axis.
    """
    from matplotlib.figure import Figure

    with house_style():
        figure = Figure(figsize=(WIDTH_IN, HEIGHT_IN), layout="constrained")
        axes = figure.subplots()
        _draw(axes, shown.rows, scale)
        axes.set(xlabel="", ylabel=axis)
        axes.grid(visible=False, axis="x")
        axes.grid(visible=True, axis="y")
    return figure


def _draw(axes: "Axes", rows: pd.DataFrame, scale: float) -> None:
    heights = rows["value"] / scale
    at = range(len(rows))
    axes.plot(at, heights, color=DARK_BLUE, linewidth=2.2, marker="o", markersize=6)
    for x, y, text in zip(at, heights, rows["display"], strict=True):
        if pd.notna(y):
            axes.annotate(text, (x, y), (-3, 9), textcoords="offset points", ha="center")
    axes.set_xticks(at, labels=list(rows["label"]))
    axes.set_xlim(-0.5, len(rows) - 0.5)
    # From nought, so that a rise looks as large as it is.
    low, high = min(0.0, heights.min()), max(0.0, heights.max())
    axes.set_ylim(low, high + ((high - low) or 1.0) * 0.18)
