"""Pairs of dots: a printed percentage and its comparator, each labelled, the furthest first."""

from textwrap import fill
from typing import TYPE_CHECKING

import pandas as pd

from peerpack.figures.style import DARK_BLUE, DARK_GREY, ORANGE, SMALL_PT, drawn, house_style
from peerpack.handover.evidence import Shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 12
PAIR_IN, FRAME_IN, WIDTH_IN = 0.62, 1.0, 7.2
LABEL_CHARS = 40


@drawn
def pairs(shown: Shown, axis: str) -> "Figure":
    """Printed percentages of published figures beside their comparators, at most twelve.

    A filled circle is the printed figure, a diamond its comparator: shape, colour and number all
    tell them apart.
    """
    rows = shown.beside().head(MOST).iloc[::-1].reset_index(drop=True)
    with house_style():
        from matplotlib.figure import Figure

        figure = Figure(figsize=(WIDTH_IN, FRAME_IN + PAIR_IN * max(len(rows), 1)),
                        layout="constrained")  # fmt: skip
        axes = figure.subplots()
        _draw(axes, rows)
        axes.set(xlabel=axis, ylabel="")
    return figure


def _draw(axes: "Axes", rows: pd.DataFrame) -> None:
    for at, row in rows.iterrows():
        y = float(at)  # type: ignore[arg-type]
        own, other = row["stated_value"], row["comparator_value"]
        axes.plot([own, other], [y, y], color=DARK_GREY, linewidth=1.2, zorder=1)
        axes.scatter([own], [y], color=DARK_BLUE, s=60, zorder=2)
        axes.scatter([other], [y], color=ORANGE, edgecolors=DARK_GREY, marker="D", s=46, zorder=2)
        low, high = sorted([(own, row["stated_display"]), (other, row["comparator_display"])])
        axes.annotate(low[1], (low[0], y), (-7, 0), textcoords="offset points", ha="right",
                      va="center")  # fmt: skip
        axes.annotate(high[1], (high[0], y), (7, 0), textcoords="offset points", va="center")
    labels = [fill(title.rstrip("."), LABEL_CHARS) for title in rows["title"]]
    axes.set_yticks(range(len(rows)), labels=labels, fontsize=SMALL_PT)
    # Room on the left for the label of a small figure.
    axes.set_xlim(-9, max([*rows["stated_value"], *rows["comparator_value"], 10.0]) * 1.15)
    axes.set_ylim(-0.6, len(rows) - 0.1)
    if len(rows):
        _named(axes, rows.iloc[-1], len(rows) - 1)


def _named(axes: "Axes", top: pd.Series, at: int) -> None:
    """What circle and diamond are, said once, above the first pair."""
    ends = {"printed": top["stated_value"], "comparator": top["comparator_value"]}
    left = min(ends, key=lambda name: ends[name])
    for name, value in ends.items():
        axes.annotate(name, (value, at), (0, 9), textcoords="offset points", fontsize=SMALL_PT,
                      ha="right" if name == left else "left", color=DARK_GREY)  # fmt: skip
