"""What the recorder refuses, each with what to do."""

import numpy as np
import pandas as pd

from peerpack.catalogue.models import Target
from peerpack.errors import RecordRefused
from peerpack.handover.evidence import MEASURED_COLUMNS, Comparison
from peerpack.handover.receipt import Admission
from peerpack.measures.compare import unlike


def refuse_shape(table: pd.DataFrame, what: str) -> None:
    """A table that no measure gave: without the measured columns, or without rows."""
    missing = [c for c in MEASURED_COLUMNS if c not in table.columns]
    if missing or table.empty:
        raise RecordRefused(
            f"{what}: the table lacks {', '.join(missing) or 'any row'}. Give the whole table that "
            "a function of peerpack.measures gave, not a part of it."
        )


def refuse_strange_rows(table: pd.DataFrame, admissions: tuple[Admission, ...], what: str) -> None:
    """Rows that are not in the receipt of the dataset they are said to come from."""
    for role, admission in zip(("numerator_rows", "denominator_rows"), admissions, strict=True):
        rows = np.unique(np.concatenate([np.asarray(r, dtype="int64") for r in table[role]]))
        strange = np.setdiff1d(rows, admission.frame["source_row"].to_numpy())
        if len(strange) or (role == "numerator_rows" and not len(rows)):
            raise RecordRefused(
                f"{what}: {len(strange)} of its {len(rows)} {role.replace('_', ' ')} are not rows "
                f"of {admission.receipt.dataset}. Carry `source_row` through the measure."
            )


def refuse_comparator(
    comparator: Comparison | None, reason: str, indicator: str, quarter: str
) -> None:
    """An indicator with neither a like-for-like comparator nor a reason why there is none."""
    if comparator is None and not reason.strip():
        raise RecordRefused(
            f"{indicator}: no comparator, and no reason why there is none. Give comparator=… from "
            "peerpack.measures.compare, or no_comparator='why'."
        )
    why = unlike(comparator, indicator, quarter) if comparator else ""
    if why:
        raise RecordRefused(
            f"{indicator}: the comparator is not like for like: {why}. Give one that is, or "
            "no_comparator='why'."
        )


def refuse_target(target: Target | None) -> None:
    """A target without its basis."""
    if target is not None and not target.basis.strip():
        raise RecordRefused(
            f"{target.indicator}: the target {target.value:g} has no basis. Say in council.toml "
            "how it was set, or take it out."
        )
