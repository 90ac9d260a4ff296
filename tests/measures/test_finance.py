"""Variance and payments: ledger lines in, rows of a measure out."""

import math

from drawn import drawn, lines

from peerpack.measures.finance import (
    payments,
    payments_by_financial_quarter,
    payments_by_unit,
    variance_by_directorate,
)

BUDGET = "directorate|revised_budget_gbp|forecast_outturn_gbp\n"
SPEND = "organisational_unit|payment_date|amount_gbp\n"


def variance(text):
    table = variance_by_directorate(drawn(BUDGET + text))
    return table.set_index(table["directorate"].fillna("all"))


def test_a_forecast_over_budget_is_positive_and_the_largest_comes_first():
    found = variance("Place|1000|990\nAdults|1000|1050\nAdults|1000|1000\n")
    assert found["value"].to_dict() == {"all": 100 * (40 / 3000), "Adults": 2.5, "Place": -1.0}
    assert found["numerator"].to_dict() == {"all": 40.0, "Adults": 50.0, "Place": -10.0}
    assert found["denominator"].to_dict() == {"all": 3000.0, "Adults": 2000.0, "Place": 1000.0}


def test_directorates_with_one_variance_stand_by_name():
    assert list(variance("Zoo|10|11\nAdults|20|21\n").index) == ["all", "Adults", "Zoo"]


def test_a_directorate_with_no_budget_has_no_overspend_percentage():
    found = variance("Place|0|50\nAdults|100|100\n")
    assert math.isnan(found.loc["Place", "value"])
    assert found.loc["Place", "numerator"] == 50


def test_a_directorate_that_earns_more_than_it_spends_has_no_percentage_and_says_why():
    found = variance("Harbour|-1000|-900\nAdults|2000|2000\n")
    assert math.isnan(found.loc["Harbour", "value"])
    assert found.loc["Harbour", "numerator"] == 100
    assert found["note"].to_dict() == {
        "all": "", "Harbour": "The budget is a net income: no share of it.", "Adults": "",
    }  # fmt: skip


def test_every_line_stands_behind_the_council_and_behind_one_directorate():
    found = variance("Place|10|9\nAdults|10|11\nPlace|10|9\n")
    assert {name: lines(rows) for name, rows in found["numerator_rows"].items()} == {
        "all": [1, 2, 3], "Adults": [2], "Place": [1, 3],
    }  # fmt: skip


def test_ten_pence_ten_times_is_a_pound_exactly():
    spend = drawn(SPEND + "NA|2024-04-01|0.1\n" * 10)
    assert payments(spend)["value"].tolist() == [1.0]


def test_a_credit_note_is_taken_off_and_a_lawful_repeat_stays():
    spend = drawn(SPEND + "Roads|2024-04-01|100\nRoads|2024-04-01|100\nRoads|2024-05-01|-30\n")
    assert payments(spend)["value"].tolist() == [170.0]


def test_payments_fall_in_the_quarter_of_their_date():
    spend = drawn(SPEND + "A|2025-03-31|1\nA|2024-04-01|2\nA|2024-06-30|4\nA|2024-07-01|8\n")
    found = payments_by_financial_quarter(spend)
    assert dict(zip(found["financial_quarter"], found["value"], strict=True)) == {
        "2024-25-Q1": 6.0, "2024-25-Q2": 8.0, "2024-25-Q4": 1.0,
    }  # fmt: skip


def test_the_label_na_is_a_unit_and_says_that_the_council_states_none():
    found = payments_by_unit(drawn(SPEND + "NA|2024-04-01|5\nRoads|2024-04-01|9\n"))
    assert found["organisational_unit"].tolist() == ["Roads", "NA"]
    assert found["note"].tolist() == ["", "Unit not stated by the council, which prints NA."]


def test_payments_without_a_unit_stand_together_and_none_is_lost_from_the_breakdown():
    found = payments_by_unit(drawn(SPEND + "|2024-04-01|5\nRoads|2024-04-01|9\n|2024-04-02|6\n"))
    assert dict(zip(found["organisational_unit"], found["value"], strict=True)) == {
        "Unit not given": 11.0, "Roads": 9.0,
    }  # fmt: skip
    assert found["note"].tolist()[0] == "The return gives no unit for these payments."


def test_a_measure_leaves_its_table_as_it_was():
    spend = drawn(SPEND + "NA|2024-04-01|5\nRoads|2024-04-01|9\n")
    before = spend.copy(deep=True)
    payments_by_unit(spend)
    payments_by_financial_quarter(spend)
    assert spend.equals(before)
