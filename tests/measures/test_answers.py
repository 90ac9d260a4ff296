"""Complaints and requests: rows of a casework log in, shares in time out. April to June 2024."""

import math
from datetime import date, timedelta

import pandas as pd
import pytest
from drawn import drawn, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack.measures.answers import (
    complaints_in_time,
    own_data_requests_in_time,
    requests_in_time,
    upheld_by_the_ombudsman,
)

Q1 = "2024-25-Q1"
HOLIDAYS = [date(2024, 4, 1), date(2024, 5, 6), date(2024, 5, 27)]
LOG = (
    "case_ref|case_type|stage|received_date|acknowledged_date|due_date|closed_date|directorate"
    "|extended|upheld\n"
)
TIMED = (complaints_in_time, requests_in_time, own_data_requests_in_time)


def log(text):
    """A log; its references are its line numbers unless drawn."""
    return drawn(LOG + text)


def rows(table, **cuts):
    """The rows with these cut values, and with no other cut."""
    names = [c for c in ("basis", "measure", "stage", "case_type", "directorate") if c in table]
    for name in names:
        wanted = table[name] == cuts[name] if name in cuts else table[name].isna()
        table = table[wanted]
    return table


def of(table, **cuts):
    (row,) = rows(table, **cuts).to_dict("records")
    return row


def counted(table, **cuts):
    row = of(table, **cuts)
    return row["numerator"], row["denominator"]


@pytest.mark.parametrize("measure", TIMED)
def test_an_empty_log_has_no_share_and_nothing_open(measure):
    table = measure(log(""), Q1, HOLIDAYS)
    assert math.isnan(of(table, basis="closed")["value"])
    assert math.isnan(of(table, basis="received")["value"])
    assert of(table, measure="open")["value"] == 0
    assert math.isnan(of(table, measure="open_age")["value"])


def test_the_same_answers_give_another_share_on_another_basis():
    table = requests_in_time(
        log(
            "1|FOI||2024-03-01|||2024-04-15|Place||\n"  # closed here, late, received before
            "2|FOI||2024-04-02|||2024-04-30|Place||\n"  # in time: the twentieth working day
            "3|FOI||2024-05-01|||2024-07-10|Place||\n"  # open on the last day and past its time
            "4|FOI||2024-06-20|||2024-06-28|Place||\n"  # in time
            "5|FOI||2024-06-20||||Place||\n"  # open, its time not up
        ),
        Q1,
        HOLIDAYS,
    )
    assert counted(table, basis="closed") == (2, 3)
    assert counted(table, basis="received") == (2, 3)
    assert lines(of(table, basis="closed")["denominator_rows"]) == [1, 2, 4]
    assert lines(of(table, basis="received")["denominator_rows"]) == [2, 3, 4]
    assert of(table, basis="received")["note"].startswith(
        "Not counted: 1 still within their time on the last day."
    )


def test_a_published_94_per_cent_is_121_of_129_closed():
    text = "".join(f"{n}|FOI||2024-04-02|||2024-04-30|Place||\n" for n in range(121))
    text += "".join(f"L{n}|FOI||2024-04-02|||2024-05-01|Place||\n" for n in range(8))
    row = of(requests_in_time(log(text), Q1, HOLIDAYS), basis="closed")
    assert (row["numerator"], row["denominator"], round(row["value"])) == (121, 129, 94)


def test_a_complaint_is_timed_from_its_acknowledgement_and_by_its_stage():
    table = complaints_in_time(
        log(
            "1|Complaint|Stage 1|2024-04-02|2024-04-08||2024-04-22|Place||\n"  # tenth day
            "2|Complaint|Stage 1|2024-04-02|2024-04-08||2024-04-23|Place||\n"  # eleventh
            "3|Complaint|Stage 2|2024-04-02|2024-04-08||2024-05-07|Place||\n"  # twentieth
            "4|Complaint|Stage 1|2024-04-02|||2024-04-17|Place||\n"  # eleventh since receipt
            "5|Complaint|Stage 1|2024-04-02|2024-03-20||2024-04-16|Place||\n"  # before receipt
        ),
        Q1,
        HOLIDAYS,
    )
    assert counted(table, basis="closed") == (3, 5)
    assert counted(table, basis="closed", stage="Stage 1") == (2, 4)
    assert counted(table, basis="closed", stage="Stage 2") == (1, 1)
    assert "2 without an acknowledgement, timed from receipt" in of(table, basis="closed")["note"]


def test_statutory_complaints_and_other_stages_are_left_out_and_told():
    table = complaints_in_time(
        log(
            "1|Complaint|Stage 1|2024-04-02|||2024-04-05|Place||\n"
            "2|Statutory complaint|Stage 1|2024-04-02|||2024-06-05|Adults||\n"
            "3|Complaint|Stage 3|2024-04-02|||2024-06-05|Place||\n"
            "4|Complaint||2024-04-02|||2024-06-05|Place||\n"
            "5|FOI||2024-04-02|||2024-06-05|Place||\n"
        ),
        Q1,
        HOLIDAYS,
    )
    assert counted(table, basis="closed") == (1, 1)
    assert of(table, basis="closed")["note"].startswith(
        "Left out of the log: 1 of a statutory procedure; 2 of another stage or of none. "
    )


def test_a_lawful_extension_counts_only_in_the_share_that_says_so():
    text = (
        "1|Complaint|Stage 1|2024-04-02|||2024-04-30|Place|Yes|\n"  # twentieth day
        "2|Complaint|Stage 1|2024-04-02|||2024-05-01|Place|Yes|\n"  # a day after
        "3|Complaint|Stage 1|2024-04-02|||2024-04-30|Place|No|\n"
        "4|EIR||2024-04-02|||2024-05-30|Place|Yes|\n"  # fortieth day
    )
    complaints = complaints_in_time(log(text), Q1, HOLIDAYS)
    assert counted(complaints, basis="closed") == (0, 3)
    assert counted(complaints, basis="closed", measure="with_extensions") == (1, 3)
    requests = requests_in_time(log(text), Q1, HOLIDAYS)
    assert counted(requests, basis="closed") == (0, 1)
    assert counted(requests, basis="closed", measure="with_extensions") == (1, 1)


def test_an_extended_request_for_own_data_has_three_months():
    table = own_data_requests_in_time(
        log(
            "1|SAR||2024-01-31|||2024-04-30|Place|Yes|\n"  # three months to the day
            "2|SAR||2024-02-29|||2024-04-02|Place||\n"  # 29 March is Good Friday here not worked
            "3|SAR||2024-03-04|||2024-04-05|Place||\n"  # a day late
        ),
        Q1,
        [date(2024, 3, 29), *HOLIDAYS],
    )
    assert counted(table, basis="closed") == (2, 3)
    assert counted(table, basis="closed", measure="without_extensions") == (1, 3)


def test_the_systems_own_due_date_is_a_measure_of_its_own_and_the_difference_is_told():
    table = requests_in_time(
        log(
            "1|FOI||2024-04-02||2024-04-30|2024-04-30|Place||\n"
            "2|FOI||2024-04-02||2024-05-10|2024-05-09|Place||\n"
            "3|FOI||2024-04-02|||2024-04-09|Place||\n"
            "4|FOI||2024-04-02||2024-05-30|2024-05-30|Place|Yes|\n"  # extended, as the law has it
        ),
        Q1,
        HOLIDAYS,
    )
    assert counted(table, basis="closed") == (2, 4)
    assert counted(table, basis="closed", measure="by_system_date") == (3, 3)
    note = of(table, basis="closed")["note"]
    assert "1 whose due date in the log is another than by law" in note


def test_a_case_answered_before_it_came_is_in_no_figure_and_told():
    table = requests_in_time(log("1|FOI||2024-05-02|||2024-04-30|Place||\n"), Q1, HOLIDAYS)
    assert counted(table, basis="closed") == (0, 0)
    assert of(table, measure="open")["value"] == 0
    assert "1 answered before they came" in of(table, basis="closed")["note"]


def test_a_reopened_case_is_a_case_of_its_own_and_told():
    table = requests_in_time(
        log("7|FOI||2024-04-02|||2024-04-09|Place||\n7/1|FOI||2024-05-02|||2024-06-28|Place||\n"),
        Q1,
        HOLIDAYS,
    )
    assert counted(table, basis="closed") == (1, 2)
    assert "1 reopened, each a case of its own" in of(table, basis="closed")["note"]


def test_what_is_open_on_the_last_day_is_counted_aged_and_called_overdue_after_its_lawful_time():
    table = requests_in_time(
        log(
            "1|FOI||2024-03-22||||Place||\n"  # 100 days, overdue
            "2|FOI||2024-05-21||||Adults|Yes|\n"  # 40 days, extended
            "3|FOI||2024-06-10|||2024-07-02|Place||\n"  # answered after the quarter: open in it
            "4|FOI||2024-07-01||||Place||\n"  # not yet received
            "5|FOI||2024-06-10|||2024-06-30|Place||\n"  # answered on the last day
        ),
        Q1,
        HOLIDAYS,
    )
    assert of(table, measure="open")["value"] == 3
    assert of(table, measure="overdue")["value"] == 1
    assert of(table, measure="open_age")["value"] == 40
    assert of(table, measure="open", directorate="Place")["value"] == 2


def test_a_log_that_starts_with_the_quarter_says_that_older_cases_are_missing():
    said = "The log lists no case received before the quarter"
    young = requests_in_time(log("1|FOI||2024-04-02|||2024-04-09|Place||\n"), Q1, HOLIDAYS)
    old = requests_in_time(log("1|FOI||2024-03-28|||2024-04-09|Place||\n"), Q1, HOLIDAYS)
    assert said in of(young, basis="closed")["note"]
    assert said in of(young, measure="open")["note"]
    assert said not in of(old, basis="closed")["note"] + of(old, measure="open")["note"]


def test_a_case_without_a_directorate_stands_with_others_of_its_kind_and_no_part_is_lost():
    table = requests_in_time(
        log("1|FOI||2024-04-02|||2024-04-09||No|\n2|EIR||2024-04-02|||2024-04-09|Place||\n"),
        Q1,
        HOLIDAYS,
    )
    assert counted(table, basis="closed", directorate="Directorate not given") == (1, 1)
    assert counted(table, basis="closed", directorate="Place") == (1, 1)


def test_acknowledgements_are_a_share_of_those_whose_five_days_are_up():
    table = complaints_in_time(
        log(
            "1|Complaint|Stage 1|2024-04-02|2024-04-09||2024-04-10|Place||\n"  # fifth day
            "2|Complaint|Stage 1|2024-04-02|2024-04-10||2024-04-11|Place||\n"  # sixth
            "3|Complaint|Stage 1|2024-04-02||||Place||\n"
            "4|Complaint|Stage 1|2024-06-27||||Place||\n"  # its five days go on
        ),
        Q1,
        HOLIDAYS,
    )
    assert counted(table, measure="acknowledged") == (1, 3)


def test_a_log_without_acknowledgements_says_so_and_gives_no_share():
    table = complaints_in_time(
        log("1|Complaint|Stage 1|2024-04-02|||2024-04-10|Place||\n"), Q1, HOLIDAYS
    )
    row = of(table, measure="acknowledged")
    assert math.isnan(row["value"] or math.nan)
    assert (row["status"], row["note"]) == ("x", "The log gives no day of acknowledgement.")


def test_few_findings_of_the_ombudsman_carry_a_wide_interval():
    row = of(
        upheld_by_the_ombudsman(
            log(
                "1|Complaint|Ombudsman|2024-01-02|||2024-04-10|Place||Upheld\n"
                "2|Statutory complaint|Ombudsman|2024-01-02|||2024-04-10|Adults||Partly upheld\n"
                "3|Complaint|Ombudsman|2024-01-02|||2024-04-10|Place||Not upheld\n"
                "4|Complaint|Ombudsman|2024-01-02|||2024-04-10|Place||\n"  # not investigated
                "5|Complaint|Ombudsman|2024-01-02|||2024-03-28|Place||Upheld\n"  # quarter before
                "6|Complaint|Stage 2|2024-01-02|||2024-04-10|Place||Upheld\n"
            ),
            Q1,
        )
    )
    assert (row["numerator"], row["denominator"]) == (2, 3)
    # Wilson's interval of 2 in 3, by hand.
    assert (row["lower"], row["upper"]) == pytest.approx((20.766, 93.851), abs=0.001)
    assert row["note"] == "Not counted: 1 closed without a finding. "


def test_no_finding_of_the_ombudsman_is_no_rate():
    row = of(upheld_by_the_ombudsman(log(""), Q1))
    assert math.isnan(row["value"]) and math.isnan(row["upper"])
    assert row["denominator"] == 0


def test_that_there_is_none_rests_on_the_whole_log():
    own = log("1|FOI||2024-04-02|||2024-04-09|Place||\n2|FOI||2024-04-02|||2024-04-09|Place||\n")
    assert lines(of(upheld_by_the_ombudsman(own, Q1))["denominator_rows"]) == [1, 2]
    own_data = own_data_requests_in_time(own, Q1, HOLIDAYS)
    assert lines(of(own_data, measure="open")["denominator_rows"]) == [1, 2]


DAYS = st.dates(date(2024, 2, 15), date(2024, 7, 20))
CASES = st.lists(
    st.tuples(DAYS, st.none() | st.integers(0, 50), st.sampled_from("FE"), st.sampled_from("AB")),
    max_size=25,
)


def drawn_up(cases):
    """The log of (received, days taken or none, kind, directorate)."""
    kinds = {"F": "FOI", "E": "EIR"}
    return log(
        "".join(
            f"{at}|{kinds[kind]}||{came}|||{'' if took is None else came + timedelta(days=took)}"
            f"|{who}|No|\n"
            for at, (came, took, kind, who) in enumerate(cases)
        )
    )


def by_hand(cases, basis):
    """In time and counted, one case and one day at a time."""
    begin, end, found = date(2024, 4, 1), date(2024, 6, 30), []
    for came, took, *_ in cases:
        last, left = came, 20
        while left:
            last += timedelta(days=1)
            left -= last.weekday() < 5 and last not in HOLIDAYS
        answered = None if took is None else came + timedelta(days=took)
        closed_here = answered is not None and begin <= answered <= end
        judged = (answered is not None and answered <= end) or last <= end
        if closed_here if basis == "closed" else (begin <= came <= end and judged):
            found.append(answered is not None and answered <= last)
    return sum(found), len(found)


@settings(max_examples=12, deadline=None)
@given(CASES)
def test_any_log_is_counted_as_one_counts_by_hand_and_no_cut_loses_a_case(cases):
    table = requests_in_time(drawn_up(cases), Q1, HOLIDAYS)
    for basis in ("received", "closed"):
        assert counted(table, basis=basis) == by_hand(cases, basis)
        for cut in ("case_type", "directorate"):
            parts = table[(table["basis"] == basis) & table[cut].notna()]
            sums = parts[["numerator", "denominator"]].sum()
            assert tuple(sums) == counted(table, basis=basis)


@settings(max_examples=4, deadline=None)
@given(CASES, st.randoms())
def test_the_order_of_the_log_changes_no_number(cases, chance):
    mixed = list(cases)
    chance.shuffle(mixed)
    tables = [requests_in_time(drawn_up(each), Q1, HOLIDAYS) for each in (cases, mixed)]
    numbers = ["value", "numerator", "denominator"]
    pd.testing.assert_frame_equal(*(t[numbers] for t in tables))
