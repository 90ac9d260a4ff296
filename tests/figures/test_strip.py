"""Dots of a council among its neighbours: whose, in which order, who has none."""

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from peerpack.errors import RecordRefused
from peerpack.figures.strip import strip
from peerpack.figures.style import DARK_BLUE, DARK_GREY, TURQUOISE
from peerpack.handover.evidence import Shown

NAN = float("nan")
MEDIAN = {"evidence_id": "KF25", "group": "G", "statistic": "median", "members": ("A", "B", "C")}
ENGLAND = {"evidence_id": "KF25", "group": "England", "statistic": "national figure", "members": ()}


def shown(*areas, own=5.0, comparators=(MEDIAN, ENGLAND)):
    """KF25 of a council and areas (name, value)."""
    rows = [("", own), *areas]
    told = [
        {"evidence_id": f"KF25/area={name}" if name else "KF25",
         "breakdown": "area" if name else "", "group": name, "label": name,
         "value": value, "lower": NAN, "upper": NAN,
         "display": "[x]" if pd.isna(value) else f"£{value:g}", "council": "north-by",
         "comparator": "" if name else "2 G", "comparator_statistic": "median",
         "comparator_value": 4.0, "comparator_display": "£4"}
        for name, value in rows
    ]  # fmt: skip
    return Shown(pd.DataFrame(told), ("area",), comparators)


AREAS = (("A", 3.0), ("B", 6.0), ("C", NAN), ("D", 9.0), ("England", 4.0))


def axes_of(figure):
    return figure.axes[0]


def names(figure):
    return [label.get_text() for label in axes_of(figure).get_yticklabels()]


def test_the_council_stands_among_its_group_and_england_highest_first_and_the_missing_last():
    assert names(strip(shown(*AREAS), "£")) == ["B", "North By", "England", "A", "C"]


def test_every_dot_says_its_figure_and_a_missing_one_that_there_is_none():
    said = {text.get_text() for text in axes_of(strip(shown(*AREAS), "£")).texts}
    assert said == {"£6", "£5", "£4", "£3", "no figure", "median £4"}


def test_the_council_and_england_have_colours_of_their_own():
    (dots,) = axes_of(strip(shown(*AREAS), "£")).collections
    assert [to_hex(c).upper() for c in dots.get_facecolors()] == [
        DARK_GREY, DARK_BLUE, TURQUOISE, DARK_GREY
    ]  # fmt: skip


def test_england_is_drawn_only_where_it_is_like_for_like():
    other = ENGLAND | {"statistic": "national figure, not like for like"}
    assert "England" not in names(strip(shown(*AREAS, comparators=(MEDIAN, other)), "£"))


def test_without_a_group_the_council_stands_with_england_alone():
    assert names(strip(shown(("England", 4.0), comparators=(ENGLAND,)), "£")) == [
        "North By", "England"
    ]  # fmt: skip


def test_a_council_without_a_figure_is_drawn_as_having_none():
    figure = strip(shown(*AREAS, own=NAN), "£")
    assert names(figure)[-2:] == ["C", "North By"]


def test_of_nothing_an_empty_figure_is_drawn_and_a_raw_table_is_refused():
    empty = Shown(shown().rows.head(0), ("area",))
    assert axes_of(strip(empty, "£")).collections[:] == []
    with pytest.raises(RecordRefused, match="A figure was asked of a DataFrame"):
        strip(shown().rows, "£")
