"""Quarters and councils' short names: read exactly, refused in words, in order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpack.errors import UsageError
from peerpack.vocab import Quarter, council_slug

quarters = st.builds(Quarter, st.integers(1901, 2198), st.integers(1, 4))


@pytest.mark.parametrize("text", [
    "", "2024-25", "2024-25-Q0", "2024-25-Q5", "2024-26-Q1", "2024-24-Q1", "2024-25-q1",
    "2024-25-Q1\n", " 2024-25-Q1", "２０２４-25-Q1",
    "20２4-25-Q1", "2024-2５-Q1", "2024-25-Q１", "1899-00-Q4", "9999-00-Q4",
    "../2024-25-Q1", None, 2024,
])  # fmt: skip
def test_what_is_no_quarter_is_refused_with_an_example(text):
    with pytest.raises(UsageError, match=r"is not one. Write .* such as 2024-25-Q1"):
        Quarter.parse(text)


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2024-25-Q1", date(2024, 4, 1), date(2024, 6, 30)),
    ("2024-25-Q3", date(2024, 10, 1), date(2024, 12, 31)),
    ("2023-24-Q4", date(2024, 1, 1), date(2024, 3, 31)),
    ("1999-00-Q4", date(2000, 1, 1), date(2000, 3, 31)),
])  # fmt: skip
def test_a_quarter_begins_and_ends_in_its_financial_year(text, first, last):
    quarter = Quarter.parse(text)
    assert (quarter.first_day, quarter.last_day) == (first, last)
    assert quarter.year_start == date(quarter.year, 4, 1)


@given(quarters)
def test_a_quarter_reads_back_from_its_own_text(quarter):
    assert Quarter.parse(str(quarter)) == quarter


@given(quarters)
def test_the_next_quarter_begins_the_day_after_the_last_and_leads_back(quarter):
    assert quarter.next().first_day == quarter.last_day + timedelta(days=1)
    assert quarter.next().previous() == quarter == quarter.previous().next()


@given(quarters, quarters)
def test_quarters_stand_in_the_order_of_their_text_and_of_their_days(one, other):
    assert (one < other) == (str(one) < str(other)) == (one.first_day < other.first_day)


@given(st.dates(date(1901, 4, 1), date(2198, 3, 31)))
def test_a_day_lies_in_its_own_quarter(day):
    quarter = Quarter.of(day)
    assert quarter.first_day <= day <= quarter.last_day


@pytest.mark.parametrize("name", [
    "", "..", "../northborough", "/etc", "north/borough", "north\\borough", "north\0borough",
    "Northborough", "north--borough", "-north", "north-", "9elms", "north borough", "norther\n",
    "ｎorth", "n" * 61, None, 3,
])  # fmt: skip
def test_a_name_that_could_leave_the_data_folder_is_no_council(name):
    with pytest.raises(UsageError, match=r"is not a council's short name. Use lower-case letters"):
        council_slug(name)


@pytest.mark.parametrize("name", ["northborough", "bath-and-ne-somerset", "ward9", "n" * 60])
def test_a_short_name_is_given_back_as_it_is(name):
    assert council_slug(name) == name
