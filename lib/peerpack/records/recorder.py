"""The recorder: evidence, exhibit, finding, close. One object per notebook, no state elsewhere."""

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from peerpack.catalogue import load
from peerpack.errors import RecordRefused
from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS, Comparison, Shown
from peerpack.handover.receipt import Admission, Receipt
from peerpack.handover.records import RECORDS_MIME, Exhibit, Finding, Records
from peerpack.records import refusals
from peerpack.records.cell import current_cell, publish
from peerpack.records.claims import claim_rows
from peerpack.records.indicators import (
    cuts_of,
    evidence_rows,
    hidden_rows,
    with_comparators,
    with_target,
)
from peerpack.records.lineage import ranges
from peerpack.records.svg import as_svg
from peerpack.words.cells import inert

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WORST = ("pass", "warn", "stop")
EXTRAS = ("comparator_display", "stated_display", "standing")
TEXT_FILL = dict.fromkeys(
    [c for c in (*EVIDENCE_COLUMNS, *EXTRAS) if c not in NUMBER_COLUMNS], ""
)  # fmt: skip


class Recorder:
    """Records what a notebook shows. Started in its `admit` cell, closed in its `record` cell."""

    def __init__(self, council: str, quarter: str) -> None:
        self._council = load.council(council)
        self._quarter = quarter
        self._evidence: dict[str, dict[str, Any]] = {}
        self._comparators: dict[str, list[dict[str, Any]]] = {}
        self._lineage: dict[str, list[dict[str, Any]]] = {}
        self._exhibits: dict[str, Exhibit] = {}
        self._findings: dict[tuple[str, str], Finding] = {}
        self._datasets: dict[str, str] = {}

    def evidence(
        self,
        table: pd.DataFrame,
        indicator: str = "",
        *,
        rows: Admission | tuple[Admission, Admission],
        comparator: Comparison | None = None,
        comparator_rows: Admission | None = None,
        no_comparator: str = "",
    ) -> Shown:
        """Record a whole table of an indicator, or of published figures; give back what may be seen.

        `rows`: the admitted dataset the rows come from, or numerator's and denominator's. Raises
        RecordRefused without a like-for-like comparator or a reason, or for rows of no receipt.
        """
        pair = rows if isinstance(rows, tuple) else (rows, rows)
        receipts = (pair[0].receipt, pair[1].receipt)
        if not indicator:
            return self._claims(table, pair)
        refusals.refuse_shape(table, indicator)
        refusals.refuse_strange_rows(table, pair, indicator)
        refusals.refuse_comparator(comparator, no_comparator, indicator, self._quarter)
        return self._indicator(
            table, indicator, receipts, comparator, comparator_rows, no_comparator
        )

    def _indicator(
        self,
        table: pd.DataFrame,
        indicator: str,
        receipts: tuple[Receipt, Receipt],
        comparator: Comparison | None,
        comparator_rows: Admission | None,
        reason: str,
    ) -> Shown:
        defined = load.indicator(indicator)
        target = next((t for t in self._council.targets if t.indicator == indicator), None)
        refusals.refuse_target(target)
        hidden = hidden_rows(table, receipts, self._council)
        found = evidence_rows(table, hidden, defined, receipts, self._council)
        found = with_comparators(found, comparator, reason, defined)
        found = with_target(found, target, defined.polarity)
        for row, measured in zip(found, table.to_dict("records"), strict=True):
            self._trace(row, measured, receipts)
        if comparator and comparator_rows:
            self._compared(found, comparator, comparator_rows.receipt)
        return self._shown(found, receipts, cuts_of(table))

    def _claims(self, table: pd.DataFrame, pair: tuple[Admission, Admission]) -> Shown:
        if "claim_id" not in table.columns:
            raise RecordRefused("Say which indicator the table is of: indicator='KF01'.")
        receipts = (pair[0].receipt, pair[1].receipt)
        found = claim_rows(table)
        for row, measured in zip(found, table.to_dict("records"), strict=True):
            self._trace(row, measured | {"denominator_rows": np.array([])}, receipts)
        return self._shown(found, receipts, ("part",))

    def _shown(
        self, found: list[dict[str, Any]], receipts: tuple[Receipt, Receipt], cuts: tuple[str, ...]
    ) -> Shown:
        for row in found:
            self._keep(row | self._origin(row, receipts))
        ids = [row["evidence_id"] for row in found]
        rows = pd.DataFrame([self._evidence[i] for i in ids], columns=[*EVIDENCE_COLUMNS, *EXTRAS])
        rows = rows.fillna(TEXT_FILL).astype(dict.fromkeys(NUMBER_COLUMNS, "float64"))
        return Shown(rows, cuts)

    def _keep(self, row: dict[str, Any]) -> None:
        before = self._evidence.get(row["evidence_id"])
        if before and before["cell"] != row["cell"]:
            raise RecordRefused(
                f"{row['evidence_id']} is recorded by two cells of this notebook. One figure, one "
                "cell: take one away, or cut it in another way."
            )
        self._evidence[row["evidence_id"]] = row

    def _origin(self, row: dict[str, Any], receipts: tuple[Receipt, Receipt]) -> dict[str, Any]:
        verdict = max((r.verdict.outcome for r in receipts), key=WORST.index)
        for receipt in receipts:
            self._datasets[receipt.dataset] = receipt.sha256
        return {
            "council": self._council.slug,
            "quarter": self._quarter,
            "period": row.get("period") or receipts[0].period,
            "dataset": receipts[0].dataset,
            "dataset_sha256": receipts[0].sha256,
            "verdict": verdict,
            "agreement": row.get("agreement", ""),
            "direction": "",
            "notebook": "",
            "cell": current_cell(),
        }

    def _trace(
        self, row: dict[str, Any], measured: dict[str, Any], receipts: tuple[Receipt, Receipt]
    ) -> None:
        roles = zip(("numerator", "denominator"), receipts, strict=True)
        self._lineage[row["evidence_id"]] = [
            {
                "evidence_id": row["evidence_id"],
                "role": role,
                "dataset": receipt.dataset,
                "sha256": receipt.sha256,
                "rows": self._rows(measured[f"{role}_rows"], row["hidden"], receipt),
            }
            for role, receipt in roles
            if len(measured[f"{role}_rows"])
        ]

    def _rows(self, rows: np.ndarray, hidden: bool, receipt: Receipt) -> str:
        """Ranges of rows; `[c]` where their number itself would disclose."""
        few = receipt.personal and 0 < len(rows) < self._council.disclosure.threshold
        return "[c]" if hidden or few else ranges(rows)

    def _compared(
        self, found: list[dict[str, Any]], comparator: Comparison, receipt: Receipt
    ) -> None:
        id_ = next(row["evidence_id"] for row in found if not row["breakdown"])
        self._datasets[receipt.dataset] = receipt.sha256
        self._comparators[id_] = [
            {
                "evidence_id": id_,
                "group": comparator.group,
                "version": comparator.version,
                "statistic": comparator.statistic,
                "period": comparator.period,
                "value": comparator.value,
                "n": comparator.n,
                "missing": "; ".join(comparator.missing),
            }
        ]
        self._lineage[id_].append(
            {
                "evidence_id": id_,
                "role": "comparator",
                "dataset": receipt.dataset,
                "sha256": receipt.sha256,
                "rows": ranges(np.array(comparator.rows)),
            }
        )

    def exhibit(self, figure: "Figure", shown: Shown, *, name: str, title: str, alt: str) -> None:
        """Record a chart with its title, alt text and numbers, and show it."""
        if not alt.strip() or not title.strip():
            raise RecordRefused(f"Exhibit {name}: a chart needs a title and real alt text.")
        svg = as_svg(figure)
        self._exhibits[name] = Exhibit(
            id=name,
            title=title,
            alt=alt,
            source=self._source(shown),
            svg=svg,
            table=_csv(shown),
            evidence_ids=tuple(shown.rows["evidence_id"]),
            theme=str(shown.rows["theme"].iloc[0]),
            cell=current_cell(),
        )
        publish({"image/svg+xml": svg, "text/plain": f"{title}. {alt}"})

    def _source(self, shown: Shown) -> str:
        first = shown.rows.iloc[0]
        return f"Source: {self._council.name}, {first['dataset']}, {first['period']}."

    def finding(self, text: str, shown: Shown) -> None:
        """Record a sentence computed from evidence, and show it."""
        finding = Finding(
            text=text,
            theme=str(shown.rows["theme"].iloc[0]),
            evidence_ids=tuple(shown.rows["evidence_id"]),
            cell=current_cell(),
        )
        self._findings[(finding.cell, text)] = finding
        publish({"text/plain": text})

    def close(self) -> None:
        """Publish all that was recorded, as one output: the only channel out of a notebook."""
        records = self.records()
        told = (
            f"{len(records.evidence)} figures, {len(records.exhibits)} exhibits and "
            f"{len(records.findings)} findings recorded"
        )
        publish({RECORDS_MIME: records.model_dump(mode="json"), "text/plain": told})

    def records(self) -> Records:
        """All that was recorded so far."""
        return Records(
            council=self._council.slug,
            quarter=self._quarter,
            evidence=tuple({c: row.get(c) for c in EVIDENCE_COLUMNS}
                           for row in self._evidence.values()),
            comparators=tuple(row for rows in self._comparators.values() for row in rows),
            lineage=tuple(row for rows in self._lineage.values() for row in rows),
            exhibits=tuple(self._exhibits.values()),
            findings=tuple(self._findings.values()),
            datasets=dict(sorted(self._datasets.items())),
        )  # fmt: skip


def _csv(shown: Shown) -> str:
    columns = ["evidence_id", "breakdown", "group", "value", "unit", "display", "lower", "upper",
               "base_n", "status"]  # fmt: skip
    text = io.StringIO()
    shown.rows[columns].map(inert).to_csv(text, index=False, lineterminator="\n")
    return text.getvalue()
