"""Steps from one amount to another: each a bar that begins where the one before it ends."""

from collections.abc import Collection
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from peerpack.figures.style import (
    DARK_BLUE,
    DARK_GREY,
    ORANGE,
    TURQUOISE,
    bar_canvas,
    drawn,
    house_style,
    nothing,
    short_pounds,
)
from peerpack.handover.evidence import Shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABEL_CHARS = 22


@drawn
def steps(shown: Shown, levels: Collection[str], axis: str) -> "Figure":
    """A level, the steps up and down from it, the next level: in pounds, counted from the first.

    `levels` are the rows that are amounts in themselves, by the last of their cuts; every other row
    is a step. Bars begin at the first level, which would dwarf the steps if it were drawn; its
    amount stands beside it. A step without a value is left out.
    """
    rows = shown.rows[shown.rows["value"].notna()].reset_index(drop=True)
    with house_style():
        figure, axes = bar_canvas(len(rows) + 1)
        if rows.empty:
            nothing(axes, "No step can be shown")
            return figure
        _draw(axes, _placed(rows, levels))
        axes.set(xlabel=axis, ylabel="")
    return figure


def _placed(rows: pd.DataFrame, levels: Collection[str]) -> pd.DataFrame:
    """Where each bar begins and ends, in pounds from the first level."""
    is_level = rows["group"].isin(levels)
    first = rows["value"].iloc[0]
    change = rows["value"].where(~is_level, 0.0)
    ends = np.empty(len(rows))
    at = 0.0
    for n, level in enumerate(is_level):
        at = rows["value"].iloc[n] - first if level else at + change.iloc[n]
        ends[n] = at
    begins = np.where(is_level, 0.0, ends - change)
    return rows.assign(is_level=is_level, begin=begins, end=ends)


def _draw(axes: "Axes", rows: pd.DataFrame) -> None:
    largest = rows["value"].abs().max()
    for n, row in rows.iterrows():
        at = float(n)  # type: ignore[arg-type]
        low, high = sorted((row["begin"], row["end"]))
        axes.barh(at, high - low, left=low, height=0.62, color=_colour(row),
                  edgecolor=DARK_BLUE)  # fmt: skip
        sign = "+" if not row["is_level"] and row["value"] > 0 else ""
        text = f"{sign}{short_pounds(row['value'], largest)}"
        is_left = high <= 0 and low < 0
        axes.annotate(text, (low if is_left else high, at), (-5 if is_left else 5, 0),
                      textcoords="offset points", va="center", ha="right" if is_left else "left",
                      weight="bold" if row["is_level"] else "normal")  # fmt: skip
        if at + 1 < len(rows):
            axes.plot([row["end"]] * 2, [at, at + 1], color=DARK_GREY, linewidth=0.8, zorder=0)
    axes.axvline(0, color=DARK_GREY, linewidth=0.8)
    axes.set_yticks(range(len(rows)), labels=[fill(name, LABEL_CHARS) for name in rows["title"]])
    axes.invert_yaxis()
    _room(axes, rows)


def _colour(row: pd.Series) -> str:
    if row["is_level"]:
        return DARK_BLUE
    return ORANGE if row["value"] > 0 else TURQUOISE


def _room(axes: "Axes", rows: pd.DataFrame) -> None:
    """Room on both sides for the labels, and an axis in the unit of the steps."""
    low = min(rows["begin"].min(), rows["end"].min(), 0.0)
    high = max(rows["begin"].max(), rows["end"].max(), 0.0)
    wide = (high - low) or 1.0
    axes.set_xlim(low - wide * (0.26 if low < 0 else 0.04), high + wide * 0.26)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda x, _: short_pounds(x, wide))
