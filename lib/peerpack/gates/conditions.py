"""Which rows a check speaks of, where its condition is of the few forms known to be read alike."""

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from peerpack.gates.bounds import NotKnown, kind_of, values
from peerpack.gates.finding import Mask
from peerpack.gates.table import Table, column_of, missing_of

EQUAL: Mapping[str, Callable[[Any, Any], Any]] = {"==": operator.eq, "!=": operator.ne}
ORDER: Mapping[str, Callable[[Any, Any], Any]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
LISTED = ("IN", "NOT_IN")
# Great Expectations writes a condition out as an expression: no text that could be read as code.
PLAIN = re.compile(r"[\w /&,.;()+-]*")
NAME = re.compile(r"[a-z][a-z0-9_]*")


def domain(table: Table, condition: Any) -> Mask:
    """The rows that a `row_condition` chooses; all where there is none."""
    if condition is None:
        return np.ones(table.rows_n, bool)
    parts = condition.get("conditions") if _is(condition, "and", "conditions") else [condition]
    if not isinstance(parts, list) or not 1 <= len(parts) <= 5:
        raise NotKnown
    return np.logical_and.reduce([_chosen(table, part) for part in parts])


def _is(condition: Any, kind: str, *keys: str) -> bool:
    """Whether a condition is of a kind, and says what that kind says and no more."""
    said = condition if isinstance(condition, dict) else {}
    return said.get("type") == kind and said.keys() == {"type", *keys}


def _chosen(table: Table, part: Any) -> Mask:
    if _is(part, "nullity", "column", "is_null") and type(part["is_null"]) is bool:
        missing = missing_of(table, _name(part["column"]))
        return missing if part["is_null"] else ~missing
    if _is(part, "comparison", "column", "operator", "parameter"):
        return _compared(
            column_of(table, _name(part["column"])), part["operator"], part["parameter"]
        )
    raise NotKnown


def _name(named: Any) -> str:
    name = named.get("name") if isinstance(named, dict) and named.keys() == {"name"} else None
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise NotKnown
    return name


def _compared(column: pd.Series, how: Any, wanted: Any) -> Mask:
    kind = kind_of(column)
    known = values(wanted if how in LISTED else [wanted], kind)
    if kind == "text" and not all(map(PLAIN.fullmatch, known)):
        raise NotKnown
    if how in LISTED:
        found = column.isin(known).to_numpy(bool)
        return found if how == "IN" else ~found
    compare = EQUAL.get(how) or (ORDER.get(how) if kind == "number" else None)
    if compare is None:
        raise NotKnown
    return np.asarray(compare(column, wanted), bool)
