"""A return that stops early, leaves a month out or shrinks: a gap, not a saving."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpack.catalogue.load import dataset
from peerpack.intake.gaps import checks_of_gaps
from peerpack.intake.shrinks import check_of_last_month, check_of_size
from peerpack.vocab import Quarter

PAYMENTS = dataset("supplier_spend")
Q1 = Quarter(2024, 1)
YEAR = (date(2024, 4, 1), date(2025, 3, 31))
QUARTER = (Q1.first_day, Q1.last_day)


def paid(days, rows_a_day=2, pounds=100.0):
    """Payments on these days, so many a day."""
    days = [day for day in pd.DatetimeIndex(days) for _ in range(rows_a_day)]
    rows = range(1_000_000_002, 1_000_000_002 + len(days))
    frame = pd.DataFrame({"payment_date": days, "amount_gbp": pounds, "source_row": list(rows)})
    return frame.set_index("source_row", drop=False)


def every(frequency, period=QUARTER, until=None):
    return pd.date_range(period[0], until or period[1], freq=frequency)


def told(frame, period=QUARTER, contract=PAYMENTS):
    checks = (
        *checks_of_gaps(frame, contract, period),
        *check_of_last_month(frame, contract, period),
    )
    assert {check.severity for check in checks} <= {"warn"}
    return {check.id: check.found for check in checks if not check.passed}


def stops(frame, **said):
    return told(frame, **said).get("stops-early", "")


@pytest.mark.parametrize("period", [QUARTER, YEAR], ids=["quarter", "year"])
@pytest.mark.parametrize("rhythm", ["B", "W-TUE", "2W-FRI", "SME", "ME", "4W-THU", "BME"])
def test_a_complete_return_raises_no_alarm_whatever_its_rhythm(rhythm, period):
    assert told(paid(every(rhythm, period), rows_a_day=10), period) == {}


@given(st.sets(st.integers(0, 90), min_size=1, max_size=4))
def test_too_few_dates_show_no_rhythm_and_are_not_judged(days):
    frame = paid([QUARTER[0] + pd.Timedelta(days=day) for day in days], rows_a_day=1)
    assert told(frame) == {}


@pytest.mark.parametrize(("year", "last"), [(2012, "2013-03-28"), (2023, "2024-03-28"),
                                            (2024, "2025-03-31")])  # fmt: skip
def test_easter_at_the_end_of_the_year_is_no_gap(year, last):
    period = (date(year, 4, 1), date(year + 1, 3, 31))
    assert told(paid(every("B", period, until=last)), period) == {}


def test_a_council_shut_from_23_december_is_no_gap():
    period = (date(2025, 10, 1), date(2025, 12, 31))
    assert told(paid(every("B", period, until="2025-12-23")), period) == {}


def test_payments_that_stop_two_weeks_early_are_told_with_the_day_and_as_no_saving():
    assert stops(paid(every("B", until="2024-06-14"))) == (
        "No row for the last 10 working days to 2024-06-30, the last on 2024-06-14; before that "
        "never more than 0 without one. This is a gap, not a saving: ask for the rest."
    )


def test_a_week_without_payments_at_the_end_is_no_gap_and_a_day_more_is_one():
    assert not stops(paid(every("B", until="2024-06-21")))
    assert stops(paid(every("B", until="2024-06-20")))


def test_a_weekly_run_must_miss_two_runs_before_it_is_told():
    assert not stops(paid(every("W-MON", until="2024-06-17"), rows_a_day=5))
    assert stops(paid(every("W-MON", until="2024-06-10"), rows_a_day=5))


def test_of_personal_data_the_last_day_is_not_named():
    contract = PAYMENTS.model_copy(update={"personal": True})
    found = stops(paid(every("B", until="2024-06-14")), contract=contract)
    assert "No row for the last 10 working days to 2024-06-30; before" in found


def test_months_without_a_row_are_named_as_runs():
    days = [day for day in every("B", YEAR) if day.month not in (8, 9, 12)]
    assert told(paid(days), YEAR) == {"months-present": (
        "No row is dated in 2024-08 to 2024-09, 2024-12; the other months have 44 on average. "
        "This is a gap, not a saving: ask for the missing file."
    )}  # fmt: skip


def test_months_at_the_end_that_a_monthly_ledger_lacks_are_missing_though_no_rhythm_breaks():
    assert list(told(paid(every("ME", YEAR, until="2025-02-28"), rows_a_day=20), YEAR)) == [
        "months-present"
    ]


def test_a_dataset_of_a_few_rows_a_month_may_have_a_month_without():
    days = [day for day in every("W-WED", YEAR) if day.month != 11]
    assert told(paid(days, rows_a_day=1), YEAR) == {}


def test_rows_outside_the_period_say_nothing_of_it():
    late = paid(pd.date_range("2024-06-24", "2024-07-31", freq="B"))
    early = paid(every("B", until="2024-06-14"))
    late.index = late.index + 1_000
    both = pd.concat([early, late[late.payment_date > "2024-07-01"]])
    assert stops(both) == stops(early)


def test_a_snapshot_or_a_return_without_dates_is_not_judged():
    undated = PAYMENTS.model_copy(update={"dated_by": ""})
    assert checks_of_gaps(paid(every("B")), undated, QUARTER) == ()
    assert checks_of_gaps(paid(every("B")), PAYMENTS, (Q1.last_day, Q1.last_day)) == ()
    assert check_of_last_month(paid(every("B")), undated, QUARTER) == ()


def by_month(*rows_n, pounds=(100.0, 100.0, 100.0)):
    months = pd.period_range("2024-04", periods=3, freq="M")
    parts = [
        paid([month.end_time.normalize()] * n, rows_a_day=1, pounds=each)
        for month, n, each in zip(months, rows_n, pounds, strict=True)
    ]
    frame = pd.concat([part for part in parts if len(part)]).reset_index(drop=True)
    frame["source_row"] = range(len(frame))
    return frame.set_index("source_row", drop=False)


def last_month(frame):
    return told(frame).get("last-month-not-shrunk", "")


def test_a_last_month_of_fewer_than_half_the_rows_is_told_with_both_counts():
    assert last_month(by_month(160, 240, 96)) == (
        "96 rows in the last month, 200 in the median of the months before; £9,600 in the last "
        "month, £20,000 in the median of the months before. This is a gap, not a saving until the "
        "owner says otherwise."
    )
    assert last_month(by_month(160, 240, 100)) == ""


@pytest.mark.parametrize(("rows_n", "is_told"), [(9, False), (4, False), (3, True)])
def test_of_few_rows_a_fall_that_chance_may_make_is_not_told(rows_n, is_told):
    found = last_month(by_month(22, 22, rows_n, pounds=(100.0, 100.0, 900.0)))
    assert bool(found) is is_told


def test_money_may_shrink_where_rows_do_not():
    assert last_month(by_month(50, 50, 50, pounds=(100.0, 100.0, 49.0))) == (
        "£2,450 in the last month, £5,000 in the median of the months before. This is a gap, not "
        "a saving until the owner says otherwise."
    )


def test_a_net_income_is_no_measure_of_what_was_spent():
    assert last_month(by_month(50, 50, 50, pounds=(-100.0, -100.0, -900.0))) == ""


def test_one_month_before_or_few_rows_say_nothing_of_the_last():
    assert last_month(by_month(0, 50, 5)) == ""
    assert last_month(by_month(19, 19, 1)) == ""


@pytest.mark.parametrize(("share", "is_told"), [(50, False), (20, True)])
def test_how_much_a_return_may_shrink_is_the_contracts_to_say(share, is_told):
    contract = PAYMENTS.model_copy(update={"shrink_pct": share})
    found = told(by_month(400, 400, 300), contract=contract)
    assert ("last-month-not-shrunk" in found) is is_told


def test_a_first_quarter_is_compared_with_the_quarter_before_and_not_with_its_whole_year():
    year = paid(every("B", (date(2023, 4, 1), date(2024, 3, 31))))
    now = paid(every("B"))
    assert check_of_size((now, Q1), (year, Q1.previous()), PAYMENTS).passed


def test_a_return_of_less_than_half_of_last_quarters_is_told_with_both_counts():
    before = paid(every("B", (date(2024, 1, 1), date(2024, 3, 31))))
    check = check_of_size((paid(every("W-FRI")), Q1), (before, Q1.previous()), PAYMENTS)
    assert check.found == (
        "26 rows in 2024-25-Q1, 130 in 2023-24-Q4; £2,600 in 2024-25-Q1, £13,000 in 2023-24-Q4. "
        "This is a gap, not a saving until the owner says otherwise."
    )


def test_a_return_without_money_or_dates_is_compared_by_its_rows():
    contract = dataset("hr_positions")
    one, many = (pd.DataFrame({"source_row": range(n)}) for n in (20, 50))
    assert "20 rows in 2024-25-Q1, 50 in" in check_of_size(
        (one, Q1), (many, Q1.previous()), contract
    ).found  # fmt: skip
    assert check_of_size((many, Q1), (one, Q1.previous()), contract).passed
