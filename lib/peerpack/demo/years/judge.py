"""Hold what the intake reports of generated returns against their truth."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peerpack.demo.years.aggregates import of_frame
from peerpack.demo.years.exports import Export, exports
from peerpack.demo.years.faults import MOVED
from peerpack.errors import ReturnRefused
from peerpack.handover.receipt import Admission, Check, Receipt
from peerpack.intake import Desk, supplied
from peerpack.intake.admit import admit_from
from peerpack.intake.headings import columns_changed
from peerpack.vocab import ROWS_PER_FILE, Quarter

Report = tuple[str, ...]
"""What was or must be reported, as words: how, by which name, file, sheet, row."""


@dataclass
class Judgement:
    """How the intake did: faults missed and false alarms in words, and what was right."""

    returns_n: int = 0
    rows_n: int = 0
    faults_n: int = 0
    reported_n: int = 0
    aggregates_n: int = 0
    recovered_n: int = 0
    missed: tuple[str, ...] = ()
    false_alarms: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Every fault reported, no false alarm, every aggregate recovered."""
        return not (self.missed or self.false_alarms or self.wrong)

    def __add__(self, more: "Judgement") -> "Judgement":
        names = self.__dataclass_fields__
        return Judgement(**{name: getattr(self, name) + getattr(more, name) for name in names})


def judge(home: Path) -> Judgement:
    """Admit every return of a generated council and compare with its `truth.json`."""
    truth = json.loads((home / "truth.json").read_text(encoding="utf-8"))
    total = Judgement()
    before: dict[str, Admission] = {}
    for quarter, known in truth["returns"].items():
        desk = _desk(home, quarter)
        for export in exports():
            if export.dataset in known:
                where = f"{quarter} {export.dataset}"
                total += _judged(desk, export, known[export.dataset], where, before)
            else:
                before.pop(export.dataset, None)
    return total


def _desk(home: Path, quarter: str) -> Desk:
    return supplied(home.name, Quarter.parse(quarter), [home.parent])


def _judged(
    desk: Desk, export: Export, known: dict[str, Any], where: str, before: dict[str, Admission]
) -> Judgement:
    """One dataset of one quarter; `before` has the last admissions, and then this one."""
    admission, reported = _admitted(desk, export, known)
    last = before.pop(export.dataset, None)
    if admission:
        before[export.dataset] = admission
        reported |= set(_since(admission.receipt, last.receipt)) if last else set()
    expected = set(_expected(known["reports"]))
    lenient = {report for report in reported if _is_moved(report, known["faults"])}
    missing, extra = expected - reported, reported - expected - lenient
    wrong = list(_wrong(export, known["admitted"], admission))
    faults_n, reported_n = len(known["faults"]), sum(_found(f, missing) for f in known["faults"])
    return Judgement(
        returns_n=len(known["files"]),
        rows_n=admission.receipt.rows_in if admission else 0,
        faults_n=faults_n,
        reported_n=reported_n,
        aggregates_n=_leaves(known["admitted"]),
        recovered_n=_leaves(known["admitted"]) - len(wrong),
        missed=tuple(f"{where}: {' '.join(each)}" for each in sorted(missing)),
        false_alarms=tuple(f"{where}: {' '.join(each)}" for each in sorted(extra)),
        wrong=tuple(f"{where}: {each}" for each in wrong),
    )


def _admitted(
    desk: Desk, export: Export, known: dict[str, Any]
) -> tuple[Admission | None, set[Report]]:
    """The admission, if there is one, and all that was reported."""
    unused = {path.name for path in desk.assignment.not_used} & set(known["files"])
    reported: set[Report] = {("not used", name) for name in unused}
    if export.dataset not in desk.assignment.files:
        return None, reported
    try:
        admission = admit_from(desk, export.dataset)
    except ReturnRefused as stop:
        words = known["reports"]["refused"]
        return None, reported | {("refused", words if words and words in str(stop) else str(stop))}
    return admission, reported | set(_of_receipt(admission.receipt))


def _of_receipt(receipt: Receipt) -> Iterator[Report]:
    for each in receipt.quarantined:
        yield "quarantine", each.column, each.file, each.sheet, str(each.row)
    for check in (check for check in receipt.verdict.checks if not check.passed):
        yield from _of_check(receipt, check)
    for total in receipt.reconciliations:
        pence = round(total.difference * 100)
        if pence:
            place = (total.file, total.sheet, str(total.row))
            yield "reconciliation", total.column, *place, str(pence)


def _since(now: Receipt, before: Receipt) -> Iterator[Report]:
    changed = columns_changed(now, before)
    for name in changed.columns_gone:
        yield "since", f"gone {name}"
    for each in changed.renamed:
        yield "since", f"renamed {each.column}"


def _of_check(receipt: Receipt, check: Check) -> Iterator[Report]:
    files = {file.number: file for file in receipt.files}
    if not check.failing_rows:
        yield "check", check.id
    for row in check.failing_rows:
        number, line = divmod(row, ROWS_PER_FILE)
        yield "check", check.id, files[number].name, files[number].sheet, str(line)


def _expected(reports: dict[str, Any]) -> Iterator[Report]:
    if reports["refused"]:
        yield "refused", reports["refused"]
    for name in reports["not_used"]:
        yield "not used", name
    for name in reports["since"]:
        yield "since", name
    for how, key in (("quarantine", "quarantine"), ("check", "checks")):
        for name, places in reports[key].items():
            if not places:
                yield how, name
            for file, sheet, row in places:
                yield how, name, file, sheet, str(row)
    for file, sheet, row, column, pence in reports["reconciliations"]:
        yield "reconciliation", column, file, sheet, str(row), str(pence)


def _is_moved(report: Report, faults: list[dict[str, Any]]) -> bool:
    """Cells that moved are unreadable in their new columns: more is said of the row, rightly."""
    moved = {(f["file"], f["sheet"], str(f["row"])) for f in faults if f["kind"] == MOVED}
    return report[0] == "quarantine" and report[2:] in moved


def _found(fault: dict[str, Any], missing: set[Report]) -> bool:
    """Whether nothing that must be reported of a fault is missing."""
    return not any(
        each[:2] == (report["how"], report["name"])
        and (len(each) < 5 or (each[2] == fault["file"] and int(each[4]) in report["rows"]))
        for each in missing
        for report in fault["reported_as"]
    )


def _leaves(known: Any) -> int:
    if isinstance(known, dict):
        return sum(map(_leaves, known.values()))
    return int(known is not None)


def _wrong(export: Export, known: Any, admission: Admission | None) -> Iterator[str]:
    """Aggregates that are not as the truth has them."""
    if admission is None or known is None:
        if (admission is None) != (known is None):
            yield "admitted, and must not be" if admission else "not admitted, and must be"
        return
    yield from _apart("", known, of_frame(export, admission.frame))


def _apart(name: str, known: Any, found: Any) -> Iterator[str]:
    if isinstance(known, dict) and isinstance(found, dict):
        for key in sorted(known.keys() | found.keys()):
            yield from _apart(f"{name} {key}".strip(), known.get(key), found.get(key))
    elif known != found:
        yield f"{name}: true {known}, found {found}"
