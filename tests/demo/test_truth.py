"""The truth of indicators, by hand on drawn rows, and the judge that holds packs against it."""

import csv
import json
from datetime import date

import pytest

from peerpack.demo.years import judge_pack
from peerpack.demo.years.known import beside as comparators
from peerpack.demo.years.known import cases, money, staff, surveys
from peerpack.handover.evidence import COMPARATOR_COLUMNS, EVIDENCE_COLUMNS
from peerpack.vocab import Quarter

Q1 = Quarter(2024, 1)


def rows(*lines, **same):
    """Rows from lines of words under a first line of column names; days and numbers are read."""
    names = lines[0].split("|")
    return [dict(zip(names, map(cell, line.split("|")), strict=True)) | same for line in lines[1:]]


def cell(words):
    words = words.strip()
    if words.count("-") == 2 and words.replace("-", "").isdigit():
        return date.fromisoformat(words)
    return int(words) if words.lstrip("-").isdigit() else words or None


def post(fte, pattern, end=""):
    return rows(
        "person_ref|position_ref|fte|working_pattern|position_start|position_end",
        f"P|A|{fte}|{pattern}|2020-01-01|{end}",
        directorate="Place", team="Parks", location_type="Council",
    )  # fmt: skip


def spell(start, end, half_first="Full", half_last="Full"):
    return rows(
        "person_ref|position_ref|absence_start|absence_end|start_part_day|end_part_day",
        f"P|A|{start}|{end}|{half_first}|{half_last}",
        reason="Stress",
    )


@pytest.mark.parametrize(
    ("held", "absent", "fte_days"),
    [
        (post(100, ""), spell("2024-05-20", "2024-05-24"), 5.0),
        (post(100, ""), spell("2024-05-06", "2024-05-10"), 4.0),  # a bank holiday
        (post(100, ""), spell("2024-03-01", "2024-04-02"), 1.0),  # Easter Monday is 1 April
        (post(60, "MTW--"), spell("2024-05-20", "2024-05-24"), 3.0),
        (post(60, ""), spell("2024-05-20", "2024-05-24"), 3.0),
        (post(100, ""), spell("2024-05-20", "2024-05-21", "PM", "AM"), 1.0),
        (post(100, "", "2024-05-21"), spell("2024-05-20", ""), 2.0),
        (post(100, ""), spell("2024-06-28", ""), 1.0),
    ],
)
def test_days_lost_lie_in_quarter_post_and_pattern(held, absent, fte_days):
    found = dict(staff.sickness(absent, held, Q1))
    assert found["KW01"].numerator == pytest.approx(fte_days)
    assert found["KW01/directorate=Place&team=Parks"] == found["KW01"]


def test_one_who_left_is_a_leaver_of_the_average_of_eight_days():
    gone, there = post(100, "", "2024-04-30"), post(100, "")
    year = staff.Year([Quarter(2023, 3), Quarter(2023, 4), Q1, Q1.next()], [there, there, gone, []])
    found = dict(staff.turnover(year))
    assert (found["KW06"].numerator, found["KW06"].denominator) == (1, 5 / 8)


def test_the_four_classes_of_savings_and_what_none_covers_are_the_target():
    tracker = rows(
        "category|recurrent|target_gbp|delivered_gbp|forecast_gbp|rag",
        "Planned saving|Yes|10000|2500|6000|Red",
        "Planned saving|No|5000|5000|5000|Green",
        "Alternative saving|Yes||1000|2000|Green",
        "One-off mitigation|No||500|1000|Green",
        directorate="Place",
    )
    found = dict(money.savings(tracker))
    assert found["KF03/basis=delivered"].numerator == 25
    assert found["KF04/basis=delivered"].numerator == 35
    assert found["KF05"].value == pytest.approx(100 * 100 / 150)
    assert found["KF04/category=Not%20covered&measure=delivered_by_class"].value == 60


def test_a_request_has_twenty_working_days_and_one_not_yet_out_of_time_is_not_counted():
    log = rows(
        "case_type|received_date|closed_date|due_date|extended",
        "FOI|2024-04-02|2024-04-30|2024-04-30|No",
        "FOI|2024-04-02|2024-05-02|2024-04-30|No",
        "FOI|2024-06-20||2024-07-18|No",
        stage=None, directorate="Place", acknowledged_date=None, upheld=None,
    )  # fmt: skip
    found = cases.figures(log, Q1)
    assert (found["KG01/basis=received"].numerator, found["KG01/basis=received"].denominator) == (
        1, 2,
    )  # fmt: skip
    assert found["KG01/measure=open"].value == 1


def test_a_weighted_share_leaves_out_those_who_do_not_know():
    answers = rows(
        "q2_council_runs_things|weight",
        "Very satisfied|30000",
        "Fairly dissatisfied|10000",
        "Don't know|90000",
        ward="Fellside", age_band="65+", sex="Female",
    )  # fmt: skip
    share = dict(surveys.residents(answers, Q1, ()))["KR01"]
    assert (share.value, share.denominator) == (75.0, 4.0)
    assert 40 < share.expected < 60


# The judge


MEDIAN = {"value": 2.5, "n": 4}


def beside(folder, *lines):
    """Neighbours' medians as drawn, in the pack."""
    with (folder / "v001" / "comparators.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COMPARATOR_COLUMNS, restval="")
        table.writeheader()
        same = {"statistic": "median", "group": "neighbour councils", "period": str(Q1)}
        for evidence_id, value, n in lines:
            table.writerow({"evidence_id": evidence_id, "value": value, "n": n} | same)


def pack(folder, *lines):
    """A pack whose evidence is as drawn."""
    (folder / "v001").mkdir(parents=True)
    beside(folder)
    with (folder / "v001" / "evidence.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, EVIDENCE_COLUMNS, restval="")
        table.writeheader()
        names = ("evidence_id", "value", "numerator", "denominator", "status", "lower", "upper")
        for line in lines:
            table.writerow(dict(zip(names, (x.strip() for x in line.split("|")), strict=True)))


def truth_of(home, refused="", **figures):
    home.mkdir()
    known = {
        "returns": {str(Q1): {"reserves": {"reports": {"refused": refused}}}},
        "indicators": {str(Q1): figures},
        "comparators": {str(Q1): {"KF01": MEDIAN}},
    }
    (home / "truth.json").write_text(json.dumps(known), encoding="utf-8")


def figure(value, numerator, denominator, **more):
    return {"value": value, "numerator": numerator, "denominator": denominator} | more


def test_a_judge_of_packs_tells_equal_from_hidden_missing_and_different(tmp_path):
    truth_of(
        tmp_path / "home",
        KF01=figure(50.0, 1, 2), KF03=figure(None, 3, 0), KW01=figure(2.0, 4, 2),
        KC08=figure(10.0, 1, 10), KF35=figure(1.0, 1, None), KW11=figure(63, 63, None),
        KR01=figure(40.0, 4, 10, kind="estimate", expected=45.0),
    )  # fmt: skip
    pack(
        tmp_path / "reports" / "home" / str(Q1),
        "KF01 | 50.00000000001 | 1 | 2 | | |",
        "KF03 | | 3 | 0 | z | |",
        "KW01 | | | | c | |",
        "KW11 | 65 | 65 | | | |",
        "KC08 | 10 | 1 | 11 | | |",
        "KR01 | 40 | 4 | 10 | | 38 | 44",
    )
    held = judge_pack.judge_packs(tmp_path / "home", tmp_path / "reports")
    assert {each.group: each.found for each in held} == {
        "KF01": "equal", "KF03": "equal", "KW01": "hidden", "KC08": "different",
        "KF35": "missing", "KR01": "equal", "KW11": "rounded",
    }  # fmt: skip
    assert [each.within for each in held if each.group == "KR01"] == [False]
    assert judge_pack.absent(held) == [(str(Q1), "KF35")]
    apart = next(each for each in held if each.found == "different")
    assert apart.words == "denominator true 10, in the pack 11"


def test_a_quarter_without_a_pack_has_every_figure_missing(tmp_path):
    truth_of(tmp_path / "home", KF01=figure(50.0, 1, 2))
    held = judge_pack.judge_packs(tmp_path / "home", tmp_path / "reports")
    assert [each.found for each in held] == ["missing"]


def test_a_quarter_whose_return_must_be_refused_has_no_pack_to_judge(tmp_path):
    truth_of(tmp_path / "home", refused="is hidden", KF01=figure(50.0, 1, 2))
    assert judge_pack.judge_packs(tmp_path / "home", tmp_path / "reports") == ()


def test_a_median_of_neighbours_that_is_not_theirs_is_different(tmp_path):
    truth_of(tmp_path / "home")
    quarter = tmp_path / "reports" / "home" / str(Q1)
    pack(quarter)
    beside(quarter, ("KF01", 2.5, 4), ("KF01/directorate=Place", 2.5, 5), ("KF02", 1.0, 4))
    held = judge_pack.judge_packs(tmp_path / "home", tmp_path / "reports")
    assert [each.found for each in held] == ["equal", "different", "different"]


def test_a_neighbour_of_another_quarter_or_definition_is_not_in_the_median():
    figures = rows(
        "indicator|period|statistic_basis|value",
        "KF01|2024-25-Q1|usual|100",
        "KF01|2024-25-Q1|usual|300",
        "KF01|2024-25-Q1||400",
        "KF01|2024-25-Q1|other|900",
        "KF01|2023-24-Q4|usual|900",
        "KF01|2024-25-Q1|usual|",
    )
    assert dict(comparators.medians(figures, Q1)) == {"KF01": {"value": 3.0, "n": 3}}
