"""Harvest the records of executed notebooks into the tables of a pack."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from peerpack.errors import RecordRefused
from peerpack.handover.evidence import (
    COMPARATOR_COLUMNS,
    EVIDENCE_COLUMNS,
    LINEAGE_COLUMNS,
    NUMBER_COLUMNS,
)
from peerpack.handover.receipt import Receipt
from peerpack.handover.records import Exhibit, Finding, Records
from peerpack.measures import attack, compare, disclosure
from peerpack.notebooks.normalise import cells_by_fingerprint, records
from peerpack.packs.plan import Source
from peerpack.vocab import FACETS

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from peerpack.catalogue.models import Indicator

T = TypeVar("T", Exhibit, Finding)


@dataclass(frozen=True, eq=False)
class Harvest:
    """What all notebooks of a pack recorded, as tables."""

    evidence: pd.DataFrame
    comparators: pd.DataFrame
    lineage: pd.DataFrame
    exhibits: tuple[Exhibit, ...]
    findings: tuple[Finding, ...]
    without: dict[str, tuple[str, ...]]


def harvest(
    run: Sequence[tuple[Source, "NotebookNode"]],
    receipts: Sequence[Receipt],
    before: pd.DataFrame | None,
    indicators: "dict[str, Indicator]",
) -> Harvest:
    """The records of each notebook, cells named, ids unique, suppression attacked.

    `before`: the evidence of the previous pack, for directions of travel. Refuses evidence that
    two notebooks record, datasets that no receipt of this build holds, and figures that leak.
    """
    gathered = [(source, records(nb), cells_by_fingerprint(nb)) for source, nb in run]
    for source, found, _ in gathered:
        _refuse_strange(source, found, {(r.dataset, r.quarter): r.sha256 for r in receipts})
    rows = [_named(row, s, cells) for s, found, cells in gathered for row in found.evidence]
    evidence = _table(rows, EVIDENCE_COLUMNS)
    _refuse_twice(evidence)
    refuse_leaks(evidence)
    return Harvest(
        evidence=_with_direction(evidence, before, indicators),
        comparators=_table([r for _, f, _ in gathered for r in f.comparators], COMPARATOR_COLUMNS),
        lineage=_table([r for _, f, _ in gathered for r in f.lineage], LINEAGE_COLUMNS),
        exhibits=tuple(_in_cell(e, cells) for _, f, cells in gathered for e in f.exhibits),
        findings=tuple(_in_cell(e, cells) for _, f, cells in gathered for e in f.findings),
        without={source.name: found.without for source, found, _ in gathered},
    )


def _named(row: dict[str, Any], source: Source, cells: dict[str, str]) -> dict[str, Any]:
    return row | {"notebook": source.name, "cell": cells[row["cell"]]}


def _in_cell(item: T, cells: dict[str, str]) -> T:
    return item.model_copy(update={"cell": cells[item.cell]})


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


def refuse_leaks(evidence: pd.DataFrame) -> None:
    """Refuse a pack in which a suppressed figure follows from the figures shown."""
    counted = evidence[evidence["kind"] == "indicator"]
    marks = counted["status"].map(lambda status: "c" in status.split(";")).astype("bool")
    _refuse_numbers(counted[marks])
    facets = counted["evidence_id"].map(_facets)
    for (indicator, facet), rows in counted.groupby([counted["indicator"], facets], sort=True):
        keys = [_key(id_) for id_ in rows["evidence_id"]]
        hidden = [_key(id_) for id_ in rows["evidence_id"][marks[rows.index]]]
        for leak in attack.leaks(keys, hidden):
            raise RecordRefused(
                f"{indicator}{facet}: the suppressed figure for {dict(leak)} follows from those "
                "shown. Suppress another part of the same total."
            )


def _refuse_numbers(hidden: pd.DataFrame) -> None:
    told = hidden[hidden[list(NUMBER_COLUMNS)].notna().any(axis=1)]
    if len(told):
        raise RecordRefused(
            f"{told['evidence_id'].iloc[0]} is suppressed and has numbers. Record it by "
            "record.evidence(...), and nothing else."
        )


def _key(evidence_id: str) -> disclosure.Key:
    """The cuts of a row that are parts of a sum."""
    return tuple(pair for pair in _pairs(evidence_id) if pair[0] not in FACETS)


def _facets(evidence_id: str) -> str:
    return "".join(f" {name}={value}" for name, value in _pairs(evidence_id) if name in FACETS)


def _pairs(evidence_id: str) -> list[tuple[str, str]]:
    cut = evidence_id.partition("/")[2]
    pairs = (pair.partition("=") for pair in cut.split("&") if pair)
    return [(name, value) for name, _, value in pairs]


def _with_direction(
    evidence: pd.DataFrame, before: pd.DataFrame | None, indicators: "dict[str, Indicator]"
) -> pd.DataFrame:
    if before is None:
        return evidence
    said = ["evidence_id", "kind", "indicator", "value"]
    earlier = before.set_index("evidence_id")["value"].to_dict()
    return evidence.assign(
        direction=[
            compare.direction(value, earlier.get(id_, float("nan")), _polarity(indicators[of], id_))
            if kind == "indicator"
            else ""
            for id_, kind, of, value in evidence[said].itertuples(index=False)
        ]
    )


def _polarity(indicator: "Indicator", evidence_id: str) -> str:
    return indicator.as_shown(dict(_pairs(evidence_id)).get("measure", "")).polarity
