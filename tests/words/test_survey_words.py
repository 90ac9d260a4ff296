"""What surveys say in sentences: nothing is higher, lower, risen or fallen before it is earned."""

import pandas as pd
import pytest

from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS, Shown
from peerpack.words import residents, staff_survey

EXTRAS = ("label", "comparator_display", "standing")


def shown(*rows):
    blank = {c: float("nan") if c in NUMBER_COLUMNS else "" for c in (*EVIDENCE_COLUMNS, *EXTRAS)}
    told = [blank | {"evidence_id": f"K/{n}", "indicator": "KR01"} | r for n, r in enumerate(rows)]
    return Shown(pd.DataFrame(told).astype(dict.fromkeys(NUMBER_COLUMNS, "float64")), ())


WHOLE = {"value": 45.8, "display": "46%", "lower": 42.3, "upper": 49.3, "base_n": 977}
HIDDEN = {"value": None, "display": "[c]", "status": "c"}


def ward(name, value, standing):
    return {"breakdown": "ward", "label": name, "value": value, "display": f"{value}%",
            "standing": standing}  # fmt: skip


def question(name, value, low=None, high=None, unit="%"):
    return {"breakdown": "question", "label": name, "value": value, "display": f"{value}{unit}",
            "lower": low, "upper": high}  # fmt: skip


def test_a_share_is_told_with_its_interval_and_its_base():
    assert residents.positive_sentence(shown(WHOLE)) == (
        "46% of residents are satisfied with the way the council runs things (95% interval 42.3% "
        "to 49.3%, 977 answers)."
    )


def test_what_was_not_asked_and_what_is_hidden_is_told_as_such():
    unasked = {"value": None, "status": "x", "indicator": "KR06"}
    assert residents.positive_sentence(shown(unasked)) == (
        "How many residents trust the council is not known: the survey did not ask."
    )
    assert residents.positive_sentence(shown(HIDDEN)).endswith(
        "is not shown: it rests on too few people."
    )


def test_only_wards_that_stand_apart_are_called_above_or_below():
    unclear = ward("Eastmoor", 38.0, "not clearly different")
    table = shown(
        WHOLE, ward("Abbey", 59.0, "higher"), ward("Docks", 31.0, "lower"), unclear,
        HIDDEN | {"breakdown": "ward"},
    )  # fmt: skip
    assert residents.parts_sentence(table, "ward") == (
        "By ward: clearly above the whole council: Abbey (59.0%); clearly below the whole council: "
        "Docks (31.0%); 1 of the 3 shown not clearly different from it. Not shown: 1."
    )
    alike = shown(WHOLE, unclear)
    assert residents.parts_sentence(alike, "ward") == (
        "By ward: 1 of the 1 shown not clearly different from the whole council."
    )
    assert residents.parts_sentence(table, "sex") == ""


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [
        (4.1, 0.4, 7.8, "Trust rose since the wave before: +4.1 percentage points, 95% interval "
                        "+0.4 to +7.8."),
        (-4.1, -7.8, -0.4, "Trust fell since the wave before: -4.1 percentage points, 95% interval "
                           "-7.8 to -0.4."),
        (4.1, -0.4, 8.6, "Trust shows no clear change since the wave before: +4.1 percentage "
                         "points, 95% interval -0.4 to +8.6."),
        (None, None, None, "Trust: no change since the wave before can be told."),
        (4.1, None, None, "Trust shows no clear change since the wave before: +4.1 percentage "
                          "points."),
    ],
)  # fmt: skip
def test_a_change_is_a_rise_or_a_fall_only_where_its_interval_leaves_out_nought(
    value, low, high, said
):
    row = {"value": value, "lower": low, "upper": high, "unit": "pp", "status": ""}
    assert residents.change_sentence(shown(row), "Trust") == said


def test_a_change_of_mode_is_said_beside_the_change():
    row = {"value": 4.1, "lower": 0.4, "upper": 7.8, "status": "b"}
    assert residents.change_sentence(shown(row), "Trust").endswith(
        "The way of interviewing changed too, which alone can move it."
    )


def test_firmness_is_told_as_a_sample_and_a_margin():
    base = {"evidence_id": "KR09/measure=effective_base", "breakdown": "measure", "value": 775.0,
            "display": "775", "base_n": 977}  # fmt: skip
    half = {"evidence_id": "KR09/measure=half_width_pp", "breakdown": "measure", "value": 3.5,
            "display": "3.5 percentage points"}  # fmt: skip
    assert residents.firmness_sentence(shown(base, half)) == (
        "The 977 answers are worth as much as a simple random sample of 775: the figure may be off "
        "by 3.5 percentage points either way, by chance alone."
    )


def test_the_first_of_several_is_qualified_where_intervals_overlap():
    apart = shown(question("Parks", 70.0, 66, 74), question("Roads", 30.0, 26, 34))
    close = shown(question("Parks", 70.0, 66, 74), question("Roads", 65.0, 61, 69))
    assert residents.ranked_sentence(apart, "Satisfied") == (
        "Satisfied: highest Parks (70.0%), lowest Roads (30.0%)."
    )
    assert residents.ranked_sentence(close, "Satisfied").endswith("Their intervals overlap.")
    assert residents.ranked_sentence(shown(WHOLE), "Satisfied") == ""


def test_where_a_row_is_hidden_the_first_is_told_of_those_shown():
    some = shown(question("Parks", 70.0, 66, 74), question("Roads", 30.0, 26, 34), HIDDEN)
    assert residents.ranked_sentence(some, "Satisfied") == (
        "Satisfied, of what is shown: highest Parks (70.0%), lowest Roads (30.0%)."
    )


def test_each_of_a_few_questions_is_told_in_its_own_right():
    dark = question("After dark", 58.8, 49.2, 67.7) | {"base_n": 112}
    assert residents.each_sentence(shown(dark), "Feel very or fairly safe") == (
        "Feel very or fairly safe: after dark 58.8% (95% interval 49.2% to 67.7%, 112 answers)."
    )
    assert residents.each_sentence(shown(WHOLE), "Feel very or fairly safe") == ""


def test_the_alt_text_counts_dots_and_what_is_hidden():
    table = shown(WHOLE, ward("Abbey", 59.0, ""), ward("Docks", 31.0, ""),
                  HIDDEN | {"breakdown": "ward"})  # fmt: skip
    assert residents.dots_alt(table, "residents by ward", cut="ward") == (
        "Chart of residents by ward, 2 dots with 95% intervals, from Docks at 31.0% to Abbey at "
        "59.0%. 1 not shown, marked [c] in the table."
    )


def test_a_response_rate_names_where_fewest_answered_or_says_why_there_is_none():
    parts = [{"breakdown": "directorate", "label": n, "value": v, "display": f"{v}%"}
             for n, v in (("Place", 38), ("Adults", 46))]  # fmt: skip
    whole = {"value": 45.0, "display": "45%"}
    assert staff_survey.response_sentence(shown(whole, *parts)) == (
        "45% of the staff invited answered the survey. Of the directorates shown, fewest answered "
        "in Place, 38%."
    )
    none = {"value": None, "note": "No response rate: nobody knows. No comparator: none."}
    assert staff_survey.response_sentence(shown(none)) == "No response rate: nobody knows."


def test_recommending_is_told_as_a_share_and_no_net_score():
    assert staff_survey.recommend_sentence(shown(WHOLE)) == (
        "46%, 95% interval 42% to 49%: so many would recommend the council as an employer. It is "
        "a share, not an employee net promoter score."
    )


def test_statements_rise_and_fall_by_their_intervals():
    told = shown(question("Morale", 9.4, 1.0, 17.8), question("Culture", -9.4, -17.8, -1.0),
                 question("Values", 3.0, -5.0, 11.0))  # fmt: skip
    assert staff_survey.changes_sentence(told) == (
        "Since the wave before, rose: morale (by 9.4 percentage points); fell: culture (by "
        "9.4 percentage points); no clear change: 1 of 3 statements."
    )
    assert staff_survey.changes_sentence(shown({"value": None})).startswith("No statement was put")


def test_the_charts_of_staff_have_words_of_their_own():
    told = shown(question("Morale", 38.0, 30, 46), question("Culture", 56.0, 49, 63))
    assert staff_survey.scores_alt(told) == (
        "Chart of staff who agree with each statement, 2 dots with 95% intervals, from Morale at "
        "38.0% to Culture at 56.0%."
    )
    assert staff_survey.changes_alt(told).endswith("no dot can be shown.")


def test_most_and_least_agreement_are_told_with_their_intervals():
    told = shown(
        question("Morale is good", 38.0, 30, 46), question("Culture has improved", 56.0, 49, 63)
    )
    assert staff_survey.scores_sentence(told) == (
        "Of the statements shown, most staff with an opinion agree to “Culture has improved” "
        "(56.0%, 95% interval 49% to 63%), and fewest to “Morale is good” (38.0%, 95% interval "
        "30% to 46%)."
    )
