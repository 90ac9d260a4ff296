"""Two returns of one dataset held against each other by their cells, where both can be found.

A return is looked for by its digest: first among admissions kept under the reports folder, then
among the files of the data roots. Of personal data rows are counted and none is listed; elsewhere
the cells of personal columns are masked, and payees are named only as a pack would name them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from peerpack.catalogue.load import datasets, payees
from peerpack.catalogue.models import Dataset
from peerpack.catalogue.places import ENGLAND, data_roots, files_within
from peerpack.errors import PeerpackError
from peerpack.handover.difference import CellMoved, Contents, RowMoved
from peerpack.handover.receipt import Receipt
from peerpack.intake.admit import take
from peerpack.intake.cache import CACHE, entries, sha256_of
from peerpack.measures.payees import payee_names
from peerpack.packs.opened import OpenedPack
from peerpack.sources import read
from peerpack.vocab import ROWS_PER_FILE, Quarter

Sheet = tuple[str, str]
"""A table of a raw file: the file's sha256, and the sheet."""
Cells = dict[str, str]
MASKED = "[personal]"
SPEND = "supplier_spend"
APART = "\x1f"
"""Between the cells of a row that is told by all of them; no printed cell holds it."""


@dataclass(frozen=True, eq=False)
class Compared:
    """What came of comparing two returns; `then` and `now`: each line's cells as one text."""

    told: Contents
    then: Mapping[tuple[Sheet, int], str]
    now: Mapping[tuple[Sheet, int], str]


@dataclass(frozen=True, eq=False)
class Found:
    """The frame of a return as it was admitted, or read anew without corrections; or why none."""

    frame: pd.DataFrame | None
    sheets: Mapping[int, Sheet]
    said: str = ""


class Returns:
    """Where returns of other days may lie: kept admissions, and files by digest.

    Files are looked into once, and only those of the council, of England, and of a root that holds
    neither.
    """

    def __init__(self, roots: Sequence[Path] = ()) -> None:
        self._roots = tuple(roots)
        self._by_digest: dict[str, dict[str, Path]] = {}

    def compared(self, dataset: str, a: OpenedPack, b: OpenedPack) -> Compared:
        """The returns of a dataset that each pack's own quarter has, by their cells."""
        receipts = [pack.receipts.get((dataset, str(pack.quarter))) for pack in (a, b)]
        then, now = receipts
        if then is None or now is None or dataset not in datasets():
            return Compared(Contents(compared=False), {}, {})
        sides = [self._found(pack, r) for pack, r in ((a, then), (b, now))]
        frames = [side.frame for side in sides if side.frame is not None]
        said = " ".join(filter(None, (side.said for side in sides)))
        if len(frames) < 2:
            return Compared(Contents(compared=False, said=said), {}, {})
        told = contents(frames[0], frames[1], datasets()[dataset])
        lines = [_by_line(f, s.sheets, datasets()[dataset])
                 for f, s in zip(frames, sides, strict=True)]  # fmt: skip
        return Compared(told.model_copy(update={"said": said}), *lines)

    def _found(self, pack: OpenedPack, receipt: Receipt) -> Found:
        kept = _kept(pack, receipt)
        if kept is not None:
            return Found(kept, sheets_of(receipt))
        by_digest = self._files(pack.council)
        missing = [f for f in receipt.files if f.sha256 not in by_digest]
        if missing:
            return Found(None, {}, f"The return of {pack.version} is not here: {missing[0].name}, "
                                   f"sha256 {missing[0].sha256}.")  # fmt: skip
        return _read(pack, receipt, [by_digest[f.sha256] for f in receipt.files])

    def _files(self, council: str) -> dict[str, Path]:
        """Every file that may be a return of a council, by its digest."""
        if council not in self._by_digest:
            found = [path for root in data_roots(self._roots) for path in _below(root, council)]
            self._by_digest[council] = {sha256_of(path): path for path in found}
        return self._by_digest[council]


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
    shown = _shower(contract)
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
    folder = cache / receipt.council / receipt.quarter / receipt.dataset
    for entry in entries(folder):
        try:
            admission = take(
                entry, receipt.dataset, receipt.council, Quarter.parse(receipt.quarter)
            )
        except (OSError, ValueError, PeerpackError):
            continue
        if (admission.receipt.sha256, admission.receipt.files) == (receipt.sha256, receipt.files):
            return admission.frame
    return None


def _below(root: Path, council: str) -> Iterator[Path]:
    named = [folder for folder in (root / council, root / ENGLAND) if folder.is_dir()]
    for folder in named or ([root] if root.is_dir() and root.name != "data" else []):
        yield from files_within(folder)


def _read(pack: OpenedPack, receipt: Receipt, paths: Sequence[Path]) -> Found:
    """The files read by today's rules. Corrections of then cannot be laid over them again."""
    contract = datasets()[receipt.dataset]
    year = int(receipt.period_start[:4]) if contract.reference else None
    try:
        reading = read(list(dict.fromkeys(paths)), contract, year)
    except PeerpackError as fault:
        return Found(None, {}, f"The return of {pack.version} cannot be read: {fault}")
    said = f"The return of {pack.version} is compared without its corrections."
    sheets = {file.number: (file.sha256, file.sheet) for file in reading.files}
    return Found(reading.frame, sheets, said if receipt.corrections else "")


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


def _shower(contract: Dataset) -> Callable[[Cells], Cells]:
    """A row's cells as they may be shown: personal ones masked, payees as a pack names them."""
    masked = {column.name for column in contract.columns if column.personal}

    def shown(row: Cells) -> Cells:
        cells = {name: MASKED if name in masked else cell for name, cell in row.items() if cell}
        if contract.dataset == SPEND and cells.get("supplier"):
            payee = pd.DataFrame({"supplier": [cells["supplier"]]})
            cells["supplier"] = str(payee_names(payee, payees()).iloc[0])
        return cells

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
