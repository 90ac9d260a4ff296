"""Collection: lines of a revenues statement in, rates, arrears and the worth of a point out."""

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from drawn import drawn, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack.errors import RecordRefused
from peerpack.handover.evidence import Comparison
from peerpack.measures.collection import (
    BUSINESS_RATES,
    arrears,
    beside,
    crude_path,
    crude_rate,
    in_year_path,
    in_year_rate,
    value_of_a_point,
    value_of_gap,
    worth_of_gap,
)
from peerpack.measures.rounding import implied

HEAD = "tax|period_end|due|paid|old|ahead|owed|dwellings|printed\n"
NAMES = {
    "due": "net_collectable_debit_gbp", "paid": "receipts_current_year_gbp",
    "old": "receipts_arrears_gbp", "ahead": "prepayments_gbp",
    "owed": "arrears_carried_forward_gbp", "dwellings": "dwellings_n",
    "printed": "in_year_collection_pct",
}  # fmt: skip
YEAR = (
    "Council tax|2024-06-30|1000|300|10|0|80|4|30\n"
    "Business rates|2024-06-30|500|200|5|5|50||40\n"
    "Council tax|2025-03-31|1000|950|45|15|100|4|95\n"
    "Business rates|2025-03-31|500|485|10|5|40||97\n"
)
ALL = [in_year_rate, in_year_path, crude_rate, crude_path, arrears, value_of_a_point,
       lambda frame, quarter: value_of_gap(frame, quarter, None)]  # fmt: skip


def statement(text):
    frame = drawn(HEAD + text).rename(columns=NAMES)
    numbers = dict.fromkeys(NAMES.values(), "float64")
    return frame.astype(numbers).assign(period_end=pd.to_datetime(frame["period_end"]))


def path(table):
    return dict(zip(table["wave"], table["value"], strict=True))


def neighbours(value, indicator="KF17", period="2024-25-Q4"):
    return Comparison(indicator, "neighbours", "v", "median", period, value, 10, (), "source", (7,))


@pytest.mark.parametrize("measure", ALL)
@pytest.mark.parametrize("text", ["", "Business rates|2025-03-31|1|1|||||\n"])
def test_without_a_row_of_council_tax_there_is_a_row_without_a_value_and_why(measure, text):
    found = measure(statement(text), "2024-25-Q4")
    assert found["value"].isna().all()
    assert found["note"].str.startswith("The statement has no row of council tax.").all()


def test_the_in_year_rate_is_of_this_years_tax_alone():
    found = in_year_rate(statement(YEAR), "2024-25-Q4").iloc[0]
    assert found[["value", "numerator", "denominator", "note"]].tolist() == [95, 950, 1000, ""]
    assert lines(found["numerator_rows"]) == [3]


def test_the_path_through_the_year_has_every_quarters_end_and_misses_what_is_missing():
    found = path(in_year_path(statement(YEAR), "2024-25-Q4"))
    assert list(found) == ["2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31"]
    assert (found["2024-06-30"], found["2025-03-31"]) == (30.0, 95.0)
    assert pd.isna(found["2024-09-30"])
    assert path(crude_path(statement(YEAR), "2024-25-Q1")) == {"2024-06-30": 31.0}


def test_the_crude_rate_takes_all_receipts_and_can_pass_a_hundred():
    found = crude_rate(statement(YEAR), "2024-25-Q4").iloc[0]
    assert found["value"] == 101.0
    assert found["note"].endswith("not to be set beside the in-year rate.")


@settings(max_examples=8)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_old_debt_and_prepayments_never_move_the_in_year_rate(old, ahead):
    moved = statement(f"Council tax|2025-03-31|1000|950|{old}|{ahead}|100|4|95\n")
    assert in_year_rate(moved, "2024-25-Q4").loc[0, "value"] == 95.0
    assert crude_rate(moved, "2024-25-Q4").loc[0, "value"] == pytest.approx(95 + (old + ahead) / 10)


def test_a_crude_rate_is_not_made_of_this_years_receipts_alone():
    part = statement("Council tax|2025-03-31|1000|950|45||100|4|95\n")
    found = crude_rate(part, "2024-25-Q4").iloc[0]
    assert pd.isna(found["value"])
    assert found["note"].startswith("The statement does not give prepayments.")


def test_before_the_year_ends_a_rate_is_the_rate_to_date_and_never_the_years():
    found = in_year_rate(statement(YEAR), "2024-25-Q1")
    assert found["value"].tolist() == [30.0]
    assert found.loc[0, "note"].startswith("The rate to 30 June 2024, not the year's;")


def test_business_rates_have_a_rate_of_their_own():
    found = in_year_rate(statement(YEAR), "2024-25-Q4", BUSINESS_RATES)
    assert found["value"].tolist() == [97.0]


def test_without_a_row_for_the_last_day_the_rate_of_an_earlier_one_does_not_stand_in():
    found = in_year_rate(statement("Council tax|2025-02-28|1000|900|0|0|9|4|\n"), "2024-25-Q4")
    assert pd.isna(found.loc[0, "value"])
    assert found.loc[0, "note"] == (
        "The statement has no row for 31 March 2025; its last is of 28 February 2025."
    )
    assert lines(found.loc[0, "numerator_rows"]) == [1]


def test_of_two_rows_for_one_day_neither_is_chosen():
    found = in_year_rate(
        statement(YEAR + "Council tax|2025-03-31|1000|960|0|0|9|4|\n"), "2024-25-Q4"
    )
    assert pd.isna(found.loc[0, "value"])
    assert found.loc[0, "note"].startswith("2 rows stand for 31 March 2025;")


@pytest.mark.parametrize("due", [0, -5])
def test_where_nothing_is_due_there_is_no_rate(due):
    found = in_year_rate(statement(f"Council tax|2025-03-31|{due}|5|0|0|9|4|\n"), "2024-25-Q4")
    assert pd.isna(found.loc[0, "value"])
    assert "no share of net collectable debit that is not above 0" in found.loc[0, "note"]


def test_a_rate_printed_otherwise_is_told_and_not_taken():
    found = in_year_rate(statement("Council tax|2025-03-31|1000|950|0|0|9|4|96.4\n"), "2024-25-Q4")
    assert found.loc[0, "value"] == 95.0
    assert found.loc[0, "note"] == "The statement prints 96.40%, which its own amounts do not make."


def test_rows_of_another_year_or_after_the_quarter_are_no_part_of_the_path():
    other = "Council tax|2024-03-31|900|855|0|0|9|4|\nCouncil tax|2024-09-30|1000|600|0|0|9|4|\n"
    assert path(in_year_path(statement(YEAR + other), "2024-25-Q1")) == {"2024-06-30": 30.0}


def test_arrears_are_told_per_dwelling_and_of_the_debit():
    found = arrears(statement(YEAR), "2024-25-Q4").set_index("measure")
    assert found["value"].to_dict() == {"per_dwelling": 25.0, "of_net_collectable_debit": 10.0}
    assert found["note"].tolist() == ["", ""]


def test_arrears_within_the_year_are_of_earlier_years_only_and_say_so():
    found = arrears(statement(YEAR), "2024-25-Q1")
    assert found["value"].tolist() == [20.0, 8.0]
    assert found["note"].str.startswith("Debt of earlier years only").all()


@pytest.mark.parametrize("dwellings", ["", "0"])
def test_arrears_of_no_known_dwellings_are_of_the_debit_alone(dwellings):
    text = f"Council tax|2025-03-31|1000|950|0|0|100|{dwellings}|\n"
    found = arrears(statement(text), "2024-25-Q4")
    assert found["value"].isna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("due", "paid", "half_gbp"),
    [("220000000", "209000000", 500_000), ("220300000", "209100000", 50_000),
     ("220123000", "209000000", 500), ("220123456", "209000000", 0.5),
     ("220123456.7", "209000000", 0.005)],
)  # fmt: skip
def test_the_worth_of_a_point_has_the_range_that_the_printed_precision_allows(due, paid, half_gbp):
    found = value_of_a_point(
        statement(f"Council tax|2025-03-31|{due}|{paid}|0|0|0|4|\n"), "2024-25-Q4"
    ).iloc[0]
    middle, half = float(due) / 1e8, half_gbp / 1e8
    assert found[["value", "lower", "upper"]].tolist() == pytest.approx(
        [middle, middle - half, middle + half], abs=1e-12
    )


def test_seven_points_at_two_point_two_million_are_12_9_to_18_million():
    rate, theirs = (implied(Fraction(n), 0, "=") for n in (86, 93))
    found = worth_of_gap(rate, theirs, implied(Fraction("2.2"), 1, "="))
    assert [float(n) for n in (found.value, found.lower, found.upper)] == [15.4, 12.9, 18.0]


def test_a_gap_in_money_says_what_it_is_not():
    found = value_of_gap(statement(YEAR), "2024-25-Q4", neighbours(96.5)).iloc[0]
    assert (found["numerator"], found["denominator"]) == (1.5, 10.0)
    assert found["value"] == pytest.approx(15e-6)
    assert found["lower"] < found["value"] < found["upper"]
    assert "only late" in found["note"]
    assert "police, fire and parish shares" in found["note"]
    assert found["denominator_rows"].tolist() == [7]


def test_a_council_that_collects_more_than_its_neighbours_has_a_gap_below_zero():
    assert value_of_gap(statement(YEAR), "2024-25-Q4", neighbours(93.0)).loc[0, "value"] < 0


def test_within_the_year_there_is_no_gap_in_the_years_rate():
    found = value_of_gap(statement(YEAR), "2024-25-Q1", neighbours(96.5, period="2024-25-Q1"))
    assert pd.isna(found.loc[0, "value"])
    assert found.loc[0, "note"].startswith("There is no year's rate before 31 March")


def test_a_comparator_that_is_not_like_for_like_makes_no_gap():
    other = replace(neighbours(96.5), unlike="the neighbours compute it in several ways")
    found = value_of_gap(statement(YEAR), "2024-25-Q4", other)
    assert pd.isna(found.loc[0, "value"])
    assert found.loc[0, "note"].startswith("The comparator is not like for like: the neighbours")


@pytest.mark.parametrize(
    "other", [neighbours(101.0, "KF18"), neighbours(96.5, period="2023-24-Q4")]
)
def test_a_gap_to_a_crude_rate_or_to_another_year_is_refused(other):
    with pytest.raises(RecordRefused, match="may stand beside the in-year rate"):
        value_of_gap(statement(YEAR), "2024-25-Q4", other)


@pytest.mark.parametrize("measure", ALL)
def test_a_measure_of_collection_leaves_its_table_as_it_was_and_asks_for_no_order(measure):
    frame = statement(YEAR)
    before = frame.copy(deep=True)
    found = measure(frame, "2024-25-Q4")
    assert frame.equals(before)
    pd.testing.assert_frame_equal(measure(frame.iloc[::-1], "2024-25-Q4"), found)


@pytest.mark.parametrize(
    ("indicator", "quarter", "value"),
    [("KF17", "2024-25-Q4", 94.0), ("KF19", "2024-25-Q4", 94.0), ("KF17", "2024-25-Q3", None),
     ("KF19", "2024-25-Q1", None), ("KF18", "2024-25-Q3", 94.0)],
)  # fmt: skip
def test_an_in_year_rate_stands_beside_others_at_the_years_end_alone(indicator, quarter, value):
    figures = drawn(
        f"area|indicator|period|value|statistic_basis\n"
        f"A|{indicator}|{quarter}|93|printed\nB|{indicator}|{quarter}|95|printed\n"
    )
    found = beside(figures, indicator, quarter)
    assert (found.value if found else None) == value
