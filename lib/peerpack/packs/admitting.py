"""The returns of a build, admitted and judged once, and laid where its notebooks take them."""

from collections.abc import Callable
from pathlib import Path

from peerpack.errors import GateStopped
from peerpack.handover.pack import Withheld
from peerpack.handover.receipt import Receipt
from peerpack.intake import admit_supplied
from peerpack.intake.admit import stop_reason
from peerpack.packs.plan import Plan, Source

Tell = Callable[[str], None]
"""What is given a line of progress at a time."""


def admit(planned: Plan, folder: Path, kept: Path, tell: Tell) -> tuple[Receipt, ...]:
    """Admit every return of the quarter, whatever its verdict; `kept`: the cache's folder."""
    for left in planned.desk.assignment.not_used:
        tell(f"not used: {left.name}: {left.reason}")
    receipts = []
    for receipt in admit_supplied(planned.desk, folder, kept):
        tell(f"admitted {receipt.dataset}: {receipt.rows_admitted:,} rows, "
             f"verdict {receipt.verdict.outcome}")  # fmt: skip
        receipts.append(receipt)
    return tuple(receipts)


def admit_earlier(planned: Plan, folder: Path, kept: Path) -> tuple[Receipt, ...]:
    """Returns of earlier quarters that figures may rest on; each is judged as it was then."""
    return tuple(
        receipt
        for desk, name in planned.earlier
        for receipt in admit_supplied(desk, folder / str(desk.quarter), kept, [name])
    )


def held_back(
    planned: Plan, receipts: tuple[Receipt, ...], strict: bool
) -> tuple[list[Source], tuple[Withheld, ...]]:
    """The notebooks to run, and those withheld because a gate stopped a dataset they need.

    With `strict` a stop refuses the build: GateStopped.
    """
    stopped = {r.dataset: stop_reason(r) for r in receipts if r.verdict.outcome == "stop"}
    if stopped and strict:
        raise GateStopped(" ".join(stopped.values()))
    to_run, held = [], []
    for source in planned.to_run:
        why = " ".join(stopped[name] for name in source.meta.held_back_by(set(stopped)))
        (held.append(source.withheld(why)) if why else to_run.append(source))
    return to_run, (*held, *planned.not_supplied)
