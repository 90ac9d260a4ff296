"""Revisions: what the pack before said of the same period, what this one says, and why."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from peerpack.catalogue.models import Revision
from peerpack.handover.evidence import REVISION_COLUMNS
from peerpack.handover.receipt import Receipt
from peerpack.packs.causes import moved_inputs, within_reach
from peerpack.packs.versions import Version

NOISE = 1e-9
SAID = {
    "suites": "the checks",
    "notebooks": "its notebook",
    "code": "the workbook's code",
    "lock": "a library",
    "reference": "definitions or reference data",
    "council_files": "the council's settings",
}
"""What is said of an input that moved, other than data, of a figure that moved with it."""


@dataclass(frozen=True)
class Before:
    """What is known of the pack before: its evidence, its inputs, the files of its datasets.

    `name`: its quarter and its digest, as `previous_pack` says it.
    """

    evidence: pd.DataFrame
    name: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, frozenset[str]] = field(default_factory=dict)


def before_of(version: Version) -> Before:
    """The pack before, as it lies on the disk."""
    digests = {
        path.stem: frozenset(f["sha256"] for f in json.loads(path.read_bytes())["files"])
        for path in (version.folder / "quality").glob("*.json")
    }
    return Before(
        evidence=pd.read_csv(version.folder / "evidence.csv", keep_default_na=True),
        name=f"{version.folder.parent.name}, sha256 of its sums {version.digest}",
        inputs=version.manifest().get("inputs", {}),
        files=digests,
    )


def revisions(
    evidence: pd.DataFrame,
    before: Before | None,
    stated: Sequence[Revision],
    receipts: Sequence[Receipt],
    inputs: Mapping[str, Any],
) -> pd.DataFrame:
    """Figures that the pack before holds for the same period with another value.

    Rows: one per figure, in the order of the evidence. Columns: REVISION_COLUMNS; `old` and `new`
    in `unit`; `reason` as the quarter's pack.toml states it, else the input that moved. A figure
    that one of the two does not show is no revision.
    """
    if before is None:
        return pd.DataFrame(columns=list(REVISION_COLUMNS))
    said = ["evidence_id", "period", "value", "rag", "dataset_sha256"]
    own = evidence[evidence["kind"] == "indicator"]
    both = own.merge(before.evidence[said], on=["evidence_id", "period"], suffixes=("", "_then"))
    both["rag_then"] = both["rag_then"].fillna("")
    size = both[["value", "value_then"]].abs().max(axis=1).clip(lower=1.0)
    moved = both[(both["value"] - both["value_then"]).abs() > NOISE * size]
    rows = [
        {
            "evidence_id": row.evidence_id,
            "period": row.period,
            "old": row.value_then,
            "new": row.value,
            "unit": row.unit,
            "reason": _reason(row, before, stated, receipts, inputs),
            "old_rag": row.rag_then,
            "new_rag": row.rag,
            "previous_pack": before.name,
        }
        for row in moved.itertuples()
    ]
    return pd.DataFrame(rows, columns=list(REVISION_COLUMNS))


def _reason(
    row: Any,
    before: Before,
    stated: Sequence[Revision],
    receipts: Sequence[Receipt],
    inputs: Mapping[str, Any],
) -> str:
    """The reason stated for the indicator; else which input moved."""
    own = next((each.reason for each in stated if each.indicator == row.indicator), "")
    if own:
        return own
    receipt = next((r for r in receipts if r.sha256 == row.dataset_sha256), None)
    if row.dataset_sha256 != row.dataset_sha256_then:
        return _of_data(receipt, before)
    moved = within_reach(moved_inputs(before.inputs, inputs), row.notebook, {row.dataset})
    said = dict.fromkeys(SAID[each.given] for each in moved if each.given in SAID)
    return f"Not the data: {', '.join(said) or 'another dataset it rests on'} changed."


def _of_data(receipt: Receipt | None, before: Before) -> str:
    """Another return, or the same one with another correction."""
    if receipt is None:
        return "The data changed."
    files = frozenset(file.sha256 for file in receipt.files)
    what = "A correction to" if files == before.files.get(receipt.dataset) else "A later return of"
    return f"{what} {receipt.title}."


def marked(evidence: pd.DataFrame, revised: pd.DataFrame) -> pd.DataFrame:
    """The evidence with [r] added to what is revised, and no direction: nothing has travelled."""
    own = evidence["evidence_id"].isin(set(revised["evidence_id"]))
    marks = evidence["status"].where(~own, evidence["status"].map(_with_r))
    return evidence.assign(status=marks, direction=evidence["direction"].where(~own, ""))


def _with_r(marks: str) -> str:
    return ";".join(dict.fromkeys([*filter(None, marks.split(";")), "r"]))
