"""Several comparators of one figure: the headline is like for like, the others are told as such."""

import pytest

from peerpack.errors import RecordRefused
from peerpack.handover.evidence import Comparison
from peerpack.measures.table import measured

QUARTER = "2024-25-Q1"
YEAR = {"period_start": "2023-04-01", "period_end": "2024-03-31", "covers": "latest"}


def comparison(draw, **said):
    usual = {"indicator": "KF01", "group": "Neighbours", "version": "v1", "statistic": "median",
             "period": QUARTER, "value": 1.0, "n": 3, "missing": (), "source": "as supplied",
             "rows": tuple(draw.rows(1, 4))}  # fmt: skip
    return Comparison(**usual | said)


def shown_beside(record, draw, *comparators, **said):
    given = {"rows": draw.budget, "comparator_rows": draw.neighbours, "no_comparator": ""}
    table = said.pop("table", draw.money(("A", 3, 100)))
    started = record()
    return started, started.evidence(table, "KF01", comparator=comparators, **given | said)


def test_one_of_another_period_is_told_in_the_note_and_never_stands_beside_the_figure(record, draw):
    old = comparison(draw, period="2023-24-Q4", value=2.0)
    started, shown = shown_beside(record, draw, old, comparison(draw))
    assert shown.headline["comparator_value"] == 1.0
    assert shown.headline["note"] == (
        "Not like for like: the median of 3 Neighbours, 2.0%, for it is of 2023-24-Q4, not of "
        "2024-25-Q1."
    )
    assert [(c["statistic"], c["period"], c["value"]) for c in started.records().comparators] == [
        ("median", QUARTER, 1.0), ("median, not like for like", "2023-24-Q4", 2.0),
    ]  # fmt: skip


def test_where_none_is_like_for_like_the_reason_stands_with_it(record, draw):
    mixed = comparison(draw, unlike="the neighbours compute it in several ways")
    _, shown = shown_beside(record, draw, mixed, no_comparator="no neighbour computes it as we do")
    assert shown.headline["comparator"] == ""
    assert shown.headline["note"] == (
        "No comparator: no neighbour computes it as we do.\nNot like for like: the median of 3 "
        "Neighbours, 1.0%, for the neighbours compute it in several ways."
    )


def test_one_of_another_indicator_is_refused_whatever_stands_beside_it(record, draw):
    with pytest.raises(RecordRefused, match="not like for like: it is of KF02, not of KF01"):
        shown_beside(record, draw, comparison(draw), comparison(draw, indicator="KF02"))


def test_a_figure_of_a_year_is_not_compared_with_one_of_the_quarter(record, draw):
    outturn = draw.admission("budget", 100, **YEAR)
    whole_year = comparison(draw, period="2023-24")
    _, shown = shown_beside(record, draw, comparison(draw, value=9.0), whole_year, rows=outturn)
    assert (shown.headline["comparator_value"], shown.headline["comparator_period"]) == (
        1.0, "2023-24",
    )  # fmt: skip
    assert "9.0%, for it is of 2024-25-Q1" in shown.headline["note"]


def test_every_comparator_goes_with_the_shown_table_for_its_words(record, draw):
    others = comparison(draw, statistic="rank from the highest", value=2.0, members=("A", "B"))
    england = comparison(draw, group="England", statistic="national figure", value=3.0, n=1)
    _, shown = shown_beside(record, draw, comparison(draw), others, england)
    assert [(c["named"], c["display"]) for c in shown.comparators] == [
        ("3 Neighbours", "1.0%"), ("3 Neighbours", "2"), ("England", "3.0%"),
    ]  # fmt: skip
    assert shown.comparators[1]["members"] == ("A", "B")
    assert shown.only(directorate="A").comparators == ()
    nothing = shown.only(directorate="nowhere")
    assert nothing.only(measure="none").empty


def test_another_councils_figure_has_no_comparator_and_needs_no_reason(record, draw):
    row = {"numerator_rows": draw.rows(1, 1), "denominator_rows": draw.rows(1, 1)}
    table = measured([row | {"value": 3.0}, row | {"value": 5.0, "area": "Southby"}], ["area"])
    _, shown = shown_beside(record, draw, comparison(draw), table=table)
    southby = shown.parts.iloc[0]
    assert (southby["comparator"], southby["note"], southby["standing"]) == ("", "", "")
    assert shown.headline["standing"] == "higher"


def test_a_chart_of_a_national_return_names_who_collects_it(record, draw):
    from peerpack.figures.bars import bars

    national = draw.admission("revenue_outturn", 100, owner="The ministry", title="Outturn")
    started, shown = shown_beside(record, draw, comparison(draw), rows=national)
    started.exhibit(bars(shown, "%"), shown, name="a", title="t", alt="a")
    assert started.records().exhibits[0].source.startswith("Source: The ministry, Outturn,")


TARGETS = [
    {"indicator": "KF01", "value": 9.0, "basis": "b", "measure": "other"},
    {"indicator": "KF01", "value": 2.0, "basis": "b", "period": "2023-24"},
    {"indicator": "KF01", "value": 4.0, "basis": "b", "period": "2024-25"},
]


def test_the_target_taken_is_of_the_packs_period_and_of_the_figure(record, draw):
    shown = record(*TARGETS).evidence(
        draw.money(("A", 3, 100)), "KF01", rows=draw.budget, no_comparator="x"
    )
    assert (shown.headline["target"], shown.headline["rag"]) == (4.0, "green")
