"""Referrals, staff survey and casework logs as their systems print them, read and judged."""

# ruff: noqa: DTZ001, E501 (a cell of a sheet has no zone; a drawn table is read along its rows)

from datetime import datetime

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from drawn_returns import table, write_csv, write_xlsx

from peerpack.catalogue.load import bank_holidays, dataset, datasets
from peerpack.errors import GateStopped, ReturnRefused
from peerpack.intake import supplied
from peerpack.intake.admit import admit_from, refuse_if_stopped
from peerpack.sources import fits, read
from peerpack.vocab import Quarter

REFERRALS, STAFF, CASES = "occupational_health_referrals", "staff_survey", "complaints_and_requests"
Q1 = Quarter(2024, 1)

CLINIC = table("""
Occupational Health: referrals
Run date 02/07/2024 08:14|user OHADM3

Referral No|Employee Number|Surname|Date Referred|Department|Team|Reason for Referral|Appointment Type|Date Seen|Outcome|Date Closed
OH/24/0101|000123|Invented|08/04/2024|Adults ||Stress and mental health|F2F|19/04/2024|Fit with adjustments|02/05/2024
OH/24/0102|000124|Invented|20-May-2024|Place|Parks|Musculoskeletal|MS Teams|03/06/2024||31/12/4712
OH/24/0103||Invented|27/06/24|Place|Parks|Chronic medical illness|phone|||
OH/24/0104|000125|Invented|tbc|Place|Parks|Other||||
""")
ITRENT = table("""
Personal Reference|Referral Ref|Referral Date|Directorate|Service|Reason|Mode|Outcome|Appointment Date|Closed Date
000123|1|2024-04-08|Adults|Homecare|Stress|Telephone||2024-04-19|
""")
SMART_SURVEY = table("""
UserID|Started|Ended|Directorate|Grade Band|Length of Service|I have seen an improvement in the culture of the council|I feel positive about the direction of the council|Overall satisfaction|Morale is good|I would recommend the council as a place to work|Senior leaders demonstrate our values|Is there anything else you would like to say?|Completed
201|01/05/2024 08:01|01/05/2024 08:09|Adults |G5-G7|1 to 3 years|Strongly agree |Agree|Strongly Agree|tend to agree|Don’t know|Disagree|My manager is Invented Name|Yes
202|01/05/2024 09:30|01/05/2024 09:41|Place||Under 1 year|Neither|Disagree||99|Agree|-1||Partially completed
203|||Place||||||||||Not started
""")
RESPONSES = ("RespondentID", "Submitted", "Directorate", "Service", "Q5 Recommend Employer")
CODED = [RESPONSES, ("1", "07/05/2024", "Adults", "", "1"), ("2", "07/05/2024", "Place", "", "5")]
ICASEWORK = table("""
Case ID|Type|Stage|Customer Name|Date Received|Acknowledged|Due Date|Date Closed|Outcome|Service|Exemption/Exception|Extended Y/N|Internal Review|Upheld
C-100|Corporate Complaint|1|A N Invented|20/03/2024|22/03/2024|08/04/2024|05/04/2024|Apology|Waste ||N||Partially upheld
C-100|Corporate Complaint|2|A N Invented|02/05/2024|03/05/2024|31/05/2024|||Waste||Y||
C-100/1|Complaint|Stage One|A N Invented|10/06/2024||24/06/2024|20/06/2024|No further action|waste|||| N
F-7|Freedom of Information||B Invented|28/03/2024||26/04/2024|28/04/2024|Part disclosed|Finance|s.40(2)|No|Yes|
""")
FOI_LOG = table("""
Ref|Type|Received|Due|Closed|Outcome|Service|Exemption|Extended|Reviewed
FOI 1|FOI Request|02/04/2024|30/04/2024|24/04/2024|Disclosed|Finance||N|N
EIR 2|EIR|03/04/2024|01/05/2024|||Planning||N|N
SAR 3|DSAR|04/04/2024|04/05/2024|01/05/2024|Disclosed|Children's Services||N|N
""")
LATE = [["F-7", "FOI", "28/03/2024", "26/04/2024", "28/04/2024", "Disclosed", "Finance"]]
RETURNS = {
    "clinic": (REFERRALS, CLINIC),
    "itrent": (REFERRALS, ITRENT),
    "smart survey": (STAFF, SMART_SURVEY),
    "respondents": (STAFF, CODED),
    "icasework": (CASES, ICASEWORK),
    "foi log": (CASES, FOI_LOG),
}


@pytest.fixture
def written(tmp_path):
    def write(rows, name="return.csv", **dialect):
        return write_csv(tmp_path / name, rows, **dialect)

    return write


@pytest.fixture
def admitted(tmp_path):
    """A return as the only one of a council's quarter, admitted."""

    def admit(name, rows):
        folder = tmp_path / "northby" / str(Q1)
        folder.mkdir(parents=True)
        (tmp_path / "northby" / "council.toml").write_text('slug = "northby"\nname = "Northby"\n')
        write_csv(folder / "return.csv", rows)
        return admit_from(supplied("northby", Q1, [tmp_path]), name)

    return admit


def failed(admission):
    return {
        check.id: check.failing_rows
        for check in admission.receipt.verdict.checks
        if not check.passed
    }


def lines(rows):
    return [row - 1_000_000_000 for row in rows]


# Which return is which


@pytest.mark.parametrize("name", RETURNS)
def test_a_return_about_people_fits_its_own_dataset_and_no_other(name, written):
    own, rows = RETURNS[name]
    assert list(fits([written(rows)], datasets(), {}).files) == [own]


@pytest.mark.parametrize("headings", [
    "Case ID|Member|Ward|Service|Type|Opened|Closed",  # casework of councillors
    "Ref|Type|Received|Decided|Closed|Status",  # licences
    "Service|Complaints received",  # counts
    "Ref|Title|Directorate|Lead|Year|Target £k|Delivered|RAG",  # savings
    "RespondentID|Submitted|Directorate|Q1|Q2",  # questions nobody can tell
    "Personal Reference|Position Reference|Directorate|Reason|Absence Start|Absence End|Referral Ref|Referral Date",
])  # fmt: skip
def test_a_table_of_something_else_is_not_taken_for_one_about_people(headings, written):
    found = fits([written([headings.split("|")])], datasets(), {}).files
    assert not {REFERRALS, STAFF, CASES} & set(found)


# Referrals


def test_a_clinics_list_is_read_under_its_titles_in_the_words_of_the_contract(written):
    frame = read([written(CLINIC)], dataset(REFERRALS)).frame
    assert list(frame.referral_ref) == ["OH/24/0101", "OH/24/0102", "OH/24/0103"]
    assert list(frame["mode"]) == ["Face to face", "Video", "Telephone"]
    assert list(frame.person_ref.fillna("")) == ["000123", "000124", ""]
    assert list(frame.referral_date) == [
        datetime(2024, 4, 8),
        datetime(2024, 5, 20),
        datetime(2024, 6, 27),
    ]
    assert list(frame.closed_date.isna()) == [False, True, True]


def test_a_referral_whose_date_cannot_be_read_is_quarantined_and_no_cell_of_it_is_told(written):
    reading = read([written(CLINIC)], dataset(REFERRALS))
    (faulty,) = reading.quarantined
    assert (faulty.row, faulty.column, faulty.found) == (
        8, "referral_date", "not shown: this dataset holds personal data")  # fmt: skip


def test_a_count_printed_under_the_referrals_is_a_total_and_no_referral(tmp_path):
    head, *rows = CLINIC[3:]
    typed = [[*row[:3], datetime(2024, 4, 8), *row[4:]] for row in rows]
    path = write_xlsx(tmp_path / "clinic.xlsx", {"Referrals": [head, *typed, ["Total", 4]]})
    reading = read([path], dataset(REFERRALS))
    assert len(reading.frame) == 4
    assert [(each.reason, each.lines) for each in reading.set_aside] == [
        ("header", (1,)),
        ("total", (6,)),
    ]


def test_a_referral_made_in_another_quarter_is_told(admitted):
    rows = [
        *ITRENT,
        ["000124", "2", "2024-03-31", "Place", "Parks", "Other", "Telephone", "", "2024-04-09", ""],
    ]
    admission = admitted(REFERRALS, rows)
    assert {name: lines(rows) for name, rows in failed(admission).items()} == {
        "referral-date-in-period": [3]
    }


# Staff survey


def test_answers_are_read_in_one_spelling_each_and_nobodys_own_words_at_all(written):
    frame = read([written(SMART_SURVEY, encoding="cp1252")], dataset(STAFF)).frame
    assert list(frame.loc[1_000_000_002, "q1_culture_improved":"q6_leaders_show_values"]) == [
        "Strongly agree", "Agree", "Strongly agree", "Tend to agree", "Don't know", "Disagree"]  # fmt: skip
    assert list(frame.q4_morale_good.dropna()) == ["Tend to agree", "Don't know"]
    assert list(frame.completed) == ["Complete", "Partial", "Not started"]
    assert "My manager" not in frame.to_csv()


def test_staff_who_were_invited_and_did_not_answer_are_not_told_as_gaps(admitted):
    assert failed(admitted(STAFF, SMART_SURVEY)) == {}


def test_answers_in_numbers_are_stopped_and_words_asked_for(admitted):
    admission = admitted(STAFF, CODED)
    assert list(failed(admission)) == ["q5-recommend-employer-known"]
    with pytest.raises(
        GateStopped, match=r"which end is good stands in no number\. Export the answers as words"
    ):
        refuse_if_stopped(admission.receipt)


def test_a_response_sent_in_twice_is_stopped(admitted):
    assert failed(admitted(STAFF, [*SMART_SURVEY, SMART_SURVEY[1]])) == {
        "one-row-per-response": (1_000_000_002, 1_000_000_005)}  # fmt: skip


CODE_LIST = table("""
Codebook: 1 is not always best
Variable|Value|Label
Q5|1|Strongly disagree
|5|Strongly agree
|99|Refused
Q6|1|Strongly agree
|5|Strongly disagree
""")
TWO = (*RESPONSES, "Q6 Leaders Show Values")


def coded(tmp_path, code_list, rows):
    path = write_xlsx(tmp_path / "s.xlsx", {"Data": [TWO, *rows], "Codebook": code_list})
    return read([path], dataset(STAFF))


def answers(tmp_path, code_list, rows):
    frame = coded(tmp_path, code_list, rows).frame
    return list(zip(frame.q5_recommend_employer, frame.q6_leaders_show_values, strict=True))


def test_codes_are_read_by_the_files_own_list_whichever_end_is_good(tmp_path):
    rows = [["1", "07/05/2024", "Place", "", 1, 1], ["2", "07/05/2024", "Place", "", "5", 5.0]]
    assert answers(tmp_path, CODE_LIST, rows) == [
        ("Strongly disagree", "Strongly agree"), ("Strongly agree", "Strongly disagree")]  # fmt: skip


def test_a_code_that_the_list_gives_another_word_or_none_stays_for_the_gate(tmp_path):
    rows = [["1", "07/05/2024", "Place", "", 99, 99], ["2", "07/05/2024", "Place", "", 3, 3]]
    assert answers(tmp_path, CODE_LIST, rows) == [("99", "Don't know"), ("3", "3")]


def test_a_list_that_names_no_column_is_of_all_that_have_no_list_of_their_own(tmp_path):
    rows = [["1", "07/05/2024", "Place", "", 2, 2]]
    assert answers(tmp_path, [["Code", "Label"], [2, "Agree"]], rows) == [("Agree", "Agree")]
    both = [["Item", "Code", "Label"], ["", 2, "Agree"], ["Q6", 2, "Disagree"]]
    assert answers(tmp_path, both, rows) == [("Agree", "Disagree")]


def test_codes_read_by_a_list_are_told_by_column(tmp_path):
    rows = [["1", "07/05/2024", "Place", "", 1, 1]]
    assert [(each.column, each.words) for each in coded(tmp_path, CODE_LIST, rows).noticed] == [
        ("q5_recommend_employer", "Codes are read by the file's own code list: 1 is 'Strongly "
         "disagree', 5 is 'Strongly agree'."),
        ("q6_leaders_show_values", "Codes are read by the file's own code list: 1 is 'Strongly "
         "agree', 5 is 'Strongly disagree'."),
    ]  # fmt: skip


def test_a_list_that_gives_one_code_two_words_is_refused(tmp_path):
    two = [*CODE_LIST, ["Q6", "5", "Agree"]]
    with pytest.raises(
        ReturnRefused, match=r"s.xlsx: .* 5 under 'Q6 .*' is 'Strongly disagree' and 'Agree'"
    ):
        answers(tmp_path, two, [["1", "07/05/2024", "Place", "", 1, 1]])


@pytest.mark.parametrize("other", [
    [["Value", "Label"], ["1", "Adults"], ["1", "Place"]],
    [["Code", "Label", "Code", "Label"], ["1", "Agree", "1", "Agree"]],
    [["Code", "Description"], ["1", "Agree"]],
])  # fmt: skip
def test_a_list_of_something_else_in_the_workbook_changes_nothing(tmp_path, other):
    rows = [["1", "07/05/2024", "Place", "", "Agree", 1]]
    assert answers(tmp_path, other, rows) == [("Agree", "1")]


def test_a_list_of_something_else_takes_no_code_from_a_column_that_knows_it(tmp_path):
    rows = [["1", "07/05/2024", "Place", "", "Agree", 1]]
    sheets = {
        "Data": [(*RESPONSES, "Finished"), *rows],
        "Areas": [["Value", "Label"], [1, "Docks"]],
    }
    frame = read([write_xlsx(tmp_path / "s.xlsx", sheets)], dataset(STAFF)).frame
    assert list(frame.completed) == ["Complete"]


# Surveys as SPSS files


def test_an_spss_file_of_staff_is_read_by_its_own_labels(tmp_path):
    rows = pd.DataFrame({"RespondentID": [1.0, 2.0], "Submitted": ["07/05/2024"] * 2,
                         "Directorate": ["Place"] * 2, "Q5": [1.0, 9.0]})  # fmt: skip
    words = {"Q5": {1.0: "Strongly Agree", 9.0: "Don’t know"}}
    path = tmp_path / "staff.sav"
    headings = [
        "RespondentID",
        "Submitted",
        "Directorate",
        "I would recommend working at the council",
    ]
    pyreadstat.write_sav(rows, str(path), variable_value_labels=words, column_labels=headings)
    assert list(fits([path], datasets(), {}).files) == [STAFF]
    frame = read([path], dataset(STAFF)).frame
    assert list(frame.q5_recommend_employer) == ["Strongly agree", "Don't know"]


def test_an_spss_file_of_residents_fits_by_the_short_names_of_its_variables(tmp_path):
    columns = ["Serial", "Survey_Mode", "IntDate", "WARD", "AgeGroup", "Gender", "Q1_LocalArea",
               "Q2_RunsThings", "Q3_VFM", "WGT"]  # fmt: skip
    row = [7.0, "Telephone", "2024-05-07", "Docks", "18-34", "Female", 1.0, 2.0, 6.0, 0.93]
    words = {name: {1.0: "Very satisfied", 2.0: "Fairly Satisfied", 6.0: "Don't know"}
             for name in columns[6:9]}  # fmt: skip
    path = tmp_path / "residents.sav"
    pyreadstat.write_sav(
        pd.DataFrame([row], columns=columns), str(path), variable_value_labels=words
    )
    assert list(fits([path], datasets(), {}).files) == ["resident_survey"]
    (read_row,) = read([path], dataset("resident_survey")).frame.itertuples()
    assert (read_row.respondent_ref, read_row.weight) == ("7", 0.93)
    assert (read_row.q1_local_area, read_row.q2_council_runs_things, read_row.q3_value_for_money) == (
        "Very satisfied", "Fairly satisfied", "Don't know")  # fmt: skip


# Casework


def test_a_casework_log_is_read_in_the_words_of_the_contract(written):
    frame = read([written(ICASEWORK)], dataset(CASES)).frame
    assert list(zip(frame.case_ref, frame.case_type, frame.stage.fillna(""), strict=True)) == [
        ("C-100", "Complaint", "Stage 1"), ("C-100", "Complaint", "Stage 2"),
        ("C-100/1", "Complaint", "Stage 1"), ("F-7", "FOI", "")]  # fmt: skip
    assert list(frame.extended.fillna("")) == ["No", "Yes", "", "No"]
    assert list(frame.upheld.fillna("")) == ["Partly upheld", "", "Not upheld", ""]


def test_a_requesters_name_reaches_neither_the_frame_nor_a_message(written):
    moved = [*ICASEWORK[2], "B Invented"]
    reading = read([written([*ICASEWORK[:2], moved])], dataset(CASES))
    assert [each.row for each in reading.quarantined] == [3]
    assert "Invented" not in f"{reading.frame.to_csv()}{reading.quarantined}"


def test_a_case_open_or_due_in_the_quarter_belongs_to_it_whenever_it_came(admitted):
    received = table("""
Ref|Type|Received|Due|Closed|Outcome|Service|Stage
open since before|FOI|01/02/2024|01/03/2024|||Finance|
closed in it|FOI|01/02/2024|01/03/2024|02/04/2024|Disclosed|Finance|
closed before, due in it|FOI|20/03/2024|19/04/2024|28/03/2024|Disclosed|Finance|
closed and due before|FOI|01/02/2024|01/03/2024|29/02/2024|Disclosed|Finance|
received after|FOI|01/07/2024|29/07/2024|||Finance|
""")
    assert {name: lines(rows) for name, rows in failed(admitted(CASES, received)).items()} == {
        "received-date-in-period": [5, 6]}  # fmt: skip


def test_a_case_listed_twice_at_one_stage_stops_and_two_stages_or_a_reopened_case_do_not(admitted):
    admission = admitted(CASES, [*ICASEWORK, ["Total", "4"]])
    assert failed(admission) == {}
    assert admission.receipt.rows_admitted == 4


def test_a_log_without_complaints_needs_no_stage_and_nothing_else(admitted):
    admission = admitted(CASES, FOI_LOG)
    assert failed(admission) == {}
    assert admission.receipt.quarantined == ()


def test_a_case_closed_before_it_was_received_stops(admitted):
    early = [
        "FOI 9",
        "FOI",
        "22/04/2024",
        "21/05/2024",
        "21/04/2024",
        "Disclosed",
        "Finance",
        "",
        "N",
        "N",
    ]
    assert {name: lines(rows) for name, rows in failed(admitted(CASES, [*FOI_LOG, early])).items()} == {
        "closed-not-before-received": [5]}  # fmt: skip


# What the catalogue's indicators divide by what (KW12, KW13, KW14, KW22, KC07, KC08, KG01, KG02)


def test_referrals_can_be_counted_by_directorate_and_by_reason(written):
    frame = read([written(CLINIC)], dataset(REFERRALS)).frame
    assert frame.groupby("directorate").size().to_dict() == {"Adults": 1, "Place": 2}
    assert frame.groupby("reason").size().to_dict() == {
        "Stress and mental health": 1, "Musculoskeletal": 1, "Chronic medical illness": 1}  # fmt: skip


def test_those_invited_those_who_answered_and_the_positive_among_valid_answers_can_be_counted(
    written,
):
    frame = read([written(SMART_SURVEY)], dataset(STAFF)).frame
    answered = frame[frame.completed != "Not started"]
    asked = answered.q1_culture_improved
    valid = asked[
        asked.notna() & ~asked.isin(["Don't know", "Not applicable", "Prefer not to say"])
    ]
    positive = valid.isin(["Strongly agree", "Agree", "Tend to agree"])
    assert (len(frame), len(answered), len(valid), positive.sum()) == (3, 2, 2, 1)


def test_cases_answered_in_time_can_be_counted_among_those_due_and_those_closed(written):
    frame = read([written([*FOI_LOG, *LATE])], dataset(CASES)).frame
    requests = frame[frame.case_type.isin(["FOI", "EIR"])]
    due = requests[requests.due_date.between("2024-04-01", "2024-06-30")]
    closed = requests[requests.closed_date.between("2024-04-01", "2024-06-30")]
    in_time = due.closed_date <= due.due_date
    assert (len(due), len(closed), in_time.sum()) == (3, 2, 1)
    own_data = frame[frame.case_type == "SAR"]
    assert (own_data.closed_date <= own_data.due_date).sum() == len(own_data) == 1


def test_complaints_answered_in_working_days_from_acknowledgement_can_be_counted_by_stage(written):
    frame = read([written(ICASEWORK)], dataset(CASES)).frame
    closed = frame[(frame.case_type == "Complaint") & frame.closed_date.notna()]
    clock = closed.acknowledged_date.fillna(closed.received_date).to_numpy("datetime64[D]")
    holidays = sorted(bank_holidays())
    days = np.busday_count(clock, closed.closed_date.to_numpy("datetime64[D]"), holidays=holidays)
    assert list(zip(closed.stage, days, closed.upheld, strict=True)) == [
        ("Stage 1", 8, "Partly upheld"), ("Stage 1", 8, "Not upheld")]  # fmt: skip
