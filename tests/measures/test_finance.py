"""Variance: ledger lines in, rows of a measure out."""

import math

from drawn import drawn, lines

from peerpack.measures.finance import variance_by_directorate

BUDGET = "directorate|revised_budget_gbp|forecast_outturn_gbp\n"


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
