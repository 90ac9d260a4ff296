"""Comparators, targets, and what a comparison earns the right to say."""

import math

import numpy as np
import pytest
from drawn import drawn, lines
from hypothesis import given
from hypothesis import strategies as st

from peerpack.handover.evidence import Comparison
from peerpack.handover.neighbours import Group, Member, no_group
from peerpack.measures.compare import (
    Gap,
    beside,
    direction,
    gap,
    group_median,
    rag,
    standing,
    unlike,
    why_none,
)

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


GROUP = Group("G", "2024", "us", (Member("", "B"), Member("", "C"), Member("", "E")))


def test_a_group_counts_its_members_alone_and_names_those_who_supplied_nothing():
    found = group_median(drawn(FIGURES), "KF01", "2024-25-Q1", GROUP)
    assert (found.value, found.n, found.missing) == (4.0, 1, ("B", "E"))
    assert (found.group, found.version) == ("G", "2024")


def test_a_group_without_members_is_no_comparator():
    kept_back = no_group("G", "it is under embargo")
    assert group_median(drawn(FIGURES), "KF01", "2024-25-Q1", kept_back) is None
    assert why_none(kept_back) == "it is under embargo"
    assert why_none(GROUP) == why_none(None) == "no figures of neighbours were supplied"


RELEASED = """
area|indicator|period|value|licence|embargo_until|statistic_basis
A|KF01|2024-25-Q1|1|open|2024-07-01|per head
B|KF01|2024-25-Q1|5||2024-07-02|per head
C|KF01|2024-25-Q1|7|restricted||per head
D|KF01|2024-25-Q1|3|statistics only||per head
E|KF01|2024-25-Q1|90|||per home
F|KF01|2023-24-Q4|2|||per head
G|KF01|2024-25-Q1||||per head
"""


def test_who_may_not_be_shown_or_is_of_another_kind_is_missing_and_it_is_said_why():
    found = group_median(drawn(RELEASED), "KF01", "2024-25-Q1")
    assert (found.value, found.n) == (2.0, 2)
    assert found.missing == (
        "B (not to be published)", "C (not to be published)", "E (computed otherwise)",
        "F (of another period)", "G",
    )  # fmt: skip
    assert unlike(found, "KF01", ["2024-25-Q1"]) == ""


def test_neighbours_of_whom_half_compute_it_otherwise_are_not_like_for_like_with_each_other():
    halves = "area|indicator|period|value|statistic_basis\nA|KF01|p|1|per head\nB|KF01|p|2|per home"
    found = group_median(drawn(halves), "KF01", "p")
    assert unlike(found, "KF01", ["p"]) == "the neighbours compute it in several ways"


TABLE = """
area|value|numerator|denominator
|5|5|1
A|2|2|1
B|8|32|4
C|||3
D|5|10|2
England|6|600|100
"""
OF_AREAS = Group("G", "2024", "us", tuple(Member("", name) for name in "ABCD"))


def areas(text=TABLE):
    frame = drawn(text).assign(numerator=lambda f: f.numerator.astype(float),
                               denominator=lambda f: f.denominator.astype(float))  # fmt: skip
    rows = [np.array([row]) for row in frame.source_row]
    return frame.assign(numerator_rows=rows, denominator_rows=rows)


def test_every_statistic_is_of_the_members_that_have_a_value_and_england_is_as_published():
    found = beside(areas(), "KF25", "2024-25", [OF_AREAS])
    assert {c.statistic: (c.value, c.n) for c in found} == {
        "median": (5.0, 3), "mean": (5.0, 3), "lower quartile": (3.5, 3),
        "upper quartile": (6.5, 3), "pooled rate": (44 / 7, 3), "rank from the highest": (2.0, 4),
        "national figure": (6.0, 1),
    }  # fmt: skip
    assert {c.missing for c in found[:-1]} == {("C",)}
    assert lines(found[0].rows) == [2, 3, 5]


@pytest.mark.parametrize("headline", ["median", "pooled rate"])
def test_the_headline_is_the_one_asked_for(headline):
    assert beside(areas(), "KF25", "2024-25", [OF_AREAS], headline)[0].statistic == headline


def test_of_two_groups_the_first_is_the_headline_and_england_stands_once():
    other = Group("H", "2", "them", (Member("", "A"), Member("", "B")))
    found = beside(areas(), "KF25", "2024-25", [no_group("N", "why"), other, OF_AREAS])
    told = [(c.group, c.statistic) for c in found]
    assert told[0] == ("H", "median")
    assert told.count(("G", "median")) == told.count(("England", "national figure")) == 1
    assert (found[0].value, found[0].members) == (5.0, ("A", "B"))


def test_a_council_without_a_figure_has_no_rank_but_its_neighbours_have_a_median():
    found = beside(areas(TABLE.replace("|5|5|1", "|||1", 1)), "KF25", "2024-25", [OF_AREAS])
    assert [c.statistic for c in found if "rank" in c.statistic] == []
    assert found[0].value == 5.0


def test_of_one_neighbour_every_statistic_is_its_own_figure():
    one = Group("G", "2024", "us", (Member("", "B"),))
    found = {c.statistic: c.value for c in beside(areas(), "KF25", "2024-25", [one])}
    assert found.pop("rank from the highest") == 2.0
    assert found.pop("national figure") == 6.0
    assert set(found.values()) == {8.0}


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=12), st.randoms())
def test_statistics_stand_in_order_and_the_order_of_the_areas_makes_no_difference(found, random):
    names = [f"N{n}" for n in range(len(found))]
    group = Group("G", "1", "us", tuple(Member("", name) for name in names))
    cells = [["", 1.0, 1, 1], *([n, v, v, 1] for n, v in zip(names, found, strict=True))]
    random.shuffle(cells)
    table = areas("area|value|numerator|denominator\n" + "\n".join(
        "|".join(map(str, row)) for row in cells))  # fmt: skip
    told = {c.statistic: c.value for c in beside(table, "KF25", "2024-25", [group])}
    assert told["lower quartile"] <= told["median"] <= told["upper quartile"]
    assert min(found) <= told["mean"] * (1 + 1e-9) and told["mean"] <= max(found) * (1 + 1e-9)
    assert told["median"] == np.median(found)
    assert told["rank from the highest"] == 1 + sum(each > 1.0 for each in found)


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
        ({"period": "2024-04-01 to 2024-06-30"}, ""),
        ({"period": "2024-25"}, "it is of 2024-25, not of 2024-25-Q1"),
        (
            {"unlike": "the neighbours computed it in 2 ways"},
            "the neighbours computed it in 2 ways",
        ),
        ({"n": 0}, "no member of the group has a figure"),
        ({"value": NAN}, "no member of the group has a figure"),
    ],
)
def test_a_comparator_is_like_for_like_in_indicator_and_period(said, why):
    assert unlike(comparison(**said), "KF01", ["2024-25-Q1", "2024-04-01 to 2024-06-30"]) == why


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


def test_an_estimate_from_a_sample_earns_nothing_without_its_interval():
    assert standing(5, NAN, NAN, 4, sampled=True) == "not clearly different"
    assert standing(5, 4.5, 5.5, 4, sampled=True) == "higher"
    assert gap(5, NAN, NAN, 4, "lower", sampled=True) is None


@pytest.mark.parametrize(
    ("value", "lower", "upper", "against", "polarity", "told"),
    [
        (3, NAN, NAN, 2, "lower", Gap(1, 1 / 3, adverse=True)),
        (3, NAN, NAN, 2, "higher", Gap(1, 1 / 3, adverse=False)),
        (1, NAN, NAN, 2, "higher", Gap(-1, 1 / 2, adverse=True)),
        (3, NAN, NAN, 2, "context", Gap(1, 1 / 3, adverse=False)),
        (1, NAN, NAN, -1, "lower", Gap(2, 2.0, adverse=True)),
        (3, NAN, NAN, 0, "lower", Gap(3, 1.0, adverse=True)),
        (3, 1.9, 4, 2, "lower", None),
        (2, NAN, NAN, 2, "lower", None),
        (0, NAN, NAN, 0, "lower", None),
        (NAN, NAN, NAN, 2, "lower", None),
        (3, NAN, NAN, NAN, "lower", None),
    ],
)  # fmt: skip
def test_a_gap_is_adverse_by_polarity_and_none_where_it_is_not_earned(
    value, lower, upper, against, polarity, told
):
    assert gap(value, lower, upper, against, polarity) == told


@given(value=st.floats(0.01, 1e6), against=st.floats(0.01, 1e6), times=st.floats(0.01, 1e3))
def test_the_relative_size_of_a_gap_does_not_depend_on_its_unit(value, against, times):
    told, scaled = (gap(v, NAN, NAN, a, "lower")
                    for v, a in ((value, against), (value * times, against * times)))  # fmt: skip
    assert told is None or scaled is None or math.isclose(told.relative, scaled.relative)


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


@pytest.mark.parametrize(
    ("interval", "before", "said"),
    [((1.6, 2.4), (0.6, 1.4), "improving"), ((1.3, 2.7), (0.3, 1.7), "improving"),
     ((0.9, 2.6), (0.9, 1.1), "no clear change"), ((1.9, 2.1), (0.0, 2.0), "no clear change"),
     ((0.9, 2.6), (NAN, NAN), "no clear change"), ((1.1, 2.6), (NAN, NAN), "improving")],
)  # fmt: skip
def test_travel_to_a_value_within_the_others_interval_is_no_clear_change(interval, before, said):
    assert direction(2.0, 1.0, "higher", interval, before) == said
