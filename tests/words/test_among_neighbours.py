"""Words for a figure among its neighbours: earned, and nobody left out unsaid."""

import pandas as pd
import pytest

from peerpack.handover.evidence import Shown
from peerpack.words import compare, social_work, spending

NAN = float("nan")


def row(area, value, **said):
    usual = {
        "evidence_id": f"KF25/area={area}" if area else "KF25", "breakdown": "area" if area else "",
        "group": area, "label": area, "value": value, "council": "north-by",
        "display": "[x]" if pd.isna(value) else f"£{value:g}", "standing": "",
        "comparator": "", "comparator_statistic": "", "comparator_display": "",
        "period": "2024-04-01 to 2025-03-31",
    }  # fmt: skip
    return usual | said


def comparator(statistic, value, group="G", **said):
    members = () if group == "England" else ("A", "B", "C")
    usual = {"evidence_id": "KF25", "group": group, "statistic": statistic, "value": value,
             "display": f"£{value:g}", "n": 3, "missing": "", "members": members}  # fmt: skip
    return usual | said


BESIDE = {"standing": "higher", "comparator": "3 G", "comparator_statistic": "median",
          "comparator_display": "£4"}  # fmt: skip
ALL = (
    comparator("median", 4), comparator("lower quartile", 3), comparator("upper quartile", 5),
    comparator("rank from the highest", 1, n=4), comparator("national figure", 2, "England"),
)  # fmt: skip


def shown(value=6.0, comparators=ALL, areas=(("A", 3.0), ("B", 5.0), ("C", NAN)), **said):
    rows = [row("", value, **(BESIDE | said)), *(row(name, each) for name, each in areas)]
    return Shown(pd.DataFrame(rows), ("area",), comparators)


def test_a_figure_is_said_with_its_place_the_middle_half_and_england():
    assert compare.standing_sentence(shown()) == (
        "That is higher than the median of 3 G, £4. North By is the highest of the 4. The middle "
        "half of these neighbours lies between £3 and £5. For England it is £2."
    )


@pytest.mark.parametrize(("place", "of", "said"), [
    (1, 4, "is the highest of the 4."), (2, 4, "is the second highest of the 4."),
    (3, 4, "is the second lowest of the 4."), (4, 4, "is the lowest of the 4."),
    (2, 3, "stands in the middle of the 3."), (7, 20, "is the 7th highest of the 20."),
])  # fmt: skip
def test_a_rank_is_said_from_the_nearer_end(place, of, said):
    rank = comparator("rank from the highest", place, n=of)
    assert f"North By {said}" in compare.standing_sentence(shown(comparators=(ALL[0], rank)))


@pytest.mark.parametrize(("standing", "said"), [
    ("lower", "That is lower than the median"),
    ("the same", "That is the same as the median"),
    ("not clearly different", "That is not clearly different from the median"),
])  # fmt: skip
def test_a_difference_is_named_only_as_the_recorder_found_it(standing, said):
    assert compare.standing_sentence(shown(standing=standing)).startswith(said)


def test_england_that_is_not_like_for_like_is_not_said():
    other = (ALL[0], comparator("national figure, not like for like", 2, "England"))
    assert "England" not in compare.standing_sentence(shown(comparators=other))


def test_england_as_the_only_comparator_is_said_once():
    alone = shown(
        comparators=ALL[-1:], comparator="England", comparator_statistic="national figure"
    )
    said = compare.standing_sentence(alone)
    assert said == "That is higher than the national figure of England, £4."


@pytest.mark.parametrize(("missing", "said"), [
    ("", ""),
    ("C", "C has no such figure and is left out."),
    ("B; C", "B and C have no such figure and are left out."),
])  # fmt: skip
def test_who_is_left_out_is_named(missing, said):
    only = (comparator("median", 4, missing=missing),)
    assert compare.missing_sentence(shown(comparators=only)) == said


@pytest.mark.parametrize("sentence", [
    compare.standing_sentence, compare.missing_sentence, spending.spending_sentence,
    social_work.agency_sentence,
])  # fmt: skip
def test_of_nothing_nothing_is_said(sentence):
    assert sentence(Shown(shown().rows.head(0), ("area",))) == ""


@pytest.mark.parametrize(("sentence", "said"), [
    (spending.spending_sentence,
     "North By has no figure for 1 April 2024 to 31 March 2025."),
    (social_work.turnover_sentence,
     "In North By on 1 April 2024 to 31 March 2025 there is no figure."),
])  # fmt: skip
def test_a_council_without_a_figure_is_said_to_have_none(sentence, said):
    assert sentence(shown(NAN, standing="")) == said


def test_the_title_names_the_council_and_its_comparator():
    assert compare.among_title(shown(), "Fees") == "Fees: North By £6, median of 3 G £4"
    assert compare.among_title(shown(comparator=""), "Fees") == "Fees: North By £6"


def test_the_words_for_who_does_not_see_the_chart_name_both_ends_and_the_missing():
    assert compare.among_alt(shown(), "fees") == (
        "Dot plot of fees: North By at £6; 2 neighbours from A at £3 to B at £5; a dashed line at "
        "the median, £4. No figure for C."
    )
