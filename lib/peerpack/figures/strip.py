"""Dots of a figure among named neighbours, a line to each, the comparator as a line across."""

from typing import TYPE_CHECKING

import pandas as pd

from peerpack.figures.style import (
    DARK_BLUE,
    DARK_GREY,
    ON_WHITE,
    ORANGE,
    TURQUOISE,
    bar_canvas,
    drawn,
    house_style,
    level,
)
from peerpack.handover.evidence import Shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ENGLAND = "England"


@drawn
def strip(shown: Shown, axis: str) -> "Figure":
    """The council among the members of its headline's group and England, highest first.

    `axis` words the axis with its unit. Each dot is labelled with its figure; whoever has none
    stands below the others and says so. The comparator is a dashed line; an interval is drawn.
    """
    rows = _rows(shown)
    with house_style():
        figure, axes = bar_canvas(len(rows))
        _dots(axes, rows)
        _names(axes, rows)
        _comparator(axes, shown.headline)
        axes.set(xlabel=axis, ylabel="", ylim=(len(rows) - 0.4, -0.8))
    return figure


def _rows(shown: Shown) -> pd.DataFrame:
    """The rows to draw, highest first and those without a figure last; `mark` is their colour."""
    group = next((c["members"] for c in shown.comparators if c["members"]), ())
    parts = shown.parts
    nation = [ENGLAND for c in shown.comparators if c["statistic"] == "national figure"]
    others = parts[parts["group"].isin([*group, *nation])]
    own = shown.headline.to_frame().T.assign(
        label=str(shown.headline["council"]).replace("-", " ").title(), mark=DARK_BLUE
    )
    marks = [TURQUOISE if name == ENGLAND else DARK_GREY for name in others["group"]]
    both = pd.concat([own, others.assign(mark=marks)])
    return both.astype({"value": "float64", "lower": "float64", "upper": "float64"}).sort_values(
        ["value", "label"], ascending=[False, True], na_position="last", ignore_index=True
    )


def _dots(axes: "Axes", rows: pd.DataFrame) -> None:
    known = rows[rows["value"].notna()]
    axes.scatter(known["value"], known.index, s=64, c=list(known["mark"]), zorder=3)
    for at, (_, row) in enumerate(rows.iterrows()):
        if pd.isna(row["value"]):
            inside = axes.get_yaxis_transform()
            axes.text(0.01, at, "no figure", va="center", color=DARK_GREY, transform=inside)
        else:
            _dot_label(axes, at, row)
    axes.margins(x=0.14)


def _dot_label(axes: "Axes", at: int, row: pd.Series) -> None:
    """The figure beside its dot, and its interval as a bar; the label hides the line behind it."""
    ends = row["value"] if pd.isna(row["upper"]) else row["upper"]
    if pd.notna(row["lower"]):
        axes.plot([row["lower"], row["upper"]], [at, at], color=ORANGE, linewidth=2.5)
    axes.annotate(
        row["display"], (ends, at), (7, 0), textcoords="offset points", va="center",
        color=_ink(row["mark"]), bbox=ON_WHITE,
    )  # fmt: skip


def _ink(mark: str) -> str:
    """The colour of words: turquoise is too light for them."""
    return DARK_BLUE if mark == DARK_BLUE else DARK_GREY


def _names(axes: "Axes", rows: pd.DataFrame) -> None:
    axes.set_yticks(range(len(rows)), labels=list(rows["label"]))
    for name, mark in zip(axes.get_yticklabels(), rows["mark"], strict=True):
        name.set_color(_ink(mark))
        name.set_fontweight("bold" if mark == DARK_BLUE else "normal")


def _comparator(axes: "Axes", whole: pd.Series) -> None:
    if not whole["comparator"]:
        return
    at = whole["comparator_value"]
    level(axes, at, f"{whole['comparator_statistic']} {whole['comparator_display']}")
