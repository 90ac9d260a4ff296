"""A figure as SVG text: the same bytes each time, text kept as text."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def as_svg(figure: "Figure") -> str:
    """The figure as SVG, without date, with a fixed salt for its ids, whatever is set outside."""
    from matplotlib import rc_context, rcdefaults

    text = io.StringIO()
    with rc_context():
        rcdefaults()
        with rc_context({"svg.hashsalt": "peerpack", "svg.fonttype": "none"}):
            figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return text.getvalue()
