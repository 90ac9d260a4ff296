"""Savings in four classes: rows of a tracker in, rows of a measure out."""

import math

import pandas as pd
import pytest
from drawn import drawn, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack.measures.savings import (
    at_risk,
    by_class,
    delivered_as_planned,
    delivered_with_substitutes,
    of_year,
)

HEAD = ("directorate|saving_ref|financial_year|category|recurrent|rag|target_gbp|delivered_gbp"
        "|forecast_gbp\n")  # fmt: skip
QUARTER = "2024-25-Q2"
FOUR = """
Adults | A1 | 2024/25 | Planned saving     | Yes | Red   | 100 | 10 | 40
Adults | A2 | 2024/25 | Alternative saving | Yes | Green | 0   | 5  | 20
Adults | A3 | 2024/25 | One-off mitigation | No  | Green | 0   | 0  | 15
Place  | P1 | 2024/25 | Planned saving     | Yes | Green | 60  | 60 | 60
Place  | P2 | 2024/25 | Use of reserves    | No  |       |     | 2  | 10
"""


def tracker(text):
    table = "\n".join("|".join(c.strip() for c in line.split("|")) for line in text.split("\n"))
    return drawn(HEAD + table.strip())


def figures(measure, text, column="value", basis="forecast"):
    """One column by directorate; `all` is the council."""
    table = measure(tracker(text), QUARTER)
    table = table[table["basis"] == basis] if "basis" in table else table
    return dict(zip(table["directorate"].fillna("all"), table[column], strict=True))


def classes(text, basis="forecast", directorate="all"):
    table = by_class(tracker(text), QUARTER)
    own = table[
        (table["measure"] == f"{basis}_by_class")
        & (table["directorate"].fillna("all") == directorate)
    ]
    return dict(zip(own["category"].fillna("target"), own["value"], strict=True))


def test_only_what_was_promised_and_recurs_counts_as_delivered_as_planned():
    assert figures(delivered_as_planned, FOUR) == {"all": 62.5, "Adults": 40.0, "Place": 100.0}
    assert figures(delivered_as_planned, FOUR, "numerator") == {
        "all": 100.0, "Adults": 40.0, "Place": 60.0,
    }  # fmt: skip


def test_delivered_to_date_and_forecast_for_the_year_stand_apart_and_the_forecast_is_marked():
    assert figures(delivered_as_planned, FOUR, basis="delivered")["all"] == 100 * (70 / 160)
    assert figures(delivered_as_planned, FOUR, "status", "delivered")["all"] == ""
    assert figures(delivered_as_planned, FOUR, "status")["all"] == "f"


def test_a_substitute_is_added_and_neither_a_one_off_nor_a_reserve_is():
    found = figures(delivered_with_substitutes, FOUR)
    assert found == {"all": 75.0, "Adults": 60.0, "Place": 100.0}


def test_a_planned_saving_of_one_year_is_promised_but_not_delivered_as_planned():
    text = "Adults|A1|2024/25|Planned saving|No|Green|50|10|50\n" + FOUR.strip()
    assert figures(delivered_as_planned, text, "denominator")["all"] == 210.0
    assert figures(delivered_as_planned, text, "numerator")["all"] == 100.0
    assert classes(text)["Planned saving, this year only"] == 50.0


def test_the_target_is_met_by_four_classes_and_by_nothing():
    assert classes(FOUR) == {
        "target": 160.0, "Planned saving": 100.0, "Alternative saving": 20.0,
        "One-off mitigation": 15.0, "Use of reserves": 10.0, "Not covered": 15.0,
    }  # fmt: skip
    assert classes(FOUR, "delivered")["Not covered"] == 83.0
    assert classes(FOUR, directorate="Place") == {
        "target": 60.0, "Planned saving": 60.0, "Use of reserves": 10.0, "Not covered": -10.0,
    }  # fmt: skip


def test_a_class_without_a_row_is_nothing_not_missing():
    found = classes("Adults|A1|2024/25|Planned saving|Yes|Red|100|10|40")
    assert (found["Use of reserves"], found["Not covered"]) == (0.0, 60.0)


def test_a_blank_category_counts_in_the_target_and_in_no_class():
    text = FOUR + "Place|P3|2024/25||Yes|Amber|40|1|40"
    assert figures(delivered_as_planned, text)["all"] == 50.0
    assert (
        "1 row without a category, target £40: in no class"
        in (figures(delivered_as_planned, text, "note")["all"])
    )
    assert classes(text)["Category not given"] == 40.0


def test_a_tracker_without_categories_tells_nothing_of_what_was_delivered_as_planned():
    text = "Place|P3|2024/25||Yes|Amber|40|1|40"
    assert math.isnan(figures(delivered_as_planned, text)["all"])
    assert figures(at_risk, text)["all"] == 100.0


def test_a_negative_target_takes_back_a_saving():
    text = FOUR + "Place|P9|2024/25|Planned saving|Yes|Red|-20|0|-20"
    assert figures(delivered_as_planned, text, "denominator")["all"] == 140.0
    assert figures(delivered_as_planned, text)["Place"] == 100.0


@pytest.mark.parametrize("target", ["0", "-20"])
def test_a_target_that_is_not_above_zero_has_no_share(target):
    text = f"Place|P9|2024/25|Planned saving|Yes|Red|{target}|0|5"
    assert math.isnan(figures(delivered_as_planned, text)["all"])
    assert figures(delivered_as_planned, text, "status")["all"] == ""
    assert "not above zero" in figures(delivered_as_planned, text, "note")["all"]


def test_a_planned_saving_without_a_target_leaves_the_target_unknown_and_says_so():
    text = FOUR + "Place|P3|2024/25|Planned saving|Yes|Green||10|10"
    assert math.isnan(figures(delivered_as_planned, text)["all"])
    assert figures(delivered_as_planned, text)["Adults"] == 40.0
    assert "1 row without a target" in figures(delivered_as_planned, text, "note")["Place"]


def test_a_target_beside_a_substitute_is_not_counted_again():
    text = FOUR + "Place|P4|2024/25|Alternative saving|Yes|Green|60|0|0"
    assert figures(delivered_as_planned, text, "denominator")["all"] == 160.0
    assert (
        "target of their own, target £60: not counted again"
        in (figures(delivered_as_planned, text, "note")["all"])
    )


def test_a_reference_that_stands_twice_is_counted_twice_and_named():
    text = FOUR + "Place|P1|2024/2025|Planned saving|Yes|Green|60|60|60"
    assert figures(delivered_as_planned, text, "numerator")["Place"] == 120.0
    assert (
        "2 rows under a reference that stands elsewhere too, target £120"
        in (figures(delivered_as_planned, text, "note")["Place"])
    )


def test_a_forecast_that_is_missing_counts_as_nothing_and_is_named():
    text = FOUR + "Place|P5|2024/25|Planned saving|Yes|Green|40|1|"
    assert figures(delivered_as_planned, text)["all"] == 50.0
    note = figures(delivered_as_planned, text, "note")["all"]
    assert "1 row without an amount forecast, target £40: counted as nothing." in note
    only = "Place|P5|2024/25|Planned saving|Yes|Green|40|1|"
    assert math.isnan(figures(delivered_as_planned, only)["all"])


@pytest.mark.parametrize("year", ["2024/25", "2024-25", "2024/2025", "24/25"])
def test_a_year_may_be_written_in_four_ways(year):
    rows = tracker(f"Place|P1|{year}|Planned saving|Yes|Red|1|1|1\nPlace|P1|2025/26|||Red|1|1|1")
    assert lines(of_year(rows, QUARTER)["source_row"]) == [1]


def test_a_row_without_a_year_among_others_is_left_out_and_named():
    text = FOUR + "Place|P8||Planned saving|Yes|Red|900|0|0\nPlace|P7|next|||Red|1|0|0"
    assert figures(delivered_as_planned, text, "denominator")["all"] == 160.0
    for measure in (delivered_as_planned, at_risk, by_class):
        note = measure(tracker(text), QUARTER)["note"].iloc[0]
        assert "2 rows without a year that can be read, target £901: left out." in note


def test_a_tracker_that_states_no_year_is_of_this_year():
    text = FOUR.replace("2024/25", "")
    assert figures(delivered_as_planned, text) == figures(delivered_as_planned, FOUR)


def test_red_and_amber_are_at_risk_by_their_targets():
    text = FOUR + "Place|P3|2024/25|Planned saving|Yes|Amber|40|1|40"
    assert figures(at_risk, text) == {"all": 70.0, "Adults": 100.0, "Place": 40.0}


def test_a_saving_without_a_rating_is_in_the_programme_and_named():
    text = FOUR + "Place|P3|2024/25|Planned saving|Yes||40|1|40"
    assert figures(at_risk, text)["all"] == 50.0
    assert figures(at_risk, text, "note")["Place"].startswith("1 row without a rating, target £40")


def test_a_programme_without_any_rating_has_no_share_at_risk():
    text = "Place|P3|2024/25|Planned saving|Yes||40|1|40"
    assert math.isnan(figures(at_risk, text)["all"])


def test_an_empty_tracker_gives_headlines_without_a_value():
    empty = tracker(FOUR).head(0)
    for measure in (delivered_as_planned, delivered_with_substitutes, at_risk):
        table = measure(empty, QUARTER)
        assert table["value"].isna().all()
        assert table["directorate"].isna().all()
    assert set(by_class(empty, QUARTER)["directorate"].isna()) == {True}


def test_the_rows_behind_a_share_are_those_found_and_those_promised():
    table = delivered_with_substitutes(tracker(FOUR), QUARTER).iloc[0]
    assert lines(table["numerator_rows"]) == [1, 2, 4]
    assert lines(table["denominator_rows"]) == [1, 4]


PENCE = st.integers(-(10**9), 10**9)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Adults", "Place"]),
        st.sampled_from(["Planned saving", "Alternative saving", "One-off mitigation",
                         "Use of reserves", ""]),
        st.sampled_from(["Yes", "No", ""]), st.sampled_from(["Red", "Amber", "Green", ""]),
        PENCE, PENCE, PENCE,
    ), min_size=1, max_size=10,
)  # fmt: skip


def drawn_rows(rows):
    return tracker("\n".join(
        f"{d}|R{n}|2024/25|{c}|{r}|{rag}|{t / 100}|{a / 100}|{f / 100}"
        for n, (d, c, r, rag, t, a, f) in enumerate(rows)
    ))  # fmt: skip


@settings(max_examples=5, deadline=None)
@given(ROWS)
def test_every_pound_of_the_target_stands_in_one_class_and_directorate_in_any_order(rows):
    frame = drawn_rows(rows)
    table = by_class(frame, QUARTER)
    for _, own in table.groupby("measure"):
        whole = own[own["directorate"].isna() & own["category"].isna()]["value"].iloc[0]
        part = own["directorate"].notna()
        for cut in (own[~part & own["category"].notna()], own[part & own["category"].isna()],
                    own[part & own["category"].notna()]):  # fmt: skip
            assert cut["value"].sum() == pytest.approx(whole, abs=0.01)
    pd.testing.assert_frame_equal(by_class(frame[::-1], QUARTER)[SAME], table[SAME])


SAME = ["value", "numerator", "denominator", "note"]


@pytest.mark.parametrize("measure", [delivered_as_planned, delivered_with_substitutes, at_risk])
def test_the_order_of_rows_changes_no_figure(measure):
    frame = tracker(FOUR + "Place|P3|2024/25||Yes||40.1|1|40")
    pd.testing.assert_frame_equal(
        measure(frame[::-1], QUARTER)[SAME], measure(frame, QUARTER)[SAME]
    )
