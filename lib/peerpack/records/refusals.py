"""What the recorder refuses, each with what to do."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from peerpack.catalogue.models import Target
from peerpack.errors import RecordRefused
from peerpack.handover.evidence import MEASURED_COLUMNS, Comparison, Shown
from peerpack.handover.receipt import Admission
from peerpack.measures.table import distinct, not_in
from peerpack.words.numbers import SUPPRESSED

ROLES = ("numerator_rows", "denominator_rows", "weight_rows")


def refuse_shape(table: pd.DataFrame, what: str, columns: Sequence[str] = MEASURED_COLUMNS) -> None:
    """A table that no measure gave: without its columns, or without rows."""
    missing = [c for c in columns if c not in table.columns]
    if missing or table.empty:
        raise RecordRefused(
            f"{what}: the table lacks {', '.join(missing) or 'any row'}. Give the whole table that "
            "a function of peerpack.measures gave, not a part of it."
        )


def refuse_strange_rows(table: pd.DataFrame, admissions: tuple[Admission, ...], what: str) -> None:
    """Rows that are not in the receipt they are said to come from, or none at all."""
    roles = [(role, a) for role, a in zip(ROLES, admissions, strict=True) if role in table]
    for role, admission in roles:
        # The rows of a whole are one array, however many rows of the table rest on it.
        apart = {id(rows): np.asarray(rows, dtype="int64") for rows in table[role]}.values()
        rows = distinct(np.concatenate(list(apart)))
        _refuse_unknown(rows, admission, f"{what}: of its {role.replace('_', ' ')}")
    if not any(len(rows) for role, _ in roles for rows in table[role]):
        raise RecordRefused(f"{what}: no row stands behind it. {_CARRY}")


_CARRY = "Carry `source_row` through the measure."


def _refuse_unknown(rows: np.ndarray, admission: Admission, whose: str) -> None:
    strange = not_in(rows, distinct(admission.frame["source_row"]))
    if len(strange):
        raise RecordRefused(
            f"{whose}, {len(strange)} of {len(rows)} are not rows of "
            f"{admission.receipt.dataset}. {_CARRY}"
        )


def refuse_repeated(found: list[dict[str, Any]]) -> None:
    """Two rows of one table that would be the same evidence."""
    ids = [row["evidence_id"] for row in found]
    twice = next((each for each in ids if ids.count(each) > 1), None)
    if twice:
        raise RecordRefused(
            f"{twice} stands in the table twice, so one would take the other's place. Give each "
            "row a cut of its own."
        )


def refuse_comparators(
    like: Sequence[Comparison], unlike: Mapping[Comparison, str], reason: str, indicator: str
) -> None:
    """An indicator with neither a like-for-like comparator nor a reason why there is none.

    A comparator of another indicator is a slip of the notebook, whatever else is given.
    """
    for each in (c for c in unlike if c.indicator != indicator):
        raise RecordRefused(_not_alike(indicator, unlike[each]))
    if like or reason.strip():
        return
    if unlike:
        raise RecordRefused(_not_alike(indicator, next(iter(unlike.values()))))
    raise RecordRefused(
        f"{indicator}: no comparator, and no reason why there is none. Give comparator=… from "
        "peerpack.measures.compare, or no_comparator='why'."
    )


def _not_alike(indicator: str, why: str) -> str:
    return (
        f"{indicator}: the comparator is not like for like: {why}. Give one that is, or "
        "no_comparator='why'."
    )


def refuse_comparator_rows(
    comparators: Sequence[Comparison], admissions: Sequence[Admission], indicator: str
) -> None:
    """A comparator that cannot be traced to the rows of an admitted dataset."""
    for comparator in comparators:
        if not admissions or not comparator.rows:
            raise RecordRefused(
                f"{indicator}: the comparator comes from no admitted rows. Give comparator_rows=…, "
                "the dataset it was computed from."
            )
        named = zip((comparator.rows, comparator.denominator_rows), admissions, strict=False)
        for rows, admission in named:
            _refuse_unknown(np.array(rows), admission, f"{indicator}: of its comparator's rows")


def refuse_wordless(name: str, title: str, alt: str) -> None:
    """A chart without a title, or without words for a reader who does not see it."""
    if not alt.strip() or not title.strip():
        raise RecordRefused(f"Exhibit {name}: a chart needs a title and real alt text.")


def refuse_targets(targets: Sequence[Target]) -> None:
    """A target without its basis."""
    for target in (each for each in targets if not each.basis.strip()):
        raise RecordRefused(
            f"{target.indicator}: the target {target.value:g} has no basis. Say in council.toml, "
            "or in data/reference/targets, how it was set, or take it out."
        )


RANKS = re.compile(
    r"\b(highest|lowest|largest|smallest|fewest|longest|shortest|best|worst|the most|the least)\b"
)


def refuse_rank(text: str, shown: Shown) -> None:
    """A sentence that ranks parts of which some are hidden, as if all were shown."""
    hidden = (shown.rows["display"] == SUPPRESSED).any()
    ranked = (each for each in re.split(r"(?<=[.;]) ", text) if RANKS.search(each))
    if hidden and any("shown" not in each for each in ranked):
        raise RecordRefused(
            "A finding names the highest or lowest of parts of which some are hidden: that would "
            'rank those too. Say of which: "of those shown, the highest …".'
        )


def refuse_unshown(shown: object, what: str) -> None:
    """A table that did not come from the recorder."""
    if not isinstance(shown, Shown):
        raise RecordRefused(
            f"{what} was given a {type(shown).__name__}. Give the table that record.evidence(...) "
            "gave back, so that what may not be shown is not shown."
        )
