"""Shown tables drawn by hand: evidence rows with what a sentence or a figure reads of them."""

from urllib.parse import quote

import pandas as pd

from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS, Shown

COLUMNS = (*EVIDENCE_COLUMNS, "label", "comparator_display", "stated_display", "standing")


def row(value, display="", numerator=None, denominator=float("nan"), said=None, **cuts):
    """One evidence row of some cuts, the last of which names it."""
    last = str(list(cuts.values())[-1]) if cuts else ""
    key = "&".join(f"{name}={quote(cuts[name], safe='')}" for name in sorted(cuts))
    return {
        "evidence_id": f"KF00/{key}" if key else "KF00", "breakdown": "&".join(sorted(cuts)),
        "group": last, "label": last, "value": value, "display": display,
        "numerator": value if numerator is None else numerator, "denominator": denominator,
        "quarter": "2024-25-Q1", "period": "2024-04-01 to 2024-06-30",
    } | (said or {})  # fmt: skip


def shown(*rows):
    """A shown table of drawn rows; what is not drawn is missing or empty."""
    blank = {c: float("nan") if c in NUMBER_COLUMNS else "" for c in COLUMNS}
    frame = pd.DataFrame([blank | each for each in rows], columns=list(COLUMNS))
    return Shown(frame.astype(dict.fromkeys(NUMBER_COLUMNS, "float64")), ())
