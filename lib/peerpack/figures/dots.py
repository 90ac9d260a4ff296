"""Dots with their intervals, directly labelled: figures of a sample, each with what it may be."""

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import pandas as pd

from peerpack.figures.style import (
    BAR_IN,
    DARK_BLUE,
    DARK_GREY,
    FRAME_IN,
    ON_WHITE,
    SMALL_PT,
    WIDTH_IN,
    bar_canvas,
    drawn,
    house_style,
    level,
    nothing,
)
from peerpack.handover.evidence import Shown, is_head

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_DOTS, NO_DOT = 15, "No dot can be shown"
PANELS_A_ROW = 3
PANEL_FRAME_IN = 0.85
PANEL_TITLE_CHARACTERS = 22


@drawn
def dots(shown: Shown, axis: str, cut: str = "") -> "Figure":
    """Dots of the rows of one cut, or of the figures themselves, largest first, at most fifteen.

    `axis` words the axis with its unit; `cut` picks a breakdown (by default the headlines, one a
    question). A line is the row's interval. Of a cut, the whole council's value is a dashed line;
    of a change, nought is. Suppressed rows have no dot.
    """
    rows = _rows(shown, cut)
    with house_style():
        figure, axes = bar_canvas(len(rows))
        if rows.empty:
            nothing(axes, NO_DOT)
            return figure
        _draw(axes, rows)
        _mark(axes, shown, rows, cut)
        axes.set_xlim(*_span(rows, room=0.16))
        axes.set(xlabel=axis, ylabel="")
    return figure


@drawn
def small_multiples(shown: Shown, axis: str, facet: str, cut: str) -> "Figure":
    """A panel of dots for each value of a facet, such as a question, on one scale.

    Every panel has the same rows in the same order, the parts of `cut` by name; its title is the
    facet's value with the whole council's figure, a dashed line.
    """
    breakdown = "&".join(sorted((cut, facet)))
    parts = shown.rows[(shown.rows["breakdown"] == breakdown) & shown.rows["value"].notna()]
    heads = shown.rows[(shown.rows["breakdown"] == facet) & shown.rows["value"].notna()]
    with house_style():
        if parts.empty or heads.empty:
            figure, axes = bar_canvas(0)
            nothing(axes, NO_DOT)
            return figure
        names = sorted(parts["label"].unique(), reverse=True)
        figure, panels = _panels(len(heads), len(names))
        for axes, (_, head) in zip(panels, heads.iterrows(), strict=False):
            own = shown.only(**{facet: head["group"]}).rows["evidence_id"]
            _panel(axes, head, parts[parts["evidence_id"].isin(own)], names)
        for axes in panels[len(heads) :]:
            axes.set_visible(False)
        panels[0].set_xlim(*_span(pd.concat([parts, heads]), room=0.4))
        figure.supxlabel(axis, color=DARK_GREY, fontsize=11)
    return figure


def _rows(shown: Shown, cut: str) -> pd.DataFrame:
    heads = shown.rows["breakdown"].map(is_head).astype(bool)
    rows = shown.rows[shown.rows["breakdown"] == cut] if cut else shown.rows[heads]
    rows = rows[rows["value"].notna()]
    return rows.sort_values(["value", "label"], ascending=[True, False]).tail(MOST_DOTS)


def _draw(axes: "Axes", rows: pd.DataFrame, size: float = 7.0) -> None:
    for at, (_, row) in enumerate(rows.iterrows()):
        _dot(axes, row, at, size)
    axes.set_yticks(range(len(rows)), labels=list(rows["label"]))
    axes.set_ylim(-0.6, len(rows) - 0.4)


def _dot(axes: "Axes", row: pd.Series, at: float, size: float) -> None:
    ends: list[Any] = [row["lower"], row["upper"]]
    if not pd.isna(ends).any():
        axes.plot(ends, [at, at], color=DARK_BLUE, linewidth=2, alpha=0.6, solid_capstyle="butt")
    axes.plot([row["value"]], [at], "o", color=DARK_BLUE, markersize=size)
    end = max(v for v in (row["value"], row["upper"]) if not pd.isna(v))
    text = str(row["display"]).removesuffix(" percentage points")  # the axis says the unit
    letters = max(4 + size, SMALL_PT)
    axes.annotate(text, (end, at), (5, 0), textcoords="offset points", va="center",
                  fontsize=letters, bbox=ON_WHITE)  # fmt: skip


def _mark(axes: "Axes", shown: Shown, rows: pd.DataFrame, cut: str) -> None:
    if rows["unit"].iloc[0] == "pp":
        level(axes, 0, "no change")
    elif cut and not pd.isna(shown.headline["value"]):
        whole = shown.headline
        level(axes, whole["value"], f"whole council {whole['display']}")


def _span(rows: pd.DataFrame, room: float) -> tuple[float, float]:
    """The axis: percentages from nought, a change about nought; `room` is for the labels."""
    known = pd.concat([rows[c] for c in ("value", "lower", "upper")]).dropna()
    left, right = min(known.min(), 0.0), max(known.max(), 0.0)
    width = (right - left) or 1.0
    return left - (0.05 * width if left < 0 else 0.0), right + room * width


def _panels(panels_n: int, rows_n: int) -> "tuple[Figure, list[Axes]]":
    from matplotlib.figure import Figure

    across = min(PANELS_A_ROW, panels_n)
    down = -(-panels_n // across)
    height = down * (PANEL_FRAME_IN + BAR_IN * rows_n) + FRAME_IN - PANEL_FRAME_IN
    figure = Figure(figsize=(WIDTH_IN, height), layout="constrained")
    panels = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
    return figure, list(panels.flat)


def _panel(axes: "Axes", head: pd.Series, parts: pd.DataFrame, names: list[str]) -> None:
    for _, row in parts.iterrows():
        _dot(axes, row, names.index(row["label"]), 5.5)
    level(axes, head["value"])
    axes.set_yticks(range(len(names)), labels=names)
    axes.set_ylim(-0.6, len(names) - 0.4)
    said = wrap(f"{head['label']}: {head['display']}", PANEL_TITLE_CHARACTERS)
    axes.set_title("\n".join(said), fontsize=SMALL_PT, loc="left", color=DARK_GREY)
