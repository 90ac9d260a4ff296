"""The page of what changed since the pack before."""

import pandas as pd
import pytest

from peerpack import render
from peerpack.handover.changes import Changes, FigureMoved, FigureNamed, InputChanged
from peerpack.handover.evidence import REVISION_COLUMNS

HOSTILE = '<script>alert("x")</script>'
KF01 = FigureNamed("KF01", "Variance", "T4")


def moved(figure=KF01, **said):
    usual = {
        "then": "1.0%", "now": "2.4%", "period_then": "2024-01-01 to 2024-03-31",
        "period_now": "2024-04-01 to 2024-06-30", "by": "+1.4 percentage points", "how": "worse",
    }  # fmt: skip
    return FigureMoved(figure=figure, **usual | said)


def drawn_changes(**said):
    usual = {
        "previous": "2023-24-Q4", "digest": "ab" * 32, "moved": (moved(),), "came": (), "went": (),
        "hidden": (), "alike_n": 3, "inputs": (),
    }  # fmt: skip
    return Changes(**usual | said)


@pytest.fixture
def changed(draw, read):
    return lambda told, **said: read(draw(changes=told, **said), "changed.html")


def test_a_first_pack_says_that_there_is_none_to_set_it_beside(changed):
    page = changed(None)
    assert "This is the first pack" in page.text
    assert "table" not in {tag for tag, _ in page.tags}


def test_a_figure_that_moved_stands_with_both_sides_the_difference_and_what_it_means(changed):
    page = changed(drawn_changes(moved=(moved(rating_then="amber", rating_now="red"),)))
    said = page.text_of("main")
    assert "Since the pack of January to March 2024." in page.text
    assert "1 headline figure moved: 1 worse. 3 figures of any kind are the same." in said
    assert "Variance 1.0% 1 January 2024 to 31 March 2024 2.4%" in said
    assert "+1.4 percentage points Worse The rating was amber and is red." in said
    assert "indicators/KF01.html#e-KF01" in page.all("href")


def test_parts_are_folded_away_and_those_beyond_a_number_are_counted(changed):
    parts = [
        moved(FigureNamed(f"KF01/team={n}", f"Variance: {n}", "T4", "part")) for n in range(43)
    ]
    page = changed(drawn_changes(moved=tuple(parts)))
    assert "43 figures for parts of the council or area" in page.text
    assert "3 more figures moved" in page.text
    assert "headline figure moved" not in page.text


def test_new_figures_and_those_no_longer_here_are_named_and_published_ones_counted(changed):
    others = (
        FigureNamed("L01", "Printed", "T4", "published"),
        FigureNamed("KF01/a=b", "A", "T4", "part"),
    )
    gone = (FigureNamed("KF09", "Years left", "T4"), *others)
    page = changed(drawn_changes(came=(KF01, *others), went=gone))
    assert "1 headline figure is new. 1 headline figure is no longer here." in page.text
    assert page.text_of("main").count("1 published figure") == 2
    assert "Years left" in page.text
    assert "indicators/KF09.html#e-KF09" not in page.all("href")


def test_a_figure_shown_in_only_one_of_the_packs_is_named_and_nothing_more(changed):
    page = changed(drawn_changes(moved=(), hidden=(KF01,)))
    assert "no number of either is repeated here. Variance What the figures rest on" in page.text


def test_what_the_figures_rest_on_is_said_as_a_reader_calls_it(changed):
    inputs = (
        InputChanged("notebooks", ("01-is-the-budget-held.ipynb.ipynb",)),
        InputChanged("suites", ("budget.json",)),
        InputChanged("reference", ("indicators.yml", "neighbours/a.yml", "neighbours/b.yml")),
        InputChanged("code", ("lib/a.py",)),
    )
    page = changed(drawn_changes(inputs=inputs), declared={"budget": "Budget monitoring"})
    said = page.text_of("main")
    assert "How questions are worked out: Is the budget held?" in said
    assert "Checks of the data: Budget monitoring" in said
    assert "the definitions of indicators; groups of neighbour councils The workbook itself" in said
    assert "lib/a.py" not in said


def test_nothing_else_that_moved_is_said_so(changed):
    assert "Nothing else moved" in changed(drawn_changes()).text


def test_a_revision_stands_in_its_own_place_and_not_among_what_moved(changed, rows):
    revised = dict.fromkeys(REVISION_COLUMNS, "") | {
        "evidence_id": "KF01", "period": "2024-04-01 to 2024-06-30", "old": 1.0, "new": 2.4,
        "unit": "%", "reason": "A later return.",
    }  # fmt: skip
    page = changed(drawn_changes(), revisions=pd.DataFrame([revised]))
    assert "Variance, 1 April 2024 to 30 June 2024: 2.4%, before 1.0%. A later return." in page.text
    assert "Figures that moved" not in page.text


def test_hostile_titles_and_inputs_are_text(draw, parse):
    figure = FigureNamed("KF01", HOSTILE, "T4")
    inputs = (InputChanged("council_files", (HOSTILE,)),)
    told = drawn_changes(moved=(moved(figure, then=HOSTILE),), went=(figure,), hidden=(figure,),
                         inputs=inputs)  # fmt: skip
    page = parse(render.pages(draw(changes=told))["changed.html"])
    assert page.text.count(HOSTILE) == 5
    assert not [said for tag, said in page.tags if tag == "script" and "src" not in said]


def test_definitions_that_moved_are_named_with_a_link(changed):
    page = changed(drawn_changes(redefined=("KF01",)))
    assert "Definitions that moved" in page.text
    assert "indicators/KF01.html" in page.all("href")
    assert "Definitions that moved" not in changed(drawn_changes()).text
