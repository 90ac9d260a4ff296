"""What a trace may not show: a suppressed figure, by its own rows or among those of another.

The rows of a hidden figure are known only while a trace is made, and are told nowhere.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from peerpack.catalogue.load import dataset as contract_of
from peerpack.errors import RecordRefused
from peerpack.handover.receipt import Receipt
from peerpack.packs.opened import OpenedPack
from peerpack.packs.trace.rows import Block

GROUPING = ("label", "code", "text")


@dataclass(frozen=True)
class Hidden:
    """The rows of a suppressed figure in one role and return; `cuts`: by which it is a part."""

    cuts: tuple[str, ...]
    receipt: Receipt
    rows: frozenset[int]

    def is_in(self, block: Block) -> bool:
        """Whether it is of the return of a block."""
        return self.receipt is block.receipt


def refuse_suppressed(pack: OpenedPack, row: Mapping[str, Any]) -> None:
    """A suppressed figure has no trace: its rows are what it hides."""
    if is_hidden(row["status"]):
        raise RecordRefused(
            f"{row['evidence_id']} is suppressed in {pack.version} of {pack.council} "
            f"{pack.quarter}, and so are its rows: to name them would tell the figure. "
            "docs/explanation/disclosure.md says why a figure is hidden."
        )


def is_hidden(status: str) -> bool:
    """Whether the marks of a row of evidence say that it is suppressed."""
    return "c" in status.split(";")


def refuse_same_rows(evidence_id: str, blocks: Iterable[Block], hidden: Sequence[Hidden]) -> None:
    """A figure, not suppressed itself, some of whose rows are just those of one that is."""
    for block in (b for b in blocks if b.rows is not None and b.role != "comparator"):
        own = frozenset(block.rows or ())
        if own and any(each.is_in(block) and each.rows == own for each in hidden):
            raise RecordRefused(
                f"{evidence_id}: its {block.role} is of the same rows as a suppressed figure's, so "
                "its trace would show that one. docs/explanation/disclosure.md says why."
            )


def telling_columns(blocks: Iterable[Block], hidden: Sequence[Hidden]) -> dict[str, set[str]]:
    """By dataset, the columns by which a suppressed part could be told from the rows traced.

    They are those that the part is cut by, and those of which each value lies within one value of
    such a cut, as a service lies within a directorate.
    """
    told: dict[str, set[str]] = {}
    for block in (b for b in blocks if b.found is not None and b.receipt.personal):
        cuts = {cut for each in hidden if _is_part(each, block) for cut in each.cuts}
        told.setdefault(block.receipt.dataset, set()).update(_within(block, cuts))
    return told


def _is_part(each: Hidden, block: Block) -> bool:
    own = set(block.rows or ())
    return each.is_in(block) and bool(own & each.rows) and bool(own - each.rows)


def _within(block: Block, cuts: Collection[str]) -> Iterator[str]:
    assert block.table is not None  # noqa: S101 - the caller asks of such a block only
    frame = block.table.frame
    columns = [c for c in contract_of(block.receipt.dataset).columns if c.name in frame]
    for column in columns:
        parts = (cut for cut in cuts if cut in frame)
        if column.name in cuts or (
            column.kind in GROUPING and any(_lies_within(frame, column.name, p) for p in parts)
        ):
            yield column.name


def _lies_within(frame: pd.DataFrame, column: str, cut: str) -> bool:
    """Each value of a column has rows of one part alone; a reference of each row groups nothing."""
    known = frame[[column, cut]].dropna()
    parts_n = known.groupby(column)[cut].nunique()
    return 0 < 2 * len(parts_n) <= len(known) and bool((parts_n == 1).all())
