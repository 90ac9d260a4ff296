"""What does the owner of a dataset need to hear? Rows in and out, what differs, what to do."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peerpack.handover.check import ReturnChecked
from peerpack.handover.receipt import Check, Quarantined, Receipt, Reconciliation
from peerpack.render.badges import Badge, verdict_badge
from peerpack.render.check import ReturnTold, told_of
from peerpack.render.numbers import counted
from peerpack.vocab import OUTCOMES
from peerpack.words.numbers import listed, period_in_full, quarter_in_full

_WORST_FIRST = {"stop": 0, "warn": 1, "pass": 2}
_COVERS = {
    "quarter": "the quarter",
    "year_to_date": "the year to date",
    "snapshot": "a single day",
    "latest": "the latest published period",
}
_OUTCOMES = {"pass": "passed", "warn": "passed with warnings", "stop": "stopped"}


@dataclass(frozen=True)
class DatasetQuality:
    """A receipt in words. Of a personal dataset no cell and no amount of the returns is shown.

    `told`: the same in the words of `peerpack check`. `anchor`: its id on the page.
    """

    receipt: Receipt
    told: ReturnTold
    anchor: str
    verdict: Badge | None
    covers: str
    period: str
    arithmetic: str
    adds_up: bool
    set_aside: tuple[str, ...]
    failed: tuple[Check, ...]
    differing: tuple[Reconciliation, ...]

    def heading(self, place: Quarantined | Reconciliation) -> str:
        """What the file itself calls the column of a place in it."""
        at = (place.file, place.sheet, place.column)
        found = (h.heading for h in self.receipt.headers if (h.file, h.sheet, h.column) == at)
        return next(found, place.column)

    @property
    def quarter(self) -> str:
        """The quarter it was supplied for: `April to June 2024`."""
        return quarter_in_full(self.receipt.quarter)

    @property
    def to_do(self) -> str:
        """What its owner is asked to look at, in a few words; nothing where all is well."""
        said = (
            self.failed and counted(len(self.failed), "check") + " failed",
            self.receipt.rows_quarantined
            and f"{counted(self.receipt.rows_quarantined, 'row')} could not be read",
            self.differing
            and counted(len(self.differing), "printed total differs", "printed totals differ")
            + " from the rows summed",
        )
        return listed([each for each in said if each])


def dataset_qualities(
    receipts: Iterable[Receipt], *, dated: bool = False
) -> tuple[DatasetQuality, ...]:
    """Every dataset, stopped ones first, then those with warnings; by title among equals.

    `dated`: of several quarters, so that the anchor of each names its quarter.
    """
    order = sorted(
        receipts,
        key=lambda r: (_WORST_FIRST[r.verdict.outcome], r.title, r.dataset, r.quarter),
    )
    return tuple(_quality(receipt, dated) for receipt in order)


def dataset_anchor(receipt: Receipt, *, dated: bool = False) -> str:
    """The id of a dataset on the page of data quality; with its quarter where there are several."""
    return f"dataset-{receipt.dataset}" + (f"-{receipt.quarter}" if dated else "")


def quality_summary(datasets: Iterable[DatasetQuality]) -> str:
    """How many returns there are, how they stand, how many rows they hold and what became of them.

    Counting receipts is all the arithmetic in it.
    """
    receipts = [each.receipt for each in datasets]
    found = Counter[str](r.verdict.outcome for r in receipts)
    stood = listed([f"{found[each]} {_OUTCOMES[each]}" for each in OUTCOMES if found[each]])
    rows_n = sum(r.rows_in for r in receipts)
    lost_n = sum(r.rows_quarantined for r in receipts)
    corrected_n = sum(len(r.corrections) for r in receipts)
    corrected = counted(corrected_n, "written correction was", "written corrections were")
    return (
        f"{counted(len(receipts), 'return was', 'returns were')} supplied: {stood}. Of "
        f"{counted(rows_n, 'row')} received, {lost_n:,} could not be read. "
        f"{corrected if corrected_n else 'No written correction was'} applied."
    )


def _quality(receipt: Receipt, dated: bool) -> DatasetQuality:
    out = receipt.rows_admitted + receipt.rows_set_aside + receipt.rows_quarantined
    return DatasetQuality(
        receipt=receipt,
        told=told_of(_as_checked(receipt)),
        anchor=dataset_anchor(receipt, dated=dated),
        verdict=verdict_badge(receipt.verdict.outcome),
        covers=_COVERS.get(receipt.covers, receipt.covers),
        period=period_in_full(receipt.period),
        arithmetic=_arithmetic(receipt, "=" if out == receipt.rows_in else "≠"),
        adds_up=out == receipt.rows_in,
        set_aside=tuple(_reasons(receipt)),
        failed=tuple(c for c in receipt.verdict.checks if not c.passed),
        differing=tuple(r for r in receipt.reconciliations if not r.within_tolerance),
    )


def _as_checked(receipt: Receipt) -> ReturnChecked:
    """A receipt as `peerpack check` tells of it; what the columns hold stands in the reference."""
    return ReturnChecked(
        dataset=receipt.dataset, title=receipt.title, owner=receipt.owner,
        personal=receipt.personal, holds={}, receipt=receipt,
    )  # fmt: skip


def _arithmetic(receipt: Receipt, sign: str) -> str:
    return (
        f"{counted(receipt.rows_in, 'row')} received {sign} {receipt.rows_admitted:,} used + "
        f"{receipt.rows_set_aside:,} set aside + {receipt.rows_quarantined:,} in quarantine"
    )


def _reasons(receipt: Receipt) -> Iterator[str]:
    """Rows set aside by reason, in words: `5 title rows`."""
    counts: dict[str, int] = {}
    for each in receipt.set_aside:
        counts[each.reason] = counts.get(each.reason, 0) + len(each.lines)
    return (counted(n, f"{reason} row") for reason, n in counts.items())
