"""Contributing rows: as ranges, and which of them a pack may name.

`1:18-20,25;2:5` is lines 18 to 20 and 25 of file 1, line 5 of file 2.
"""

import os
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from peerpack.handover.evidence import Comparison
from peerpack.handover.receipt import Admission, Receipt
from peerpack.handover.records import WHOLE_LINEAGE
from peerpack.measures.table import distinct
from peerpack.vocab import FILES_PER_QUARTER, ROWS_PER_FILE
from peerpack.words.numbers import SUPPRESSED

ROLES = ("numerator", "denominator", "weight")


def lineage_rows(
    found: list[dict[str, Any]],
    table: list[dict[str, Any]],
    admissions: tuple[Admission, ...],
) -> dict[str, list[dict[str, Any]]]:
    """The rows behind each row of evidence, by evidence id: one entry per role and return.

    Of personal data rows are named for the headline only, and not which of its base they are: the
    ranges of two cuts have rows in common, and so would give any cross-table of them away, and
    the ranges of a numerator would give each person's answer. Under WHOLE_LINEAGE all are named.
    A figure of no row, such as none that is overdue, says of which return there was none.
    """
    rows_of = [[row.get(f"{role}_rows", ()) for row in table] for role in ROLES]
    told = [at for at, each in enumerate(rows_of) if any(map(len, each))]
    return {
        row["evidence_id"]: [
            entry
            for at in _roles_of(measured, told, admissions)
            for entry in _entries(row, measured, at, admissions)
        ]
        for row, measured in zip(found, table, strict=True)
    }


def _roles_of(
    measured: dict[str, Any], told: list[int], admissions: tuple[Admission, ...]
) -> list[int]:
    """The roles in which a row of the table has rows, or may have had; the first where in none."""
    own = (
        at for at in told if len(measured[f"{ROLES[at]}_rows"]) or admissions[at].receipt.personal
    )
    return list(own) or told[:1]


def _entries(
    row: dict[str, Any], measured: dict[str, Any], at: int, admissions: tuple[Admission, ...]
) -> Iterator[dict[str, Any]]:
    """One entry per return of a role: its rows as ranges, or `[c]`."""
    receipts = admissions[0].receipt, admissions[1].receipt
    answers = at == 0 and receipts[0].dataset == receipts[1].dataset
    personal = admissions[at].receipt.personal
    hidden = row["hidden"] or (personal and (not row["head"] or answers))
    hidden = hidden and not os.environ.get(WHOLE_LINEAGE)
    rows = np.asarray(measured[f"{ROLES[at]}_rows"], dtype="int64")
    for receipt, own in by_return(rows, admissions[at]):
        yield _entry(row, ROLES[at], SUPPRESSED if hidden else ranges(own), receipt)


def by_return(rows: np.ndarray, admission: Admission) -> Iterator[tuple[Receipt, np.ndarray]]:
    """Rows by the return they are of, as they are numbered there; one return is told always."""
    size = FILES_PER_QUARTER * ROWS_PER_FILE
    for quarters_n, receipt in admission.receipts.items():
        own = rows[rows // size == quarters_n] % size
        if len(own) or len(admission.receipts) == 1:
            yield receipt, own


def _entry(row: dict[str, Any], role: str, rows: str, receipt: Receipt) -> dict[str, Any]:
    return {
        "evidence_id": row["evidence_id"],
        "role": role,
        "dataset": receipt.dataset,
        "sha256": receipt.sha256,
        "rows": rows,
    }


def comparator_lineage(
    row: dict[str, Any], comparator: Comparison, admissions: Sequence[Admission]
) -> list[dict[str, Any]]:
    """The rows behind a figure's comparator, by return."""
    pairs = zip((comparator.rows, comparator.denominator_rows), admissions, strict=False)
    return [
        _entry(row, "comparator", ranges(own), receipt)
        for rows, admission in pairs
        for receipt, own in by_return(np.array(rows, dtype="int64"), admission)
    ]


def ranges(rows: np.ndarray) -> str:
    """Source rows as text, by file, runs joined."""
    ordered = distinct(rows)
    files = ordered // ROWS_PER_FILE
    return ";".join(
        f"{file}:{','.join(_runs(ordered[files == file] - file * ROWS_PER_FILE))}"
        for file in distinct(files).tolist()
    )


def _runs(lines: np.ndarray) -> Iterator[str]:
    breaks = np.flatnonzero(np.diff(lines) > 1)
    firsts, lasts = lines[np.append(0, breaks + 1)], lines[np.append(breaks, len(lines) - 1)]
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        yield f"{first}" if first == last else f"{first}-{last}"


def rows_of(text: str) -> np.ndarray:
    """The source rows that such a text names."""
    runs = [np.arange(first, last + 1) for first, last in _ends(text)]
    return np.concatenate(runs) if runs else np.array([], dtype="int64")


def _ends(text: str) -> Iterator[tuple[int, int]]:
    """The first and last source row of each run."""
    for part in filter(None, text.split(";")):
        file, runs = part.split(":")
        for run in runs.split(","):
            first, _, last = run.partition("-")
            above = int(file) * ROWS_PER_FILE
            yield above + int(first), above + int(last or first)
