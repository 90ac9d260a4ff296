"""An exhibit: a chart with its words, and its numbers as the shown table has them."""

import io
from typing import TYPE_CHECKING

from peerpack.handover.evidence import Shown
from peerpack.handover.records import Exhibit
from peerpack.records.cell import current_cell
from peerpack.records.svg import as_svg
from peerpack.words.cells import inert
from peerpack.words.numbers import period_in_full

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLUMNS = [
    "evidence_id", "title", "breakdown", "group", "value", "unit", "display", "lower", "upper",
    "base_n", "stated_value", "comparator", "comparator_value", "status",
]  # fmt: skip
"""What a chart can draw of a row, and by what it is known."""


def exhibit_of(
    figure: "Figure", shown: Shown, *, name: str, title: str, alt: str, source: str
) -> Exhibit:
    """The exhibit of a figure of a shown table."""
    first = shown.rows.iloc[0]
    return Exhibit(
        id=name,
        title=title,
        alt=alt,
        source=f"Source: {source}, {period_in_full(first['period'])}.",
        svg=as_svg(figure),
        table=_csv(shown),
        evidence_ids=tuple(shown.rows["evidence_id"]),
        theme=str(first["theme"]),
        cell=current_cell(),
    )


def _csv(shown: Shown) -> str:
    text = io.StringIO()
    shown.rows[COLUMNS].map(inert).to_csv(text, index=False, lineterminator="\n")
    return text.getvalue()
