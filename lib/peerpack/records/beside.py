"""What stands beside a figure: its comparator, its target, and how it compares with them."""

from typing import Any

from peerpack.catalogue.models import Indicator, Target
from peerpack.handover.evidence import Comparison
from peerpack.measures import compare
from peerpack.words.numbers import display

RATES = ("%", "days", "ratio", "GBP per head", "rate", "years", "seconds")


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
        "comparator": f"{comparator.n} {comparator.group}",
        "comparator_value": comparator.value,
        "comparator_statistic": comparator.statistic,
        "comparator_period": comparator.period,
        "comparator_source": comparator.source + missing,
        "comparator_display": display(comparator.value, indicator.unit, indicator.decimals),
    }


def _council_comparator(row: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    return _stood(row, whole["value"]) | {
        "comparator": "the whole council",
        "comparator_value": whole["value"],
        "comparator_statistic": "overall figure",
        "comparator_period": "same period",
        "comparator_source": "this pack",
        "comparator_display": whole["display"],
    }


def comparator_row(evidence_id: str, comparator: Comparison) -> dict[str, Any]:
    """A comparator in full, as `comparators.csv` has it."""
    return {
        "evidence_id": evidence_id,
        "group": comparator.group,
        "version": comparator.version,
        "statistic": comparator.statistic,
        "period": comparator.period,
        "value": comparator.value,
        "n": comparator.n,
        "missing": "; ".join(comparator.missing),
    }


def _stood(row: dict[str, Any], against: float) -> dict[str, Any]:
    if row["sampled"] and row["lower"] is None and row["value"] is not None:
        return {"standing": "not clearly different"}  # an estimate without an interval
    value, lower, upper = (
        float("nan") if row[n] is None else row[n] for n in ("value", "lower", "upper")
    )
    return {"standing": compare.standing(value, lower, upper, against)}


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
