"""Rows of evidence from published figures: what was printed beside our recomputation."""

import math
from typing import Any

import pandas as pd

from peerpack.catalogue.load import documents
from peerpack.measures.claims import NOT_STATED
from peerpack.measures.table import as_rows
from peerpack.words.numbers import display

UNPRINTED_PLACES = {"GBP m": 3, "ratio": 2, "days per FTE": 2}


def claim_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """One row of evidence per published figure, its id that of the claim."""
    return [_row(row) for row in as_rows(table)]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    part = "" if row["part"] is None or pd.isna(row["part"]) else str(row["part"])
    decimals = 0 if pd.isna(row["stated_decimals"]) else int(row["stated_decimals"])
    stated = _number(row["stated_value"])
    kept = ("unit", "interval", "agreement", "comparator", "comparator_statistic",
            "comparator_period", "comparator_source", "theme", "indicator", "period")  # fmt: skip
    numbers = ("value", "numerator", "denominator", "lower", "upper", "comparator_value")
    return {
        "evidence_id": f"{row['claim_id']}/part={part}" if part else row["claim_id"],
        "kind": "claim",
        "title": row["title"],
        "breakdown": "part" if part else "",
        "group": part,
        "label": part.replace("_", " "),
        **{name: row[name] or "" for name in kept},
        **{name: _number(row[name]) for name in numbers},
        "note": _note(row),
        "base_n": None,
        "effective_n": None,
        "stated_value": stated,
        "stated_decimals": _number(row["stated_decimals"]),
        "stated_display": display(stated, row["unit"], decimals) if stated is not None
        else row["stated"],
        "display": display(_number(row["value"]), row["unit"], _places(row, decimals)),
        "comparator_display": _of_comparator(row),
        "standing": "",
        "status": "x" if _number(row["value"]) is None else "",
        "rows_n": len(row["numerator_rows"]),
        "hidden": False,
        "target": None, "target_basis": "", "rag": "",
    }  # fmt: skip


def _note(row: dict[str, Any]) -> str:
    """The note: the place first, then the figure as printed and the document by name."""
    known = documents().get(row["document"])
    where, _, rest = row["note"].partition(". ")
    told = [
        f"{where.removesuffix('.')}.",
        "" if row["agreement"] == NOT_STATED else f"Printed as “{row['stated']}”.",
        f"Document: {known.title}; {known.publisher}." if known else "",
        rest,
    ]
    return " ".join(filter(None, told))


def _places(row: dict[str, Any], decimals: int) -> int:
    """One decimal more than printed if it has more to say; by unit where none is printed."""
    value, places = _number(row["value"]), max(decimals, 0)
    if value is None or math.isclose(round(value, places), value, abs_tol=1e-9):
        return places
    if pd.isna(row["stated_decimals"]):
        return UNPRINTED_PLACES.get(row["unit"], 1)
    return max(decimals + 1, 1)


def _of_comparator(row: dict[str, Any]) -> str:
    """The comparator with as many decimals as its own document printed."""
    value = _number(row["comparator_value"])
    printed = "" if value is None else repr(value).partition(".")[2].rstrip("0")
    return display(value, row["unit"], len(printed))


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
