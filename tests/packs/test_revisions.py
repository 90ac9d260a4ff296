"""What the pack before said of the same period, drawn as small tables of evidence."""

import pandas as pd
import pytest

from peerpack.catalogue.models import Revision
from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS, REVISION_COLUMNS
from peerpack.handover.receipt import FileRead, Receipt, Verdict
from peerpack.packs.revisions import Before, marked, revisions

Q1, Q2 = "2024-04-01 to 2024-06-30", "2024-07-01 to 2024-09-30"
PART = "KF35/financial_quarter=2024-25-Q1"


def drawn(*rows, kind="indicator"):
    """Evidence of (id, period, value, rag, digest of its data)."""
    blank = {c: None if c in NUMBER_COLUMNS else "" for c in EVIDENCE_COLUMNS}
    told = [
        blank | {"evidence_id": id_, "indicator": id_.partition("/")[0], "kind": kind,
                 "period": period, "value": value, "rag": rag, "dataset_sha256": digest,
                 "unit": "GBP", "status": "p", "direction": "improving"}
        for id_, period, value, rag, digest in rows
    ]  # fmt: skip
    return pd.DataFrame(told).astype(dict.fromkeys(NUMBER_COLUMNS, "float64"))


def receipt(sha256, *files):
    return Receipt(
        dataset="spend", title="Payments", council="", quarter="", covers="", period_start="",
        period_end="", personal=False, public=True, base_of="", owner="", sha256=sha256,
        files=tuple(FileRead(number=1, name="", sha256=f, sheet="", encoding="", rows_in=1)
                    for f in files),
        headers=(), rows_in=0, rows_admitted=0, set_aside=(), quarantined=(), reconciliations=(),
        corrections=(), verdict=Verdict(outcome="pass", checks=()),
    )  # fmt: skip


def found(now, before, stated=(), receipts=(), inputs=None, was=None, files=None):
    then = Before(before, "2024-25-Q1, abc", was or {}, files or {})
    return revisions(now, then, stated, receipts, inputs or {})


THEN = drawn((PART, Q1, 100.0, "amber", "a"), ("KF35", Q1, 100.0, "", "a"))
NOW = drawn((PART, Q1, 103.5, "green", "b"), ("KF35", Q2, 207.0, "", "b"))


def test_a_figure_of_the_same_period_with_another_value_is_revised_and_of_another_period_is_not():
    table = found(NOW, THEN)
    assert table.columns.tolist() == list(REVISION_COLUMNS)
    assert table.iloc[:, :5].to_numpy().tolist() == [[PART, Q1, 100.0, 103.5, "GBP"]]
    assert table.iloc[0, 6:].tolist() == ["amber", "green", "2024-25-Q1, abc"]


def test_noise_is_no_revision_and_neither_is_a_figure_that_one_pack_does_not_show():
    assert found(drawn((PART, Q1, 100.0 + 1e-11, "", "b")), THEN).empty
    assert found(drawn((PART, Q1, None, "", "b")), THEN).empty
    assert found(NOW, drawn((PART, Q1, None, "", "a"))).empty
    assert found(NOW, THEN.assign(evidence_id="KF01")).empty
    assert revisions(NOW, None, (), (), {}).empty


def test_a_published_figure_tested_is_not_a_revision():
    claim = drawn(("L05", Q1, 2.0, "", "b"), kind="claim")
    assert found(claim, drawn(("L05", Q1, 1.0, "", "a"), kind="claim")).empty


@pytest.mark.parametrize(("said", "reason"), [
    ({}, "The data changed."),
    ({"receipts": [receipt("b", "f2")], "files": {"spend": frozenset({"f1"})}},
     "A later return of Payments."),
    ({"receipts": [receipt("b", "f1")], "files": {"spend": frozenset({"f1"})}},
     "A correction to Payments."),
    ({"stated": [Revision(indicator="KF01", reason="Of another."),
                 Revision(indicator="KF35", reason="A late batch was posted.")]},
     "A late batch was posted."),
])  # fmt: skip
def test_the_reason_is_the_one_stated_or_what_became_of_the_data(said, reason):
    assert found(NOW, THEN, **said)["reason"].tolist() == [reason]


def test_where_the_data_is_the_same_the_reason_is_which_other_input_moved():
    now = NOW.assign(dataset_sha256="a", dataset="spend", notebook="04-paid")
    was = {"code": "1", "reference": "1", "notebooks": {"04-paid.ipynb": "1"}, "lock": "1"}
    was |= {
        "suites": {"spend.json": "1", "staff.json": "1"},
        "council_files": {"council.toml": "1"},
    }
    for moved, reason in (
        ({"reference": "2"}, "Not the data: definitions or reference data changed."),
        (
            {"code": "2", "notebooks": {}},
            "Not the data: its notebook, the workbook's code changed.",
        ),
        ({"suites": {"spend.json": "2", "staff.json": "1"}}, "Not the data: the checks changed."),
        ({"council_files": {"council.toml": "2"}}, "Not the data: the council's settings changed."),
        (
            {
                "notebooks": was["notebooks"] | {"05-other.ipynb": "1"},
                "suites": {"spend.json": "1"},
            },
            "Not the data: another dataset it rests on changed.",
        ),
        ({}, "Not the data: another dataset it rests on changed."),
    ):
        assert found(now, THEN, was=was, inputs=was | moved)["reason"].tolist() == [reason]


def test_what_is_revised_is_marked_so_and_has_no_direction_of_travel():
    evidence = marked(NOW, found(NOW, THEN))
    assert evidence["status"].tolist() == ["p;r", "p"]
    assert evidence["direction"].tolist() == ["", "improving"]
    assert marked(NOW, found(NOW, NOW))["status"].tolist() == ["p", "p"]
