"""Harvest the records of executed notebooks into the tables of a pack."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from peerpack.errors import RecordRefused
from peerpack.handover.evidence import (
    COMPARATOR_COLUMNS,
    EVIDENCE_COLUMNS,
    LINEAGE_COLUMNS,
    NUMBER_COLUMNS,
)
from peerpack.handover.receipt import Receipt
from peerpack.handover.records import Exhibit, NamedFinding, Records
from peerpack.measures import compare
from peerpack.notebooks.normalise import cells_by_fingerprint, records
from peerpack.packs.attack import pairs, refuse_leaks
from peerpack.packs.plan import Source

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from peerpack.catalogue.models import Indicator, Regime


@dataclass(frozen=True, eq=False)
class Harvest:
    """What all notebooks of a pack recorded, as tables."""

    evidence: pd.DataFrame
    comparators: pd.DataFrame
    lineage: pd.DataFrame
    exhibits: tuple[Exhibit, ...]
    findings: tuple[NamedFinding, ...]
    without: dict[str, tuple[str, ...]]


def harvest(
    run: Sequence[tuple[Source, "NotebookNode"]],
    receipts: Sequence[Receipt],
    before: pd.DataFrame | None,
    indicators: "dict[str, Indicator]",
    regime: "Regime",
) -> Harvest:
    """The records of each notebook, cells named, ids unique, suppression attacked.

    `before`: the evidence of the previous pack, for directions of travel and for what the two give
    away together. Refuses evidence that
    two notebooks record, datasets that no receipt of this build holds, and figures that leak.
    """
    gathered = [(source, records(nb), cells_by_fingerprint(nb)) for source, nb in run]
    for source, found, _ in gathered:
        _refuse_strange(source, found, {(r.dataset, r.quarter): r.sha256 for r in receipts})
    rows = [_named(row, s, cells) for s, found, cells in gathered for row in found.evidence]
    evidence = _table(rows, EVIDENCE_COLUMNS)
    _refuse_twice(evidence)
    refuse_leaks(evidence, before, regime, {r.dataset for r in receipts if r.personal})
    return Harvest(
        evidence=_with_direction(evidence, before, indicators),
        comparators=_table([r for _, f, _ in gathered for r in f.comparators], COMPARATOR_COLUMNS),
        lineage=_table([r for _, f, _ in gathered for r in f.lineage], LINEAGE_COLUMNS),
        exhibits=tuple(
            e.model_copy(update={"cell": cells[e.cell]})
            for _, f, cells in gathered
            for e in f.exhibits
        ),
        findings=tuple(
            NamedFinding.placed(e, cells[e.cell], s.name)
            for s, f, cells in gathered
            for e in f.findings
        ),
        without={source.name: found.without for source, found, _ in gathered},
    )


def _named(row: dict[str, Any], source: Source, cells: dict[str, str]) -> dict[str, Any]:
    return row | {"notebook": source.name, "cell": cells[row["cell"]]}


def _table(rows: list[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(columns))
    numbers = [c for c in columns if c in NUMBER_COLUMNS or (c == "n")]
    texts = [c for c in columns if c not in numbers]
    table[numbers] = table[numbers].astype("float64")
    table[texts] = table[texts].astype("str").fillna("")
    return table


def _refuse_strange(source: Source, found: Records, digests: dict[tuple[str, str], str]) -> None:
    for used in found.datasets:
        if digests.get((used.dataset, used.quarter)) != used.sha256:
            raise RecordRefused(
                f"{source.name} recorded rows of {used.dataset} that this build did not admit. "
                "Admit data only by peerpack.intake."
            )


def _refuse_twice(evidence: pd.DataFrame) -> None:
    twice = evidence[evidence["evidence_id"].duplicated(keep=False)]
    if len(twice):
        first = twice[twice["evidence_id"] == twice["evidence_id"].iloc[0]]
        raise RecordRefused(
            f"{first['evidence_id'].iloc[0]} is recorded by {' and '.join(first['notebook'])}. "
            "One figure, one notebook: take it out of one of them."
        )


def _with_direction(
    evidence: pd.DataFrame, before: pd.DataFrame | None, indicators: "dict[str, Indicator]"
) -> pd.DataFrame:
    if before is None:
        return evidence
    earlier = {row["evidence_id"]: row for row in before.to_dict("records")}
    rows = evidence.to_dict("records")
    return evidence.assign(direction=[_direction(row, earlier, indicators) for row in rows])


def _direction(
    row: dict[Any, Any], earlier: dict[Any, dict[Any, Any]], indicators: "dict[str, Indicator]"
) -> str:
    then = earlier.get(row["evidence_id"])
    if then is None or row["kind"] != "indicator":
        return ""
    spreads = [(float(each["lower"]), float(each["upper"])) for each in (row, then)]
    which = polarity(indicators[row["indicator"]], row["evidence_id"])
    return compare.direction(row["value"], then["value"], which, *spreads)


def polarity(indicator: "Indicator", evidence_id: str) -> str:
    """`higher` or `lower`, whichever is the better of a figure, or `context`."""
    return indicator.as_shown(dict(pairs(evidence_id)).get("measure", "")).polarity
