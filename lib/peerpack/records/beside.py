"""What stands beside a figure: its comparator, its target, and how it compares with them."""

from collections.abc import Sequence
from typing import Any

from peerpack.catalogue.models import Action, Target
from peerpack.handover.evidence import Comparison
from peerpack.measures import compare
from peerpack.words.numbers import day_in_full, display

RATES = ("%", "days", "ratio", "GBP per head", "rate", "years", "seconds")


def with_comparators(
    rows: list[dict[str, Any]], comparators: Sequence[Comparison], reason: str
) -> list[dict[str, Any]]:
    """A headline beside the first comparator that is for it; a part of a rate beside its whole."""
    wholes = {row["facets"]: row for row in rows if row["head"]}
    return [_beside(row, comparators, reason, wholes.get(row["facets"])) for row in rows]


def for_row(row: dict[str, Any], comparators: Sequence[Comparison]) -> list[Comparison]:
    """The comparators of a headline: those of its measure."""
    measure = dict(row["facets"]).get("measure", "")
    return [each for each in comparators if each.measure == measure and row["head"]]


def _beside(
    row: dict[str, Any],
    comparators: Sequence[Comparison],
    reason: str,
    whole: dict[str, Any] | None,
) -> dict[str, Any]:
    if row["hidden"]:
        return row | _no_comparator("the figure itself is not shown", row)
    own = for_row(row, comparators)
    if own:
        return row | _group_comparator(row, own[0])
    if not row["head"] and whole and row["unit"] in RATES and whole["value"] is not None:
        return row | _council_comparator(row, whole)
    return row | _no_comparator(reason or "a part of a sum has none", row)


def _group_comparator(row: dict[str, Any], comparator: Comparison) -> dict[str, Any]:
    missing = f"; no figure for {', '.join(comparator.missing)}" if comparator.missing else ""
    return _stood(row, comparator.value) | {
        "comparator": f"{comparator.n} {comparator.group}",
        "comparator_value": comparator.value,
        "comparator_statistic": comparator.statistic,
        "comparator_period": comparator.period,
        "comparator_source": comparator.source + missing,
        "comparator_display": display(comparator.value, row["unit"], row["decimals"]),
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
    rows: list[dict[str, Any]], target: Target | None, action: Action | None
) -> list[dict[str, Any]]:
    """The council's own target beside its figure, with its basis and the RAG it earns.

    Where that is not green, the note says what is done about it, by which post and by when.
    """
    return [row | _against(row, target if _is_for(target, row) else None, action) for row in rows]


def _is_for(target: Target | None, row: dict[str, Any]) -> bool:
    facets = (("measure", target.measure),) if target and target.measure else ()
    return bool(row["head"] and row["facets"] == facets)


def _against(row: dict[str, Any], target: Target | None, action: Action | None) -> dict[str, Any]:
    if target is None or row["value"] is None:
        return {"target": None, "target_basis": "", "rag": ""}
    rag = compare.rag(row["value"], target.value, target.tolerance, row["polarity"])
    said = {"target": target.value, "target_basis": target.basis, "rag": rag}
    if rag in ("", "green"):
        return said
    return said | {"note": "\n".join(filter(None, [row["note"], _remedy(action)]))}


def _remedy(action: Action | None) -> str:
    """What is done where a figure is off target; that nothing is recorded is worth saying too."""
    if action is None:
        return "Remedial action: none recorded."
    due = day_in_full(action.due) if action.due else "no date recorded"
    return (
        f"Remedial action: {action.action.rstrip('.')}. Owner: {action.owner or 'none recorded'}. "
        f"Due: {due}."
    )
