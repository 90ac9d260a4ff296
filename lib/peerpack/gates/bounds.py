"""What an entry asks, where it is of the few kinds that are known to be compared alike."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Kind = Literal["text", "number", "day"]
Bound = float | datetime
# A day without its time would be another type to Great Expectations, which breaks on it.
DAY = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")
NUMBERS = ("float64", "int64")


class NotKnown(Exception):
    """Of a kind not known to be judged alike: Great Expectations is to judge it."""


def kind_of(column: pd.Series) -> Kind:
    """What a column holds, where all of it is of one kind, as admission gives it."""
    dtype = getattr(column, "dtype", None)
    if isinstance(dtype, pd.StringDtype) and str(dtype) == "str":
        return "text"
    if isinstance(dtype, np.dtype) and dtype.name in NUMBERS:
        return "number"
    if isinstance(dtype, np.dtype) and dtype.kind == "M":
        return "day"
    raise NotKnown


@dataclass(frozen=True)
class Bounds:
    """The least and the most that is allowed, or only one of them; strict: not even that."""

    least: Bound | None
    most: Bound | None
    above: bool
    below: bool

    def hold(self, column: pd.Series) -> npt.NDArray[np.bool_]:
        """Which values of a column keep the bounds; one that is missing does not."""
        kept = np.ones(len(column), bool)
        if self.least is not None:
            kept &= (column > self.least if self.above else column >= self.least).to_numpy(bool)
        if self.most is not None:
            kept &= (column < self.most if self.below else column <= self.most).to_numpy(bool)
        return kept

    def holds(self, total: Any) -> bool:
        """Whether one value keeps the bounds."""
        return bool(self.hold(pd.Series([total]))[0])


def counts_of(asked: Mapping[str, Any]) -> Bounds:
    """The bounds of an entry for a count: whole numbers, for the rest would be cut off unseen."""
    if any(type(asked.get(key, 0)) is float for key in ("min_value", "max_value")):
        raise NotKnown
    return bounds_of(asked, "number")


def bounds_of(asked: Mapping[str, Any], kind: Kind) -> Bounds:
    """The bounds of an entry for values of a kind; both missing or crossed are not known."""
    least, most = (_bound(asked.get(key), kind) for key in ("min_value", "max_value"))
    strict = [asked.get(key, False) for key in ("strict_min", "strict_max")]
    one = least if least is not None else most
    crossed = least is not None and most is not None and least > most  # type: ignore[operator]
    if one is None or crossed or any(type(each) is not bool for each in strict):
        raise NotKnown
    return Bounds(least, most, *strict)


def _bound(value: Any, kind: Kind) -> Bound | None:
    if value is None:
        return None
    if kind == "day" and isinstance(value, str) and DAY.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            raise NotKnown from None
    if kind == "number" and _is_number(value):
        return float(value)
    raise NotKnown


def _is_number(value: Any) -> bool:
    """A number that JSON writes, and no bigger than what a float tells from its neighbours."""
    return type(value) in (int, float) and math.isfinite(value) and abs(value) <= 2**53


def values(listed: Any, kind: Kind) -> list[Any]:
    """A list of values of a column's kind, not empty."""
    if kind == "text":
        return texts(listed)
    if kind == "number" and isinstance(listed, list) and listed and all(map(_is_number, listed)):
        return listed
    raise NotKnown


def texts(listed: Any) -> list[str]:
    """A list of texts, not empty."""
    if isinstance(listed, list) and listed and all(isinstance(each, str) for each in listed):
        return listed
    raise NotKnown
