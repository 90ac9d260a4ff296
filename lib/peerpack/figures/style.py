"""The house style: Analysis Function palette, plain axes, text that stays text."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE = (
    "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1",
)  # fmt: skip
WIDTH_IN, BAR_IN, FRAME_IN = 7.2, 0.34, 1.1

RC: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "peerpack",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Arial", "Helvetica", "sans-serif"],
    "font.size": 11,
    "text.parse_math": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": DARK_GREY,
    "axes.labelcolor": DARK_GREY,
    "xtick.color": DARK_GREY,
    "ytick.color": DARK_GREY,
    "ytick.left": False,
    "axes.grid": True,
    "axes.grid.axis": "x",
    "grid.color": "#E3E3E3",
    "axes.axisbelow": True,
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style, whatever styles are set outside."""
    from matplotlib import rc_context, rcdefaults, style

    with rc_context():
        rcdefaults()
        with style.context(RC):
            yield


def bar_canvas(bars_n: int) -> "tuple[Figure, Axes]":
    """A figure tall enough for so many horizontal bars; no pyplot, so nothing is shown twice."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_IN, FRAME_IN + BAR_IN * max(bars_n, 1)), layout="constrained")
    return figure, figure.subplots()
