"""How good the evidence is: rows of evidence in, shares of them out. The day is 1 July 2024."""

import math
from datetime import date

import pytest
from drawn import drawn, lines
from hypothesis import given
from hypothesis import strategies as st

from peerpack.measures.assurance import (
    fresh,
    fresh_until,
    period_of,
    soundness,
    targets_with_a_basis,
    with_a_comparator,
)

DAY = date(2024, 7, 1)
COLUMNS = (
    "kind", "indicator", "title", "theme", "breakdown", "period", "value", "comparator",
    "comparator_period", "target", "target_basis",
)  # fmt: skip
Q1 = "2024-04-01 to 2024-06-30"


def evidence(*rows):
    """Evidence of rows that give only some columns: a text not given is empty."""
    text = "".join("|".join(str(row.get(c, "")) for c in COLUMNS) + "\n" for row in rows)
    frame = drawn("|".join(COLUMNS) + "\n" + text)
    numbers = ["value", "target"]
    frame[numbers] = frame[numbers].astype("float64")
    texts = [c for c in COLUMNS if c not in numbers]
    return frame.assign(**{c: frame[c].astype("str").fillna("") for c in texts})


def figure(indicator, **more):
    plain = {"kind": "indicator", "title": f"Title {indicator}", "theme": "T1", "value": 1}
    return plain | {"indicator": indicator, "period": Q1} | more


def at(table, cut, name):
    """The row of a figure: of one value of a cut, or with no cut at all."""
    cuts = [
        c for c in ("theme", "measure", "indicator", "kind", "outcome", "dataset") if c in table
    ]
    own = table[table[cut] == name] if cut else table
    return own[own[[c for c in cuts if c != cut]].isna().all(axis=1)].iloc[0]


def test_of_no_evidence_there_is_no_share():
    for table in (
        with_a_comparator(evidence()), targets_with_a_basis(evidence()), fresh(evidence(), DAY)
    ):  # fmt: skip
        assert math.isnan(table["value"].iloc[0])


def test_an_indicator_counts_once_whatever_its_cuts_and_figures():
    table = with_a_comparator(
        evidence(
            figure("KF01", comparator="10 neighbours"),
            figure("KF01", breakdown="directorate", comparator="the whole council"),
            figure("KF20", breakdown="measure", comparator="10 neighbours"),
            figure("KF20", breakdown="measure"),
            figure("KW01", theme="T5"),
            figure("KW01", theme="T5", breakdown="directorate", comparator="the whole council"),
        )
    )
    whole = at(table, "theme", "T1 Local priorities and outcomes")
    assert (whole["numerator"], whole["denominator"]) == (2, 2)
    assert at(table, "theme", "T5 Capacity for improvement")["value"] == 0
    assert (table.iloc[0]["numerator"], table.iloc[0]["denominator"]) == (2, 3)
    assert at(table, "measure", "without")["value"] == 1
    assert lines(table.iloc[0]["denominator_rows"]) == [1, 3, 4, 5]


def test_those_without_a_comparator_are_named_and_sum_to_their_number():
    table = with_a_comparator(
        evidence(
            figure("KC07", breakdown="basis", title="Complaints in time: closed"),
            figure("KC07", breakdown="basis", title="Complaints in time: received"),
            figure("KF35", title="Payments"),
            figure("KF01", comparator="10 neighbours"),
        )
    )
    own = table[(table["measure"] == "without") & table["indicator"].notna()]
    assert dict(zip(own["indicator"], own["value"], strict=True)) == {
        "Complaints in time": 1, "Payments": 1,
    }  # fmt: skip
    assert at(table, "measure", "without")["value"] == 2


def test_a_claim_and_an_indicator_without_a_value_are_not_reported_indicators():
    table = with_a_comparator(evidence(figure("KF01", value=""), figure("KF01", kind="claim")))
    assert table.iloc[0]["denominator"] == 0


def test_a_target_counts_with_its_basis_and_a_figure_without_target_does_not():
    table = targets_with_a_basis(
        evidence(
            figure("KF01", target=1, target_basis="Cabinet, May"),
            figure("KW01", target=9),
            figure("KR01"),
        )
    )
    assert (table.iloc[0]["numerator"], table.iloc[0]["denominator"]) == (1, 2)


@pytest.mark.parametrize(
    ("period", "last_day"),
    [
        ("2024-06-30", "2024-09-30"),  # a day
        ("2024-05", "2024-09-30"),  # a month: one, and three to publish
        (Q1, "2024-12-30"),  # a quarter: six months on, and June has thirty days
        ("2024-25-Q1", "2024-12-30"),
        ("2023-24", "2025-09-30"),  # a financial year: eighteen months
        ("2023", "2025-06-30"),
        ("2024-04-01 to 2024-12-31", "2026-02-28"),  # nine months, and five to publish
        ("2023-24 to 2025-26", "2030-09-30"),
    ],
)
def test_a_figure_is_fresh_until_the_next_of_its_kind_could_be_out(period, last_day):
    assert fresh_until(period_of(period)).isoformat() == last_day


@pytest.mark.parametrize(
    "words", ["", "not stated", "same period", "summer", "2024-13", "2024-06-31"]
)
def test_words_that_are_no_period_are_none(words):
    assert period_of(words) is None


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 1200))
def test_a_period_is_never_stale_before_it_ends(first, days_n):
    last = date.fromordinal(first.toordinal() + days_n)
    assert period_of(f"{first} to {last}") == (first, last)
    assert fresh_until((first, last)) > last


def test_what_is_old_undated_or_beside_another_year_is_told_apart():
    table = fresh(
        evidence(
            figure("KF01"),
            figure("KF25", period="2021-22", comparator_period="2021-22"),
            figure("KF13", period="2023-24", comparator_period="2022-23"),
            figure("KW08", comparator_period="2024-06-30"),  # the last day of the same quarter
            figure("KW09", comparator_period="2020-21"),
            {"kind": "claim", "period": "not stated"},
            {"kind": "claim", "period": "2023-24"},
        ),
        DAY,
    )
    assert lines(table.iloc[0]["numerator_rows"]) == [1, 3, 4, 7]
    assert table.iloc[0]["denominator"] == 7
    assert at(table, "kind", "claim")["value"] == 50
    assert lines(at(table, "measure", "stale")["numerator_rows"]) == [2, 5]
    assert lines(at(table, "measure", "undated")["numerator_rows"]) == [6]
    assert lines(at(table, "measure", "another_period")["numerator_rows"]) == [3, 5]


def test_verdicts_and_unread_rows_are_counted_over_what_was_supplied():
    table = soundness(
        drawn(
            "dataset|title|outcome|rows_in|quarantined_n|set_aside_n\n"
            "a|Budget|pass|10|0|2\nb|Cases|stop|20|3|1\nc|Payments|not supplied|0|0|0\n"
        ).astype({"rows_in": "int64", "quarantined_n": "int64", "set_aside_n": "int64"})
    )
    assert at(table, "measure", "datasets")["value"] == 2
    assert at(table, "measure", "missing")["value"] == 1
    assert at(table, "measure", "quarantined")["value"] == 3
    assert table.loc[table["dataset"].notna(), "dataset"].tolist() == ["Payments"]
    by_outcome = table[table["outcome"].notna()]
    assert dict(zip(by_outcome["outcome"], by_outcome["value"], strict=True)) == {
        "pass": 1, "stop": 1,
    }  # fmt: skip
