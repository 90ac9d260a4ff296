"""Two returns of one dataset held against each other by their cells, where both can be found.

A return is looked for by its digest: first among admissions kept under the reports folder, then
among the files of the data roots, as a trace does. Of personal data rows are counted and none is
listed; elsewhere what names or describes a person is masked as in a trace.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from peerpack.catalogue.load import datasets
from peerpack.catalogue.models import Dataset
from peerpack.errors import PeerpackError
from peerpack.handover.difference import CellMoved, Contents, RowMoved
from peerpack.handover.receipt import Receipt
from peerpack.intake.admit import take
from peerpack.intake.cache import CACHE, entries
from peerpack.packs.opened import OpenedPack
from peerpack.packs.trace.masks import masks_of
from peerpack.packs.trace.returns import Returns as AsReceivedAgain
from peerpack.vocab import ROWS_PER_FILE

Sheet = tuple[str, str]
"""A table of a raw file: the file's sha256, and the sheet."""
Cells = dict[str, str]
APART = "\x1f"
"""Between the cells of a row that is told by all of them; no printed cell holds it."""


@dataclass(frozen=True, eq=False)
class Compared:
    """What came of comparing two returns; `then` and `now`: each line's cells as one text."""

    told: Contents
    then: Mapping[tuple[Sheet, int], str]
    now: Mapping[tuple[Sheet, int], str]


@dataclass(frozen=True, eq=False)
class Returns:
    """Where the returns of two packs may lie: among kept admissions, and under the data roots."""

    a: OpenedPack
    b: OpenedPack
    roots: tuple[Path, ...] = ()

    def compared(self, dataset: str) -> Compared:
        """The returns of a dataset that each pack's own quarter has, by their cells."""
        packs = self.a, self.b
        receipts = [pack.receipts.get((dataset, str(pack.quarter))) for pack in packs]
        if dataset not in datasets() or None in receipts:
            return Compared(Contents(compared=False), {}, {})
        sides = [(r, self._frame(pack, r)) for pack, r in zip(packs, receipts, strict=True) if r]
        found = [frame for _, frame in sides if frame is not None]
        if len(found) < 2:
            lost = [_not_here(p, r) for p, (r, frame) in zip(packs, sides, strict=True)
                    if frame is None]  # fmt: skip
            return Compared(Contents(compared=False, said=" ".join(lost)), {}, {})
        contract = datasets()[dataset]
        lines = [_by_line(frame, sheets_of(r), contract) for r, frame in sides if frame is not None]
        return Compared(contents(found[0], found[1], contract), *lines)

    def _frame(self, pack: OpenedPack, receipt: Receipt) -> pd.DataFrame | None:
        """A return as the pack admitted it."""
        kept = _kept(pack, receipt)
        if kept is not None:
            return kept
        again = AsReceivedAgain(pack, self.roots).of(receipt)
        return None if again is None else again.frame


def _not_here(pack: OpenedPack, receipt: Receipt) -> str:
    files = ", ".join(f"{file.name}, sha256 {file.sha256}" for file in receipt.files)
    return (
        f"The return of {pack.version} is not here as that pack read it: {files}. Give --data, a "
        "folder of councils that holds it, with the corrections of then."
    )


def contents(then: pd.DataFrame, now: pd.DataFrame, contract: Dataset) -> Contents:
    """Rows that only one of two frames holds, by all cells of the contract's columns.

    A row that comes twice in one and once in the other came once. Where a row that came and one
    that left have the same keys, and no other has, it is one row whose cells changed.
    """
    before, after = _texts(then, contract), _texts(now, contract)
    left, came = _beyond(before, after), _beyond(after, before)
    pairs = _pairs(left, came, contract.keys)
    gone = _without(left, [old for old, _ in pairs])
    fresh = _without(came, [new for _, new in pairs])
    counted = Contents(
        compared=True, came_n=len(fresh), left_n=len(gone), changed_n=len(pairs)
    )  # fmt: skip
    if contract.personal:
        return counted
    shown = _shower(contract.dataset, [then, now])
    told = [_changed(left[old], came[new], contract.keys, shown) for old, new in pairs]
    return counted.model_copy(update={
        "came": tuple(map(shown, fresh)), "left": tuple(map(shown, gone)), "changed": tuple(told),
    })  # fmt: skip


def sheets_of(receipt: Receipt) -> dict[int, Sheet]:
    """The tables of a receipt by the number that heads their source rows."""
    return {file.number: (file.sha256, file.sheet) for file in receipt.files}


def _kept(pack: OpenedPack, receipt: Receipt) -> pd.DataFrame | None:
    """The frame that an admission with this very receipt left in the cache, if it is still there.

    The rules it was admitted by may be older; its returns and corrections are the same.
    """
    if len(pack.folder.resolve().parents) < 3:
        return None
    cache = pack.folder.resolve().parents[2] / CACHE
    for entry in entries(cache / pack.council / str(pack.quarter) / receipt.dataset):
        try:
            admission = take(entry, receipt.dataset, pack.council, pack.quarter)
        except (OSError, ValueError, PeerpackError):
            continue
        if (admission.receipt.sha256, admission.receipt.files) == (receipt.sha256, receipt.files):
            return admission.frame
    return None


def _texts(frame: pd.DataFrame, contract: Dataset) -> list[Cells]:
    """A frame's rows as text, in the contract's columns; a missing cell is empty."""
    columns = [column.name for column in contract.columns]
    own = frame.reindex(columns=columns)
    plain = own.astype("object").where(own.notna(), "").astype("str")
    return [dict(zip(columns, row, strict=True)) for row in plain.itertuples(index=False)]


def _joined(row: Cells) -> str:
    return APART.join(row.values())


def _beyond(rows: Sequence[Cells], others: Sequence[Cells]) -> list[Cells]:
    """The rows that the others do not have, or have less often."""
    spare = Counter(map(_joined, others))
    kept = []
    for row in rows:
        if spare[_joined(row)] <= 0:
            kept.append(row)
        spare[_joined(row)] -= 1
    return kept


def _pairs(
    left: Sequence[Cells], came: Sequence[Cells], keys: Sequence[str]
) -> list[tuple[int, int]]:
    """The places of rows with the same keys, which nothing else among them has."""
    sides = []
    for rows in (left, came):
        own = [APART.join(row.get(key, "") for key in keys) for row in rows]
        once = {key for key, n in Counter(own).items() if n == 1 and keys}
        sides.append({key: at for at, key in enumerate(own) if key in once})
    return [(at, sides[1][key]) for key, at in sides[0].items() if key in sides[1]]


def _without(rows: Sequence[Cells], places: Iterable[int]) -> list[Cells]:
    out = set(places)
    return [row for at, row in enumerate(rows) if at not in out]


def _shower(dataset: str, frames: Sequence[pd.DataFrame]) -> Callable[[Cells], Cells]:
    """A row's cells as they may be shown: what names or describes a person masked."""
    masks = masks_of(dataset, pd.concat(frames))

    def shown(row: Cells) -> Cells:
        filled = {name: cell for name, cell in row.items() if cell}
        return {name: str(cell) for name, cell in masks.of(dataset, filled).read(filled).items()}

    return shown


def _changed(
    old: Cells, new: Cells, keys: Iterable[str], shown: Callable[[Cells], Cells]
) -> RowMoved:
    before, after = shown(old), shown(new)
    return RowMoved(
        key={key: after.get(key, "") for key in keys},
        cells=tuple(
            CellMoved(column=name, old=before.get(name, ""), new=after.get(name, ""))
            for name in new
            if old[name] != new[name]
        ),
    )


def _by_line(
    frame: pd.DataFrame, sheets: Mapping[int, Sheet], contract: Dataset
) -> dict[tuple[Sheet, int], str]:
    """Each line's cells as one text."""
    return {
        (sheets[row // ROWS_PER_FILE], row % ROWS_PER_FILE): _joined(cells)
        for row, cells in zip(
            frame["source_row"].tolist(), _texts(frame, contract), strict=True
        )
    }  # fmt: skip
