"""What a briefing says of gaps, moves and targets, and which numbers lead to evidence."""

import pytest

from peerpack.handover.briefing import Counted, Fact
from peerpack.words.briefing import (
    comparators_fact,
    gap_words,
    linked,
    missing_words,
    moved_fact,
    moved_told,
    no_gap_words,
    targets_fact,
    targets_told,
)

BESIDE = {"unit": "%", "comparator": "11 neighbours", "comparator_statistic": "median",
          "comparator_value": 54.6}  # fmt: skip


def figure(id_, display, group="", breakdown=""):
    return {"evidence_id": id_, "display": display, "group": group, "breakdown": breakdown}


def led(text, *figures):
    return [(p.text, p.evidence_id) for p in linked(text, figures) if p.evidence_id]


@pytest.mark.parametrize(
    ("row", "stood", "size", "said"),
    [
        ({}, "lower", -8.8, "9 percentage points lower than the median of 11 neighbours, 55%"),
        ({}, "not clearly different", None,
         "not clearly different from the median of 11 neighbours, 55%"),
        ({}, "the same", None, "the same as the median of 11 neighbours, 55%"),
        ({}, "higher", 0.03, "0.03 percentage points higher than the median of 11 neighbours, 55%"),
        ({"unit": "days", "comparator_statistic": "not stated"}, "higher", 2.0,
         "2 days higher than 11 neighbours, 55 days"),
    ],
)  # fmt: skip
def test_how_far_is_said_only_where_it_is_earned_and_never_as_nothing(row, stood, size, said):
    assert gap_words(BESIDE | row, stood, size, 0) == said


def test_counts_are_said_worst_first_and_never_of_nothing():
    ratings = ["green", "red", "", "red", "amber"]
    assert targets_told(ratings) == (
        Counted("red", "2 missed"), Counted("amber", "1 nearly met"), Counted("green", "1 met"),
    )  # fmt: skip
    assert [each.words for each in moved_told(["gone", "worse", "better", "new"])] == [
        "1 better", "1 worse", "1 new", "1 gone",
    ]  # fmt: skip
    assert targets_told([""]) == moved_told([""]) == ()
    assert missing_words(["source", "unanswered", "source"]) == "1 question, 2 sources"


def test_where_nothing_can_be_counted_that_is_said():
    assert targets_fact(0, 0) == Fact("No", "figure has a target of the council's own")
    assert comparators_fact(0, 0) == Fact("No", "figure has a like-for-like comparator")
    assert moved_fact(0, 0, first=True) == Fact("First pack", "so nothing can have moved yet")
    assert moved_fact(0, 0, first=False).words == "figure can be set beside the pack before"
    assert no_gap_words(0) == "No figure has a like-for-like comparator."


def test_a_number_of_a_finding_leads_to_the_figure_it_is():
    assert led("It is 2.4% (24 of 1,000).", figure("KF01", "2.4%")) == [("2.4%", "KF01")]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It is 12.4%, not more.", [figure("KF01", "2.4%")]),  # a piece of another number
        ("It is -2.4% now.", [figure("KF01", "2.4%")]),
        ("It is 2.4% beside 2.4%.", [figure("KF01", "2.4%")]),  # which of the two?
        ("It is 2.4%.", [figure("KF01", "2.4%"), figure("KF02", "2.4%")]),
        ("3 of 12 are in time.", [figure("KF01", "3")]),  # any 3 would do
        ("Some are [c].", [figure("KF01", "[c]")]),
        ("The highest is 2.4%.", [figure("KF01/team=A", "2.4%", "Team A", "team")]),
    ],
)
def test_a_number_that_may_be_another_leads_nowhere(text, figures):
    assert led(text, *figures) == []


def test_a_part_is_led_to_where_the_sentence_names_it():
    parts = [figure(f"KF01/team={n}", "2.4%", f"Team {n}", "team") for n in "AB"]
    assert led("The highest is in Team B, 2.4%.", *parts) == [("2.4%", "KF01/team=B")]


def test_the_pieces_of_a_finding_are_the_finding():
    text = "£1.2m of £2.4m was saved: <b>2.4%</b>."
    pieces = linked(text, [figure("A", "2.4%"), figure("B", "£1.2m"), figure("C", ".4%")])
    assert "".join(piece.text for piece in pieces) == text
    assert [p.evidence_id for p in pieces if p.evidence_id] == ["B", "A"]
    assert linked("", []) == ()
