"""A line through time: what is drawn, what is not, and the same bytes each time."""

import math

import pandas as pd
import pytest
from test_bars import shown

from peerpack.errors import RecordRefused
from peerpack.figures.lines import line
from peerpack.records.svg import as_svg


def point(day, value, **said):
    return {"breakdown": "wave", "group": day, "value": value, "display": f"{value}%"} | said


YEAR = [point("June", 30.0), point("September", 58.5), point("March", 95.0)]


def drawn_line(figure):
    axes = figure.axes[0]
    told = [t.get_text() for t in axes.texts], [t.get_text() for t in axes.get_xticklabels()]
    return [float(y) for y in axes.lines[0].get_ydata()], *told


def test_a_line_goes_through_every_row_in_its_order_each_with_its_label():
    assert drawn_line(line(shown(*YEAR), "%")) == (
        [30.0, 58.5, 95.0], ["30.0%", "58.5%", "95.0%"], ["June", "September", "March"],
    )  # fmt: skip


@pytest.mark.parametrize("mark", ["[x]", "[c]"])
def test_a_line_breaks_where_nothing_is_shown_and_the_date_stays(mark):
    gap = point("September", math.nan, display=mark)
    heights, texts, dates = drawn_line(line(shown(YEAR[0], gap, YEAR[2]), "%"))
    assert math.isnan(heights[1])
    assert (texts, dates) == (["30.0%", "95.0%"], ["June", "September", "March"])


def test_the_axis_begins_at_nought_and_takes_in_what_is_below():
    assert line(shown(*YEAR), "%").axes[0].get_ylim()[0] == 0.0
    assert line(shown(point("June", -4.0)), "%").axes[0].get_ylim() == (-4.0, pytest.approx(0.72))


def test_scaling_is_of_the_line_alone():
    table = shown(point("June", 5e6))
    assert drawn_line(line(table, "£ million", scale=1e6))[0] == [5.0]
    assert table.rows["value"].tolist() == [5e6]


def test_a_line_of_nothing_known_is_drawn_without_a_warning():
    assert drawn_line(line(shown(point("June", math.nan, display="[x]")), "%"))[1] == []


def test_a_line_of_a_table_that_was_not_controlled_is_refused():
    with pytest.raises(RecordRefused, match="A figure was asked of a DataFrame"):
        line(pd.DataFrame({"value": [1.0]}), "%")


def test_the_same_table_is_the_same_line():
    assert as_svg(line(shown(*YEAR), "%")) == as_svg(line(shown(*YEAR), "%"))
