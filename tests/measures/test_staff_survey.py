"""What staff say: who was invited, which answers count, and what changed since the wave before."""

import math

import pandas as pd
import pytest
from drawn import drawn, lines

from peerpack.catalogue.load import dataset
from peerpack.measures import staff_survey
from peerpack.sources import no_rows

NOTHING = no_rows(dataset("staff_survey"))


def answers(text):
    """A drawn survey with every column of the dataset, those not drawn empty."""
    told = drawn(text)
    for column in NOTHING.columns.difference(told.columns):
        kind = "float64" if column == "weight" else "str"
        told[column] = pd.Series(pd.NA if kind == "str" else float("nan"), told.index, dtype=kind)
    return told


SURVEY = answers("""
submitted|directorate|q4_morale_good|q5_recommend_employer|completed
2024-05-07|Adults|Strongly agree|Agree|Complete
2024-05-07|Adults|Disagree|Tend to agree|Partial
2024-05-08|Adults|Don't know|Strongly disagree|Complete
|Adults|||Not started
2024-05-09|Place|Tend to agree|Not applicable|
2024-05-09||Neither agree nor disagree|Prefer not to say|Complete
|Place|||Not started
""")


def test_of_no_survey_every_measure_has_a_headline_without_a_value():
    for measure in (staff_survey.response_rate, staff_survey.positive_scores,
                    staff_survey.would_recommend):  # fmt: skip
        found = measure(NOTHING)
        assert len(found) == 1
        assert math.isnan(found["value"][0]) and found["base_n"][0] == 0


def test_the_response_rate_is_of_all_who_were_invited():
    found = staff_survey.response_rate(SURVEY)
    assert found["directorate"].fillna("all").tolist() == ["all", "Adults", "Not stated", "Place"]
    assert found["value"].tolist() == pytest.approx([500 / 7, 75, 100, 50])
    assert found["base_n"].tolist() == [7, 4, 1, 2]
    assert lines(found["numerator_rows"][0]) == [1, 2, 3, 5, 6]


def test_a_file_of_answers_alone_gives_no_response_rate_and_says_so():
    found = staff_survey.response_rate(SURVEY[SURVEY["completed"] != "Not started"])
    assert found["value"].isna().all()
    assert found["status"].tolist() == ["x"]
    assert found["note"][0].startswith("No response rate: the file lists who answered")


def test_a_positive_score_is_of_valid_answers():
    found = staff_survey.positive_scores(SURVEY)
    assert found["question"].unique().tolist() == ["Morale is good", "Would recommend as employer"]
    morale = found[found["question"] == "Morale is good"]
    assert morale["directorate"].fillna("all").tolist() == ["all", "Adults", "Not stated", "Place"]
    assert morale["value"].tolist() == [50.0, 50.0, 0.0, 100.0]
    assert morale["base_n"].tolist() == [4, 2, 1, 1]
    assert [lines(rows) for rows in morale["numerator_rows"]] == [[1, 5], [1], [], [5]]


def test_recommending_is_a_share_and_no_net_score():
    found = staff_survey.would_recommend(SURVEY).iloc[0]
    assert found["value"] == pytest.approx(100 * 2 / 3)  # net of the one critic it would be 33
    assert (found["numerator"], found["denominator"]) == (2, 3)


def test_a_statement_that_was_not_put_is_marked_so():
    silent = SURVEY.assign(q5_recommend_employer="Not applicable")
    found = staff_survey.would_recommend(silent)
    assert (found["status"][0], found["note"][0]) == ("x", "The survey did not ask this.")


def staff(agree_n, asked_n, silent_n=0):
    said = ["A|Agree|Complete"] * agree_n + ["A|Disagree|Complete"] * (asked_n - agree_n)
    head = "directorate|q5_recommend_employer|completed"
    return answers("\n".join([head, *said, *["A||Not started"] * silent_n]))


def test_knowing_how_many_were_invited_narrows_the_interval():
    known = staff_survey.would_recommend(staff(60, 100, 100)).iloc[0]
    unknown = staff_survey.would_recommend(staff(60, 100)).iloc[0]
    narrower = (known["upper"] - known["lower"]) / (unknown["upper"] - unknown["lower"])
    assert narrower == pytest.approx(math.sqrt(0.5), abs=0.01)
    assert known["effective_n"] == pytest.approx(100)


def test_weights_count_and_give_kishs_effective_base():
    told = staff(2, 4).assign(weight=[3.0, 1, 1, 1])
    found = staff_survey.would_recommend(told).iloc[0]
    assert found["value"] == pytest.approx(100 * 4 / 6)
    assert found["effective_n"] == pytest.approx(36 / 12)
    assert found["note"] == "The effective base is estimated from the weights alone (Kish)."


def test_a_rise_is_told_with_its_test_and_the_rows_of_both_waves():
    found = staff_survey.change_in_recommending(staff(63, 100, 100), staff(45, 100, 100)).iloc[0]
    assert found["value"] == pytest.approx(18)
    assert found["lower"] > 0
    assert found["note"].startswith("Since the wave before: rose (p ")
    assert lines(found["denominator_rows"]) == list(range(1, 101))


def test_only_statements_of_both_waves_have_a_change():
    found = staff_survey.change_by_question(SURVEY, staff(45, 100))
    assert found["question"].tolist() == ["Would recommend as employer"]


def test_without_a_wave_before_no_change_can_be_told():
    found = staff_survey.change_by_question(SURVEY, NOTHING)
    assert found["value"].isna().all() and len(found) == 1
