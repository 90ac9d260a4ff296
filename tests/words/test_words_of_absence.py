"""Sentences of absence and of the workforce: a few evidence rows in, words out."""

import pytest
from test_sentences import hidden, part, shown

from peerpack.words import absence, workforce

WHOLE = {
    "value": 2.25,
    "display": "2.25 days",
    "unit": "days",
    "period": "2024-04-01 to 2024-06-30",
}
WITHHELD = {"display": "[c]", "status": "c"}
UNKNOWN = {"value": float("nan"), "display": "[x]"}
SENTENCES = [
    absence.rate_sentence, absence.with_schools_sentence, absence.year_sentence,
    absence.long_sentence, workforce.turnover_sentence, workforce.voluntary_sentence,
    workforce.vacancy_sentence, workforce.referrals_sentence,
]  # fmt: skip
TITLES = [
    absence.rate_title, absence.teams_title, absence.long_title, absence.year_title,
    absence.reasons_title, workforce.turnover_title, workforce.vacancy_title,
]  # fmt: skip


def team(directorate, name, value, display, **said):
    return {
        "evidence_id": f"KW01/directorate={directorate}&team={name}",
        "breakdown": "directorate&team", "group": name, "value": value, "display": display,
    } | said  # fmt: skip


@pytest.mark.parametrize("say", SENTENCES)
def test_what_may_not_be_shown_is_said_to_be_so(say):
    assert say(shown(WITHHELD)).endswith("is not shown: it rests on too few people.")


@pytest.mark.parametrize("say", SENTENCES)
def test_what_is_not_known_is_said_without_a_number(say):
    text = say(shown(UNKNOWN))
    assert text and not any(c.isdigit() for c in text) and "nan" not in text


@pytest.mark.parametrize("title", TITLES)
def test_a_title_leaves_out_what_may_not_be_shown(title):
    assert "[c]" not in title(shown(WITHHELD))


def test_the_teams_with_the_highest_rates_are_those_that_are_shown():
    table = shown(
        WHOLE,
        team("Place", "Parks", 3.7, "3.67 days"),
        team("Place", "Roads", 1.0, "1.00 days"),
        team("Adults", "Tiny", float("nan"), "[c]", status="c"),
    )
    assert absence.teams_sentence(table) == (
        "Of the teams shown, the rate is highest in Parks (3.67 days) and Roads (1.00 days). "
        "Of 3 teams, 1 is not shown."
    )
    alt = absence.teams_alt(shown(*table.rows.to_dict("records"), part("Place", 2.0, "2.00 days",
                            evidence_id="KW01/directorate=Place")))  # fmt: skip
    assert alt.endswith("highest Parks at 3.67 days and lowest Roads at 1.00 days.")
    assert "Tiny" not in alt


def test_a_year_is_said_with_the_quarter_that_lost_most():
    quarters = [
        {
            "breakdown": "financial_quarter",
            "group": name,
            "value": value,
            "display": f"{value} days",
        }
        for name, value in (("2023-24-Q4", 3.1), ("2024-25-Q1", 2.2))
    ]
    note = "In a later return 2 spells have other days. No comparator: none was asked."
    text = absence.year_sentence(shown(WHOLE | {"note": note}, *quarters))
    assert text == (
        "In the twelve months to 30 June 2024, 2.25 days were lost for each full-time equivalent. "
        "More of them fell in January to March 2024 than in any other quarter, 3.1 days. "
        "In a later return 2 spells have other days."
    )


def reason(name, value, **said):
    row = {"breakdown": "reason", "group": name, "value": value, "display": f"{value}%"} | said
    return row | {"evidence_id": f"KW05/reason={name}"}


def test_reasons_are_shares_of_days_and_days_without_one_stand_apart():
    without = {"evidence_id": "KW05/measure=not_stated", "breakdown": "measure", "value": 10.5,
               "display": "10.5%", "numerator": 121.0}  # fmt: skip
    table = [{"value": 89.5, "display": "89.5%"}, reason("Flu", 18.8), reason("Stress", 31.8)]
    assert absence.reasons_sentence(shown(*table, without)) == (
        "The largest shares of days with a reason stated were lost to Stress (31.8%) and Flu "
        "(18.8%). These are shares of days, not of spells. A further 121 days (10.5% of all) have "
        "no reason stated."
    )
    tiny = reason("Tiny", float("nan"), **WITHHELD)
    text = absence.reasons_sentence(shown(*table, tiny, without | WITHHELD | {"value": None}))
    assert text.startswith("Of those shown, the largest shares") and text.endswith("not of spells.")


def test_vacancies_and_leavers_are_said_with_what_they_are_a_share_of():
    row = WHOLE | {"value": 2.7, "display": "2.7%", "numerator": 14.6, "denominator": 532.6}
    assert workforce.vacancy_sentence(shown(row, hidden("Tiny"))) == (
        "14.6 FTE of 532.6 FTE established had no holder on the last day, 2.7%."
    )
    assert workforce.turnover_sentence(shown(row | {"numerator": 91.0})) == (
        "91 people left the council in the twelve months to 30 June 2024, 2.7% of the average "
        "headcount."
    )
    assert workforce.voluntary_sentence(shown(row | {"lower": 2.7, "upper": 3.04})).endswith(
        "It may be up to 3.0%, as some leavers have no reason recorded."
    )


def test_the_size_is_people_and_what_they_are_in_full_time_equivalents():
    rows = [
        {"evidence_id": f"KW11/measure={name}", "breakdown": "measure", "display": display,
         "value": 1.0, "period": "2024-06-30"}
        for name, display in (("headcount", "592 people"), ("fte", "518.1 FTE"))
    ]  # fmt: skip
    assert workforce.size_sentence(shown(*rows)) == (
        "On 30 June 2024 the council employed 592 people outside schools, 518.1 FTE. A person with "
        "several posts is one person."
    )
    assert "too few people" in workforce.size_sentence(shown(rows[0], rows[1] | WITHHELD))
