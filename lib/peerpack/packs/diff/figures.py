"""Two tables of evidence held against each other: which figures moved, and in what. Pure."""

from collections.abc import Iterator, Mapping
from math import isnan
from typing import Any

import pandas as pd

from peerpack.handover.difference import Beyond, EvidenceMoved, FieldMoved, Figure, What
from peerpack.words.numbers import SUPPRESSED

Row = dict[str, Any]
Rows = dict[str, Row]

NOISE = 1e-9
"""Of two numbers this near, in parts of the larger, the arithmetic differs and not the figure."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "operands": ("numerator", "denominator", "base_n", "effective_n", "rows_n"),
    "interval": ("lower", "upper", "interval"),
    "status": ("status",),
    "direction": ("direction",),
    "target": ("target", "target_basis"),
    "rating": ("rag",),
    "comparator": (
        "comparator", "comparator_value", "comparator_statistic", "comparator_period",
        "comparator_source",
    ),
    "verdict": ("verdict",),
    "as printed": ("stated_value", "stated_decimals", "agreement"),
    "period": ("period",),
    "definition": (
        "kind", "indicator", "title", "breakdown", "group", "unit", "theme", "dataset", "notebook",
        "cell", "note",
    ),
    "display": ("display",),
}  # fmt: skip
"""What a column speaks of, beside the value; whose it is and its data's digest are no figure."""
VALUE = ("value", "display")


def by_id(evidence: pd.DataFrame) -> Rows:
    """The rows of a pack's evidence by id, in its order; a missing number is None."""
    names = [str(name) for name in evidence.columns]
    cells = zip(*(evidence[name].tolist() for name in names), strict=True)
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in cells]
    return {row["evidence_id"]: row for row in rows}


def _plain(cell: Any) -> Any:
    return None if isinstance(cell, float) and isnan(cell) else cell


def figures_moved(before: Rows, after: Rows) -> Iterator[EvidenceMoved]:
    """The figures that are not the same in both, in the order of B and then those only in A.

    Of one that either hides only that is said. One whose numbers differ by less than the noise of
    arithmetic, and in nothing else, is `noise`.
    """
    for id_ in [*after, *(id_ for id_ in before if id_ not in after)]:
        moved = _moved(before.get(id_), after.get(id_))
        if moved:
            yield moved


def of_other_rows(old: Row, new: Row) -> EvidenceMoved:
    """A figure that is alike in every column and rests on other rows."""
    sides = {} if is_hidden(new) else {"old": _figure(old), "new": _figure(new)}
    return _named(new, "said otherwise").model_copy(update=sides)


def is_hidden(row: Mapping[str, Any]) -> bool:
    """Whether the pack shows that there is such a figure and not what it is."""
    return row["display"] == SUPPRESSED or "c" in str(row["status"]).split(";")


def hidden_in_one(before: Rows, after: Rows) -> frozenset[str]:
    """Evidence that one of the two hides and the other shows."""
    both = before.keys() & after.keys()
    return frozenset(id_ for id_ in both if is_hidden(before[id_]) != is_hidden(after[id_]))


def beyond(old: Figure, new: Figure) -> Beyond:
    """Whether each value lies outside the other's interval; nothing where one has no interval."""
    if None in (old.value, old.lower, old.upper, new.value, new.lower, new.upper):
        return ""
    return "within" if _holds(old, new.value) or _holds(new, old.value) else "beyond"


def _holds(figure: Figure, value: float | None) -> bool:
    lower, upper = figure.lower, figure.upper
    return None not in (lower, upper, value) and lower <= value <= upper  # type: ignore[operator]


def _moved(old: Row | None, new: Row | None) -> EvidenceMoved | None:
    if old is None or new is None:
        return _alone(old, new)
    if is_hidden(old) != is_hidden(new):
        return _named(new, "hidden in B" if is_hidden(new) else "shown in B")
    fields = tuple(_fields(old, new))
    if not fields:
        exact = all(_alike(old[name], new[name], exactly=True) for name in _compared())
        return None if exact else _told(old, new, "noise", ())
    valued = any(each.of == "value" for each in fields)
    others = tuple(f for f in fields if f.of != "value" and not (valued and f.of == "display"))
    return _told(old, new, "moved" if valued else "said otherwise", others)


def _alone(old: Row | None, new: Row | None) -> EvidenceMoved | None:
    row = new or old or {}
    told = _named(row, "appeared" if old is None else "vanished")
    side = {"new" if old is None else "old": None if is_hidden(row) else _figure(row)}
    return told.model_copy(update=side)


def _told(old: Row, new: Row, what: What, fields: tuple[FieldMoved, ...]) -> EvidenceMoved:
    sides = _figure(old), _figure(new)
    return _named(new, what).model_copy(
        update={"old": sides[0], "new": sides[1], "fields": fields}
        | _change(old, new)
        | {"beyond": beyond(*sides) if what == "moved" else ""}
    )


def _change(old: Row, new: Row) -> dict[str, Any]:
    """By how much a value moved, where both sides have one in the same unit."""
    if None in (old["value"], new["value"]) or old["unit"] != new["unit"]:
        return {}
    change = new["value"] - old["value"]
    relative = 100 * change / abs(old["value"]) if old["value"] else None
    unit = "pp" if new["unit"] == "%" else new["unit"]
    return {"change": change, "change_unit": unit, "relative_pct": relative}


def _fields(old: Row, new: Row) -> Iterator[FieldMoved]:
    for of, names in {"value": ("value",), **FIELDS}.items():
        for name in names:
            if not _alike(old[name], new[name]):
                yield FieldMoved(of=of, name=name, old=old[name], new=new[name])


def _compared() -> Iterator[str]:
    yield "value"
    for names in FIELDS.values():
        yield from names


def _alike(old: Any, new: Any, exactly: bool = False) -> bool:
    if exactly or not (isinstance(old, float) and isinstance(new, float)):
        return bool(old == new)
    return abs(old - new) <= NOISE * max(abs(old), abs(new), 1.0)


def _named(row: Row, what: What) -> EvidenceMoved:
    names = ("evidence_id", "title", "group", "kind", "theme", "notebook", "unit")
    return EvidenceMoved(what=what, **{name: row[name] for name in names})


def _figure(row: Row) -> Figure:
    return Figure(**{name: row[name] for name in Figure.model_fields})
