"""The recorder: evidence, exhibit, finding, close. One object per notebook, no state elsewhere."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from peerpack.catalogue import load
from peerpack.errors import RecordRefused
from peerpack.handover.evidence import (
    COMPARATOR_COLUMNS,
    EVIDENCE_COLUMNS,
    NUMBER_COLUMNS,
    Comparison,
    Shown,
)
from peerpack.handover.receipt import Admission, Receipt
from peerpack.handover.records import NOTHING_SHOWN, RECORDS_MIME, Exhibit, Finding, Records, Used
from peerpack.measures.table import as_rows, cuts_of
from peerpack.records import refusals
from peerpack.records.beside import (
    comparator_row,
    for_row,
    own_periods,
    told_apart,
    with_comparators,
    with_target,
)
from peerpack.records.cell import current_cell, publish
from peerpack.records.claims import claim_rows
from peerpack.records.exhibits import exhibit_of
from peerpack.records.hidden import Hidden
from peerpack.records.indicators import evidence_rows, hidden_rows, unranked
from peerpack.records.lineage import comparator_lineage, lineage_rows
from peerpack.vocab import Quarter

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WORST = ("pass", "warn", "stop")
EXTRAS = ("label", "comparator_display", "stated_display", "standing")
COLUMNS = (*EVIDENCE_COLUMNS, *EXTRAS)


class Recorder:
    """Records what a notebook shows. Started in its `admit` cell, closed in its `record` cell."""

    def __init__(self, council: str, quarter: str) -> None:
        self._council = load.council(council)
        self._actions = load.pack(council, Quarter.parse(quarter)).actions
        self._targets = load.targets(council, Quarter.parse(quarter))
        self._quarter = quarter
        self._evidence: dict[str, dict[str, Any]] = {}
        self._comparators: dict[str, list[dict[str, Any]]] = {}
        self._lineage: dict[str, list[dict[str, Any]]] = {}
        self._exhibits: dict[str, Exhibit] = {}
        self._findings: dict[tuple[str, str], Finding] = {}
        self._datasets: dict[tuple[str, str], str] = {}
        self._sources: dict[str, str] = {}
        self._without: dict[str, str] = {}
        self._hidden = Hidden()

    def evidence(
        self,
        table: pd.DataFrame,
        indicator: str = "",
        *,
        rows: Admission | tuple[Admission, Admission],
        weights: Admission | None = None,
        comparator: Comparison | tuple[Comparison, ...] | None = None,
        comparator_rows: Admission | tuple[Admission, ...] | None = None,
        no_comparator: str = "",
    ) -> Shown:
        """Record a whole table of an indicator, or of published figures; give what may be seen.

        `rows`: the admitted dataset the rows come from, or numerator's and denominator's; of one
        that was not supplied nothing is recorded. `weights`: the dataset of the rows that say how
        much the others count, where it is not the denominator's. Of several comparators the first
        that is for a figure is its headline's. Raises RecordRefused without a like-for-like
        comparator or a reason, or for rows of no receipt.
        """
        pair = rows if isinstance(rows, tuple) else (rows, rows)
        behind = (*pair, weights or pair[1])
        if not all(each.supplied for each in behind):
            return self._nothing(behind, cuts_of(table))
        if not indicator:
            return self._claims(table, behind)
        refusals.refuse_shape(table, indicator)
        refusals.refuse_strange_rows(table, behind, indicator)
        beside, compared = _several(comparator), _several(comparator_rows)
        periods = own_periods(pair[0].receipt, self._quarter)
        like, unlike = told_apart(beside, indicator, periods)
        refusals.refuse_comparators(like, unlike, no_comparator, indicator)
        refusals.refuse_comparator_rows(beside, compared, indicator)
        table, hidden = self._judged(table, indicator, pair)
        found = self._found(table, hidden, indicator, pair, like, no_comparator, unlike)
        shown = self._shown(found, table, behind, cuts_of(table))
        return replace(shown, comparators=self._compared(found, like, unlike, compared))

    def _nothing(self, behind: tuple[Admission, ...], cuts: tuple[str, ...]) -> Shown:
        for each in (a for a in behind if not a.supplied):
            told = f"{each.receipt.title} of {each.receipt.quarter} "
            self._without[each.receipt.title] = each.absent.removeprefix(told)
        rows = pd.DataFrame(columns=COLUMNS).astype(dict.fromkeys(NUMBER_COLUMNS, "float64"))
        return Shown(rows, cuts)

    def _judged(
        self, table: pd.DataFrame, indicator: str, pair: tuple[Admission, Admission]
    ) -> tuple[pd.DataFrame, np.ndarray]:
        """The rows in the order in which they are shown, and which of them are hidden."""
        receipts = (pair[0].receipt, pair[1].receipt)
        hidden = hidden_rows(
            table,
            indicator,
            receipts,
            self._council,
            also=self._hidden.same_cases(table, indicator, receipts),
            first=self._hidden.keys_of_others(indicator),
        )
        if any(receipt.personal for receipt in receipts):
            self._hidden.remember(table, hidden, indicator, receipts[0])
        order = unranked(table, hidden)
        return table.iloc[order].reset_index(drop=True), hidden[order]

    def _found(
        self,
        table: pd.DataFrame,
        hidden: np.ndarray,
        indicator: str,
        pair: tuple[Admission, Admission],
        comparators: tuple[Comparison, ...],
        reason: str,
        unlike: dict[Comparison, str],
    ) -> list[dict[str, Any]]:
        defined = load.indicator(indicator)
        targets = [t for t in self._targets if t.indicator == indicator]
        refusals.refuse_targets(targets)
        action = next((a for a in self._actions if a.indicator == indicator), None)
        receipts = (pair[0].receipt, pair[1].receipt)
        rows = evidence_rows(table, hidden, defined, receipts, self._council)
        rows = with_comparators(rows, comparators, reason, unlike)
        return with_target(rows, targets, action)

    def _claims(self, table: pd.DataFrame, behind: tuple[Admission, ...]) -> Shown:
        if "claim_id" not in table.columns:
            raise RecordRefused("Say which indicator the table is of: indicator='KF01'.")
        refusals.refuse_shape(table, "Published figures", ("claim_id", "numerator_rows"))
        refusals.refuse_strange_rows(table, behind, "Published figures")
        return self._shown(claim_rows(table), table, behind, ("part",))

    def _shown(
        self,
        found: list[dict[str, Any]],
        table: pd.DataFrame,
        behind: tuple[Admission, ...],
        cuts: tuple[str, ...],
    ) -> Shown:
        refusals.refuse_repeated(found)
        for row in found:
            self._keep(row | self._origin(row, tuple(each.receipt for each in behind)))
        for each in behind:
            self._use(each)
        self._lineage |= lineage_rows(found, as_rows(table), behind)
        told = [{c: _cell(row, c) for c in COLUMNS} for row in self._of(found)]
        # Figures and words pick a few of these rows again and again: Arrow is three times slower.
        with pd.option_context("mode.string_storage", "python"):
            rows = pd.DataFrame(told).astype(dict.fromkeys(NUMBER_COLUMNS, "float64"))
        return Shown(rows, cuts)

    def _of(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [self._evidence[row["evidence_id"]] for row in found]

    def _keep(self, row: dict[str, Any]) -> None:
        before = self._evidence.get(row["evidence_id"])
        if before and before["cell"] != row["cell"]:
            raise RecordRefused(
                f"{row['evidence_id']} is recorded by two cells of this notebook. One figure, one "
                "cell: take one away, or cut it in another way. After a change to a cell, run the "
                "`admit` cell again first."
            )
        self._evidence[row["evidence_id"]] = row

    def _origin(self, row: dict[str, Any], receipts: tuple[Receipt, ...]) -> dict[str, Any]:
        verdict = max((r.verdict.outcome for r in receipts), key=WORST.index)
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

    def _use(self, admission: Admission) -> None:
        for receipt in admission.receipts.values():
            self._datasets[receipt.dataset, receipt.quarter] = receipt.sha256
            self._sources[receipt.dataset] = f"{self._publisher(receipt)}, {receipt.title}"

    def _publisher(self, receipt: Receipt) -> str:
        """Whose return it is: of a national one, whoever collects it from every council."""
        contract = load.datasets().get(receipt.dataset)
        return receipt.owner if contract and contract.national else self._council.name

    def _compared(
        self,
        found: list[dict[str, Any]],
        like: tuple[Comparison, ...],
        unlike: dict[Comparison, str],
        admissions: tuple[Admission, ...],
    ) -> tuple[dict[str, Any], ...]:
        """Every comparator of each headline that is shown, with its rows; those not alike last."""
        told: list[dict[str, Any]] = []
        for row in (each for each in found if not each["hidden"]):
            own, id_ = for_row(row, (*like, *unlike)), row["evidence_id"]
            if own:
                rows = [comparator_row(row, each, unlike.get(each, "")) for each in own]
                self._comparators[id_] = [{c: r[c] for c in COMPARATOR_COLUMNS} for r in rows]
                told += rows
                for admission in admissions:
                    self._use(admission)
            for each in own:
                self._lineage[id_] += comparator_lineage(row, each, admissions)
        return tuple(told)

    def exhibit(self, figure: "Figure", shown: Shown, *, name: str, title: str, alt: str) -> None:
        """Record a chart with its title, alt text and numbers, and show it."""
        if isinstance(shown, Shown) and shown.empty:
            publish({"text/plain": NOTHING_SHOWN})
            return
        refusals.refuse_wordless(name, title, alt)
        refusals.refuse_unshown(shown, f"Exhibit {name}")
        source = self._sources[shown.rows["dataset"].iloc[0]]
        exhibit = exhibit_of(figure, shown, name=name, title=title, alt=alt, source=source)
        before = self._exhibits.get(name)
        if before and before.cell != exhibit.cell:
            raise RecordRefused(f"Exhibit {name} is recorded by two cells. Name one otherwise.")
        self._exhibits[name] = exhibit
        publish({"image/svg+xml": exhibit.svg, "text/plain": f"{title}. {alt}"})

    def finding(self, text: str, shown: Shown) -> None:
        """Record a sentence computed from evidence, and show it."""
        refusals.refuse_unshown(shown, "A finding")
        if shown.empty or not text:
            publish({"text/plain": NOTHING_SHOWN})
            return
        refusals.refuse_rank(text, shown)
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
            datasets=tuple(
                Used(dataset=name, quarter=quarter, sha256=sha256)
                for (name, quarter), sha256 in sorted(self._datasets.items())
            ),
            without=tuple(f"{title}: {why}" for title, why in sorted(self._without.items())),
        )  # fmt: skip


def _several(given: Any) -> tuple[Any, ...]:
    """One or several of a thing as a tuple."""
    return given if isinstance(given, tuple) else () if given is None else (given,)


def _cell(row: dict[str, Any], column: str) -> Any:
    """A cell of a shown table: a number or nothing, a text or an empty one."""
    return row.get(column) if column in NUMBER_COLUMNS else row.get(column) or ""
