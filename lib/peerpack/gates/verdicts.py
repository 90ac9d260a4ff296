"""Judge a frame by its suite: passed, failed on these rows, or cannot be judged."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from peerpack.errors import GateCannotJudge
from peerpack.gates.engine import counted, results
from peerpack.gates.load import Entry, Suite, read
from peerpack.handover.receipt import Check, Outcome, Verdict

ROWS_KEPT_N = 1_000
SEVERITY: dict[str, Literal["stop", "warn"]] = {"critical": "stop", "warning": "warn"}
EXCEPTION_NAME = re.compile(r"^(?:\w+\.)*(\w*(?:Error|Exception))\b", re.MULTILINE)
COLUMN_KWARGS = ("column", "column_A", "column_B", "column_list")


def judge(frame: pd.DataFrame, dataset: str, suite_path: Path) -> Verdict:
    """What the suite says of the frame: one check per expectation, in the order declared.

    The outcome is the worst severity that failed. Raises `GateCannotJudge` where a check could
    not be made, and never for one that failed.
    """
    suite = read(suite_path)
    _refuse_unreadable(frame, dataset)
    _refuse_missing_columns(frame, dataset, suite)
    by_id = {each.expectation_config.meta["id"]: each for each in results(suite, frame)}
    counted(suite, "judged", len(by_id.keys() & {e.meta.id for e in suite.entries}))
    for entry in suite.entries:
        _refuse_exception(entry, by_id[entry.meta.id], dataset, frame)
    checks = tuple(_check(entry, by_id[entry.meta.id]) for entry in suite.entries)
    return Verdict(outcome=_outcome(checks), checks=checks)


def _outcome(checks: Iterable[Check]) -> Outcome:
    failed = {check.severity for check in checks if not check.passed}
    return "stop" if "stop" in failed else "warn" if failed else "pass"


def _check(entry: Entry, result: Any) -> Check:
    failing = _failing_rows(result.result)
    return Check(
        id=entry.meta.id,
        why=entry.meta.why,
        severity=SEVERITY[entry.severity],
        passed=bool(result.success),
        failing_n=len(failing) if _is_of_rows(result.result) else int(not result.success),
        failing_rows=tuple(failing[:ROWS_KEPT_N]),
    )


def _is_of_rows(result: Mapping[str, Any]) -> bool:
    """Whether the check looked at each row, and not at a total of them."""
    return "unexpected_index_list" in result


def _failing_rows(result: Mapping[str, Any]) -> list[int]:
    listed = result.get("unexpected_index_list") or []
    return sorted(int(row) for part in listed for row in part["source_row"])


def _refuse_unreadable(frame: pd.DataFrame, dataset: str) -> None:
    if frame.empty:
        raise GateCannotJudge(
            f"{dataset}: expected rows to judge, found {len(frame)} in {len(frame.columns)} "
            "columns. An empty table would pass every check. Look at what was set aside or "
            "quarantined."
        )
    rows = frame.get("source_row")
    if rows is None or frame.index.name != "source_row" or not rows.is_unique:
        raise GateCannotJudge(
            f"{dataset}: expected source_row as a column and as the named index, each row once; "
            f"found the index {frame.index.name!r}. Failing rows could not be named. "
            "Admit the dataset anew."
        )


def _refuse_missing_columns(frame: pd.DataFrame, dataset: str, suite: Suite) -> None:
    for entry in suite.entries:
        missing = [name for name in _columns(entry) if name not in frame.columns]
        if missing:
            raise GateCannotJudge(
                f"{dataset}: check {entry.meta.id} of {suite.where} needs the column {missing[0]}; "
                f"found {', '.join(frame.columns)}. Add it to the return, or mend the suite."
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
