"""Small multiples: a panel for each part of one cut, and in it a bar for each part within that."""

from itertools import chain
from textwrap import fill
from typing import TYPE_CHECKING, Any

import pandas as pd

from peerpack.figures.style import (
    BAR_IN,
    DARK_BLUE,
    DARK_GREY,
    ON_WHITE,
    SMALL_PT,
    WIDTH_IN,
    bar_canvas,
    drawn,
    house_style,
    level,
    nothing,
)
from peerpack.handover.evidence import Shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ACROSS, MOST_PANELS, MOST_BARS = 2, 6, 6
HEAD_IN, FOOT_IN = 0.72, 0.35
LABEL_CHARS, TITLE_CHARS = 22, 23


@drawn
def panels(shown: Shown, axis: str, by: str, of: str) -> "Figure":
    """Rates of parts within parts: `by="directorate"`, `of="team"`; the highest panel first.

    A panel is named with its own value, which is a dashed line in it; its bars are the highest of
    the parts in it, at most six, each with its value beside it, all panels on one scale. `axis`
    words the scale with its unit. What may not be shown is counted under the bars.
    """
    from matplotlib.figure import Figure

    heads = _heads(shown, by)
    with house_style():
        if heads.empty:
            figure, axes = bar_canvas(0)
            nothing(axes, "No panel can be shown")
            return figure
        parts = [_parts(shown, by, of, str(name)) for name in heads["group"]]
        size = (WIDTH_IN, FOOT_IN + sum(_heights(_bars_n(parts))))
        figure = Figure(figsize=size, layout="constrained")
        _fill(figure, heads, parts, axis)
    return figure


def _heads(shown: Shown, by: str) -> pd.DataFrame:
    rows = shown.parts[(shown.parts["breakdown"] == by) & shown.parts["value"].notna()]
    rows = rows.sort_values(["value", "group"], ascending=[False, True])
    return rows.head(MOST_PANELS).reset_index(drop=True)


def _parts(shown: Shown, by: str, of: str, name: str) -> pd.DataFrame:
    rows = shown.only(**{by: name}).rows
    rows = rows[rows["breakdown"] == "&".join(sorted((by, of)))]
    return rows.sort_values(["value", "group"], ascending=[False, True], na_position="last")


def _bars_n(parts: list[pd.DataFrame]) -> list[int]:
    """How many bars each row of panels has room for: those of its panel with most."""
    bars_n = [min(int(each["value"].notna().sum()), MOST_BARS) for each in parts]
    return [max(bars_n[at : at + ACROSS]) for at in range(0, len(parts), ACROSS)]


def _fill(figure: "Figure", heads: pd.DataFrame, parts: list[pd.DataFrame], axis: str) -> None:
    room = _bars_n(parts)
    grid: Any = figure.subplots(len(room), ACROSS, squeeze=False, sharex=True,
                                height_ratios=_heights(room))  # fmt: skip
    places = list(chain.from_iterable(grid))
    top = max(heads["value"].max(), *(each["value"].max() for each in parts), 0.0) or 1.0
    for at, (axes, rows) in enumerate(zip(places, parts, strict=False)):
        _panel(axes, heads.iloc[at], rows)
        axes.set(xlim=(0, top * 1.35), ylim=(room[at // ACROSS] + 0.35, -0.6))
    for axes in places[len(parts) :]:
        axes.set_axis_off()
    figure.supxlabel(axis, fontsize=10, color=DARK_GREY)


def _heights(room: list[int]) -> list[float]:
    return [HEAD_IN + BAR_IN * (bars_n + 1) for bars_n in room]


def _panel(axes: "Axes", head: pd.Series, rows: pd.DataFrame) -> None:
    bars = rows[rows["value"].notna()].head(MOST_BARS)
    at = range(len(bars))
    axes.barh(at, bars["value"], color=DARK_BLUE, height=0.7)
    level(axes, head["value"])
    for y, value, text in zip(at, bars["value"], bars["display"], strict=True):
        axes.annotate(text, (value, y), (4, 0), textcoords="offset points", va="center",
                      fontsize=SMALL_PT, bbox=ON_WHITE)  # fmt: skip
    labels = [fill(str(name), LABEL_CHARS) for name in bars["label"]]
    axes.set_yticks(at, labels=labels, fontsize=SMALL_PT)
    title = f"{fill(head['label'], TITLE_CHARS)}\n{head['display']} overall"
    axes.set_title(title, loc="left", fontsize=10, fontweight="bold")
    _left_out(axes, rows, len(bars))


def _left_out(axes: "Axes", rows: pd.DataFrame, bars_n: int) -> None:
    """What has no bar in a panel, under its bars."""
    hidden_n = int((rows["status"] == "c").sum())
    lower_n = int(rows["value"].notna().sum()) - bars_n
    told = [f"{lower_n} lower" if lower_n else "", f"{hidden_n} not shown [c]" if hidden_n else ""]
    if any(told):
        axes.text(0.01, bars_n - 0.1, ", ".join(filter(None, told)), fontsize=SMALL_PT, va="center",
                  color=DARK_GREY, transform=axes.get_yaxis_transform(), bbox=ON_WHITE)  # fmt: skip
