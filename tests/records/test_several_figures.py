"""Indicators of several figures, several comparators, several returns; and what is not there."""

from datetime import date

import pandas as pd
import pytest

from peerpack.catalogue.load import indicator
from peerpack.catalogue.models import Action, Facet, Pack
from peerpack.handover.evidence import Comparison
from peerpack.handover.receipt import Admission
from peerpack.measures.table import measured
from peerpack.records import recorder
from peerpack.vocab import FILES_PER_QUARTER, ROWS_PER_FILE

QUARTER = "2024-25-Q1"
ALONE = "no neighbour was asked"
FACETS = {
    "per_dwelling": Facet(title="Arrears per dwelling", unit="GBP", decimals=2, polarity="lower"),
    "share": Facet(title="Arrears of the debit", unit="%", decimals=1, polarity="lower"),
}


@pytest.fixture
def arrears(monkeypatch):
    """KF20 as an indicator of two figures."""
    two = indicator("KF20").model_copy(update={"measures": FACETS})
    monkeypatch.setattr(recorder.load, "indicator", lambda _: two)


def two_figures(draw):
    own = {"numerator_rows": draw.rows(1, 1), "denominator_rows": draw.rows(1, 1)}
    return measured([
        {"value": 231.456, "measure": "per_dwelling", **own},
        {"value": 8.71, "measure": "share", **own},
        {"value": 9.2, "measure": "share", "ward": "North", **own},
    ], ["measure", "ward"])  # fmt: skip


def beside(draw, **said):
    usual = {"indicator": "KF20", "group": "Neighbours", "version": "v1", "statistic": "median",
             "period": QUARTER, "value": 200.0, "n": 3, "missing": (), "source": "as supplied",
             "rows": tuple(draw.rows(1, 4))}  # fmt: skip
    return Comparison(**usual | said)


def by_id(shown):
    return shown.rows.set_index("evidence_id")


@pytest.mark.usefixtures("arrears")
def test_each_of_two_figures_has_its_own_title_unit_and_decimals(record, draw):
    shown = record().evidence(two_figures(draw), "KF20", rows=draw.budget, no_comparator=ALONE)
    rows = by_id(shown)
    assert rows["display"].to_dict() == {
        "KF20/measure=per_dwelling": "£231.46",
        "KF20/measure=share": "8.7%",
        "KF20/measure=share&ward=North": "9.2%",
    }
    assert list(rows["title"]) == [
        "Arrears per dwelling", "Arrears of the debit", "Arrears of the debit: North",
    ]  # fmt: skip
    assert shown.headline["title"] == "Arrears per dwelling"
    assert list(shown.parts["evidence_id"]) == ["KF20/measure=share&ward=North"]
    assert list(shown.only(measure="share").rows["display"]) == ["8.7%", "9.2%"]


@pytest.mark.usefixtures("arrears")
def test_each_figure_stands_beside_the_comparators_that_are_for_it(record, draw):
    recorded = record()
    given = (
        beside(draw, measure="per_dwelling"),
        beside(draw, measure="per_dwelling", statistic="upper quartile", value=250.0),
        beside(draw, measure="share", value=9.0),
    )
    rows = by_id(recorded.evidence(two_figures(draw), "KF20", rows=draw.budget, comparator=given,
                                   comparator_rows=draw.neighbours))  # fmt: skip
    assert list(rows["comparator_display"]) == ["£200.00", "9.0%", "8.7%"]
    assert list(rows["standing"]) == ["higher", "lower", "higher"]
    assert [(c["evidence_id"], c["statistic"]) for c in recorded.records().comparators] == [
        ("KF20/measure=per_dwelling", "median"),
        ("KF20/measure=per_dwelling", "upper quartile"),
        ("KF20/measure=share", "median"),
    ]


@pytest.mark.parametrize(("whole", "base"), [((10, 20), 10), ((20, 20), 20), ((10, 20), 8)])
def test_a_share_of_the_whole_is_not_set_beside_the_whole(record, draw, whole, base):
    own = {"numerator_rows": draw.rows(1, 1), "denominator_rows": draw.rows(1, 1)}
    table = measured([
        {"value": 50.0, "numerator": whole[0], "denominator": whole[1], **own},
        {"value": 40.0, "numerator": 4, "denominator": base, "reason": "Flu", **own},
    ], ["reason"])  # fmt: skip
    part = record().evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE).parts.iloc[0]
    beside = "the whole council" if base == 8 else ""
    assert part["comparator"] == beside
    assert ("it is a share of the whole" in part["note"]) == (not beside)


def test_a_small_part_of_one_figure_is_hidden_within_that_figure(record, draw):
    def share(n, satisfied, first, **cuts):
        own = draw.rows(first, n)
        return {"value": 100 * satisfied / n, "numerator": satisfied, "denominator": n, "base_n": n,
                "numerator_rows": own[:satisfied], "denominator_rows": own, **cuts}  # fmt: skip

    table = measured([
        share(120, 60, 1, question="pay"), share(4, 2, 1, question="pay", ward="Tiny"),
        share(56, 28, 5, question="pay", ward="East"), share(60, 30, 61, question="pay", ward="W"),
        share(90, 40, 1, question="trust"),
    ], ["question", "ward"])  # fmt: skip
    shown = record().evidence(table, "KR01", rows=draw.survey, no_comparator=ALONE)
    hidden = by_id(shown).query("display == '[c]'").index
    assert "KR01/question=pay&ward=Tiny" in hidden
    assert len(hidden) == 2, "the small ward, and one beside it that would give it away"
    assert not {"KR01/question=pay", "KR01/question=trust"} & set(hidden)


def test_of_a_dataset_that_was_not_supplied_nothing_is_recorded_and_the_reason_is(record, draw):
    recorded = record()
    absent = Admission(
        draw.budget.frame.head(0), draw.budget.receipt, absent="no evidence supplied"
    )
    shown = recorded.evidence(draw.money(("Place", 1, 100)), "KF01", rows=absent)
    recorded.finding("", shown)
    recorded.exhibit(None, shown, name="x", title="", alt="")
    told = recorded.records()
    assert shown.empty
    assert shown.only(basis="closing").only(directorate="Place").empty
    assert (told.evidence, told.findings, told.exhibits, told.datasets) == ((), (), (), ())
    assert told.without == ("budget: no evidence supplied",)


@pytest.mark.parametrize(
    ("actions", "said"),
    [
        ((), "Remedial action: none recorded."),
        (
            (Action(indicator="KF01", action="Freeze posts.", owner="Director of Finance",
                    due=date(2024, 9, 30)),),
            "Remedial action: Freeze posts. Owner: Director of Finance. Due: 30 September 2024.",
        ),
        (
            (Action(indicator="KF01", action="Freeze posts"),),
            "Remedial action: Freeze posts. Owner: none recorded. Due: no date recorded.",
        ),
    ],
)  # fmt: skip
def test_a_figure_off_target_says_what_is_done_about_it(record, draw, monkeypatch, actions, said):
    monkeypatch.setattr(recorder.load, "pack", lambda *_: Pack(actions=actions))
    target = {"indicator": "KF01", "value": 1.0, "tolerance": 0.5, "basis": "drawn"}
    table = draw.money(("Place", 3, 100))
    shown = record(target).evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE)
    assert shown.headline["rag"] == "red"
    assert shown.headline["note"].splitlines()[-1] == said


def test_a_figure_on_target_needs_no_remedy(record, draw):
    target = {"indicator": "KF01", "value": 5.0, "basis": "drawn"}
    table = draw.money(("Place", 3, 100))
    shown = record(target).evidence(table, "KF01", rows=draw.budget, no_comparator=ALONE)
    assert "Remedial" not in shown.headline["note"]


def test_rows_of_two_quarters_are_traced_each_to_its_own_return(record, draw):
    before = draw.admission("budget", 3, quarter="2023-24-Q4", sha256="b" * 64).receipt
    moved = draw.rows(2, 1) + FILES_PER_QUARTER * ROWS_PER_FILE
    frame = pd.DataFrame({"source_row": [*draw.rows(1, 3), *moved]})
    both = Admission(frame, draw.budget.receipt, returns={0: draw.budget.receipt, 1: before})
    own = {"numerator_rows": frame["source_row"].to_numpy(), "denominator_rows": draw.rows(1, 0)}
    recorded = record()
    recorded.evidence(measured([{"value": 1.0, **own}]), "KF01", rows=both, no_comparator=ALONE)
    told = recorded.records()
    assert [(each["sha256"][0], each["rows"]) for each in told.lineage] == [
        ("a", "1:1-3"), ("b", "1:2"),
    ]  # fmt: skip
    assert [(u.quarter, u.sha256[0]) for u in told.datasets] == [
        ("2023-24-Q4", "b"), (QUARTER, "a"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wave", "period"),
    [("2024-06-30", "2024-04-01 to 2024-06-30"), ("2025-03-31", "2024-04-01 to 2025-03-31"),
     ("autumn", "2024-04-01 to 2024-06-30")],
)  # fmt: skip
def test_a_figure_as_it_stood_on_a_day_is_of_the_year_up_to_it(record, draw, wave, period):
    own = {"numerator_rows": draw.rows(1, 1), "denominator_rows": draw.rows(1, 1)}
    table = measured([{"value": 3.0, "wave": wave, **own}], ["wave"])
    shown = record().evidence(table, "KF17", rows=draw.budget, no_comparator=ALONE)
    assert shown.headline["period"] == period


def test_why_a_stopped_dataset_is_missing_does_not_name_it_twice(record, draw):
    recorded, receipt = record(), draw.budget.receipt
    why = f"{receipt.title} of {receipt.quarter} did not pass its checks."
    recorded.evidence(
        draw.money(("Place", 1, 100)), "KF01",
        rows=Admission(draw.budget.frame.head(0), receipt, absent=why),
    )  # fmt: skip
    assert recorded.records().without == (f"{receipt.title}: did not pass its checks.",)
