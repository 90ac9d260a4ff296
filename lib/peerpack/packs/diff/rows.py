"""Which rows entered or left a figure: by the lines that both packs read, else by their cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from peerpack.catalogue.load import own_tables
from peerpack.errors import PackTampered
from peerpack.handover.difference import LinesOf, RowsMoved
from peerpack.handover.receipt import Receipt
from peerpack.packs.diff.contents import Compared, Prints, Sheet, sheets_of
from peerpack.packs.opened import OpenedPack
from peerpack.packs.trace.entries import parsed
from peerpack.records.lineage import ranges
from peerpack.vocab import ROWS_PER_FILE
from peerpack.words.numbers import SUPPRESSED

Lines = dict[Sheet, np.ndarray]
Entry = tuple[str, str]
"""A return's digest, and the rows of it as ranges."""
Entries = dict[tuple[str, str], tuple[Entry, ...]]
"""The entries of a figure by dataset and role."""
NO_LINES = np.array([], dtype="int64")


@dataclass(frozen=True, eq=False)
class RowsOf:
    """The rows behind each figure of two packs; `compared`: datasets whose cells were compared."""

    a: OpenedPack
    b: OpenedPack
    compared: Mapping[str, Compared]

    def moved(self, evidence_id: str) -> tuple[RowsMoved, ...]:
        """What entered and left a figure, by dataset and role; empty where nothing did.

        A role whose rows either pack does not name is left out.
        """
        then, now = (side.get(evidence_id, {}) for side in self._entries)
        keys = [key for key in {**now, **then} if then.get(key) != now.get(key)]
        told = (self._role(*key, then.get(key, ()), now.get(key, ())) for key in keys)
        return tuple(each for each in told if each)

    @cached_property
    def _entries(self) -> list[dict[str, Entries]]:
        """By evidence, then by dataset and role: the digest and the rows of each return."""
        sides = []
        for pack in (self.a, self.b):
            found: dict[str, Entries] = {}
            given = pack.lineage[~pack.lineage["dataset"].isin(list(own_tables()))].astype("str")
            told = given[["evidence_id", "dataset", "role", "sha256", "rows"]]
            for id_, dataset, role, sha256, rows in told.itertuples(index=False, name=None):
                own = found.setdefault(id_, {})
                own[dataset, role] = (*own.get((dataset, role), ()), (sha256, rows))
            sides.append(found)
        return sides

    def _role(
        self, dataset: str, role: str, then: Sequence[Entry], now: Sequence[Entry]
    ) -> RowsMoved | None:
        if any(rows == SUPPRESSED for _, rows in (*then, *now)):
            return None
        before, after = _lines(self.a, dataset, role, then), _lines(self.b, dataset, role, now)
        title, personal = self._of(dataset)
        named = RowsMoved(dataset=dataset, title=title, role=role, how="by line")
        apart = [sheet for sheet in {**before, **after} if not self._shared(dataset, sheet)]
        if not apart:
            return self._by_line(named, before, after, personal)
        compared = self.compared.get(dataset)
        if compared is None or not compared.told.compared:
            said = compared.told.said if compared else ""
            return named.model_copy(update={"how": "not compared", "said": said})
        return _by_cells(named, compared, before, after)

    def _by_line(
        self, named: RowsMoved, before: Lines, after: Lines, personal: bool
    ) -> RowsMoved | None:
        came, left = _less(after, before), _less(before, after)
        counts = {"came_n": _n(came), "left_n": _n(left)}
        if not any(counts.values()):
            return None
        files = self._files(named.dataset)
        lines = {} if personal else {"came": _named(came, files), "left": _named(left, files)}
        return named.model_copy(update=counts | lines)

    def _shared(self, dataset: str, sheet: Sheet) -> bool:
        return all(sheet in _sheets(pack, dataset) for pack in (self.a, self.b))

    def _of(self, dataset: str) -> tuple[str, bool]:
        receipts = [r for pack in (self.b, self.a) for r in _receipts(pack, dataset)]
        return receipts[0].title, any(r.personal for r in receipts)

    def _files(self, dataset: str) -> dict[Sheet, tuple[str, str]]:
        receipts = [r for pack in (self.a, self.b) for r in _receipts(pack, dataset)]
        return {(f.sha256, f.sheet): (f.name, f.sheet) for r in receipts for f in r.files}


def _by_cells(
    named: RowsMoved, compared: Compared, before: Lines, after: Lines
) -> RowsMoved | None:
    """Rows of one figure by their cells: what of them only one of the two returns holds there."""
    then, lost_then = _prints(compared.then, before)
    now, lost_now = _prints(compared.now, after)
    counts = {
        "came_n": _beyond_n(now, then) + lost_now,
        "left_n": _beyond_n(then, now) + lost_then,
    }
    if not any(counts.values()):
        return None
    return named.model_copy(update={"how": "by cells", **counts})


def _prints(known: Prints, lines: Lines) -> tuple["pd.Series[Any]", int]:
    """How often each print stands among some lines, and how many lines have none today."""
    own = [known[sheet][known[sheet].index.isin(each)] for sheet, each in lines.items()
           if sheet in known]  # fmt: skip
    found = pd.concat(own) if own else pd.Series(dtype="uint64")
    return found.value_counts(), _n(lines) - len(found)


def _beyond_n(rows: "pd.Series[Any]", others: "pd.Series[Any]") -> int:
    """How many rows of the one the other does not have, or has less often."""
    return int(rows.sub(others.reindex(rows.index).fillna(0)).clip(lower=0).sum())


def _lines(pack: OpenedPack, dataset: str, role: str, given: Iterable[Entry]) -> Lines:
    """The lines of each raw file that these entries of the lineage name."""
    found: Lines = {}
    for sha256, text in given:
        for sheet, own in _of_return(pack, dataset, role, sha256, text).items():
            found[sheet] = np.union1d(found.get(sheet, NO_LINES), own)
    return found


@lru_cache(maxsize=64)
def _of_return(pack: OpenedPack, dataset: str, role: str, sha256: str, text: str) -> Lines:
    """One entry's lines; cached, for figures of one table share their rows."""
    told = {"evidence_id": "a figure", "role": role, "dataset": dataset, "sha256": sha256,
            "rows": text}  # fmt: skip
    entry = parsed(pack, told)
    sheets = sheets_of(entry.receipt)
    rows = np.array(entry.rows, dtype="int64")
    numbers = rows // ROWS_PER_FILE
    if not set(np.unique(numbers).tolist()) <= set(sheets):
        raise PackTampered(
            f"{pack.version}: its lineage names a file that no receipt holds. Build it again."
        )
    return {sheets[n]: rows[numbers == n] % ROWS_PER_FILE for n in np.unique(numbers).tolist()}


def _receipts(pack: OpenedPack, dataset: str) -> list[Receipt]:
    return [receipt for (name, _), receipt in pack.receipts.items() if name == dataset]


def _sheets(pack: OpenedPack, dataset: str) -> set[Sheet]:
    return {sheet for r in _receipts(pack, dataset) for sheet in sheets_of(r).values()}


def _less(rows: Lines, others: Lines) -> Lines:
    """The lines that the others do not have."""
    left = {s: np.setdiff1d(own, others.get(s, NO_LINES)) for s, own in rows.items()}
    return {sheet: own for sheet, own in left.items() if len(own)}


def _n(lines: Lines) -> int:
    return sum(map(len, lines.values()))


def _named(lines: Lines, files: Mapping[Sheet, tuple[str, str]]) -> tuple[LinesOf, ...]:
    return tuple(
        LinesOf(
            file=files[sheet][0],
            sheet=files[sheet][1],
            lines=ranges(pd.unique(own) + ROWS_PER_FILE).partition(":")[2],
        )
        for sheet, own in lines.items()
    )
