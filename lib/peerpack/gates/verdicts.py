"""Judge a frame by its suite: passed, failed on these rows, or cannot be judged."""

import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, NoReturn

import numpy as np
import pandas as pd

from peerpack.errors import GateCannotJudge
from peerpack.gates.engine import counted, results
from peerpack.gates.finding import Finding, Rows
from peerpack.gates.large import findings
from peerpack.gates.load import Entry, Suite, read
from peerpack.gates.table import FileTable, FrameTable, Table
from peerpack.handover.receipt import Check, Outcome, Verdict

ROWS_KEPT_N = 1_000
# From about here on judging costs Great Expectations more than loading it does (decision 0032).
LARGE_ROWS_N = 500_000
SEVERITY: dict[str, Literal["stop", "warn"]] = {"critical": "stop", "warning": "warn"}
EXCEPTION_NAME = re.compile(r"^(?:\w+\.)*(\w*(?:Error|Exception))\b", re.MULTILINE)
log = logging.getLogger(__name__)
COLUMN_KWARGS = ("column", "column_A", "column_B", "column_list")


def judge(frame: pd.DataFrame, dataset: str, suite_path: Path) -> Verdict:
    """What the suite says of the frame: one check per expectation, in the order declared.

    The outcome is the worst severity that failed. Raises `GateCannotJudge` where a check could
    not be made, and never for one that failed.
    """
    _refuse_without_rows(FrameTable(frame), dataset)
    if frame.index.name != "source_row":
        _refuse_unnamed_rows(dataset, f"the index {frame.index.name!r}")
    return _judged(FrameTable(frame), dataset, read(suite_path))


def judge_file(path: Path, dataset: str, suite_path: Path) -> Verdict:
    """What the suite says of a Parquet file with a column `source_row`, as `judge` of its frame.

    Of a large file only the columns that the suite names are read, a few at a time.
    """
    table = FileTable(path, dataset)
    _refuse_without_rows(table, dataset)
    return _judged(table, dataset, read(suite_path))


def _judged(table: Table, dataset: str, suite: Suite) -> Verdict:
    """By Great Expectations, or by columns where the table is large: the verdict is the same."""
    _refuse_repeated_rows(table, dataset)
    _refuse_missing_columns(table, dataset, suite)
    by = by_columns if table.rows_n >= LARGE_ROWS_N else by_great_expectations
    found = by(suite, table, dataset)
    checks = tuple(_check(entry, found[entry.meta.id]) for entry in suite.entries)
    return Verdict(outcome=_outcome(checks), checks=checks)


def by_columns(suite: Suite, table: Table, dataset: str) -> dict[str, Finding]:
    """The findings by the checks of `large`; of what it does not know, by Great Expectations."""
    found = findings(suite.entries, table)
    left = tuple(entry for entry in suite.entries if entry.meta.id not in found)
    log.info(
        "%s: %d of %d checks in columns; by Great Expectations: %s",
        dataset, len(found), len(suite.entries), ", ".join(e.meta.id for e in left) or "none",
    )  # fmt: skip
    if left:
        found |= by_great_expectations(suite.model_copy(update={"entries": left}), table, dataset)
    return found


def by_great_expectations(suite: Suite, table: Table, dataset: str) -> dict[str, Finding]:
    """The findings of Great Expectations on pandas, by the id of the check."""
    frame = table.frame()
    by_id = {each.expectation_config.meta["id"]: each for each in results(suite, frame)}
    counted(suite, "judged", len(by_id.keys() & {e.meta.id for e in suite.entries}))
    for entry in suite.entries:
        _refuse_exception(entry, by_id[entry.meta.id], dataset, frame)
    return {name: _finding(each) for name, each in by_id.items()}


def _finding(result: Any) -> Finding:
    return Finding(bool(result.success), _failing_rows(result.result))


def _failing_rows(result: Mapping[str, Any]) -> Rows | None:
    """The rows that a check of each row names; None of a check of a total."""
    if "unexpected_index_list" not in result:
        return None
    listed = result["unexpected_index_list"] or []
    return np.array([int(row) for part in listed for row in part["source_row"]], np.int64)


def _outcome(checks: Iterable[Check]) -> Outcome:
    failed = {check.severity for check in checks if not check.passed}
    return "stop" if "stop" in failed else "warn" if failed else "pass"


def _check(entry: Entry, found: Finding) -> Check:
    failing = [] if found.rows is None else np.sort(found.rows)[:ROWS_KEPT_N].tolist()
    return Check(
        id=entry.meta.id,
        why=entry.meta.why,
        severity=SEVERITY[entry.severity],
        passed=found.passed,
        failing_n=int(not found.passed) if found.rows is None else len(found.rows),
        failing_rows=tuple(failing),
    )


def _refuse_without_rows(table: Table, dataset: str) -> None:
    if not table.rows_n or not table.names:
        raise GateCannotJudge(
            f"{dataset}: expected rows to judge, found {table.rows_n} in {len(table.names)} "
            "columns. An empty table would pass every check. Look at what was set aside or "
            "quarantined."
        )


def _refuse_repeated_rows(table: Table, dataset: str) -> None:
    if "source_row" not in table.names:
        _refuse_unnamed_rows(dataset, "no such column")
    rows = table.source_rows
    in_order = bool((np.diff(rows) > 0).all())
    if not in_order and not pd.Series(rows).is_unique:
        _refuse_unnamed_rows(dataset, "a row twice")


def _refuse_unnamed_rows(dataset: str, found: str) -> NoReturn:
    raise GateCannotJudge(
        f"{dataset}: expected source_row as a column and as the named index, each row once; "
        f"found {found}. Failing rows could not be named. Admit the dataset anew."
    )


def _refuse_missing_columns(table: Table, dataset: str, suite: Suite) -> None:
    for entry in suite.entries:
        missing = [name for name in _columns(entry) if name not in table.names]
        if missing:
            raise GateCannotJudge(
                f"{dataset}: check {entry.meta.id} of {suite.where} needs the column {missing[0]}; "
                f"found {', '.join(table.names)}. Add it to the return, or mend the suite."
            )


def _columns(entry: Entry) -> list[str]:
    named = [entry.kwargs[key] for key in COLUMN_KWARGS if key in entry.kwargs]
    return [name for each in named for name in ([each] if isinstance(each, str) else each)]


def _refuse_exception(entry: Entry, result: Any, dataset: str, frame: pd.DataFrame) -> None:
    """Tell a check that broke from one that failed: Great Expectations calls both unsuccessful."""
    broken = [e for e in _exceptions(result.exception_info or {}) if e.get("raised_exception")]
    if broken:
        on = ", ".join(f"{name} ({frame[name].dtype})" for name in _columns(entry))
        raise GateCannotJudge(
            f"{dataset}: check {entry.meta.id} ({entry.type}) expected columns of a kind it can "
            f"work on, found {on or 'a table'} and broke with {_kind(broken[0])}. Mend the suite, "
            "or how the column is read."
        )


def _exceptions(info: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Both shapes: one flat record, or a record for each metric that broke."""
    if "raised_exception" in info:
        return [info]
    return [each for each in info.values() if isinstance(each, Mapping)]


def _kind(exception: Mapping[str, Any]) -> str:
    """The name of the exception alone: its message may quote a cell."""
    named = EXCEPTION_NAME.search(str(exception.get("exception_traceback")))
    return named[1] if named else "an exception"
