"""Comparators, targets, and what a comparison earns the right to say."""

import math

import pytest
from drawn import drawn, lines
from hypothesis import given
from hypothesis import strategies as st

from peerpack.handover.evidence import Comparison
from peerpack.measures.compare import direction, group_median, rag, standing, unlike

NAN = math.nan
FIGURES = """
area|indicator|period|value
A|KF01|2024-25-Q1|1
B|KF01|2024-25-Q1|
C|KF01|2024-25-Q1|4
D|KF01|2024-25-Q1|2
D|KF01|2023-24-Q4|900
D|KW01|2024-25-Q1|900
"""


def test_the_median_is_of_one_indicator_and_period_and_names_who_is_missing():
    found = group_median(drawn(FIGURES), "KF01", "2024-25-Q1")
    assert (found.value, found.n, found.missing) == (2.0, 3, ("B",))
    assert lines(found.rows) == [1, 2, 3, 4]


@pytest.mark.parametrize("figures", [None, drawn(FIGURES), drawn(FIGURES.replace("4\n", "\n"))])
def test_neighbours_without_a_figure_are_no_comparator(figures):
    assert group_median(figures, "KR01", "2024-25-Q1") is None


def comparison(**said):
    usual = {"indicator": "KF01", "group": "G", "version": "1", "statistic": "median",
             "period": "2024-25-Q1", "value": 2.0, "n": 3, "missing": (), "source": ""}  # fmt: skip
    return Comparison(**usual | said)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, ""),
        ({"indicator": "KF02"}, "it is of KF02, not of KF01"),
        ({"period": "2023-24-Q4"}, "it is of 2023-24-Q4, not of 2024-25-Q1"),
        ({"n": 0}, "no member of the group has a figure"),
        ({"value": NAN}, "no member of the group has a figure"),
    ],
)
def test_a_comparator_is_like_for_like_in_indicator_and_period(said, why):
    assert unlike(comparison(**said), "KF01", {"2024-25-Q1"}) == why


@pytest.mark.parametrize(
    ("value", "lower", "upper", "against", "said"),
    [
        (5, NAN, NAN, 4, "higher"),
        (3, NAN, NAN, 4, "lower"),
        (4, NAN, NAN, 4.0000000001, "the same"),
        (5, 3, 6, 4, "not clearly different"),
        (5, 4, 6, 4, "not clearly different"),  # the end of the interval is inside it
        (5, 4.1, 6, 4, "higher"),
        (3, 2, 3.9, 4, "lower"),
        (NAN, NAN, NAN, 4, ""),
        (4, NAN, NAN, NAN, ""),
    ],
)
def test_a_difference_is_named_only_where_its_interval_earns_it(value, lower, upper, against, said):
    assert standing(value, lower, upper, against) == said


number = st.floats(-1e6, 1e6)


@given(number, number, number, number)
def test_higher_and_lower_are_never_said_of_an_interval_that_holds_the_other(a, b, c, against):
    lower, value, upper = sorted([a, b, c])
    said = standing(value, lower, upper, against)
    assert said in ("the same", "not clearly different") or not lower <= against <= upper


@pytest.mark.parametrize(
    ("value", "polarity", "colour"),
    [(2.0, "lower", "green"), (2.5, "lower", "amber"), (2.6, "lower", "red"),
     (2.0, "higher", "green"), (1.5, "higher", "amber"), (1.4, "higher", "red"),
     (9.0, "context", ""), (NAN, "lower", "")],
)  # fmt: skip
def test_a_target_is_met_missed_by_a_little_or_missed(value, polarity, colour):
    assert rag(value, 2.0, 0.5, polarity) == colour


@pytest.mark.parametrize(
    ("value", "before", "polarity", "said"),
    [(2, 1, "higher", "improving"), (2, 1, "lower", "worsening"), (1, 2, "lower", "improving"),
     (2, 1, "context", "increasing"), (1, 2, "context", "decreasing"), (1, 1, "lower", "no change"),
     (NAN, 1, "lower", ""), (1, NAN, "lower", "")],
)  # fmt: skip
def test_travel_is_good_or_bad_only_where_there_is_a_polarity(value, before, polarity, said):
    assert direction(value, before, polarity) == said
