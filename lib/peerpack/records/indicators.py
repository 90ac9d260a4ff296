"""Rows of evidence from a measure's table of an indicator, under disclosure control."""

from collections.abc import Collection
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd

from peerpack.catalogue.models import Council, Indicator, Regime
from peerpack.errors import RecordRefused
from peerpack.handover.receipt import Receipt
from peerpack.measures import disclosure
from peerpack.measures.table import as_rows, cuts_of
from peerpack.vocab import Quarter
from peerpack.words.numbers import SUPPRESSED, display, label

NUMBERS = (
    "value", "numerator", "denominator", "lower", "upper", "base_n", "effective_n",
)  # fmt: skip
Receipts = tuple[Receipt, Receipt]
"""The receipts of the numerator's dataset and of the denominator's."""


def hidden_rows(table: pd.DataFrame, receipts: Receipts, council: Council) -> np.ndarray:
    """Which rows may not be shown: none of a dataset without people in it."""
    bases = {r.base_of for r in receipts if r.personal}
    if not bases:
        return np.zeros(len(table), dtype=bool)
    _refuse_no_base(table, bases)
    base_of = "staff" if "staff" in bases else "survey"
    own = receipts[0].dataset == receipts[1].dataset
    regime = council.disclosure
    return disclosure.suppressed(table, cuts_of(table), regime, base_of, of_its_base=own)


def _refuse_no_base(table: pd.DataFrame, bases: Collection[str]) -> None:
    if set(bases) - {"staff", "survey"} or table["base_n"].isna().any():
        raise RecordRefused(
            "A figure of personal data needs base_n, the people it rests on, on every row, and a "
            "dataset that says base_of. Add them in the measure and in data/reference/datasets."
        )
    if table[list(cuts_of(table))].notna().any(axis=1).all():
        raise RecordRefused(
            "Parts of personal data without their total: what the total gives away cannot be "
            "judged. Give the measure's whole table, its headline row too."
        )


def evidence_rows(
    table: pd.DataFrame,
    hidden: np.ndarray,
    indicator: Indicator,
    receipts: Receipts,
    council: Council,
) -> list[dict[str, Any]]:
    """One row of evidence per row of the measure, without its comparator."""
    cuts = cuts_of(table)
    rows = []
    for at, row in enumerate(as_rows(table)):
        keys = disclosure.key_of(row, cuts)
        said = _hide() if hidden[at] else _controlled(row, keys, receipts, council.disclosure)
        rows.append(_identity(keys, indicator) | said | _display(said, indicator))
    return rows


def _identity(keys: disclosure.Key, indicator: Indicator) -> dict[str, Any]:
    own = sorted(keys)
    cut = "&".join(f"{name}={quote(value, safe='')}" for name, value in own)
    return {
        "evidence_id": f"{indicator.id}/{cut}" if cut else indicator.id,
        "kind": "indicator",
        "indicator": indicator.id,
        "title": ": ".join([indicator.title, *(label(value) for _, value in keys)]),
        "period": _period(dict(keys)),
        "breakdown": "&".join(name for name, _ in own),
        "group": keys[-1][1] if keys else "",
        "label": label(keys[-1][1]) if keys else "",
        "unit": indicator.unit,
        "theme": indicator.theme,
    }


def _period(keys: dict[str, str]) -> str:
    """The period of a part that is a quarter; otherwise the dataset's, which is filled in later."""
    if "financial_quarter" not in keys:
        return ""
    part = Quarter.parse(keys["financial_quarter"])
    return f"{part.first_day} to {part.last_day}"


def _hide() -> dict[str, Any]:
    nothing: dict[str, Any] = dict.fromkeys((*NUMBERS, "rows_n"))
    return nothing | {"interval": "", "status": "c", "note": "", "hidden": True, "sampled": False}


def _controlled(
    row: dict[str, Any], keys: disclosure.Key, receipts: Receipts, regime: Regime
) -> dict[str, Any]:
    numbers = {name: _number(row[name]) for name in NUMBERS}
    bases = {r.base_of for r in receipts}
    rows_n: float = _rows_n(row, receipts)
    if "staff" in bases and numbers["base_n"] is not None:
        numbers["base_n"] = disclosure.rounded(numbers["base_n"], regime.rounding_base)
        # The number of rows of a part is its number of people, or nearly.
        rows_n = disclosure.rounded(rows_n, regime.rounding_base) if keys else rows_n
    return numbers | {
        "interval": row["interval"] if numbers["lower"] is not None else "",
        "status": _marks(row, "survey" in bases, regime),
        "note": row["note"],
        "rows_n": rows_n,
        "hidden": False,
        "sampled": "survey" in bases,
    }


def _marks(row: dict[str, Any], sampled: bool, regime: Regime) -> str:
    """The measure's own marks; `z` where there is nothing to divide by, `u` on a small sample."""
    own = [row["status"]] if row["status"] else []
    if _number(row["value"]) is None:
        return ";".join(own or ["z"])
    unsure = sampled and row["base_n"] < regime.min_base_survey
    return ";".join([*own, "u"] if unsure else own)


def _rows_n(row: dict[str, Any], receipts: Receipts) -> int:
    if receipts[0].dataset != receipts[1].dataset:
        return len(np.unique(row["numerator_rows"])) + len(np.unique(row["denominator_rows"]))
    return len(np.union1d(row["numerator_rows"], row["denominator_rows"]))


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _display(said: dict[str, Any], indicator: Indicator) -> dict[str, Any]:
    if said["hidden"]:
        return {"display": SUPPRESSED}
    return {"display": display(said["value"], indicator.unit, indicator.decimals)}
