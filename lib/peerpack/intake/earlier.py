"""Returns of earlier quarters, for figures that rest on more than one: a year, a wave, a forecast.

A dataset's contract says how many quarters back it may be read. What is read is an input of the
pack. Rows keep the number they have in their own return, moved on by so many files for each quarter
back, so that no two rows of a council are one.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from peerpack.catalogue.load import dataset as contract_of
from peerpack.errors import NotFound, ReturnRefused
from peerpack.handover.receipt import Admission, Receipt, Verdict
from peerpack.intake.cache import sha256_of
from peerpack.intake.desk import Desk, supplied
from peerpack.sources import no_rows
from peerpack.vocab import FILES_PER_QUARTER, OUTCOMES, ROWS_PER_FILE, Quarter


def back(quarter: Quarter, quarters_n: int) -> Quarter:
    """The quarter so many quarters before."""
    for _ in range(quarters_n):
        quarter = quarter.previous()
    return quarter


def earlier_returns(
    desk: Desk, roots: Sequence[Path] = (), kept: Path | None = None
) -> Iterator[tuple[Desk, str, int]]:
    """What figures of a quarter may rest on besides its own returns: desk, dataset, quarters back.

    Of a survey, whose return is the latest wave, only the newest earlier one with other bytes. A
    quarter whose files cannot be told apart gives nothing.
    """
    far = {name: contract_of(name).earlier_quarters for name in desk.assignment.files}
    waves: set[str] = set()
    for quarters_n in range(1, max(far.values(), default=0) + 1):
        before = _desk(desk, back(desk.quarter, quarters_n), roots, kept)
        for name in (n for n, most in far.items() if quarters_n <= most and n not in waves):
            if before and name in before.assignment.files and _is_wanted(before, desk, name):
                waves |= {name} if _is_a_wave(name) else set()
                yield before, name, quarters_n


def _desk(desk: Desk, quarter: Quarter, roots: Sequence[Path], kept: Path | None) -> Desk | None:
    try:
        return supplied(desk.council, quarter, roots, kept)
    except (NotFound, ReturnRefused):
        return None


def _is_a_wave(name: str) -> bool:
    return contract_of(name).covers == "latest"


def _is_wanted(before: Desk, desk: Desk, name: str) -> bool:
    """A wave that is not this quarter's again; of anything else, every return."""
    then, now = ({sha256_of(path) for path in each.files(name)} for each in (before, desk))
    return then != now or not _is_a_wave(name)


def moved_back(admission: Admission, quarters_n: int) -> Admission:
    """An earlier quarter's admission with rows of their own beside the quarter's."""
    frame = admission.frame.copy()
    frame["source_row"] += quarters_n * FILES_PER_QUARTER * ROWS_PER_FILE
    receipts = {quarters_n: admission.receipt}
    return Admission(_indexed(frame), admission.receipt, returns=receipts)


def together(parts: Sequence[Admission]) -> Admission:
    """Admissions of several quarters as one, the newest first: their rows under `return_quarter`.

    Its period begins with the first quarter and ends with the last; its verdict is the worst.
    """
    newest = parts[0].receipt
    frames = [p.frame.assign(return_quarter=p.receipt.quarter) for p in reversed(parts)]
    receipts = {k: receipt for part in parts for k, receipt in part.receipts.items()}
    own = list(receipts.values())
    first = Quarter.parse(own[-1].quarter).first_day.isoformat()
    last = Quarter.parse(newest.quarter).last_day.isoformat()
    worst = max((r.verdict.outcome for r in own), key=OUTCOMES.index)
    joint = {
        "period_start": first,
        "period_end": last,
        "sha256": hashlib.sha256("\n".join(r.sha256 for r in own).encode()).hexdigest(),
        "rows_in": sum(r.rows_in for r in own),
        "rows_admitted": sum(r.rows_admitted for r in own),
        "verdict": Verdict(outcome=worst, checks=()),
    }
    frame = _indexed(pd.concat([f.reset_index(drop=True) for f in frames]))
    return Admission(frame, newest.model_copy(update=joint), returns=receipts)


def _indexed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_index("source_row", drop=False)


def nothing(dataset: str, council: str, quarter: Quarter, why: str) -> Admission:
    """An admission of nothing: the dataset's columns without a row, and why."""
    contract = contract_of(dataset)
    receipt = Receipt(
        dataset=contract.dataset, title=contract.title, council=council, quarter=str(quarter),
        covers=contract.covers, period_start=quarter.last_day.isoformat(),
        period_end=quarter.last_day.isoformat(), personal=contract.personal,
        public=contract.public, base_of=contract.base_of, owner=contract.owner, sha256="",
        files=(), headers=(), rows_in=0, rows_admitted=0, set_aside=(), quarantined=(),
        reconciliations=(), corrections=(), verdict=Verdict(outcome="pass", checks=()),
    )  # fmt: skip
    return Admission(no_rows(contract), receipt, absent=why)
