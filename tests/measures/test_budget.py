"""Forecast and budget: ledger lines and tracker rows in, rows of a measure out."""

import math

import pandas as pd
import pytest
from drawn import drawn, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack.measures.budget import (
    forecast_accuracy,
    forecast_variance,
    steps_to_forecast,
    variance_before_mitigation,
)

BUDGET = "directorate|service|revised_budget_gbp|forecast_outturn_gbp\n"
TRACKER = "directorate|saving_ref|financial_year|category|recurrent|rag|target_gbp|forecast_gbp\n"
QUARTER = "2024-25-Q2"

LEDGER = """
Adults | Older people | 1000 | 1060
Adults | Mental health | 500 | 490
Place | Roads | 1000 | 1000
"""
SAVINGS = """
Adults | A1 | 2024/25 | Planned saving | Yes | Red | 100 | 40
Adults | A2 | 2024/25 | One-off mitigation | No | |  | 20
PLACE | P1 | 2024/25 | Use of reserves | No | |  | 5
Place | P2 | 2025/26 | Use of reserves | No | |  | 900
"""


def packed(text):
    return "\n".join("|".join(c.strip() for c in line.split("|")) for line in text.split("\n"))


def ledger(text):
    return drawn(BUDGET + packed(text).strip())


def tracker(text):
    return drawn(TRACKER + packed(text).strip())


def by_name(table):
    return table.set_index(table["directorate"].fillna("all"))


def variance(text):
    table = forecast_variance(ledger(text))
    return by_name(table[table["service"].isna()])


def before(budget, savings):
    return by_name(variance_before_mitigation(ledger(budget), tracker(savings), QUARTER))


def steps(budget, savings):
    table = steps_to_forecast(ledger(budget), tracker(savings), QUARTER)
    return dict(zip(table["measure"], table["value"], strict=True))


def test_a_forecast_over_budget_is_positive_and_the_largest_comes_first():
    found = variance("Place|R|1000|990\nAdults|O|1000|1050\nAdults|M|1000|1000\n")
    assert found["value"].to_dict() == {"all": 100 * (40 / 3000), "Adults": 2.5, "Place": -1.0}
    assert found["numerator"].to_dict() == {"all": 40.0, "Adults": 50.0, "Place": -10.0}
    assert found["denominator"].to_dict() == {"all": 3000.0, "Adults": 2000.0, "Place": 1000.0}


def test_services_stand_within_their_directorate_largest_overspend_first():
    table = forecast_variance(ledger(LEDGER))
    services = table[table["service"].notna()]
    assert services[["directorate", "service", "numerator"]].to_numpy().tolist() == [
        ["Adults", "Older people", 60.0], ["Adults", "Mental health", -10.0],
        ["Place", "Roads", 0.0],
    ]  # fmt: skip


def test_directorates_with_one_variance_stand_by_name():
    assert list(variance("Zoo|Z|10|11\nAdults|A|20|21\n").index) == ["all", "Adults", "Zoo"]


def test_a_directorate_with_no_budget_has_no_overspend_percentage():
    found = variance("Place|R|0|50\nAdults|A|100|100\n")
    assert math.isnan(found.loc["Place", "value"])
    assert found.loc["Place", "numerator"] == 50


def test_a_directorate_that_earns_more_than_it_spends_has_no_percentage_and_says_why():
    found = variance("Harbour|H|-1000|-900\nAdults|A|2000|2000\n")
    assert math.isnan(found.loc["Harbour", "value"])
    assert found.loc["Harbour", "numerator"] == 100
    assert found["note"].to_dict() == {
        "all": "", "Harbour": "The budget is a net income: no share of it.", "Adults": "",
    }  # fmt: skip


def test_every_line_stands_behind_the_council_and_behind_one_directorate():
    found = variance("Place|R|10|9\nAdults|A|10|11\nPlace|R|10|9\n")
    assert {name: lines(rows) for name, rows in found["numerator_rows"].items()} == {
        "all": [1, 2, 3], "Adults": [2], "Place": [1, 3],
    }  # fmt: skip


def test_what_one_off_means_cover_is_added_back_of_the_packs_own_year_alone():
    found = before(LEDGER, SAVINGS)
    assert found["numerator"].to_dict() == {"all": 75.0, "Adults": 70.0, "Place": 5.0}
    assert found["value"].to_dict() == {"all": 3.0, "Adults": 100 * (70 / 1500), "Place": 0.5}
    assert set(found["status"]) == {"f"}
    assert found.loc["all", "note"].startswith("The ledger's forecast is taken to be after")


def test_numerator_rows_are_the_trackers_and_denominator_rows_the_ledgers():
    found = before(LEDGER, SAVINGS)
    assert {n: lines(rows) for n, rows in found["numerator_rows"].items()} == {
        "all": [2, 3], "Adults": [2], "Place": [3],
    }  # fmt: skip
    assert lines(found.loc["Adults", "denominator_rows"]) == [1, 2]


def test_a_mitigation_of_a_directorate_the_ledger_lacks_stands_by_itself_and_is_not_lost():
    found = before(LEDGER, "Corporate|C1|2024/25|Use of reserves|No|||7")
    assert found["numerator"].to_dict() == {"all": 57.0, "Adults": 50.0, "Corporate": 7.0,
                                            "Place": 0.0}  # fmt: skip
    assert math.isnan(found.loc["Corporate", "value"])
    assert "no directorate of this name" in found.loc["Corporate", "note"]


@pytest.mark.parametrize(
    "savings",
    ["", "Adults|A1|2023/24|Use of reserves|No|||7", "Adults|A1|2024/25||||100|40",
     "Adults|A1|2024/25|Use of reserves|No|||"],
)  # fmt: skip
def test_where_the_tracker_tells_nothing_the_variance_before_mitigation_is_missing(savings):
    found = before(LEDGER, savings)
    assert list(found.index) == ["all"]
    assert pd.isna(found.loc["all", "value"])
    assert "not known" in found.loc["all", "note"]
    assert math.isnan(steps(LEDGER, savings)["before_mitigation"])


def test_a_tracker_without_mitigations_leaves_the_variance_as_it_is():
    found = before(LEDGER, "Adults|A1|2024/25|Planned saving|Yes|Green|100|40")
    assert found["value"].to_dict() == variance(LEDGER)["value"].to_dict()


def test_the_steps_lead_from_the_budget_to_the_forecast():
    assert steps(LEDGER, SAVINGS) == {
        "net_budget": 2500.0, "savings_not_made": 60.0, "other_pressures": 15.0,
        "before_mitigation": 2575.0, "one_off_mitigation": -20.0, "use_of_reserves": -5.0,
        "forecast": 2550.0,
    }  # fmt: skip


def test_the_midyear_forecast_is_compared_with_the_outturn_over_the_final_budget():
    midyear, outturn = ledger("Adults|A|900|1060\nPlace|R|1000|990"), ledger(LEDGER)
    found = by_name(forecast_accuracy(midyear, outturn))
    assert found["numerator"].to_dict() == {"all": -500.0, "Adults": -490.0, "Place": -10.0}
    assert found["value"].to_dict() == {"all": -20.0, "Adults": 100 * (-490 / 1500), "Place": -1.0}


def test_a_directorate_of_one_of_the_two_returns_has_no_accuracy_and_its_pounds_stay():
    found = by_name(forecast_accuracy(ledger("Old|A|10|10"), ledger("New|A|10|12")))
    assert found["numerator"].to_dict() == {"all": -2.0, "New": -12.0, "Old": 10.0}
    assert found["value"].isna().to_dict() == {"all": False, "New": True, "Old": True}


def test_an_empty_table_gives_a_headline_without_a_value():
    empty, other = ledger(LEDGER).head(0), ledger(LEDGER)
    tables = [
        forecast_variance(empty),
        variance_before_mitigation(empty, tracker(SAVINGS).head(0), QUARTER),
        forecast_accuracy(empty, other), forecast_accuracy(other, empty),
    ]  # fmt: skip
    assert [(len(t), t["value"].isna().all()) for t in tables] == [(1, True)] * 4
    assert steps_to_forecast(empty, tracker(SAVINGS).head(0), QUARTER)["value"].isna().any()


PENCE = st.integers(-(10**9), 10**9)
NAMES = st.sampled_from(["Adults", "Place", "Corporate"])
CLASSES = st.sampled_from(
    ["Planned saving", "Alternative saving", "One-off mitigation", "Use of reserves"]
)
LINES = st.lists(st.tuples(NAMES, st.sampled_from(["N", "S"]), PENCE, PENCE), min_size=1,
                 max_size=8)  # fmt: skip
SAVED = st.lists(st.tuples(NAMES, CLASSES, PENCE), min_size=1, max_size=8)


def frames(budget, savings):
    spent = "\n".join(f"{d}|{s}|{b / 100}|{f / 100}" for d, s, b, f in budget)
    saved = "\n".join(f"{d}|R{n}|2024/25|{c}|||0|{f / 100}" for n, (d, c, f) in enumerate(savings))
    return ledger(spent), tracker(saved)


SAME = ["value", "numerator", "denominator", "note"]


@settings(max_examples=5, deadline=None)
@given(LINES, SAVED)
def test_every_pound_of_ledger_and_tracker_is_counted_once_in_any_order(budget, savings):
    spent, saved = frames(budget, savings)
    after, prior = forecast_variance(spent), variance_before_mitigation(spent, saved, QUARTER)
    whole = after["numerator"].iloc[0]
    services = after["service"].notna()
    for own in (after[services], after[~services].iloc[1:]):
        assert own["numerator"].sum() == pytest.approx(whole, abs=0.01)
    helped = sum(p for _, c, p in savings if c in ("One-off mitigation", "Use of reserves")) / 100
    assert prior["numerator"].iloc[0] == pytest.approx(whole + helped, abs=0.01)
    assert prior["numerator"].iloc[1:].sum() == pytest.approx(whole + helped, abs=0.01)
    again = variance_before_mitigation(spent[::-1], saved[::-1], QUARTER)
    pd.testing.assert_frame_equal(forecast_variance(spent[::-1])[SAME], after[SAME])
    pd.testing.assert_frame_equal(again[SAME], prior[SAME])


@settings(max_examples=5, deadline=None)
@given(LINES, SAVED)
def test_the_steps_add_up_and_no_order_changes_them(budget, savings):
    spent, saved = frames(budget, savings)
    table = steps_to_forecast(spent, saved, QUARTER)
    step = table.set_index("measure")["value"]
    up = step[["net_budget", "savings_not_made", "other_pressures"]].sum()
    down = step[["before_mitigation", "one_off_mitigation", "use_of_reserves"]].sum()
    assert (up, down) == pytest.approx((step["before_mitigation"], step["forecast"]), abs=0.01)
    again = steps_to_forecast(spent[::-1], saved[::-1], QUARTER)
    pd.testing.assert_frame_equal(again[SAME], table[SAME])
