"""What stands beside a figure: its comparator, its target, and how it compares with them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from peerpack.catalogue.models import Action, Target
from peerpack.handover.evidence import Comparison
from peerpack.handover.neighbours import AREA, ENGLAND
from peerpack.handover.receipt import Receipt
from peerpack.measures import compare
from peerpack.measures.compare import RANK
from peerpack.vocab import Quarter
from peerpack.words.numbers import day_in_full, display

RATES = ("%", "days", "ratio", "GBP per head", "rate", "years", "seconds")


def own_periods(receipt: Receipt, quarter: str) -> set[str]:
    """The periods a dataset's figures stand for: their own and, ending with it, the quarter."""
    ends_with_it = receipt.period_end == str(Quarter.parse(quarter).last_day)
    return {receipt.period, *([quarter] if ends_with_it else [])}


def told_apart(
    comparators: Sequence[Comparison], indicator: str, periods: Collection[str]
) -> tuple[tuple[Comparison, ...], dict[Comparison, str]]:
    """The comparators that are like for like, and why each of the others is not."""
    why = {each: compare.unlike(each, indicator, periods) for each in comparators}
    others = {each: reason for each, reason in why.items() if reason}
    return tuple(each for each in comparators if each not in others), others


def with_comparators(
    rows: list[dict[str, Any]],
    comparators: Sequence[Comparison],
    reason: str,
    unlike: Mapping[Comparison, str],
) -> list[dict[str, Any]]:
    """A headline beside the first comparator that is for it; a part of a rate beside its whole.

    Comparators that are not like for like are told in the headline's note, never beside it.
    """
    wholes = {row["facets"]: row for row in rows if row["head"]}
    beside = [_beside(row, comparators, reason, wholes.get(row["facets"])) for row in rows]
    return [_with_unlike(row, unlike) for row in beside]


def _with_unlike(row: dict[str, Any], unlike: Mapping[Comparison, str]) -> dict[str, Any]:
    if row["hidden"]:
        return row
    told = [
        f"Not like for like: the {each.statistic} of {_named(each)}, {_shown(row, each)}, for "
        f"{unlike[each]}."
        for each in for_row(row, list(unlike))
    ]
    return row | {"note": "\n".join(filter(None, [row["note"], *told]))}


def _named(comparator: Comparison) -> str:
    """Whose figures a comparator is of: `10 statistical neighbours`, `England`."""
    nation = comparator.group == ENGLAND
    return comparator.group if nation else f"{comparator.n} {comparator.group}"


def _shown(row: dict[str, Any], comparator: Comparison) -> str:
    return display(comparator.value, row["unit"], row["decimals"])


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
    if AREA in row["breakdown"].split("&"):
        return row | _NOTHING_BESIDE
    own = for_row(row, comparators)
    if own:
        return row | _group_comparator(row, own[0])
    if not row["head"] and whole and row["unit"] in RATES and whole["value"] is not None:
        if _is_a_share(row, whole):
            return row | _no_comparator("it is a share of the whole", row)
        return row | _council_comparator(row, whole)
    return row | _no_comparator(reason or "a part of a sum has none", row)


def _is_a_share(row: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Whether a part has no base of its own: a reason's share of all days with a reason."""
    base = row["denominator"]
    return base is not None and base in (whole["numerator"], whole["denominator"])


def _group_comparator(row: dict[str, Any], comparator: Comparison) -> dict[str, Any]:
    missing = f"; no figure for {', '.join(comparator.missing)}" if comparator.missing else ""
    return _stood(row, comparator.value) | {
        "comparator": _named(comparator),
        "comparator_value": comparator.value,
        "comparator_statistic": comparator.statistic,
        "comparator_period": comparator.period,
        "comparator_source": comparator.source + missing,
        "comparator_display": _shown(row, comparator),
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


def comparator_row(row: dict[str, Any], comparator: Comparison, why: str) -> dict[str, Any]:
    """A comparator as `comparators.csv` has it; the first three are for sentences."""
    figure = f"{comparator.value:.0f}" if comparator.statistic == RANK else _shown(row, comparator)
    return {
        "display": figure,
        "named": _named(comparator),
        "members": comparator.members,
        "evidence_id": row["evidence_id"],
        "group": comparator.group,
        "version": comparator.version,
        "statistic": comparator.statistic + (", not like for like" if why else ""),
        "period": comparator.period,
        "value": comparator.value,
        "n": comparator.n,
        "missing": "; ".join(comparator.missing),
    }


def _stood(row: dict[str, Any], against: float) -> dict[str, Any]:
    value, lower, upper = (
        float("nan") if row[n] is None else row[n] for n in ("value", "lower", "upper")
    )
    return {"standing": compare.standing(value, lower, upper, against, sampled=row["sampled"])}


_NOTHING_BESIDE: dict[str, Any] = {
    "comparator": "", "comparator_value": None, "comparator_statistic": "",
    "comparator_period": "", "comparator_source": "", "comparator_display": "", "standing": "",
}  # fmt: skip
"""Another council's figure is itself what ours stands beside."""


def _no_comparator(reason: str, row: dict[str, Any]) -> dict[str, Any]:
    return _NOTHING_BESIDE | {"note": f"{row['note']} No comparator: {reason}.".strip()}


def with_target(
    rows: list[dict[str, Any]], targets: Sequence[Target], action: Action | None
) -> list[dict[str, Any]]:
    """The council's own target beside its figure, with its basis and the RAG it earns.

    Where that is not green, the note says what is done about it, by which post and by when.
    """
    first = ((row, next((t for t in targets if _is_for(t, row)), None)) for row in rows)
    return [row | _against(row, target, action) for row, target in first]


def _is_for(target: Target, row: dict[str, Any]) -> bool:
    facets = (("measure", target.measure),) if target.measure else ()
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
