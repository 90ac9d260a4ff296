"""Check a quarter: admit every return, compare it with the quarter before, tell its owners.

One return that is refused hides none of the others.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from peerpack import render
from peerpack.catalogue.load import council as settings_of
from peerpack.catalogue.load import dataset as contract_of
from peerpack.catalogue.load import datasets
from peerpack.catalogue.models import Column, Dataset
from peerpack.catalogue.places import files_within
from peerpack.errors import GateStopped, NotFound, PeerpackError, ReturnRefused, StaleCorrection
from peerpack.handover.check import FileLeft, QuarterChecked, ReturnChecked, Since
from peerpack.handover.receipt import Admission, Receipt
from peerpack.intake import Desk, supplied
from peerpack.intake.admit import admit_once, stop_reason
from peerpack.intake.again import check_of_same_file
from peerpack.intake.cache import CACHE
from peerpack.intake.desk import TEMPLATES
from peerpack.intake.headings import check_of_columns, columns_changed
from peerpack.intake.shrinks import check_of_size
from peerpack.packs.room import one_at_a_time, writable
from peerpack.packs.versions import write_whole
from peerpack.vocab import Quarter

PAGE = "check.html"


def check(
    council: str,
    quarter: str,
    reports: Path,
    roots: Sequence[Path] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> QuarterChecked:
    """Every return of a council's quarter, admitted or refused, beside the quarter before."""
    asked, kept = Quarter.parse(quarter), reports / CACHE
    refused: dict[Path, ReturnRefused] = {}
    desk = supplied(council, asked, roots, refused=refused)
    before = _before(council, asked.previous(), roots)
    returns = tuple(_checked(desk, before, name, kept, tell) for name in desk.assignment.files)
    settings = settings_of(council, roots)
    gone = before.assignment.files.keys() - desk.assignment.files.keys() if before else set()
    return QuarterChecked(
        council=council,
        council_name=settings.name,
        invented=settings.invented,
        quarter=str(asked),
        returns=returns,
        not_used=(*_refused_files(refused), *_left(desk)),
        not_supplied=tuple(sorted(contract_of(name).title for name in gone)),
        quarter_before=str(before.quarter) if before else "",
    )


def write_page(checked: QuarterChecked, reports: Path) -> Path:
    """Write the page of a check, never half of it; its path."""
    folder = reports / checked.council / checked.quarter
    name = f"{checked.council}-{checked.quarter}-check"
    with writable(reports, folder), one_at_a_time(reports, name):
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / PAGE, render.check_page(checked))
    return folder / PAGE


def refuse(checked: QuarterChecked) -> None:
    """End as what to mend first would alone, if anything; the report has said the rest."""
    problems = sorted(_problems(checked), key=lambda each: each[0])
    for code, why in problems[:1]:
        more = f" And {len(problems) - 1} more; the report tells." * (len(problems) > 1)
        kind = next(k for k in PeerpackError.__subclasses__() if k.exit_code == code)
        raise kind(f"{why}{more}")


def _problems(checked: QuarterChecked) -> Iterator[tuple[int, str]]:
    for file in checked.not_used:
        if file.exit_code:
            yield file.exit_code, file.why
    for each in checked.returns:
        if each.refused:
            yield each.exit_code, each.refused
        elif each.receipt and each.result == "stop":
            yield GateStopped.exit_code, stop_reason(each.receipt)


def _before(council: str, quarter: Quarter, roots: Sequence[Path]) -> Desk | None:
    """The desk of the quarter before, where its folder is there and holds a return."""
    try:
        return supplied(council, quarter, roots, refused={})
    except NotFound:
        return None


def _checked(
    desk: Desk, before: Desk | None, name: str, kept: Path, tell: Callable[[str], None]
) -> ReturnChecked:
    contract = contract_of(name)
    tell(f"{name}: reading {', '.join(path.name for path in desk.files(name))}")
    told = ReturnChecked(
        dataset=name,
        title=contract.title,
        owner=contract.owner,
        personal=contract.personal,
        holds={column.name: _holds(column) for column in contract.columns},
    )
    try:
        admission = admit_once(desk, name, kept)
    except PeerpackError as why:
        refused = {"refused": _without_values(why, contract), "exit_code": why.exit_code}
        return told.model_copy(update=refused)
    there = before and name in before.assignment.files
    since = _since(admission, before, name, kept) if before and there else None
    return told.model_copy(update={"receipt": admission.receipt, "since": since})


def _holds(column: Column) -> str:
    return f"{column.kind}, {column.unit}" if column.unit else column.kind


def _without_values(why: PeerpackError, contract: Dataset) -> str:
    """Why in words; of personal data a stale correction is named without the value it quotes."""
    if contract.personal and isinstance(why, StaleCorrection):
        return (
            f"{str(why).partition(':')[0]}: it does not fit the rows it names. Remove it if the "
            "source has been mended, or mend it."
        )
    return str(why)


def _since(now: Admission, desk: Desk, name: str, kept: Path) -> Since:
    """Beside the quarter before; a correction of this quarter need not fit that one's rows."""
    try:
        try:
            return _compared(now, admit_once(desk, name, kept))
        except StaleCorrection:
            before = admit_once(replace(desk, corrections=()), name, kept)
            return _compared(now, before).model_copy(update={"uncorrected": True})
    except PeerpackError as why:
        return Since(quarter=str(desk.quarter), refused=_without_values(why, contract_of(name)))


def _compared(now: Admission, before: Admission) -> Since:
    ours, theirs = now.receipt, before.receipt
    contract, columns = contract_of(ours.dataset), columns_changed(ours, theirs)
    # A national return of a year stands for each of its quarters.
    again = () if contract.national else check_of_same_file(ours, theirs)
    quarters = Quarter.parse(ours.quarter), Quarter.parse(theirs.quarter)
    size = check_of_size((now.frame, quarters[0]), (before.frame, quarters[1]), contract)
    named = {f.name for f in ours.files}, {f.name for f in theirs.files}
    return Since(
        quarter=theirs.quarter,
        rows_admitted=theirs.rows_admitted,
        outcome=theirs.verdict.outcome,
        files_new=tuple(sorted(named[0] - named[1])),
        files_gone=tuple(sorted(named[1] - named[0])),
        columns=columns,
        newly_failing=tuple(sorted(_failing(ours) - _failing(theirs))),
        mended=tuple(sorted(_failing(theirs) - _failing(ours))),
        checks=(size, check_of_columns(columns), *again),
    )


def _failing(receipt: Receipt) -> set[str]:
    return {each.id for each in receipt.verdict.checks if not each.passed}


def _refused_files(refused: dict[Path, ReturnRefused]) -> list[FileLeft]:
    return [
        FileLeft(name=path.name, why=str(why), exit_code=why.exit_code)
        for path, why in sorted(refused.items())
    ]


def _left(desk: Desk) -> Iterator[FileLeft]:
    for left in desk.assignment.not_used:
        yield FileLeft(name=left.name, why=left.reason)
    for path in files_within(desk.folder / TEMPLATES):
        contract = datasets().get(path.stem)
        if not contract or path.read_bytes() != render.form(contract):
            why = "nothing in this folder is read; if it is filled in, move it one folder up"
            yield FileLeft(name=f"{TEMPLATES}/{path.name}", why=why)
