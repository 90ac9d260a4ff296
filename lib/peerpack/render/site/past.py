"""What did each pack say of a figure, this one last? A row each, and where the series breaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from peerpack.handover.history import Earlier
from peerpack.render.badges import Badge, mark_in_words, marks_of, rating_badge
from peerpack.render.cards import period_said
from peerpack.render.numbers import printed
from peerpack.render.rows import Row, grouped, rows_of
from peerpack.words.history import Reason
from peerpack.words.numbers import quarter_in_full


@dataclass(frozen=True)
class Past:
    """A figure as one pack said it; `now` where that is this pack."""

    quarter: str
    when: str
    period: str
    value: float | None
    unit: str
    display: str
    comparator: str
    target: str
    rating: Badge | None
    marks: tuple[str, ...]
    definition: str
    sha256: str
    now: bool


class Pasts:
    """The rows of a pack's history, looked up by evidence id."""

    def __init__(self, history: Earlier, quarter: str, sha256: str) -> None:
        self._rows = grouped(rows_of(history.rows), "evidence_id")
        self._now = {"quarter": quarter, "evidence_sha256": sha256}
        self._definitions = history.definitions

    def of(self, row: Row, decimals: int | None) -> tuple[Past, ...]:
        """What earlier packs said of a headline figure, and this one; none where no other did."""
        before = self._rows.get(row["evidence_id"], [])
        own = row | self._now | {"definition": self._definitions.get(row["indicator"], "")}
        told = [*before, own] if before else []
        return tuple(_past(each, decimals, now=each is own) for each in told)


def breaks(pasts: Sequence[Past]) -> Iterator[tuple[str, Reason]]:
    """The quarters from which a figure is not like for like with those before, and why."""
    for then, now in pairwise(pasts):
        if then.unit != now.unit:
            yield now.quarter, "unit"
        elif then.definition and now.definition and then.definition != now.definition:
            yield now.quarter, "definition"
        elif any(mark.startswith("[b]") for mark in now.marks):
            yield now.quarter, "series"


def _past(row: Row, decimals: int | None, *, now: bool) -> Past:
    beside = printed(row["comparator_value"], row["unit"], decimals)
    return Past(
        quarter=row["quarter"],
        when=quarter_in_full(row["quarter"]),
        period=period_said(row["period"]),
        value=row["value"],
        unit=row["unit"],
        display=row["display"],
        comparator=f"{beside} ({row['comparator']})" if beside else "",
        target=printed(row["target"], row["unit"], decimals),
        rating=rating_badge(row["rag"]),
        marks=tuple(mark_in_words(mark) for mark in marks_of(row["status"])),
        definition=row["definition"],
        sha256=row["evidence_sha256"],
        now=now,
    )
