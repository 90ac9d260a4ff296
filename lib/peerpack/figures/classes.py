"""Small multiples: a panel for each class of a sum, a bar in it for each part of the council."""

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

import pandas as pd

from peerpack.figures.style import (
    BAR_IN,
    DARK_BLUE,
    DARK_GREY,
    SMALL_PT,
    WIDTH_IN,
    drawn,
    house_style,
    short_pounds,
)
from peerpack.handover.evidence import Shown
from peerpack.vocab import FACETS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEAD_IN, PANEL_CHARS, LABEL_CHARS = 1.0, 11, 18


@drawn
def classes(shown: Shown, by: str, of: str) -> "Figure":
    """Amounts in pounds by class and part, such as `by="category"`, `of="directorate"`.

    A panel for each class in the table's order, named above it with the whole council's amount; the
    bars of all panels are on one scale, and each has its amount beside it. The last class, what is
    left over, is an outline.
    """
    rows = shown.parts[shown.parts["value"].notna()]
    names = list(rows.loc[_only(rows, by), "group"])
    parts = list(rows.loc[_only(rows, of), "group"])
    with house_style():
        from matplotlib.figure import Figure

        size = (WIDTH_IN, HEAD_IN + BAR_IN * 1.2 * max(len(parts), 1))
        figure = Figure(figsize=size, layout="constrained")
        panels = figure.subplots(1, max(len(names), 1), sharex=True, sharey=True, squeeze=False)[0]
        for axes, name in zip(panels, names, strict=False):
            total = rows.loc[_only(rows, by) & (rows["group"] == name), "value"].iloc[0]
            _panel(
                axes,
                _amounts(shown.only(**{by: name}), of, parts),
                total,
                name,
                filled=name != names[-1],
            )
        _name_parts(panels[0], parts, rows.loc[_only(rows, by, of), "value"])
    return figure


def _only(rows: pd.DataFrame, *cuts: str) -> "pd.Series[bool]":
    """Rows with these cuts and no others but facets."""
    said = rows["breakdown"].map(lambda text: {*text.split("&")} - {*FACETS})
    return said.map(lambda own: own == {*cuts}).astype(bool)


def _amounts(own: Shown, of: str, parts: Sequence[str]) -> list[float]:
    """The amount of each part in its order; a part without a row has none."""
    found = [own.only(**{of: part}).rows["value"].dropna() for part in parts]
    return [float(values.iloc[0]) if len(values) else 0.0 for values in found]


def _panel(
    axes: "Axes", amounts: Sequence[float], total: float, name: str, *, filled: bool
) -> None:
    for at, amount in enumerate(amounts):
        if amount:
            axes.barh(at, amount, height=0.6, color=DARK_BLUE if filled else "none",
                      edgecolor=DARK_BLUE)  # fmt: skip
            axes.annotate(short_pounds(amount, abs(amount)), (max(amount, 0), at), (3, 0),
                          textcoords="offset points", va="center", fontsize=SMALL_PT)  # fmt: skip
    head = f"{fill(name, PANEL_CHARS)}\n{short_pounds(total, abs(total))}"
    axes.set_title(head, fontsize=SMALL_PT, loc="left", weight="bold", color=DARK_GREY)
    axes.axvline(0, color=DARK_GREY, linewidth=0.8)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _name_parts(axes: "Axes", parts: Sequence[str], amounts: "pd.Series[float]") -> None:
    axes.set_yticks(range(len(parts)), labels=[fill(part, LABEL_CHARS) for part in parts])
    axes.invert_yaxis()
    low, high = min([0.0, *amounts]), max([0.0, *amounts])
    wide = (high - low) or 1.0
    axes.set_xlim(low - wide * 0.05, high + wide * 0.85)
