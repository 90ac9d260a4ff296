"""Bars of a shown table: what is drawn, what is not, and the same bytes each time."""

import re

import matplotlib as mpl
import pandas as pd
import pytest

from peerpack.errors import RecordRefused
from peerpack.figures.bars import bars
from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS, Shown
from peerpack.records.svg import as_svg


def shown(*rows):
    blank = {c: float("nan") if c in NUMBER_COLUMNS else "" for c in EVIDENCE_COLUMNS}
    told = [
        blank | {"evidence_id": f"K/{n}", "label": row.get("group", "")} | row
        for n, row in enumerate(rows)
    ]
    return Shown(pd.DataFrame(told), ("ward",))


def part(group, value, **said):
    return {"breakdown": "ward", "group": group, "value": value, "display": f"{value}%"} | said


HIDDEN = {"breakdown": "ward", "group": "Tinyward", "display": "[c]", "status": "c"}
TABLE = (
    {"value": 45.8, "unit": "%", "display": "45.8%"},
    part("Abbey", 58.6, lower=51.0, upper=65.5),
    part("Docks & Quays", 41.2, lower=33.0, upper=50.0),
    part("Hallam", -3.5), HIDDEN,
)  # fmt: skip


def texts(figure):
    axes = figure.axes[0]
    labels = [t.get_text() for t in axes.get_yticklabels()]
    return labels, [t.get_text() for t in axes.texts]


def widths(figure):
    return [round(float(patch.get_width()), 6) for patch in figure.axes[0].patches]


def lines_at(figure):
    return [round(float(line.get_xdata()[0]), 6) for line in figure.axes[0].lines]


def test_bars_are_the_shown_parts_largest_first_each_with_its_label():
    figure = bars(shown(*TABLE), "Satisfied, %")
    said = ["58.6%", "41.2%", "-3.5%", "whole council 45.8%"]
    assert texts(figure) == (["Abbey", "Docks & Quays", "Hallam"], said)
    assert widths(figure) == [58.6, 41.2, -3.5]


def test_no_suppressed_row_is_drawn():
    svg = as_svg(bars(shown(*TABLE), "Satisfied, %"))
    assert "Tinyward" not in svg
    assert "[c]" not in svg
    assert "Docks &amp; Quays" in svg


def test_intervals_and_the_council_are_lines():
    assert lines_at(bars(shown(*TABLE), "x")) == [0.0, 51.0, 33.0, 45.8]


def test_a_sum_is_no_line_among_its_parts():
    table = shown({"value": 99.0, "unit": "GBP"}, part("A", 60.0), part("B", 39.0))
    assert lines_at(bars(table, "£")) == [0.0]


def test_scaling_is_of_the_drawing_alone():
    table = shown(part("A", 6e6), part("B", 4e6))
    assert widths(bars(table, "£ million", scale=1e6)) == [6.0, 4.0]
    assert table.rows["value"].tolist() == [6e6, 4e6]


def test_two_parts_of_one_name_are_two_bars():
    figure = bars(shown(part("Support", 6.0), part("Support", 2.0)), "days")
    assert widths(figure) == [6.0, 2.0]
    assert texts(figure) == (["Support", "Support"], ["6.0%", "2.0%"])


def test_one_cut_is_drawn_and_no_more_than_fifteen_bars():
    rows = [part(f"U{n}", float(n)) for n in range(20)] + [part("Team", 9e9, breakdown="team")]
    labels, _ = texts(bars(shown(*rows), "days", cut="ward"))
    assert labels == [f"U{n}" for n in range(19, 4, -1)]


@pytest.mark.parametrize("rows", [[], [HIDDEN]])
def test_where_no_bar_can_be_shown_the_chart_says_so(rows):
    figure = bars(shown({"display": "[c]"}, *rows), "days")
    assert texts(figure)[1] == ["No bar can be shown"]
    assert "No bar can be shown" in as_svg(figure)


def test_bars_of_nothing_but_noughts_are_drawn_without_a_warning():
    assert widths(bars(shown(part("A", 0.0), part("B", 0.0)), "days")) == [0.0, 0.0]


def test_the_whole_council_lies_on_the_chart_where_all_larger_parts_are_hidden():
    """It stood outside, and what is left of the chart collapsed with a warning."""
    whole = {"value": 65.0, "unit": "%", "display": "65.0%"}
    (axes,) = bars(shown(whole, part("Abbey", 0.0), HIDDEN), "% satisfied").axes
    assert axes.get_xlim()[1] > 65
    as_svg(axes.figure)


def test_a_label_between_dollars_is_no_formula():
    svg = as_svg(bars(shown(part("A $x^2$ B", 1.0)), "days"))
    assert "A $x^2$ B" in svg


def test_a_figure_of_a_table_that_was_not_controlled_is_refused():
    with pytest.raises(RecordRefused, match="A figure was asked of a DataFrame"):
        bars(pd.DataFrame({"value": [1.0]}), "x")


def test_the_table_stays_as_it_was():
    table = shown(*TABLE)
    before = table.rows.copy(deep=True)
    bars(table, "x")
    pd.testing.assert_frame_equal(table.rows, before)


def test_the_same_table_is_the_same_picture_whatever_is_set_outside():
    once = as_svg(bars(shown(*TABLE), "Satisfied, %"))
    strange = {"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "path", "savefig.dpi": 9,
               "savefig.bbox": "tight", "savefig.facecolor": "red", "axes.unicode_minus": False,
               "path.sketch": (1, 100, 2), "font.family": "serif"}  # fmt: skip
    with mpl.rc_context(strange):
        again = as_svg(bars(shown(*TABLE), "Satisfied, %"))
        assert mpl.rcParams["font.size"] == 30
    assert again == once
    assert not re.search(r"\d{4}-\d{2}-\d{2}", once)
