"""Dots of a shown table: what has one, what has none, and one scale for every panel."""

import pandas as pd
import pytest

from peerpack.errors import RecordRefused
from peerpack.figures.dots import dots, small_multiples
from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS, Shown


def shown(*rows):
    blank = {c: float("nan") if c in NUMBER_COLUMNS else "" for c in EVIDENCE_COLUMNS}
    return Shown(pd.DataFrame([blank | row for row in rows]), ("question", "ward"))


def row(label, value, low=None, high=None, *, cut="ward", unit="%", **said):
    cuts = {} if not cut else {cut: label}
    named = "&".join(f"{k}={v}" for k, v in sorted((cuts | said).items()))
    return {
        "evidence_id": f"K/{named}", "breakdown": "&".join(sorted(cuts | said)), "group": label,
        "label": label, "value": value, "unit": unit, "display": f"{value}{unit}",
        "lower": low, "upper": high,
    }  # fmt: skip


WHOLE = row("", 46.0, cut="")
TABLE = shown(WHOLE, row("Abbey", 58.0, 51.0, 65.0), row("Docks", 41.0, 33.0, 50.0),
              row("Eastmoor", None) | {"display": "[c]", "status": "c"})  # fmt: skip


def drawn_at(axes):
    """Where dots stand, and where intervals begin and end."""
    lines = axes.get_lines()
    dotted = [float(line.get_xdata()[0]) for line in lines if line.get_marker() == "o"]
    spans = [tuple(map(float, line.get_xdata())) for line in lines
             if line.get_marker() != "o" and line.get_linestyle() == "-"]  # fmt: skip
    return dotted, spans


def names(axes):
    return [text.get_text() for text in axes.get_yticklabels()]


def texts(axes):
    return [text.get_text() for text in axes.texts]


def test_a_dot_stands_at_the_value_and_a_line_along_its_interval_largest_on_top():
    (axes,) = dots(TABLE, "Satisfied, %", "ward").axes
    assert drawn_at(axes) == ([41.0, 58.0], [(33.0, 50.0), (51.0, 65.0)])
    assert names(axes) == ["Docks", "Abbey"]
    assert texts(axes) == ["41.0%", "58.0%", "whole council 46.0%"]


def test_a_hidden_row_has_no_dot():
    assert "Eastmoor" not in names(dots(TABLE, "Satisfied, %", "ward").axes[0])


def test_a_row_without_an_interval_has_a_dot_alone():
    (axes,) = dots(shown(WHOLE, row("Abbey", 58.0)), "Satisfied, %", "ward").axes
    assert drawn_at(axes) == ([58.0], [])


def test_without_a_cut_each_question_has_its_dot():
    table = shown(
        row("Parks", 70.0, 66, 74, cut="question"), row("Roads", 30.0, 26, 34, cut="question")
    )
    (axes,) = dots(table, "Satisfied, %").axes
    assert names(axes) == ["Roads", "Parks"]
    assert texts(axes) == ["30.0%", "70.0%"]


def test_changes_stand_about_nought_and_leave_the_unit_to_the_axis():
    change = row("Morale", -3.0, -8.0, 2.0, cut="question", unit=" percentage points")
    (axes,) = dots(shown(change | {"unit": "pp"}), "Change, percentage points").axes
    assert texts(axes) == ["-3.0", "no change"]
    assert axes.get_xlim()[0] < -8 and axes.get_xlim()[1] > 2


def test_nothing_to_draw_is_said():
    assert texts(dots(shown(WHOLE), "Satisfied, %", "ward").axes[0]) == ["No dot can be shown"]
    assert texts(small_multiples(TABLE, "x", "question", "ward").axes[0]) == ["No dot can be shown"]


PANELS = shown(
    row("Morale", 50.0, cut="question"), row("Culture", 60.0, cut="question"),
    row("Adults", 40.0, 30, 50, question="Morale"), row("Place", 55.0, 45, 65, question="Morale"),
    row("Place", 66.0, 60, 72, question="Culture"),
)  # fmt: skip


def test_every_question_has_a_panel_of_its_own_on_one_scale():
    morale, culture = small_multiples(PANELS, "Agree, %", "question", "ward").axes
    assert morale.get_title(loc="left") == "Morale: 50.0%"
    assert sorted(drawn_at(morale)[0]) == [40.0, 55.0]
    assert drawn_at(culture)[0] == [66.0]
    assert morale.get_xlim() == culture.get_xlim()
    assert names(morale) == ["Place", "Adults"]


def test_only_what_was_shown_is_drawn():
    with pytest.raises(RecordRefused):
        dots(TABLE.rows, "Satisfied, %", "ward")
