"""The door: what a notebook asks for, taken from where the batch has laid it, or admitted."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from peerpack.catalogue import load
from peerpack.catalogue.load import dataset as contract_of
from peerpack.catalogue.load import own_tables
from peerpack.catalogue.places import project_root
from peerpack.errors import GateStopped, UsageError
from peerpack.handover.pack import NO_EVIDENCE
from peerpack.handover.receipt import Admission
from peerpack.intake.admit import admit_once, refuse_if_stopped, take
from peerpack.intake.cache import CACHE
from peerpack.intake.desk import supplied
from peerpack.intake.earlier import back, earlier_returns, moved_back, nothing, together
from peerpack.intake.own_tables import published
from peerpack.vocab import Quarter

ADMITTED = "PEERPACK_ADMITTED"
"""Folder in which the batch has already admitted the quarter's datasets, for its own kernels."""
EARLIER = "earlier"
"""The folder in it of returns of earlier quarters, a folder to each."""
READS = "PEERPACK_READS"
"""The datasets that the batch lets a notebook take: those it names, or `ANYTHING`."""
ANYTHING = "*"
BEFORE_IN_A_YEAR = (1, 2, 3)


def admit(dataset: str, council: str, quarter: str) -> Admission:
    """A dataset of a council's quarter, judged; a dataset that fails its gate is refused.

    Rows: those of the return that carry data and could be read. Columns: the dataset's contract,
    and `source_row`, which is also the index. Raises NotFound, ReturnRefused, StaleCorrection,
    GateCannotJudge, GateStopped.
    """
    asked = Quarter.parse(quarter)
    folder = _laid()
    if folder:
        _refuse_unnamed(dataset)
        admission = take(folder, dataset, council, asked)
    elif dataset in own_tables():
        admission = published(dataset, council, asked)
    else:
        admission = admit_once(supplied(council, asked, kept=_kept()), dataset, _kept())
    refuse_if_stopped(admission.receipt)
    return admission


def as_at(council: str, quarter: str) -> date:
    """The one date the quarter's pack knows."""
    return load.as_at(council, Quarter.parse(quarter))


def admit_if_supplied(dataset: str, council: str, quarter: str) -> Admission:
    """A dataset that a notebook can do without; an admission of nothing where there is none.

    Of nothing, the recorder records nothing. A dataset that its gate stopped is nothing too.
    """
    asked = Quarter.parse(quarter)
    if not _is_there(dataset, council, asked):
        return nothing(dataset, council, asked, NO_EVIDENCE)
    try:
        return admit(dataset, council, quarter)
    except GateStopped as stop:
        return nothing(dataset, council, asked, str(stop))


def admit_year(dataset: str, council: str, quarter: str) -> Admission:
    """The returns of a quarter and of the three before it, as one.

    Columns: the dataset's, and `return_quarter`. Nothing where one of the four is missing.
    """
    own = admit_if_supplied(dataset, council, quarter)
    before = dict(_earlier(own, BEFORE_IN_A_YEAR)) if own.supplied else {}
    asked = Quarter.parse(quarter)
    missing = [str(back(asked, n)) for n in BEFORE_IN_A_YEAR if n not in before]
    if not own.supplied or missing:
        why = own.absent or f"no return of {', '.join(missing)} was supplied"
        return _none_of_a_year(nothing(dataset, council, asked, why))
    return together([own, *before.values()])


def _none_of_a_year(none: Admission) -> Admission:
    return Admission(none.frame.assign(return_quarter=""), none.receipt, none.absent)


def admit_earlier(dataset: str, council: str, quarter: str, quarters_back: int) -> Admission:
    """The return of a dataset so many quarters before, where this quarter's own is there too."""
    return _one_earlier(dataset, council, quarter, (quarters_back,))


def admit_last_wave(dataset: str, council: str, quarter: str) -> Admission:
    """The survey wave before the quarter's own: the newest earlier return with other bytes."""
    return _one_earlier(dataset, council, quarter, tuple(range(1, 9)))


def _one_earlier(dataset: str, council: str, quarter: str, quarters: tuple[int, ...]) -> Admission:
    own = admit_if_supplied(dataset, council, quarter)
    found = next((each for _, each in _earlier(own, quarters)), None) if own.supplied else None
    why = own.absent or "no earlier return was supplied"
    return found or nothing(dataset, council, Quarter.parse(quarter), why)


def _earlier(own: Admission, quarters: tuple[int, ...]) -> Iterator[tuple[int, Admission]]:
    """The earlier returns of a dataset that passed their gates, the newest first."""
    for quarters_n, admission in _supplied_earlier(own, quarters):
        if admission.receipt.verdict.outcome != "stop":
            yield quarters_n, moved_back(admission, quarters_n)


def _supplied_earlier(own: Admission, quarters: tuple[int, ...]) -> Iterator[tuple[int, Admission]]:
    name, council = own.receipt.dataset, own.receipt.council
    quarter = Quarter.parse(own.receipt.quarter)
    folder = _laid()
    if folder:
        for quarters_n in quarters:
            then = back(quarter, quarters_n)
            if (folder / EARLIER / str(then) / f"{name}.json").is_file():
                yield quarters_n, take(folder / EARLIER / str(then), name, council, then)
        return
    for desk, found, quarters_n in earlier_returns(supplied(council, quarter, kept=_kept())):
        if found == name and quarters_n in quarters:
            yield quarters_n, admit_once(desk, name, _kept())


def _laid() -> Path | None:
    """Where the batch has laid what it admitted; nothing outside the batch."""
    folder = os.environ.get(ADMITTED)
    return Path(folder) if folder else None


def _refuse_unnamed(dataset: str) -> None:
    """The batch runs a notebook when what it names was judged, and again when that changed."""
    named = os.environ.get(READS, ANYTHING)
    if named != ANYTHING and dataset not in named.split(","):
        raise UsageError(
            f"{dataset} is not among the datasets this notebook names: {named or 'none'}. Name it "
            'as a plain text in the call, such as intake.admit("hr_positions", council, quarter).'
        )


def _kept() -> Path:
    return project_root() / "reports" / CACHE


def _is_there(dataset: str, council: str, quarter: Quarter) -> bool:
    folder = _laid()
    if folder:
        _refuse_unnamed(dataset)
        return (folder / f"{contract_of(dataset).dataset}.json").is_file()
    return dataset in own_tables() or dataset in supplied(council, quarter).assignment.files
