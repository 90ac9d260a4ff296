"""The house style: Analysis Function palette, plain axes, text that stays text."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

from peerpack.errors import RecordRefused
from peerpack.handover.evidence import Shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DARK_BLUE, TURQUOISE, ORANGE, DARK_GREY = "#12436D", "#28A197", "#F46A25", "#3D3D3D"
WIDTH_IN, BAR_IN, FRAME_IN = 7.2, 0.34, 1.1
SMALL_PT = 10
"""The smallest letters of a chart: on a phone a page shows it no narrower than 36 letters."""
ON_WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}

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


def drawn(figure: "Callable[..., Figure]") -> "Callable[..., Figure]":
    """A function that draws shown tables: of one without rows it draws an empty figure."""

    @wraps(figure)
    def made(*given: Any, **options: Any) -> "Figure":
        tables = [given[0], *(each for each in given[1:] if isinstance(each, Shown))]
        _refuse_unshown(given[0])
        return bar_canvas(0)[0] if any(t.empty for t in tables) else figure(*given, **options)

    return made


def _refuse_unshown(table: object) -> None:
    if not isinstance(table, Shown):
        raise RecordRefused(
            f"A figure was asked of a {type(table).__name__}. Give the table that "
            "record.evidence(...) gave back, so that what may not be shown is not drawn."
        )


def bar_canvas(bars_n: int) -> "tuple[Figure, Axes]":
    """A figure tall enough for so many horizontal bars; no pyplot, so nothing is shown twice."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_IN, FRAME_IN + BAR_IN * max(bars_n, 1)), layout="constrained")
    return figure, figure.subplots()


def nothing(axes: "Axes", words: str) -> None:
    """Say that there is nothing to draw: without a scale, which would be of nothing."""
    axes.text(0.5, 0.5, words, ha="center", va="center", transform=axes.transAxes)
    axes.set_axis_off()


def level(axes: "Axes", at: float, said: str = "") -> None:
    """A dashed line across, and what it is above it; cased in white, to be seen on dark bars."""
    from matplotlib.patheffects import withStroke

    cased = [withStroke(linewidth=3.2, foreground="white")]
    # Over bars, under dots, intervals and words.
    axes.axvline(at, color=DARK_GREY, linestyle="--", linewidth=1.2, zorder=1.5, path_effects=cased)
    if said:
        above = axes.get_xaxis_transform()
        axes.text(at, 1.02, said, ha="center", color=DARK_GREY, transform=above)


def short_pounds(pounds: float, largest: float) -> str:
    """An amount beside a bar: `£4.6m`, `£182k`, `£950`, in the unit that suits the largest."""
    minus = "-" if round(pounds, 2) < 0 else ""
    for by, letter, decimals in ((1e6, "m", 1), (1e3, "k", 0)):
        if largest >= by:
            return f"{minus}£{abs(pounds) / by:,.{decimals}f}{letter}"
    return f"{minus}£{abs(pounds):,.0f}"
