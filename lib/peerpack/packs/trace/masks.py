"""Masks over the values of traced rows that name or describe a person.

`[masked 1]`, `[masked 2]`, …: numbered by column in the order of the trace, the same value the same
mask, so that people can be counted without being named. `[c]` stands in a column that would tell
the rows of a suppressed figure apart.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pandas as pd

from peerpack.catalogue.load import dataset as contract_of
from peerpack.catalogue.load import payees
from peerpack.measures.payees import payee_names
from peerpack.packs.trace.rows import Block, as_plain
from peerpack.sources.header import heading_key
from peerpack.words.numbers import SUPPRESSED

PAYEE = "supplier"
UNNUMBERED = "[masked]"
"""A cell of a personal column that was read as nothing."""


@dataclass(frozen=True)
class RowMasks:
    """The masks of one row. `values`: the mask of each masked column's value, by column."""

    masks: "Masks"
    dataset: str
    values: Mapping[str, str | None]
    secret: str
    """The payee's name, which another cell of the row may repeat."""

    def read(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as admitted."""
        return {name: self._value(name, value) for name, value in values.items()}

    def cells(self, cells: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
        """The cells as received; `columns`: which column each heading was read as."""
        return {
            heading: self._cell(heading, columns.get(heading), text) if text.strip() else text
            for heading, text in cells.items()
        }

    def _value(self, name: str, value: Any) -> Any:
        if name in self.values:
            return self.values[name]
        return self._without_secret(value) if isinstance(value, str) else value

    def _cell(self, heading: str, column: str | None, text: str) -> str:
        if column is None and self.masks.hides_heading(self.dataset, heading):
            return self.masks.number(heading, text)
        if column is not None and column in self.values:
            return self.values[column] or UNNUMBERED
        return self._without_secret(text)

    def _without_secret(self, text: str) -> str:
        told = self.secret and self.secret.casefold() in text.casefold()
        return self.values[PAYEE] or UNNUMBERED if told else text


@dataclass
class Masks:
    """The masks of one trace. `telling`: by dataset, columns that tell suppressed rows apart."""

    telling: Mapping[str, Collection[str]]
    _numbers: dict[str, dict[str, int]] = field(default_factory=dict)
    _unnamed: frozenset[str] = frozenset()

    def number(self, column: str, text: object) -> str:
        """The mask of a value: its number is how many others its column had before it."""
        own = self._numbers.setdefault(column, {})
        return f"[masked {own.setdefault(str(text), len(own) + 1)}]"

    def of(self, dataset: str, values: Mapping[str, Any]) -> RowMasks:
        """The masks of one row by its values as admitted."""
        hidden = {
            column: None if values[column] is None else self.number(column, values[column])
            for column in personal_columns(dataset)
            if column in values
        }
        # Numbered masks of a column that tells a hidden part apart would count that part.
        hidden |= {c: None if values.get(c) is None else SUPPRESSED for c in self._telling(dataset)}
        payee = values.get(PAYEE) if _has_payees(dataset) else None
        secret = str(payee) if payee is not None and payee in self._unnamed else ""
        return RowMasks(
            self, dataset, hidden | ({PAYEE: self.number(PAYEE, secret)} if secret else {}), secret
        )

    def hides_heading(self, dataset: str, heading: str) -> bool:
        """Whether the cells under a heading that is not read are masked."""
        return contract_of(dataset).personal or heading_key(heading) in _never_read(dataset)

    def _telling(self, dataset: str) -> Iterable[str]:
        return self.telling.get(dataset, ())


def masks_over(blocks: Sequence[Block], telling: Mapping[str, Collection[str]]) -> Masks:
    """The masks of a trace, numbered by its rows in their order before any is shown."""
    unnamed = {name for block in blocks for name in _unnamed_payees(block)}
    masks = Masks(telling, _unnamed=frozenset(unnamed))
    for block in (b for b in blocks if b.found is not None):
        _number_values(masks, block)
        _number_cells(masks, block)
    return masks


def personal_columns(dataset: str) -> tuple[str, ...]:
    """The columns of a dataset that name or describe a person."""
    return tuple(column.name for column in contract_of(dataset).columns if column.personal)


def _number_values(masks: Masks, block: Block) -> None:
    assert block.found is not None  # noqa: S101 - the caller asks of such a block only
    masked = [c for c in personal_columns(block.receipt.dataset) if c in block.found]
    for column in masked:
        for value in block.found[column].dropna().unique():
            masks.number(column, as_plain(value))
    if _has_payees(block.receipt.dataset):
        for value in block.found[PAYEE].dropna().unique():
            if value in masks._unnamed:
                masks.number(PAYEE, value)


def _number_cells(masks: Masks, block: Block) -> None:
    """Cells under headings that are not read, where any of those is masked."""
    dataset = block.receipt.dataset
    assert block.table is not None and block.rows is not None  # noqa: S101
    if not (contract_of(dataset).personal or _never_read(dataset)):
        return
    for row in block.rows:
        columns = block.table.columns(row)
        for heading, text in block.table.cells(row).items():
            if heading not in columns and text.strip() and masks.hides_heading(dataset, heading):
                masks.number(heading, text)


def masks_of(dataset: str, frame: pd.DataFrame) -> Masks:
    """The masks of rows of a dataset that are shown for themselves, numbered as they are shown."""
    return Masks({}, _unnamed=frozenset(_unnamed_in(dataset, frame)))


def _unnamed_payees(block: Block) -> set[str]:
    return set() if block.found is None else _unnamed_in(block.receipt.dataset, block.found)


def _unnamed_in(dataset: str, frame: pd.DataFrame) -> set[str]:
    """The payees of a frame whom a pack would not name, or not by all that stands there."""
    if not _has_payees(dataset):
        return set()
    spend = frame[[PAYEE]].drop_duplicates().dropna()
    shown = payee_names(spend, payees())
    as_it_stands = spend[PAYEE].map(lambda name: " ".join(name.split()).casefold())
    return set(spend.loc[shown.str.casefold() != as_it_stands, PAYEE])


def _has_payees(dataset: str) -> bool:
    contract = contract_of(dataset)
    return contract.dataset == "supplier_spend"


@lru_cache
def _never_read(dataset: str) -> frozenset[str]:
    return frozenset(map(heading_key, contract_of(dataset).never_read))
