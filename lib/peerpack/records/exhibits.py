"""An exhibit: a chart with its words, and its numbers as the shown table has them."""

import io
from typing import TYPE_CHECKING

from peerpack.errors import RecordRefused
from peerpack.handover.evidence import Shown
from peerpack.handover.records import Exhibit
from peerpack.records.cell import current_cell
from peerpack.records.refusals import refuse_unshown
from peerpack.records.svg import as_svg
from peerpack.words.cells import inert

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLUMNS = [
    "evidence_id", "breakdown", "group", "value", "unit", "display", "lower", "upper", "base_n",
    "status",
]  # fmt: skip


def exhibit_of(
    figure: "Figure", shown: Shown, *, name: str, title: str, alt: str, council: str
) -> Exhibit:
    """The exhibit of a figure, refused without title and alt text or for a table of no recorder."""
    if not alt.strip() or not title.strip():
        raise RecordRefused(f"Exhibit {name}: a chart needs a title and real alt text.")
    refuse_unshown(shown, f"Exhibit {name}")
    first = shown.rows.iloc[0]
    return Exhibit(
        id=name,
        title=title,
        alt=alt,
        source=f"Source: {council}, {first['dataset']}, {first['period']}.",
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
