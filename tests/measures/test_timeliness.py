"""The clock of an answer, against a calendar walked day by day."""

from calendar import monthrange
from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from peerpack.measures.timeliness import corresponding_day, working_day_after

EASTER = [date(2024, 3, 29), date(2024, 4, 1)]
ANY_DAY = st.dates(date(2023, 1, 1), date(2027, 12, 31))
SOME_DAYS = st.lists(ANY_DAY, max_size=8)


def series(*days):
    return pd.Series(pd.to_datetime(list(days)), dtype="datetime64[us]")


def plain(found):
    return [None if pd.isna(day) else day.date().isoformat() for day in found]


def test_a_case_received_on_a_weekend_or_bank_holiday_has_its_day_one_on_the_next_working_day():
    thursday_to_easter_tuesday = series(
        "2024-03-28", "2024-03-29", "2024-03-30", "2024-04-01", "2024-04-02"
    )
    assert plain(working_day_after(thursday_to_easter_tuesday, 1, EASTER)) == [
        "2024-04-02", "2024-04-02", "2024-04-02", "2024-04-02", "2024-04-03",
    ]  # fmt: skip


def test_each_row_may_have_a_limit_of_its_own_and_a_missing_one_stays_missing():
    days = series("2024-06-03", "2024-06-03", None, "2024-06-03")
    limits_n = pd.Series([10, 20, 10, None])
    assert plain(working_day_after(days, limits_n, [])) == [
        "2024-06-17", "2024-07-01", None, None,
    ]  # fmt: skip


def test_a_month_from_the_end_of_january_ends_with_february_leap_day_or_not():
    days = series("2024-01-31", "2023-01-31", "2024-01-29", "2024-02-29", "2023-01-28")
    assert plain(corresponding_day(days, 1, [])) == [
        "2024-02-29", "2023-02-28", "2024-02-29", "2024-03-29", "2023-02-28",
    ]  # fmt: skip


def test_a_month_that_ends_on_a_day_not_worked_goes_on_to_the_next_working_day():
    days = series("2024-02-29", "2024-03-01", "2024-05-01")
    assert plain(corresponding_day(days, 1, EASTER)) == ["2024-04-02", "2024-04-02", "2024-06-03"]


def test_three_months_from_the_last_day_of_november_end_with_february():
    assert plain(corresponding_day(series("2023-11-30"), 3, [])) == ["2024-02-29"]


def test_no_case_has_no_day():
    nothing = series()
    assert working_day_after(nothing, 20, EASTER).empty
    assert corresponding_day(nothing, 1, EASTER).empty


def worked(day, holidays):
    return day.weekday() < 5 and day not in holidays


@given(ANY_DAY, st.integers(1, 45), SOME_DAYS)
def test_the_nth_working_day_is_the_one_a_walker_comes_to(start, n, holidays):
    day, left = start, n
    while left:
        day += timedelta(days=1)
        left -= worked(day, holidays)
    assert plain(working_day_after(series(start), n, holidays)) == [day.isoformat()]


@given(ANY_DAY, st.sampled_from([1, 3]), SOME_DAYS)
def test_the_corresponding_day_is_the_one_a_calendar_shows(start, months_n, holidays):
    year, month = divmod(start.year * 12 + start.month - 1 + months_n, 12)
    day = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    while not worked(day, holidays):
        day += timedelta(days=1)
    assert plain(corresponding_day(series(start), months_n, holidays)) == [day.isoformat()]
