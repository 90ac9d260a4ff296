"""Two returns of one dataset held against each other by their cells, where both can be found.

A return is looked for by its digest: first among admissions kept under the reports folder, then
among the files of the data roots, as a trace does. Of personal data rows are counted and none is
listed; elsewhere what names or describes a person is masked as in a trace.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
Prints = Mapping[Sheet, "pd.Series[Any]"]
"""By table, a number for each line that lines of the same cells share."""
LISTED_N = 1000


@dataclass(frozen=True, eq=False)
class Compared:
    """What came of comparing two returns; `then` and `now`: a print of each line's cells."""

    told: Contents
    then: Prints
    now: Prints


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
    that left have the same keys, and no other has, it is one row whose cells changed. All are
    counted; the first LISTED_N of each are listed.
    """
    before, after = _texts(then, contract), _texts(now, contract)
    left, came = _beyond(before, after), _beyond(after, before)
    old, new = _paired(left, came, contract.keys)
    gone, fresh = left.drop(index=old), came.drop(index=new)
    counted = Contents(compared=True, came_n=len(fresh), left_n=len(gone), changed_n=len(new))
    if contract.personal:
        return counted
    first = [rows.head(LISTED_N) for rows in (fresh, gone, left.loc[old], came.loc[new])]
    shown = _shower(contract.dataset, first)
    listed = [_cells(rows) for rows in first]
    changed = zip(listed[2], listed[3], strict=True)
    return counted.model_copy(update={
        "came": tuple(map(shown, listed[0])),
        "left": tuple(map(shown, listed[1])),
        "changed": tuple(_changed(*pair, contract.keys, shown) for pair in changed),
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


def _texts(frame: pd.DataFrame, contract: Dataset) -> pd.DataFrame:
    """A frame's rows as text, in the contract's columns; a missing cell is empty."""
    own = frame.reset_index(drop=True).reindex(columns=[c.name for c in contract.columns])
    return own.apply(lambda column: column.astype("str").where(column.notna(), ""))


def _prints(texts: pd.DataFrame) -> pd.Series:
    """A number for each row that rows with the same texts share, and in practice no others."""
    return pd.util.hash_pandas_object(texts, index=False)


def _beyond(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The rows that the others do not have, or have less often."""
    own = _prints(rows)
    elsewhere = own.map(_prints(others).value_counts()).fillna(0)
    return rows[own.groupby(own).cumcount() >= elsewhere].reset_index(drop=True)


def _paired(
    left: pd.DataFrame, came: pd.DataFrame, keys: Sequence[str]
) -> tuple[list[int], list[int]]:
    """The places of rows with the same keys, which nothing else among them has."""
    if not keys or left.empty or came.empty:
        return [], []
    sides = [
        own[~own.duplicated(keep=False)] for own in (_prints(e[[*keys]]) for e in (left, came))
    ]
    places = [pd.Series(own.index.to_numpy(), index=own.to_numpy()) for own in sides]
    both = places[0].index.intersection(places[1].index, sort=False)
    return places[0][both].tolist(), places[1][both].tolist()


def _cells(rows: pd.DataFrame) -> list[Cells]:
    return [{str(name): str(cell) for name, cell in row.items()}
            for row in rows.to_dict("records")]  # fmt: skip


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


def _by_line(frame: pd.DataFrame, sheets: Mapping[int, Sheet], contract: Dataset) -> Prints:
    """The print of each line's cells, by table and line."""
    rows = frame["source_row"].to_numpy()
    prints = pd.Series(_prints(_texts(frame, contract)).to_numpy(), index=rows % ROWS_PER_FILE)
    return {sheet: prints[rows // ROWS_PER_FILE == number] for number, sheet in sheets.items()}
