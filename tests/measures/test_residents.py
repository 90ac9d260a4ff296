"""What residents say: who is in the base, which answers count, and beside what it may stand."""

import math

import numpy as np
import pandas as pd
import pytest
from drawn import drawn, lines

from peerpack import intake
from peerpack.catalogue.load import dataset
from peerpack.demo import QUARTER, write_returns
from peerpack.handover.evidence import Comparison
from peerpack.measures import residents
from peerpack.sources import no_rows

NOTHING = no_rows(dataset("resident_survey"))


def answers(text):
    """A drawn survey with every column of the dataset, those not drawn empty."""
    told = drawn(text)
    for column in NOTHING.columns.difference(told.columns):
        told[column] = pd.Series(pd.NA, index=told.index, dtype="str")
    return told


SURVEY = answers("""
mode|ward|age_band|sex|q2_council_runs_things|q7_safe_after_dark|weight
Telephone|Abbey|18-34|Female|Very satisfied|Very safe|1
Telephone|Abbey|65+|Male|Fairly dissatisfied||3
Telephone|Abbey|65+||Don't know|Fairly unsafe|9
telephone|Docks|18-34|Female|||9
Telephone|Docks|18-34|Male|Fairly satisfied|Neither safe nor unsafe|1
Telephone|Eastmoor|65+|Female|Don't know|Don't know|1
""")


@pytest.mark.parametrize("indicator", residents.QUESTIONS)
def test_of_no_survey_there_is_a_headline_without_a_value(indicator):
    found = residents.positive_answers(NOTHING, indicator)
    assert found["value"].isna().tolist() == [True]
    assert (found["base_n"][0], found["note"][0]) == (0, "")


def test_what_was_not_asked_is_said_once():
    found = residents.positive_answers(SURVEY, "KR08")
    assert found["question"].tolist() == ["None asked"]
    assert (found["status"][0], found["note"][0]) == ("x", "The survey did not ask this.")
    assert lines(found["denominator_rows"][0]) == [1, 2, 3, 4, 5, 6]


def test_dont_know_and_no_answer_are_outside_the_base():
    found = residents.positive_answers(SURVEY, "KR01")
    council = found[found["ward"].notna() | found.index.isin([0])]
    assert council["ward"].fillna("all").tolist() == ["all", "Abbey", "Docks", "Eastmoor"]
    assert council["value"].fillna(-1).tolist() == [40.0, 25.0, 100.0, -1]
    assert council["base_n"].tolist() == [3, 2, 1, 0]
    assert council["denominator"].tolist() == [5.0, 4.0, 1.0, 0.0]
    assert [lines(rows) for rows in council["numerator_rows"]] == [[1, 5], [1], [5], []]
    assert [lines(rows) for rows in council["denominator_rows"]] == [[1, 2, 5], [1, 2], [5], []]


@pytest.mark.parametrize("cut", ["ward", "age_band", "sex"])
def test_every_cut_parts_the_whole(cut):
    found = residents.positive_answers(SURVEY, "KR01")
    parts = found[found[cut].notna()]
    whole = found.iloc[0]
    assert parts["base_n"].sum() == whole["base_n"]
    assert parts["numerator"].sum() == whole["numerator"]
    assert sorted(np.concatenate(list(parts["denominator_rows"]))) == list(
        whole["denominator_rows"]
    )


def test_who_did_not_say_is_a_part_of_its_own_and_last():
    found = residents.positive_answers(SURVEY, "KR01")
    assert found["sex"].dropna().tolist() == ["Female", "Male", "Not stated"]


def test_after_dark_and_by_day_are_two_figures():
    told = SURVEY.assign(q7_safe_by_day=["Fairly safe"] * 5 + [None])
    found = residents.positive_answers(told, "KR07")
    heads = found[found[["ward", "age_band", "sex"]].isna().all(axis=1)].set_index("question")
    assert heads["value"].to_dict() == pytest.approx({"After dark": 100 / 11, "By day": 100})
    after_dark = residents.positive_answers(SURVEY, "KR07")
    assert after_dark["question"].unique().tolist() == ["After dark"]


@pytest.mark.parametrize("words", [("Strongly agree", "Tend to disagree"),
                                   ("Fairly satisfied", "Very dissatisfied")])  # fmt: skip
def test_value_for_money_is_asked_as_agreement_or_as_satisfaction(words):
    told = SURVEY.assign(q3_value_for_money=[*words, *words, *words])
    assert residents.positive_answers(told, "KR03")["value"][0] == pytest.approx(100 * 11 / 24)


def test_sampling_points_widen_the_interval_where_every_row_has_one():
    told = pd.concat([SURVEY] * 9, ignore_index=True)
    told["q2_council_runs_things"] = ["Very satisfied", "Very dissatisfied", "Very satisfied"] * 18
    clustered = told.assign(sampling_point=[str(n // 3) for n in range(54)])
    alone = residents.positive_answers(told, "KR01").iloc[0]
    drawn_so = residents.positive_answers(clustered, "KR01").iloc[0]
    assert drawn_so["effective_n"] != pytest.approx(alone["effective_n"], rel=0.01)
    partly = clustered.assign(sampling_point=[None, *clustered["sampling_point"][1:]])
    assert residents.positive_answers(partly, "KR01").iloc[0]["lower"] == alone["lower"]


def wave(satisfied_n, asked_n, mode="Telephone"):
    rows = [f"{mode}|A|Very satisfied|1"] * satisfied_n
    rows += [f"{mode}|A|Very dissatisfied|1"] * (asked_n - satisfied_n)
    return answers("\n".join(["mode|ward|q2_council_runs_things|weight", *rows]))


def test_a_change_has_its_interval_its_test_and_the_rows_of_both_waves():
    found = residents.change_since(wave(60, 100), wave(40, 100), "KR01").iloc[0]
    assert (found["value"], found["measure"]) == (pytest.approx(20), "change")
    assert found["lower"] == pytest.approx(20 - 13.73, abs=0.05)
    assert found["note"].startswith("Since the wave before: rose (p = 0.00")
    assert len(found["numerator_rows"]) == len(found["denominator_rows"]) == 100


def test_a_wave_held_otherwise_is_a_break_in_the_series():
    found = residents.change_since(wave(60, 100), wave(40, 100, "Online"), "KR01").iloc[0]
    assert found["status"] == "b"


def test_without_a_wave_before_there_is_no_change():
    found = residents.change_since(wave(60, 100), NOTHING, "KR01").iloc[0]
    assert math.isnan(found["value"])
    assert found["note"] == "Since the wave before: cannot be tested."


LGA = Comparison("KR01", "the LGA's poll", "34", "share", "2024", 54.0, 1, (), "LGA", (1,))


def test_only_a_telephone_survey_may_stand_beside_the_polls():
    assert residents.not_beside_polls(SURVEY) == ""
    assert residents.like_for_like(LGA, SURVEY) is LGA


@pytest.mark.parametrize("mode", ["Online", "Telephone and online", "", None])
def test_one_interview_held_otherwise_bars_the_survey_from_the_polls(mode):
    told = SURVEY.assign(mode=["Telephone"] * 5 + [mode])
    assert residents.not_beside_polls(told) == (
        "1 of 6 interviews were not by telephone, and the LGA's polls are by telephone alone"
    )
    assert residents.like_for_like(LGA, told) is None


def test_no_interview_may_stand_beside_nothing():
    assert residents.not_beside_polls(NOTHING) == "no interview was supplied"


def test_five_hundred_answers_mean_four_and_a_half_points_either_way():
    found = residents.firmness(wave(250, 500)).set_index("measure")["value"]
    assert found["effective_base"] == pytest.approx(500)
    assert found["half_width_pp"] == pytest.approx(4.4, abs=0.05)


def test_an_effective_base_rests_on_the_whole_sample_and_not_on_those_with_an_opinion_alone():
    told = wave(250, 500)
    told.loc[told.index[:9], "q2_council_runs_things"] = None
    for row in residents.firmness(told).itertuples():
        assert (len(row.weight_rows), len(row.denominator_rows)) == (500, 491)


def test_unequal_weights_cost_precision():
    told = wave(250, 500).assign(weight=[0.5, 1.5] * 250)
    assert residents.firmness(told)["value"][0] == pytest.approx(400, rel=0.01)


def test_where_all_answer_alike_the_effective_base_is_kishs_and_marked():
    told = wave(4, 4).assign(weight=[1.0, 1, 1, 3])
    found = residents.firmness(told).iloc[0]
    assert (found["value"], found["status"]) == (pytest.approx(3.0), "e")


POPULATION = drawn("""
characteristic|category|population_n
sex|Female|500
sex|Male|500
age_band|18-34|900
age_band|65+|100
""")


def test_the_profile_gap_is_the_category_furthest_out():
    found = residents.profile_gap(SURVEY, POPULATION).iloc[0]
    assert found["value"] == pytest.approx(40.0)
    assert found["note"] == (
        "Furthest out: 18-34, 50.0% of those who answered and 90.0% of the population. "
        "Weights above four times their mean: 0."
    )


def test_a_category_nobody_of_the_sample_is_in_counts_as_none():
    told = SURVEY.assign(age_band="65+")
    assert residents.profile_gap(told, POPULATION)["value"][0] == pytest.approx(90.0)


def test_without_a_population_there_is_no_gap():
    found = residents.profile_gap(SURVEY, POPULATION.iloc[:0]).iloc[0]
    assert pd.isna(found["value"])
    assert found["note"] == "No population to compare with."


def test_northboroughs_satisfaction_is_what_its_generator_knows(tmp_path, monkeypatch):
    truth = write_returns(tmp_path).satisfaction
    monkeypatch.setenv("PEERPACK_DATA", str(tmp_path))
    told = intake.admit("resident_survey", "northborough", QUARTER).frame
    found = residents.positive_answers(told, "KR01")
    found = found[found["age_band"].isna() & found["sex"].isna()].set_index("ward")
    known = {float("nan"): truth.overall, **truth.by_ward}
    assert found["value"].tolist() == pytest.approx(
        [share.satisfied_pct for share in known.values()], abs=1e-9
    )
    assert found["base_n"].tolist() == [share.base_n for share in known.values()]
    assert ((found["lower"] < found["value"]) & (found["value"] < found["upper"])).all()
