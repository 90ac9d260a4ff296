"""Everything known of the returns: `truth.json`, and how a frame of the intake compares with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from peerpack.demo.years.aggregates import of_rows
from peerpack.demo.years.exports import Export
from peerpack.demo.years.faults import Fault, Report, pence
from peerpack.demo.years.printed import Line, Printed
from peerpack.demo.years.rows import Row

VIREMENTS_BESIDE_NIL_P = 100_00


@dataclass
class Delivery:
    """One dataset of one quarter: the files as printed, and the faults in them.

    `refused` is part of the words by which the whole dataset is refused; `not_used` are files that
    fit no dataset any more, `not_sent` those that never came, and `cut_off` what happened after the
    last line of a file that stops early.
    """

    export: Export
    files: list[Printed]
    faults: list[Fault] = field(default_factory=list)
    refused: str = ""
    not_used: list[str] = field(default_factory=list)
    not_sent: list[str] = field(default_factory=list)
    cut_off: list[Row] = field(default_factory=list)

    @property
    def sent(self) -> list[Printed]:
        """The files that came."""
        return [file for file in self.files if file.name not in self.not_sent]

    @property
    def read(self) -> list[Printed]:
        """The files that the intake reads."""
        return [] if self.refused else [f for f in self.sent if f.name not in self.not_used]


def told(delivery: Delivery, before: Delivery | None = None) -> dict[str, Any]:
    """What `truth.json` says of one dataset and quarter; `before` is the quarter before."""
    whole = [line.true for file in delivery.files for line in file.lines if line.true]
    whole += delivery.cut_off
    admitted = [line.read for file in delivery.read for line in file.admitted()]
    return {
        "files": [file.name for file in delivery.sent],
        "whole": of_rows(delivery.export, whole),
        "admitted": of_rows(delivery.export, admitted) if admitted else None,
        "reports": reports(delivery, before),
        "faults": [_fault(fault) for fault in delivery.faults],
    }


def _fault(fault: Fault) -> dict[str, Any]:
    row = fault.file.place(fault.line) if fault.line else None
    return {
        "kind": fault.kind,
        "file": fault.file.name,
        "sheet": fault.file.sheet,
        "row": row,
        "column": fault.column,
        "reported_as": [_report(fault.file, report) for report in fault.reports],
    }


def _report(file: Printed, report: Report) -> dict[str, Any]:
    rows = sorted(file.place(line) for line in report.lines)
    return {"how": report.how, "name": report.name, "rows": rows}


def reports(delivery: Delivery, before: Delivery | None) -> dict[str, Any]:
    """All that the intake must report of a delivery, faults and what follows from them."""
    reconciled = [each for file in delivery.read for each in _reconciliations(file)]
    return {
        "refused": delivery.refused,
        "not_used": sorted(delivery.not_used),
        "quarantine": _rows_of(delivery, "quarantine"),
        "checks": _rows_of(delivery, "check") | _of_the_whole(delivery),
        "reconciliations": sorted(reconciled),
        "since": sorted(_since(headings(delivery), headings(before))) if before else [],
    }


def headings(delivery: Delivery) -> dict[str, set[str]]:
    """The headings of each column, as they are compared, in the files that are read."""
    found: dict[str, set[str]] = {}
    for file in delivery.read:
        for words in file.headings:
            found.setdefault(_headed(delivery.export, words), set()).add(_compared(words))
    return found


def _headed(export: Export, words: str) -> str:
    """The column that a heading is of; of one that is of none, nothing."""
    for name in export.columns:
        column = export.column(name)
        if column and _compared(words) in map(_compared, (name, *column.synonyms)):
            return name
    return ""


def _compared(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum() or letter == "%")


def _since(now: dict[str, set[str]], before: dict[str, set[str]]) -> Iterator[str]:
    """Columns that were left out or headed otherwise; nothing where either was not read."""
    if now and before:
        columns = before.keys() - {""}
        yield from (f"gone {name}" for name in columns - now.keys())
        yield from (f"renamed {name}" for name in columns & now.keys()
                    if not now[name] & before[name])  # fmt: skip


def _rows_of(delivery: Delivery, how: str) -> dict[str, list[list[Any]]]:
    """Places by the name of a column in quarantine, or of a check that fails."""
    found: dict[str, list[list[Any]]] = {}
    for fault in delivery.faults:
        for report in (each for each in fault.reports if each.how == how):
            found.setdefault(report.name, []).extend(
                [fault.file.name, fault.file.sheet, fault.file.place(line)] for line in report.lines
            )
    return {name: sorted(places) for name, places in sorted(found.items())}


def _of_the_whole(delivery: Delivery) -> dict[str, list[list[Any]]]:
    """Checks of a dataset as a whole that fail because rows or files are missing from it."""
    lines = [line for file in delivery.read for line in file.admitted()]
    follows = FOLLOWS.get(delivery.export.dataset)
    return {check: [] for check in follows(delivery, lines)} if lines and follows else {}


def _of_budget(_: Delivery, lines: Sequence[Line]) -> Iterator[str]:
    if abs(sum(pence(line, "virements_gbp") for line in lines)) > VIREMENTS_BESIDE_NIL_P:
        yield "virements-net-to-nil"


def _of_payments(delivery: Delivery, _: Sequence[Line]) -> Iterator[str]:
    read = [file in delivery.read for file in delivery.files]
    if not all(read):
        yield "months-present"
    if not read[-1]:
        yield "stops-early"


def _of_reserves(_: Delivery, lines: Sequence[Line]) -> Iterator[str]:
    if not any(line.read.get("reserve_class") == "Unallocated" for line in lines):
        yield "unallocated-balance-there"


FOLLOWS = {
    "budget_monitoring": _of_budget,
    "supplier_spend": _of_payments,
    "reserves": _of_reserves,
}


def _reconciliations(file: Printed) -> Iterator[list[Any]]:
    """Totals that differ from the detail that can be read above them, in pence."""
    for at, total in enumerate(file.lines, start=1):
        if total.kind == "total":
            summed = _summed(file.lines[: at - 1], total)
            for column, printed_p in total.sums.items():
                off_p = printed_p - sum(pence(line, column) for line in summed)
                if off_p:
                    yield [file.name, file.sheet, at, column, off_p]


def _summed(above: Sequence[Line], total: Line) -> list[Line]:
    return [
        line
        for line in above
        if line.kind == "detail"
        and not line.refused
        and all(line.read[name] == label for name, label in total.of.items())
    ]
