"""Follow a number of a pack back to the raw rows it was computed from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np

from peerpack.catalogue import load
from peerpack.catalogue.models import Indicator
from peerpack.errors import NotFound, NotReproducible, PackTampered
from peerpack.handover.receipt import Receipt
from peerpack.packs.opened import OpenedPack, find_pack, open_pack
from peerpack.packs.trace.again import Again, moved_in, refuse_other, run_again
from peerpack.packs.trace.masks import Masks, masks_over
from peerpack.packs.trace.own import own_table
from peerpack.packs.trace.returns import NotHere, Returns
from peerpack.packs.trace.rows import Block, Row, Table, of_return, rows_of
from peerpack.packs.trace.sums import sums
from peerpack.packs.trace.suppressed import (
    Hidden,
    is_suppressed,
    refuse_same_rows,
    refuse_suppressed,
    telling_columns,
)
from peerpack.records.indicators import key_in
from peerpack.records.lineage import rows_of as rows_named
from peerpack.words.numbers import SUPPRESSED

ROLES = ("numerator", "denominator", "weight", "comparator")


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
        indicator = load.indicators().get(self.row["indicator"])
        return (
            indicator.defined(dict(key_in(self.row["evidence_id"])).get("measure", ""))
            if indicator
            else None
        )

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


def trace(
    evidence: str, pack: Path | None = None, *, roots: Sequence[Path] = (), reports: Path
) -> Traced:
    """Follow an evidence id, or its link on the page, back to raw rows.

    `pack`: its folder; without it, the newest under `reports` that holds the id. Raises NotFound,
    PackTampered; RecordRefused for what is suppressed; NotReproducible where rows that the pack
    does not name cannot be found again as they were.
    """
    opened = open_pack(pack) if pack else find_pack(reports, evidence_id(evidence))
    row = dict(opened.row(evidence_id(evidence)))
    refuse_suppressed(opened, row)
    returns = Returns(opened, roots)
    entries = _entries(opened, row)
    again = _again(opened, row, entries, returns, roots)
    blocks = tuple(
        _blocks(opened, again.lineage[row["evidence_id"]] if again else entries, returns)
    )
    hidden = _hidden(opened, again) if again else []
    refuse_same_rows(row["evidence_id"], blocks, hidden)
    return Traced(
        pack=opened,
        row=row,
        blocks=blocks,
        masks=masks_over(blocks, telling_columns(blocks, hidden)),
        not_here=returns.not_here,
        moved=tuple(moved_in(opened)),
        sums=sums(row, blocks),
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


def _entries(pack: OpenedPack, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    own: list[Any] = pack.lineage[pack.lineage["evidence_id"] == row["evidence_id"]].to_dict(
        "records"
    )
    return own


def _again(
    pack: OpenedPack,
    row: Mapping[str, Any],
    entries: Sequence[Mapping[str, Any]],
    returns: Returns,
    roots: Sequence[Path],
) -> Again | None:
    """The notebooks run again, where rows are not named or may be those of a suppressed figure."""
    personal = {e["dataset"] for e in entries if _receipt(pack, e).personal}
    if not personal:
        return None
    own = pack.evidence
    hidden = own["dataset"].isin(personal) & own["status"].map(_is_hidden)
    found = run_again(pack, {row["notebook"], *own.loc[hidden, "notebook"]}, returns, roots)
    if found:
        refuse_other(pack, row, found.evidence.get(row["evidence_id"]))
    return found


def _is_hidden(status: str) -> bool:
    return is_suppressed({"status": status})


def _hidden(pack: OpenedPack, again: Again) -> list[Hidden]:
    """The rows of each suppressed figure, a role at a time."""
    own = pack.evidence
    ids = {*own.loc[own["status"].map(_is_hidden), "evidence_id"]}
    ids |= {id_ for id_, row in again.evidence.items() if is_suppressed(row)}
    return [
        Hidden(
            tuple(name for name, _ in key_in(id_)),
            each["dataset"],
            each["sha256"],
            _row_set(each["rows"]),
        )
        for id_ in sorted(ids)
        for each in again.lineage.get(id_, ())
        if each["rows"] != SUPPRESSED
    ]


def _blocks(
    pack: OpenedPack, entries: Sequence[Mapping[str, Any]], returns: Returns
) -> Iterator[Block]:
    tables: dict[tuple[str, str], Table | None] = {}
    for entry in sorted(entries, key=lambda each: ROLES.index(each["role"])):
        receipt = _receipt(pack, entry)
        key = receipt.dataset, receipt.quarter
        if key not in tables:
            tables[key] = _table(pack, receipt, returns)
        named = None if entry["rows"] == SUPPRESSED else rows_named(entry["rows"])
        _refuse_strange(pack, receipt, named, tables[key])
        yield Block(entry["role"], receipt, named, tables[key])


def _table(pack: OpenedPack, receipt: Receipt, returns: Returns) -> Table | None:
    if receipt.dataset in load.own_tables():
        return own_table(pack, receipt)
    found = returns.of(receipt)
    return of_return(found, receipt) if found else None


def _refuse_strange(
    pack: OpenedPack, receipt: Receipt, rows: np.ndarray | None, table: Table | None
) -> None:
    """Rows of a lineage that its return has not: the pack was not made of it."""
    if rows is not None and table is not None and not np.isin(rows, table.frame.index).all():
        raise PackTampered(
            f"{pack.version}: its lineage names rows that {receipt.dataset} of {receipt.quarter} "
            "has not. Do not rely on it; build it again."
        )


def _receipt(pack: OpenedPack, entry: Mapping[str, Any]) -> Receipt:
    same = (r for r in pack.receipts.values() if r.dataset == entry["dataset"])
    found = next((r for r in same if r.sha256 == entry["sha256"]), None)
    if found is None:
        raise PackTampered(
            f"{pack.version}: no receipt is of the {entry['dataset']} that {entry['evidence_id']} "
            "rests on. Do not rely on it; build it again."
        )
    return found


def _row_set(rows: str) -> frozenset[int]:
    return frozenset(rows_named(rows).tolist())
