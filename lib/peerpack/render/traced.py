"""Which rows is a number of? Its lineage in words: by return, the lines of each file, as ranges.

Rows of people are not named here, nor anything of a suppressed number.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from peerpack.handover.receipt import Receipt
from peerpack.render.numbers import counted
from peerpack.words.numbers import SUPPRESSED

PERSONAL = "Rows are not named here: personal data."
SHOWN_N = 6


@dataclass(frozen=True)
class FileLines:
    """Lines of one file: `lines` names the first ranges, and counts the rest."""

    name: str
    sheet: str
    lines: str


@dataclass(frozen=True)
class TracedRows:
    """The rows of one role in one return; `unnamed` says why none is named."""

    role: str
    title: str
    sha256: str
    counts: str
    verdict: str
    corrections: tuple[str, ...]
    files: tuple[FileLines, ...]
    unnamed: str


def traced_rows(
    role: str, title: str, receipt: Receipt, rows: str, *, own: bool = False
) -> TracedRows:
    """One line of a lineage in words; `rows` as `1:18-20,25;2:5`.

    `own`: of a table of the pack's own, whose files are notebooks and whose rows are no lines.
    """
    unnamed = receipt.personal or rows == SUPPRESSED
    return TracedRows(
        role=role,
        title=title,
        sha256=receipt.sha256,
        counts=(
            f"{counted(receipt.rows_in, 'row')} in, {receipt.rows_admitted:,} admitted, "
            f"{receipt.rows_set_aside:,} set aside, {receipt.rows_quarantined:,} in quarantine"
        ),
        verdict=receipt.verdict.outcome,
        corrections=tuple(f"{c.id}, {counted(c.rows_n, 'row')}: {c.reason}"
                          for c in receipt.corrections),
        files=() if unnamed else tuple(_files(rows, receipt, 'row' if own else 'line')),
        unnamed=PERSONAL if unnamed else "",
    )  # fmt: skip


def _files(rows: str, receipt: Receipt, one: str) -> Iterator[FileLines]:
    files = {file.number: file for file in receipt.files}
    for part in filter(None, rows.split(";")):
        number, _, runs = part.partition(":")
        file = files.get(int(number))
        if file:
            yield FileLines(file.name, file.sheet, _lines(runs.split(","), one))


def _lines(runs: list[str], one: str) -> str:
    """`lines 8 to 11, 13`; of many ranges the first, and how many more of how many rows."""
    told = ", ".join(run.replace("-", " to ") for run in runs[:SHOWN_N])
    rest_n = len(runs) - SHOWN_N
    more = f" and {counted(rest_n, 'more range')}" if rest_n > 0 else ""
    rows_n = sum(_long(run) for run in runs)
    return f"{one if rows_n == 1 else f'{one}s'} {told}{more} ({counted(rows_n, 'row')})"


def _long(run: str) -> int:
    first, _, last = run.partition("-")
    return int(last or first) - int(first) + 1
