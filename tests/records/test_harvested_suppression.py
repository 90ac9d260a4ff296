"""The suppression of a whole pack, attacked when its records are harvested."""

import pandas as pd
import pytest

from peerpack.errors import RecordRefused
from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS
from peerpack.packs.attack import refuse_leaks

SHOWN = {"value": 1.0}
HIDDEN = {"status": "c"}


def evidence(**rows):
    """Rows of KW01 by cut: `Place`, `Place/Parks`; `all` is the headline."""
    blank = {c: None if c in NUMBER_COLUMNS else "" for c in EVIDENCE_COLUMNS}
    told = [
        blank | {"kind": "indicator", "indicator": "KW01", "evidence_id": _id(name)} | row
        for name, row in rows.items()
    ]
    return pd.DataFrame(told).astype(dict.fromkeys(NUMBER_COLUMNS, "float64"))


def _id(name):
    cuts = zip(("directorate", "team"), name.split("_"), strict=False)
    return "KW01" if name == "all" else "KW01/" + "&".join(f"{c}={v}" for c, v in cuts)


def test_one_hidden_part_of_a_shown_total_is_refused():
    with pytest.raises(RecordRefused, match=r"KW01: the suppressed figure for .*Roads.* follows"):
        refuse_leaks(evidence(all=SHOWN, Place_Parks=SHOWN, Place_Roads=HIDDEN, Place=SHOWN))


@pytest.mark.parametrize("marks", ["c", "p;c"])
def test_a_hidden_row_with_a_number_in_any_column_is_refused(marks):
    for column in NUMBER_COLUMNS:
        row = {"status": marks, column: 4.0}
        with pytest.raises(RecordRefused, match="KW01/directorate=A is suppressed and has numbers"):
            refuse_leaks(evidence(all=SHOWN, A=row, B=HIDDEN))


def test_two_hidden_parts_are_let_through():
    refuse_leaks(evidence(all=SHOWN, Place=HIDDEN, Adults=HIDDEN, Health=SHOWN))


def test_a_pack_of_nothing_but_claims_has_nothing_to_leak():
    refuse_leaks(evidence(all=SHOWN).assign(kind="claim", status=""))
    refuse_leaks(evidence(all=SHOWN).head(0))
