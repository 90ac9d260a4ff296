"""The command: the shape of its JSON, its exit codes, its list worst first, a pack beside it."""

import json

import pytest
from typer.testing import CliRunner

from peerpack.audit import VERDICTS, claims, worst_first
from peerpack.cli.commands import app
from peerpack.errors import ReturnRefused
from peerpack.handover.evidence import EVIDENCE_COLUMNS

REPORT = (
    "# Referrals\n\nSatisfaction is strong at 82%.\nThere were 7 teams.\n\n"
    "Of the 126 referrals, 13.4% were late.\n"
)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.md"
    path.write_text(REPORT, encoding="utf-8")
    return str(path)


def said(*words):
    return CliRunner().invoke(app, ["audit", *words])


def test_json_has_every_claim_in_order_with_these_keys_and_no_other(report):
    told = json.loads(said(report, "--json").stdout)
    assert list(told) == ["claims"]
    keys = {"value", "unit", "quotation", "line", "verdict", "reason"}
    assert all(set(claim) == keys for claim in told["claims"])
    assert [(c["line"], c["value"], c["verdict"]) for c in told["claims"]] == [
        (3, 82, "no_comparator"), (4, 7, "not_checkable"),
        (6, 126, "not_checkable"), (6, 13.4, "cannot_be"),
    ]  # fmt: skip


def test_it_ends_with_0_whatever_it_finds_and_with_1_only_where_it_is_strict(report, tmp_path):
    good = tmp_path / "good.md"
    good.write_text(REPORT.replace("13.4", "12.7"), encoding="utf-8")
    assert said(report).exit_code == 0
    assert said(report, "--strict").exit_code == 1
    assert said(str(good), "--strict").exit_code == 0


def test_the_list_is_worst_first_and_says_the_arithmetic_and_the_counts(report):
    lines = said(report).stdout.splitlines()
    assert lines[0].startswith("cannot be · line 6 · Of the 126 referrals")
    assert lines[1] == "  No whole number gives 13.4%: of 126, 16 is 12.7% and 17 is 13.5%."
    assert lines[2].startswith("no comparator · line 3")
    assert lines[-1] == "4 claims: 1 cannot be, 1 no comparator, 2 not checkable"


def test_a_document_that_cannot_be_read_ends_with_11(tmp_path):
    (tmp_path / "report.pdf").write_bytes(b"no pdf")
    stop = said(str(tmp_path / "report.pdf")).exception
    assert isinstance(stop, ReturnRefused) and stop.exit_code == 11


def test_a_report_without_figures_has_no_claims(tmp_path):
    (tmp_path / "plain.txt").write_text("Nothing is counted here.", encoding="utf-8")
    assert said(str(tmp_path / "plain.txt")).stdout == "0 claims: none\n"


def test_every_verdict_has_its_place_in_the_list():
    found = claims(REPORT)
    assert {claim.verdict for claim in found} <= set(VERDICTS)
    assert [c.verdict for c in worst_first(found)] == ["cannot_be", "no_comparator"]


def evidence(**row):
    import pandas as pd

    blank = dict.fromkeys(EVIDENCE_COLUMNS, "")
    own = {"evidence_id": "KF17", "title": "Council tax collected in the year", "unit": "%",
           "value": 85.97, "display": "86.0%", "period": "2023-24", "agreement": ""}  # fmt: skip
    return pd.DataFrame([blank | own | row])


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Council tax collected was 86.0% in 2023/24.", "supported"),
        ("Council tax collected was 86% in 2023/24.", "within_rounding"),
        ("Council tax collected was 87% in 2023/24.", "not_checkable"),
        ("Council tax collected was 86.0% in 2021/22.", "not_checkable"),
        ("Council tax collected was £86.0m in 2023/24.", "not_checkable"),
        ("Bins collected were 86.0% in 2023/24.", "not_checkable"),
    ],
)
def test_a_pack_supports_a_figure_of_the_same_measure_unit_period_and_value(text, verdict):
    assert [claim.verdict for claim in claims(text, evidence())] == [verdict]


def test_a_value_that_the_pack_itself_doubts_supports_nothing():
    doubted = evidence(agreement="cannot be")
    text = "Council tax collected was 86.0% in 2023/24."
    assert [claim.verdict for claim in claims(text, doubted)] == ["not_checkable"]
