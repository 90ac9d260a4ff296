"""Follow a number of a pack back to the raw rows it was computed from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np

from peerpack.catalogue import load
from peerpack.catalogue.models import Indicator
from peerpack.errors import NotFound, NotReproducible, PackTampered, PeerpackError
from peerpack.handover.receipt import Receipt
from peerpack.packs.opened import OpenedPack, find_pack, open_pack
from peerpack.packs.trace.again import Again, moved_in, refuse_other, run_again
from peerpack.packs.trace.entries import ROLES, Entry, entries
from peerpack.packs.trace.masks import Masks, masks_over
from peerpack.packs.trace.own import own_table
from peerpack.packs.trace.returns import NotHere, Returns
from peerpack.packs.trace.rows import Block, Row, Table, of_return, rows_of
from peerpack.packs.trace.sums import sums
from peerpack.packs.trace.suppressed import (
    Hidden,
    is_hidden,
    refuse_same_rows,
    refuse_suppressed,
    telling_columns,
)
from peerpack.records.indicators import key_in


@dataclass(frozen=True, eq=False)
class Traced:
    """A number and the way back from it.

    `row`: its row of evidence. `blocks`: its rows by role and return. `not_here`: returns that
    were not found as the pack read them. `moved`: inputs of the checkout that are not the pack's.
    """

    pack: OpenedPack
    row: Mapping[str, Any]
    blocks: tuple[Block, ...]
    masks: Masks
    not_here: tuple[NotHere, ...] = ()
    moved: tuple[str, ...] = ()
    sums: Mapping[str, str] = field(default_factory=dict)

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        """The receipts of the returns it rests on, each once."""
        return tuple(
            {(b.receipt.dataset, b.receipt.quarter): b.receipt for b in self.blocks}.values()
        )

    @cached_property
    def definition(self) -> Indicator | None:
        """What the catalogue of this checkout says of its indicator."""
        found = load.indicators().get(self.row["indicator"])
        measure = dict(key_in(self.row["evidence_id"])).get("measure", "")
        return found.defined(measure) if found else None

    def rows(self) -> Iterator[Row]:
        """Every row that is known and here, by role and return, personal values masked."""
        for block in self.blocks:
            yield from rows_of(block, self.masks)

    def corrections(self, receipt: Receipt) -> dict[str, list[int]]:
        """The corrections of a return that changed traced rows, and which rows."""
        own = [b for b in self.blocks if b.receipt is receipt]
        ids = {id_ for block in own for id_ in block.corrections}
        return {
            id_: sorted({r for b in own for r in b.corrections.get(id_, ())}) for id_ in sorted(ids)
        }


def traces(
    evidence: Sequence[str], pack: Path | None = None, *, roots: Sequence[Path] = (), reports: Path
) -> Iterator[Traced]:
    """Follow evidence ids of one pack, or their links on its page, back to raw rows.

    `pack`: its folder; without it, the newest under `reports` that holds the first of them. What
    cannot be traced is passed over, and said at the end. Raises NotFound, PackTampered;
    RecordRefused for what is suppressed; NotReproducible where rows that the pack does not name
    cannot be found again as they were, or a return is here with other bytes.
    """
    ids = [evidence_id(word) for word in evidence]
    tracer = Tracer(open_pack(pack) if pack else find_pack(reports, ids[0]), roots)
    stops: list[PeerpackError] = []
    for id_ in ids:
        try:
            traced = tracer.trace(id_)
            yield traced
            refuse_incomplete(traced)
        except PeerpackError as stop:
            stops.append(stop)
    if stops:
        raise type(stops[0])("\n".join(map(str, stops)))


class Tracer:
    """Traces numbers of one pack; returns are read, and notebooks run again, once for all."""

    def __init__(self, pack: OpenedPack, roots: Sequence[Path] = ()) -> None:
        self._pack, self._roots = pack, tuple(roots)
        self._returns = Returns(pack, roots)
        self._runs: dict[frozenset[str], Again | None] = {}

    def trace(self, id_: str) -> Traced:
        """The way back from one number."""
        row = dict(self._pack.row(id_))
        refuse_suppressed(self._pack, row)
        named = tuple(entries(self._pack, id_))
        people = {e.receipt.dataset for e in named if e.receipt.personal}
        again = self._again(row, people) if people else None
        hidden = self._hidden(again) if again else []
        blocks = tuple(self._blocks(again.rows(named, id_) if again else named, again is None))
        refuse_same_rows(id_, blocks, hidden)
        return Traced(
            pack=self._pack,
            row=row,
            blocks=blocks,
            masks=masks_over(blocks, telling_columns(blocks, hidden)),
            not_here=tuple(self._not_here(blocks, all_asked=bool(people) and again is None)),
            moved=self._moved,
            sums=sums(row, blocks),
        )

    def _not_here(self, blocks: Sequence[Block], *, all_asked: bool) -> Iterator[NotHere]:
        """The returns of a figure that were not found; of its notebook, where it was to run."""
        own = {(block.receipt.dataset, block.receipt.quarter) for block in blocks}
        for each in self._returns.not_here:
            if all_asked or (each.dataset, each.quarter) in own:
                yield each

    @cached_property
    def _moved(self) -> tuple[str, ...]:
        return tuple(moved_in(self._pack))

    def _again(self, row: Mapping[str, Any], people: Collection[str]) -> Again | None:
        """The notebooks run again that record the figure, or hide one of the same people."""
        own = self._pack.evidence
        hidden = own["dataset"].isin(list(people)) & own["status"].map(is_hidden)
        notebooks = frozenset({row["notebook"], *own.loc[hidden, "notebook"]})
        if notebooks not in self._runs:
            run = run_again(self._pack, notebooks, self._returns, self._roots)
            self._runs[notebooks] = run
        found = self._runs[notebooks]
        if found:
            refuse_other(self._pack, row, found.evidence.get(row["evidence_id"]))
        return found

    def _hidden(self, again: Again) -> list[Hidden]:
        """The rows of each suppressed figure, a role and a return at a time."""
        own = self._pack.evidence
        ids = {*own.loc[own["status"].map(is_hidden), "evidence_id"]}
        ids |= {id_ for id_, row in again.evidence.items() if is_hidden(row["status"])}
        return [
            Hidden(tuple(name for name, _ in key_in(id_)), each.receipt, frozenset(each.rows))
            for id_ in sorted(ids)
            for each in again.entries(id_)
            if each.rows is not None
        ]

    def _blocks(self, named: Sequence[Entry], ran_not: bool) -> Iterator[Block]:
        """The rows by role and return; of people none, where nothing told what to mask."""
        tables: dict[tuple[str, str], Table | None] = {}
        for entry in sorted(named, key=lambda each: ROLES.index(each.role)):
            receipt = entry.receipt
            key = receipt.dataset, receipt.quarter
            if key not in tables:
                tables[key] = self._table(receipt)
            rows = None if receipt.personal and ran_not else entry.rows
            self._refuse_strange(receipt, rows, tables[key])
            yield Block(entry.role, receipt, rows, tables[key])

    def _table(self, receipt: Receipt) -> Table | None:
        if receipt.dataset in load.own_tables():
            return own_table(self._pack, receipt)
        found = self._returns.of(receipt)
        return of_return(found, receipt) if found else None

    def _refuse_strange(
        self, receipt: Receipt, rows: tuple[int, ...] | None, table: Table | None
    ) -> None:
        """Rows of a lineage that its return has not: the pack was not made of it."""
        if rows is None or table is None or np.isin(rows, table.frame.index).all():
            return
        raise PackTampered(
            f"{self._pack.version}: its lineage names rows that {receipt.dataset} of "
            f"{receipt.quarter} has not. Do not rely on it; build it again."
        )


def evidence_id(word: str) -> str:
    """An evidence id as it was given: itself, `#e-…` of a page's address, or `e-…`."""
    link = word.rpartition("#")[2]
    return unquote(link.removeprefix("e-")) if link.startswith("e-") else word


def refuse_incomplete(traced: Traced) -> None:
    """A trace that ends at the pack: 41 where bytes moved, 10 where a return is not here."""
    if not traced.not_here:
        return
    told = " ".join(f"{each.dataset} of {each.quarter}: {each.words}" for each in traced.not_here)
    moved = any(each.moved for each in traced.not_here)
    raise (NotReproducible if moved else NotFound)(
        f"{traced.row['evidence_id']}: the trace ends at the pack. {told}"
    )
