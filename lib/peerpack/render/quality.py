"""What does the owner of a dataset need to hear? Rows in and out, what differs, what to do."""

from dataclasses import dataclass

from peerpack.handover.receipt import Check, Quarantined, Receipt, Reconciliation
from peerpack.render.badges import Badge, verdict_badge
from peerpack.render.numbers import counted
from peerpack.words.numbers import period_in_full

QUARANTINE_SHOWN = 100
_WORST_FIRST = {"stop": 0, "warn": 1, "pass": 2}
_COVERS = {
    "quarter": "the quarter",
    "year_to_date": "the year to date",
    "snapshot": "a single day",
    "latest": "the latest published period",
}


@dataclass(frozen=True)
class DatasetQuality:
    """A receipt in words. Of a personal dataset no cell and no amount of the returns is shown."""

    receipt: Receipt
    verdict: Badge | None
    covers: str
    period: str
    arithmetic: str
    adds_up: bool
    set_aside: tuple[str, ...]
    failed: tuple[Check, ...]
    differing: tuple[Reconciliation, ...]
    quarantined: tuple[Quarantined, ...]
    quarantined_more_n: int


def dataset_qualities(receipts: tuple[Receipt, ...]) -> tuple[DatasetQuality, ...]:
    """Every dataset, stopped ones first, then those with warnings; by title among equals."""
    order = sorted(receipts, key=lambda r: (_WORST_FIRST[r.verdict.outcome], r.title, r.dataset))
    return tuple(_quality(receipt) for receipt in order)


def _quality(receipt: Receipt) -> DatasetQuality:
    out = receipt.rows_admitted + receipt.rows_set_aside + receipt.rows_quarantined
    return DatasetQuality(
        receipt=receipt,
        verdict=verdict_badge(receipt.verdict.outcome),
        covers=_COVERS.get(receipt.covers, receipt.covers),
        period=period_in_full(receipt.period),
        arithmetic=_arithmetic(receipt, "=" if out == receipt.rows_in else "≠"),
        adds_up=out == receipt.rows_in,
        set_aside=_reasons(receipt),
        failed=tuple(c for c in receipt.verdict.checks if not c.passed),
        differing=tuple(r for r in receipt.reconciliations if not r.within_tolerance),
        quarantined=receipt.quarantined[:QUARANTINE_SHOWN],
        quarantined_more_n=max(0, len(receipt.quarantined) - QUARANTINE_SHOWN),
    )


def _arithmetic(receipt: Receipt, sign: str) -> str:
    return (
        f"{counted(receipt.rows_in, 'row')} in {sign} {receipt.rows_admitted:,} admitted "
        f"+ {receipt.rows_set_aside:,} set aside + {receipt.rows_quarantined:,} quarantined"
    )


def _reasons(receipt: Receipt) -> tuple[str, ...]:
    """Rows set aside by reason, in words: `5 title rows`."""
    counts: dict[str, int] = {}
    for each in receipt.set_aside:
        counts[each.reason] = counts.get(each.reason, 0) + len(each.lines)
    return tuple(counted(n, f"{reason} row") for reason, n in counts.items())
