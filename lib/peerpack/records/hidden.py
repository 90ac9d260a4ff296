"""What the tables of a notebook hide, so that a later one does not show it by another name."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from peerpack.handover.receipt import Receipt
from peerpack.measures.disclosure import Key, key_of
from peerpack.measures.table import as_rows, cuts_of, distinct

Cases = tuple[str, bytes]
"""Rows of a dataset, whatever their order."""


class Hidden:
    """The rows hidden so far, by indicator: their cuts, and the cases they count."""

    def __init__(self) -> None:
        self._keys: dict[str, set[Key]] = {}
        self._cases: dict[str, set[Cases]] = {}

    def keys_of_others(self, indicator: str) -> set[Key]:
        """The cuts that tables of other indicators hide."""
        return set().union(*(keys for of, keys in self._keys.items() if of != indicator))

    def same_cases(
        self, table: pd.DataFrame, indicator: str, receipts: tuple[Receipt, Receipt]
    ) -> list[Key]:
        """The cuts of a table that count, or divide by, just the cases another table hides."""
        secret = set().union(*(cases for of, cases in self._cases.items() if of != indicator))
        if not secret:
            return []
        roles = list(zip(("numerator_rows", "denominator_rows"), receipts, strict=True))
        return [
            key_of(row, cuts_of(table))
            for row in as_rows(table)
            if any(cases in secret for cases in _cases(row, roles))
        ]

    def remember(
        self, table: pd.DataFrame, hidden: np.ndarray, indicator: str, receipt: Receipt
    ) -> None:
        """Keep what a table hides; `receipt`: of the numerator's dataset."""
        rows = as_rows(table[hidden])
        self._keys[indicator] = {key_of(row, cuts_of(table)) for row in rows}
        roles = [("numerator_rows", receipt)]
        self._cases[indicator] = {cases for row in rows for cases in _cases(row, roles)}


def _cases(row: dict[str, Any], roles: Iterable[tuple[str, Receipt]]) -> Iterable[Cases]:
    for role, receipt in roles:
        rows = distinct(row[role])
        if len(rows):
            yield receipt.dataset, rows.tobytes()
