"""Steps and classes of a shown table: what is drawn, where, and how it is named."""

from urllib.parse import quote

import pandas as pd
import pytest

from peerpack.errors import RecordRefused
from peerpack.figures.classes import classes
from peerpack.figures.steps import steps
from peerpack.figures.style import short_pounds
from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS, Shown
from peerpack.records.svg import as_svg

LEVELS = ("budget", "before", "forecast")
NAN = float("nan")


def shown(*rows):
    blank = {c: NAN if c in NUMBER_COLUMNS else "" for c in EVIDENCE_COLUMNS}
    return Shown(pd.DataFrame([blank | row for row in rows], columns=list(EVIDENCE_COLUMNS)), ())


def row(value, **cuts):
    key = "&".join(f"{name}={quote(cuts[name], safe='')}" for name in sorted(cuts))
    last = list(cuts.values())[-1]
    return {"evidence_id": f"K/{key}", "breakdown": "&".join(sorted(cuts)), "group": last,
            "title": last.capitalize(), "value": value}  # fmt: skip


def stairs(**amounts):
    return shown(*(row(value, measure=name) for name, value in amounts.items()))


STAIRS = {"budget": 100e6, "savings": 3e6, "others": -1e6, "before": 102e6, "once": -4e6,
          "forecast": 98e6}  # fmt: skip


def bars_of(axes):
    return [
        tuple(round(x, 6) for x in (p.get_x(), p.get_x() + p.get_width())) for p in axes.patches
    ]


def test_a_step_begins_where_the_one_before_it_ends_and_a_level_at_the_budget():
    axes = steps(stairs(**STAIRS), LEVELS, "x").axes[0]
    assert bars_of(axes) == [
        (0.0, 0.0), (0.0, 3e6), (2e6, 3e6), (0.0, 2e6), (-2e6, 2e6), (-2e6, 0.0),
    ]  # fmt: skip


def test_every_step_has_its_amount_beside_it_with_its_sign():
    axes = steps(stairs(**STAIRS), LEVELS, "x").axes[0]
    assert [t.get_text() for t in axes.texts] == [
        "£100.0m", "+£3.0m", "-£1.0m", "£102.0m", "-£4.0m", "£98.0m",
    ]  # fmt: skip
    assert [t.get_text() for t in axes.get_yticklabels()] == [name.capitalize() for name in STAIRS]


def test_steps_without_a_value_are_left_out():
    axes = steps(stairs(**STAIRS | {"savings": NAN, "others": NAN}), LEVELS, "x").axes[0]
    assert bars_of(axes) == [(0.0, 0.0), (0.0, 2e6), (-2e6, 2e6), (-2e6, 0.0)]
    empty = steps(stairs(budget=NAN), LEVELS, "x").axes[0]
    assert [t.get_text() for t in empty.texts] == ["No step can be shown"]


def met(*cells):
    whole = [row(p, basis="forecast", category=c) for c, p in
             {"Planned": 60.0, "Once": 30.0, "Not covered": 10.0}.items()]  # fmt: skip
    heads = [row(p, basis="forecast", directorate=d) for d, p in (("Adults", 70.0), ("R&D", 30.0))]
    return shown(row(100.0, basis="forecast"), *whole, *heads, *(
        row(p, basis="forecast", directorate=d, category=c) for d, c, p in cells
    ))  # fmt: skip


CELLS = (("Adults", "Planned", 50.0), ("R&D", "Planned", 10.0), ("R&D", "Once", 30.0),
         ("Adults", "Not covered", 20.0), ("R&D", "Not covered", -10.0))  # fmt: skip


def test_a_panel_stands_for_each_class_with_its_whole_and_a_bar_for_each_part():
    panels = classes(met(*CELLS), by="category", of="directorate").axes
    assert [p.get_title(loc="left") for p in panels] == ["Planned\n£60", "Once\n£30",
                                                         "Not covered\n£10"]  # fmt: skip
    assert [t.get_text() for t in panels[0].get_yticklabels()] == ["Adults", "R&D"]
    assert [bars_of(p) for p in panels] == [
        [(0.0, 50.0), (0.0, 10.0)], [(0.0, 30.0)], [(0.0, 20.0), (0.0, -10.0)],
    ]  # fmt: skip
    assert [[t.get_text() for t in p.texts] for p in panels] == [
        ["£50", "£10"], ["£30"], ["£20", "-£10"],
    ]  # fmt: skip


def test_all_panels_are_on_one_scale_and_what_is_left_over_is_an_outline():
    panels = classes(met(*CELLS), by="category", of="directorate").axes
    assert len({p.get_xlim() for p in panels}) == 1
    assert [p.patches[0].get_facecolor()[3] for p in panels] == [1.0, 1.0, 0.0]


@pytest.mark.parametrize(
    ("pounds", "largest", "said"),
    [(1_940_000, 2e6, "£1.9m"), (-182_358, 2e6, "-£0.2m"), (182_358, 2e5, "£182k"),
     (950, 950, "£950"), (0.0, 0.0, "£0")],
)  # fmt: skip
def test_amounts_beside_bars_are_in_the_unit_of_the_largest(pounds, largest, said):
    assert short_pounds(pounds, largest) == said


@pytest.mark.parametrize(
    "draw", [lambda t: steps(t, LEVELS, "x"), lambda t: classes(t, by="category", of="directorate")]
)
def test_only_shown_tables_are_drawn_and_the_same_one_alike_each_time(draw):
    with pytest.raises(RecordRefused, match="A figure was asked of a DataFrame"):
        draw(pd.DataFrame({"value": [1.0]}))
    table = met(*CELLS)
    before = table.rows.copy(deep=True)
    assert as_svg(draw(table)) == as_svg(draw(table))
    pd.testing.assert_frame_equal(table.rows, before)
    assert draw(shown()).axes
