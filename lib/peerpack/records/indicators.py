"""Rows of evidence from a measure's table of an indicator, under disclosure control."""

from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd

from peerpack.catalogue.models import Council, Indicator, Target
from peerpack.errors import RecordRefused
from peerpack.handover.evidence import MEASURED_COLUMNS, Comparison
from peerpack.handover.receipt import Receipt
from peerpack.measures import compare, disclosure
from peerpack.words.numbers import SUPPRESSED, display

NUMBERS = (
    "value", "numerator", "denominator", "lower", "upper", "base_n", "effective_n",
)  # fmt: skip
RATES = ("%", "days", "ratio", "GBP per head", "rate", "years", "seconds")


def cuts_of(table: pd.DataFrame) -> tuple[str, ...]:
    """The cut columns of a measure's table, in its order."""
    return tuple(c for c in table.columns if c not in MEASURED_COLUMNS)


def hidden_rows(table: pd.DataFrame, receipts: tuple[Receipt, ...], council: Council) -> np.ndarray:
    """Which rows may not be shown: none of a dataset without people in it."""
    bases = {r.base_of for r in receipts if r.personal}
    if not bases:
        return np.zeros(len(table), dtype=bool)
    if bases - {"staff", "survey"} or table["base_n"].isna().any():
        raise RecordRefused(
            "A figure of personal data needs base_n, the people it rests on, on every row. "
            "Add it in the measure."
        )
    base_of = "staff" if "staff" in bases else "survey"
    return disclosure.suppressed(table, cuts_of(table), council.disclosure, base_of)  # type: ignore[arg-type]


def evidence_rows(
    table: pd.DataFrame,
    hidden: np.ndarray,
    indicator: Indicator,
    receipts: tuple[Receipt, ...],
    council: Council,
) -> list[dict[str, Any]]:
    """One row of evidence per row of the measure, without its comparator."""
    cuts = cuts_of(table)
    rows = []
    for at, row in enumerate(table.to_dict("records")):
        keys = disclosure.key_of(row, cuts)
        shown = _hide(row) if hidden[at] else _controlled(row, receipts, council)
        rows.append(_identity(keys, indicator) | shown | _display(shown, indicator))
    return rows


def _identity(keys: disclosure.Key, indicator: Indicator) -> dict[str, Any]:
    own = sorted(keys)
    cut = "&".join(f"{name}={quote(value, safe='')}" for name, value in own)
    return {
        "evidence_id": f"{indicator.id}/{cut}" if cut else indicator.id,
        "kind": "indicator",
        "indicator": indicator.id,
        "title": ": ".join([indicator.title, *(value for _, value in keys)]),
        "breakdown": "&".join(name for name, _ in own),
        "group": keys[-1][1] if keys else "",
        "unit": indicator.unit,
        "theme": indicator.theme,
    }


def _hide(row: dict[str, Any]) -> dict[str, Any]:
    nothing: dict[str, Any] = dict.fromkeys(NUMBERS)
    return nothing | {"interval": "", "status": "c", "note": "", "rows_n": None, "hidden": True}


def _controlled(
    row: dict[str, Any], receipts: tuple[Receipt, ...], council: Council
) -> dict[str, Any]:
    numbers = {name: _number(row[name]) for name in NUMBERS}
    regime = council.disclosure
    bases = {r.base_of for r in receipts}
    marks = [row["status"]] if row["status"] else []
    if "survey" in bases and (numbers["base_n"] or 0) < regime.min_base_survey:
        marks.append("u")
    if "staff" in bases and numbers["base_n"] is not None:
        numbers["base_n"] = disclosure.rounded(numbers["base_n"], regime.rounding_base)
    rows_n = len(np.union1d(row["numerator_rows"], row["denominator_rows"]))
    if receipts[0].dataset != receipts[-1].dataset:
        rows_n = len(row["numerator_rows"]) + len(row["denominator_rows"])
    words = {"interval": row["interval"] if numbers["lower"] is not None else ""}
    return numbers | words | {
        "status": ";".join(marks), "note": row["note"], "rows_n": rows_n, "hidden": False,
    }  # fmt: skip


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _display(shown: dict[str, Any], indicator: Indicator) -> dict[str, Any]:
    if shown["hidden"]:
        return {"display": SUPPRESSED}
    missing = {"status": shown["status"] or "z"} if shown["value"] is None else {}
    return {"display": display(shown["value"], indicator.unit, indicator.decimals)} | missing


def with_comparators(
    rows: list[dict[str, Any]],
    comparator: Comparison | None,
    reason: str,
    indicator: Indicator,
) -> list[dict[str, Any]]:
    """The headline beside its comparator; a cut of a rate beside the whole council."""
    whole = next((r for r in rows if not r["breakdown"]), None)
    return [_beside(row, comparator, reason, whole, indicator) for row in rows]


def _beside(
    row: dict[str, Any],
    comparator: Comparison | None,
    reason: str,
    whole: dict[str, Any] | None,
    indicator: Indicator,
) -> dict[str, Any]:
    if row["hidden"]:
        return row | _no_comparator("the figure itself is not shown", row)
    if not row["breakdown"] and comparator:
        return row | _group_comparator(row, comparator, indicator)
    if row["breakdown"] and whole and indicator.unit in RATES and whole["value"] is not None:
        return row | _council_comparator(row, whole)
    return row | _no_comparator(reason or "a part of a sum has none", row)


def _group_comparator(
    row: dict[str, Any], comparator: Comparison, indicator: Indicator
) -> dict[str, Any]:
    missing = f"; no figure for {', '.join(comparator.missing)}" if comparator.missing else ""
    return _stood(row, comparator.value) | {
        "comparator": f"{comparator.group} ({comparator.n})",
        "comparator_value": comparator.value,
        "comparator_statistic": comparator.statistic,
        "comparator_period": comparator.period,
        "comparator_source": comparator.source + missing,
        "comparator_display": display(comparator.value, indicator.unit, indicator.decimals),
    }


def _council_comparator(row: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    return _stood(row, whole["value"]) | {
        "comparator": "The whole council",
        "comparator_value": whole["value"],
        "comparator_statistic": "overall figure",
        "comparator_period": "same period",
        "comparator_source": "this pack",
        "comparator_display": whole["display"],
    }


def _stood(row: dict[str, Any], against: float) -> dict[str, Any]:
    known = [float("nan") if row[n] is None else row[n] for n in ("value", "lower", "upper")]
    return {"standing": compare.standing(*known, against)}


def _no_comparator(reason: str, row: dict[str, Any]) -> dict[str, Any]:
    note = f"No comparator: {reason}."
    return {
        "comparator": "", "comparator_value": None, "comparator_statistic": "",
        "comparator_period": "", "comparator_source": "", "comparator_display": "",
        "standing": "", "note": f"{row['note']} {note}".strip(),
    }  # fmt: skip


def with_target(
    rows: list[dict[str, Any]], target: Target | None, polarity: str
) -> list[dict[str, Any]]:
    """The council's own target beside the headline, with its basis and the RAG it earns."""
    return [row | _against(row, None if row["breakdown"] else target, polarity) for row in rows]


def _against(row: dict[str, Any], target: Target | None, polarity: str) -> dict[str, Any]:
    if target is None or row["value"] is None:
        return {"target": None, "target_basis": "", "rag": ""}
    rag = compare.rag(row["value"], target.value, target.tolerance, polarity)
    return {"target": target.value, "target_basis": target.basis, "rag": rag}
