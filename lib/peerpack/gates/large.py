"""Large tables: the suite's own checks, made column by column with the operations GX makes.

Great Expectations on pandas copies the whole frame for every check. Here each check takes only the
columns it names and asks pandas for the same operation on them, so the answer is the same to the
last bit. What is not known to be the same (another kind of check, of column or of bound) is left
to Great Expectations: see decision 0032.
"""

import re
import warnings
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from peerpack.gates.bounds import (
    NotKnown,
    bounds_of,
    counts_of,
    kind_of,
    texts,
    values,
)
from peerpack.gates.conditions import domain
from peerpack.gates.finding import Finding, Mask
from peerpack.gates.load import Entry
from peerpack.gates.table import Table, column_of, missing_of

Asked: TypeAlias = Mapping[str, Any]

RANGE = frozenset({"min_value", "max_value", "strict_min", "strict_max"})
PAIR_LEFT_OUT = {"both_values_are_missing": np.all, "either_value_is_missing": np.any}
LIST_LEFT_OUT = {"all_values_are_missing": np.all, "any_value_is_missing": np.any}


@dataclass(frozen=True)
class Check:
    """How one type of expectation is made: by what function, and which kwargs it knows."""

    made: Callable[[Table, Asked, Mask], Finding]
    needs: frozenset[str]
    knows: frozenset[str] = frozenset()


def findings(entries: Collection[Entry], table: Table) -> dict[str, Finding]:
    """The finding of each entry by its id; an entry that is not known to be the same is not there.

    The checks of one column are made together: a file gives each column as few times as it can.
    """
    found = {}
    for entry in sorted(entries, key=_first_column):
        try:
            found[entry.meta.id] = _finding(entry, table)
        except NotKnown:
            continue
    return found


def _first_column(entry: Entry) -> str:
    return str(entry.kwargs.get("column") or entry.kwargs.get("column_A") or "")


def _finding(entry: Entry, table: Table) -> Finding:
    check, asked = CHECKS.get(entry.type), dict(entry.kwargs)
    condition = asked.pop("row_condition", None)
    if check is None or not check.needs <= asked.keys() <= check.needs | check.knows:
        raise NotKnown
    return check.made(table, asked, domain(table, condition))


# Checks of each row


def _of_rows(table: Table, bad: Mask, considered_n: int, asked: Asked) -> Finding:
    """Passed where the share of good rows among those considered is as asked; else by default."""
    mostly = asked.get("mostly", 1)
    if type(mostly) not in (int, float) or not 0 <= mostly <= 1:
        raise NotKnown
    bad_n = int(np.count_nonzero(bad))
    passed = not considered_n or (considered_n - bad_n) / considered_n >= mostly
    return Finding(bool(passed), table.source_rows[bad])


def _given(table: Table, asked: Asked, of: Mask) -> Finding:
    missing = missing_of(table, asked["column"])
    return _of_rows(table, of & missing, int(np.count_nonzero(of)), asked)


def _not_given(table: Table, asked: Asked, of: Mask) -> Finding:
    missing = missing_of(table, asked["column"])
    return _of_rows(table, of & ~missing, int(np.count_nonzero(of)), asked)


def _values(met: Callable[[pd.Series, Asked], Mask]) -> Callable[[Table, Asked, Mask], Finding]:
    """A check of each value that is given: what is missing is neither good nor bad."""

    def made(table: Table, asked: Asked, of: Mask) -> Finding:
        column = column_of(table, asked["column"])
        considered = of & ~_missing(column)
        bad = considered & ~met(column, asked)
        return _of_rows(table, bad, int(np.count_nonzero(considered)), asked)

    return made


def _between(column: pd.Series, asked: Asked) -> Mask:
    return bounds_of(asked, kind_of(column)).hold(column)


def _in_set(column: pd.Series, asked: Asked) -> Mask:
    return column.isin(values(asked["value_set"], kind_of(column))).to_numpy(bool)


def _not_in_set(column: pd.Series, asked: Asked) -> Mask:
    return ~_in_set(column, asked)


def _matches(column: pd.Series, asked: Asked) -> Mask:
    if kind_of(column) != "text" or not isinstance(asked["regex"], str):
        raise NotKnown
    try:
        with warnings.catch_warnings():
            # Only whether the pattern is found is asked; that groups could be taken out is no news.
            warnings.filterwarnings("ignore", "This pattern is interpreted as a regular expression")
            found = column.str.contains(asked["regex"])
    except (re.error, ValueError, NotImplementedError):
        raise NotKnown from None  # Great Expectations says what is wrong with a pattern
    return found.to_numpy(bool)


def _matches_not(column: pd.Series, asked: Asked) -> Mask:
    return ~_matches(column, asked)


def _unique(table: Table, asked: Asked, of: Mask) -> Finding:
    column = column_of(table, asked["column"])
    kind_of(column)
    considered = of & ~_missing(column)
    codes = column[considered].factorize()[0]
    return _of_rows(table, _placed(_repeated(codes), considered), len(codes), asked)


def _unique_together(table: Table, asked: Asked, of: Mask) -> Finding:
    frame, considered = _listed(table, asked, of)
    repeated = frame.duplicated(keep=False).to_numpy(bool)
    return _of_rows(table, _placed(repeated, considered), len(frame), asked)


def _unique_within_row(table: Table, asked: Asked, of: Mask) -> Finding:
    frame, considered = _listed(table, asked, of)
    columns = [frame[name] for name in frame]
    # Great Expectations breaks on days beyond 2262 here, and makes one kind of several.
    if len(set(frame.dtypes)) != 1 or kind_of(columns[0]) == "day":
        raise NotKnown
    bad = np.zeros(len(frame), bool)
    for at, left in enumerate(columns):
        for right in columns[at + 1 :]:
            bad |= (left == right).to_numpy(bool) | (_missing(left) & _missing(right))
    return _of_rows(table, _placed(bad, considered), len(frame), asked)


def _pair(table: Table, asked: Asked, of: Mask) -> Finding:
    left, right = (column_of(table, asked[key]) for key in ("column_A", "column_B"))
    or_equal = asked.get("or_equal", False)
    if kind_of(left) != kind_of(right) or type(or_equal) is not bool:
        raise NotKnown
    missing = np.vstack([_missing(left), _missing(right)])
    considered = of & ~_left_out(missing, asked, PAIR_LEFT_OUT, "neither")
    good = (left >= right if or_equal else left > right).to_numpy(bool)
    return _of_rows(table, considered & ~good, int(np.count_nonzero(considered)), asked)


def _listed(table: Table, asked: Asked, of: Mask) -> tuple[pd.DataFrame, Mask]:
    """The columns of a list for the rows that are considered, and which rows these are."""
    names = texts(asked["column_list"])
    if len(set(names)) < 2 or len(set(names)) != len(names):
        raise NotKnown
    columns = {name: column_of(table, name) for name in names}
    for column in columns.values():
        kind_of(column)
    missing = np.vstack([_missing(column) for column in columns.values()])
    considered = of & ~_left_out(missing, asked, LIST_LEFT_OUT, "never")
    frame = pd.DataFrame(columns)
    return frame if considered.all() else frame[considered], considered


def _left_out(missing: Mask, asked: Asked, ways: Mapping[str, Any], never: str) -> Mask:
    """The rows that `ignore_row_if` leaves out; by default those with nothing in any column."""
    way = asked.get("ignore_row_if", next(iter(ways)))
    if way == never:
        return np.zeros(missing.shape[1], bool)
    if way not in ways:
        raise NotKnown
    return np.asarray(ways[way](missing, axis=0))


def _repeated(codes: npt.NDArray[np.intp]) -> Mask:
    return np.bincount(codes)[codes] > 1 if len(codes) else np.zeros(0, bool)


def _placed(bad: Mask, considered: Mask) -> Mask:
    """What was found of the considered rows, among all rows."""
    placed = np.zeros(len(considered), bool)
    placed[considered] = bad
    return placed


def _missing(column: pd.Series) -> Mask:
    return column.isnull().to_numpy(bool)


# Checks of a total


def _total(of_column: Callable[[pd.Series], Any]) -> Callable[[Table, Asked, Mask], Finding]:
    """A check of one number that a column comes to; a column that comes to none fails it."""

    def made(table: Table, asked: Asked, of: Mask) -> Finding:
        column = column_of(table, asked["column"])
        if kind_of(column) != "number":
            raise NotKnown
        bounds = bounds_of(asked, "number")
        total = of_column(column if of.all() else column[of])
        return Finding(bool(pd.notna(total) and bounds.holds(total)))

    return made


def _distinct_n(table: Table, asked: Asked, of: Mask) -> Finding:
    column = column_of(table, asked["column"])
    kind_of(column)
    return Finding(counts_of(asked).holds(column[of].nunique()))


def _contains(table: Table, asked: Asked, of: Mask) -> Finding:
    column = column_of(table, asked["column"])
    if kind_of(column) != "text":
        raise NotKnown
    wanted = values(asked["value_set"], "text")
    return Finding(set(wanted) <= set(column[of].dropna().unique()))


def _rows_n(_: Table, asked: Asked, of: Mask) -> Finding:
    return Finding(counts_of(asked).holds(int(np.count_nonzero(of))))


def _each(met: Callable[[pd.Series, Asked], Mask], *needs: str, knows: frozenset[str]) -> Check:
    return Check(_values(met), frozenset({"column", *needs}), knows)


def _of_all(of_column: Callable[[pd.Series], Any]) -> Check:
    return Check(_total(of_column), COLUMN, RANGE)


COLUMN, MOSTLY = frozenset({"column"}), frozenset({"mostly"})
LIST, LEFT_OUT = frozenset({"column_list"}), frozenset({"mostly", "ignore_row_if"})
CHECKS = {
    f"expect_{name}": check
    for name, check in {
        "column_values_to_not_be_null": Check(_given, COLUMN, MOSTLY),
        "column_values_to_be_null": Check(_not_given, COLUMN, MOSTLY),
        "column_values_to_be_between": _each(_between, knows=RANGE | MOSTLY),
        "column_values_to_be_in_set": _each(_in_set, "value_set", knows=MOSTLY),
        "column_values_to_not_be_in_set": _each(_not_in_set, "value_set", knows=MOSTLY),
        "column_values_to_match_regex": _each(_matches, "regex", knows=MOSTLY),
        "column_values_to_not_match_regex": _each(_matches_not, "regex", knows=MOSTLY),
        "column_values_to_be_unique": Check(_unique, COLUMN, MOSTLY),
        "compound_columns_to_be_unique": Check(_unique_together, LIST, LEFT_OUT),
        "select_column_values_to_be_unique_within_record": Check(
            _unique_within_row, LIST, LEFT_OUT
        ),
        "column_pair_values_a_to_be_greater_than_b": Check(
            _pair, frozenset({"column_A", "column_B"}), LEFT_OUT | {"or_equal"}
        ),
        "column_sum_to_be_between": _of_all(pd.Series.sum),
        "column_mean_to_be_between": _of_all(pd.Series.mean),
        "column_max_to_be_between": _of_all(pd.Series.max),
        "column_min_to_be_between": _of_all(pd.Series.min),
        "column_unique_value_count_to_be_between": Check(_distinct_n, COLUMN, RANGE),
        "column_distinct_values_to_contain_set": Check(
            _contains, frozenset({"column", "value_set"})
        ),
        "table_row_count_to_be_between": Check(_rows_n, frozenset(), RANGE),
    }.items()
}
