"""Numbers, periods and cells as a reader sees them."""

# ruff: noqa: E501 (a drawn table is read along its rows)

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpack.words.cells import inert
from peerpack.words.numbers import (
    dates_in_full,
    display,
    label,
    listed,
    money,
    period_in_full,
    quarter_in_full,
)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (1.86, "%", 1, "1.9%"), (-23.784, "%", 2, "-23.78%"), (-28.1, "pp", 1, "-28.1 percentage points"),
        (15.4, "GBP m", 1, "£15.4m"), (-1.24, "GBP m", 1, "-£1.2m"), (1234567.5, "GBP", 0, "£1,234,568"),
        (-1240, "GBP", 0, "-£1,240"), (12.5, "GBP per head", 2, "£12.50 per head"),
        (2.2489, "days", 2, "2.25 days"), (6955, "count", 0, "6,955"), (-6955, "count", 0, "-6,955"),
        (0.4242, "ratio", 2, "0.42 times"), (3, "weeks", 0, "3 weeks"), (12.857, "months", 1, "12.9 months"),
        (4, "years", 0, "4 years"), (2000, "people", 0, "2,000 people"), (515.785, "FTE", 1, "515.8 FTE"),
        (3.2, "seconds", 1, "3.2 seconds"), (450, "kg", 0, "450 kg"), (3, "rank", 0, "3"),
        (45000, "GBP", -3, "£45,000"),
        (-0.004, "%", 2, "0.00%"), (-0.4, "GBP", 0, "£0"), (0.0, "days", 1, "0.0 days"),
        (None, "%", 1, "[x]"), (math.nan, "GBP", 0, "[x]"),
    ],
)  # fmt: skip
def test_a_number_has_its_unit_its_sign_and_its_decimals(value, unit, decimals, text):
    assert display(value, unit, decimals) == text


@given(
    st.floats(-1e9, 1e9), st.sampled_from(["%", "GBP", "GBP m", "days", "count"]), st.integers(0, 3)
)
def test_a_number_that_rounds_to_nothing_has_no_sign(value, unit, decimals):
    text = display(value, unit, decimals)
    digits = "".join(c for c in text if c.isdigit())
    assert text.startswith("-") == (value < 0 and int(digits) != 0)


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "\r=1", "\n=1", "＝1+1"]
)
def test_a_text_that_a_spreadsheet_would_run_is_made_a_text(text):
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize(
    "cell", ["-3.0%", "-£1,240", "-£1.2m", "+2 percentage points", "R&D", "", 3.5, None, "a=b"]
)
def test_numbers_and_plain_texts_stay_as_they_are(cell):
    assert inert(cell) is cell


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_things_are_listed_as_one_says_them(words, text):
    assert listed(words) == text


@pytest.mark.parametrize(
    ("period", "text"),
    [("2024-04-01 to 2025-03-31", "1 April 2024 to 31 March 2025"), ("2024-06-30", "30 June 2024"),
     ("2024-25", "2024-25"), ("not stated", "not stated"), ("", "")],
)  # fmt: skip
def test_a_period_of_dates_is_said_in_full_and_any_other_as_it_is(period, text):
    assert period_in_full(period) == text


def test_a_quarter_is_said_by_its_months():
    assert quarter_in_full("2024-25-Q4") == "January to March 2025"


@pytest.mark.parametrize(
    ("pounds", "said"),
    [(4_568_177.0, "£4.6m"), (-2e6, "-£2.0m"), (999_999.4, "£999,999"), (0.0, "£0")],
)
def test_money_in_a_sentence_is_in_millions_from_a_million_up(pounds, said):
    assert money(pounds) == said


def test_a_figure_of_a_day_is_labelled_by_the_day_in_full():
    assert label("2024-06-30") == "30 June 2024"
    assert label("Housing") == "Housing"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no return of 2023-24-Q4, 2023-24-Q3", "no return of January to March 2024, October to December 2023"),
        ("until 2024-06-30.", "until 30 June 2024."),
        ("of 2024-25", "of 2024-25"),
        ("2024-13-45 and 2024-29-Q1", "2024-13-45 and 2024-29-Q1"),
        ("file-2024-06-30.csv, 12024-06-30", "file-2024-06-30.csv, 12024-06-30"),
    ],
)  # fmt: skip
def test_quarters_and_days_in_a_sentence_are_said_in_full(text, said):
    assert dates_in_full(text) == said
