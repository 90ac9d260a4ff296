"""Titles of charts: what is shown runs from where to where, and nothing that may not be shown."""

import pytest
from test_sentences import hidden, part, shown

from peerpack.words import (
    absence,
    assurance,
    claims,
    paid,
    residents,
    sentences,
    staff_survey,
    workforce,
)

WHOLE = {"value": 2.0, "display": "2.00 days"}
ENDS = "1.73 days in Place to 2.93 days in Adults"
PARTS = (
    part("Adults", 2.93, "2.93 days"),
    part("Place", 1.73, "1.73 days"),
    part("Health", 2.75, "2.75 days"),
)


def test_a_spread_names_both_ends_of_what_is_shown_and_no_more():
    assert sentences.spread(shown(WHOLE, *PARTS, hidden("Tiny")), "directorate") == ENDS
    assert sentences.spread(shown(WHOLE, PARTS[0], hidden("Tiny")), "directorate") == ""
    assert sentences.spread(shown(WHOLE, *PARTS), "team") == ""


def test_pounds_in_a_title_and_an_alt_text_have_no_pence():
    gbp = {"unit": "GBP", "breakdown": "directorate"}
    table = shown(
        part("A", 2_740_000.5, "£2,740,000.50", **gbp), part("B", 950.5, "£950.50", **gbp)
    )
    assert sentences.spread(table, "directorate") == "£950 in B to £2.7m in A"
    assert "from B at £950 to A at £2.7m" in sentences.bars_alt(table, "payments", "directorate")
    assert paid.units_title(table) == "Most is paid by A: £2.7m"


@pytest.mark.parametrize(
    ("title", "begins"),
    [
        (absence.rate_title, "Sickness per FTE"),
        (absence.long_title, "Long-term share"),
        (workforce.turnover_title, "Turnover"),
        (workforce.vacancy_title, "Vacant posts"),
    ],
)
def test_a_title_by_directorate_runs_from_the_lowest_to_the_highest(title, begins):
    assert title(shown(WHOLE, *PARTS)) == f"{begins}: {ENDS}"
    alone = title(shown(WHOLE, PARTS[0], hidden("Tiny")))
    assert alone.startswith(begins)
    assert alone.endswith("(2.00 days overall)")


def test_a_title_by_ward_falls_back_on_the_whole_council():
    wards = [
        part(n, v, f"{v:.0f}%", breakdown="ward") for n, v in (("North", 38.0), ("South", 59.0))
    ]
    whole = {"value": 46.0, "display": "46%"}
    assert residents.title(shown(whole, *wards), "Satisfied") == (
        "Satisfied: 38% in North to 59% in South"
    )
    assert residents.title(shown(whole), "Satisfied") == "Satisfied: 46% overall"


def test_statements_and_services_run_from_the_least_to_the_most():
    put = [
        part(n, v, f"{v:.0f}%", breakdown="question") for n, v in (("Pay", 40.0), ("Pride", 71.0))
    ]
    assert staff_survey.scores_title(shown(*put)) == "Staff who agree: 40% in Pay to 71% in Pride"
    assert staff_survey.scores_title(shown(put[0])) == "Staff who agree with each statement"
    moved = [each | {"breakdown": "measure&question"} for each in put]
    assert staff_survey.changes_title(shown(*moved)).endswith("before: 40% in Pay to 71% in Pride")


def test_the_largest_reason_is_the_title_of_the_reasons():
    reasons = [
        part(n, v, f"{v}%", breakdown="reason") for n, v in (("Cold", 18.8), ("Stress", 31.8))
    ]
    table = shown({"value": 89.5, "display": "89.5%"}, *reasons)
    assert absence.reasons_title(table) == "Most days with a stated reason: stress, 31.8%"


def test_a_mark_is_no_figure_of_a_title():
    table = shown({"value": float("nan"), "display": "[x]"})
    assert assurance.compared_title(table) == "Indicators beside a comparator, by theme"


def test_pairs_are_titled_by_the_two_furthest_apart_and_described_by_their_range():
    def claim(id_, stated, other):
        return {"evidence_id": id_, "title": f"Share {id_}.", "unit": "%", "stated_value": stated,
                "stated_display": f"{stated:.0f}%", "comparator_value": other,
                "comparator_display": f"{other:.0f}%", "comparator_statistic": "mean"}  # fmt: skip

    table = shown(claim("L1", 4.0, 3.0), claim("L2", 21.0, 49.0))
    assert claims.pairs_title(table) == (
        "2 published percentages: furthest from its comparator, 21% beside 49%"
    )
    assert claims.pairs_alt(table).startswith(
        "2 pairs of dots, printed figures from 4% to 21%, the furthest apart first. Share L2: 21%"
    )
    assert claims.pairs_alt(shown(WHOLE)) == "Pairs of dots: no pair can be shown."
