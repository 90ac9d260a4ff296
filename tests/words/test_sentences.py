"""Sentences of shown tables: a few evidence rows in, words out."""

import pandas as pd
import pytest

from peerpack.errors import RecordRefused
from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS, Shown
from peerpack.words import absence, claims, sentences

ALL = [
    absence.rate_sentence,
    claims.agreement_sentence, claims.impossible_sentence,
    absence.rate_title,
    lambda shown: sentences.bars_alt(shown, "things"),
]  # fmt: skip
EXTRAS = ("label", "comparator_display", "stated_display", "standing")


def shown(*rows):
    """Evidence rows; what is not named is missing or empty."""
    columns = (*EVIDENCE_COLUMNS, *EXTRAS)
    blank = {c: float("nan") if c in NUMBER_COLUMNS else "" for c in columns}
    told = [blank | {"label": row.get("group", "")} | row for row in rows]
    return Shown(pd.DataFrame(told), ("directorate",))


def part(group, value, display, **said):
    return {"breakdown": "directorate", "group": group, "value": value, "display": display} | said


def hidden(group):
    return {"breakdown": "directorate", "group": group, "display": "[c]", "status": "c"}


BESIDE = {"comparator": "Neighbours (11)", "comparator_value": 1.4,
          "comparator_statistic": "median", "comparator_display": "1.4%"}  # fmt: skip


@pytest.mark.parametrize("say", ALL)
def test_words_are_made_of_shown_tables_only(say):
    with pytest.raises(RecordRefused, match="A sentence was asked of a DataFrame"):
        say(pd.DataFrame({"value": [1]}))


def test_the_highest_rate_is_the_highest_that_is_shown_and_known():
    text = absence.rate_sentence(
        shown({"value": 2.25, "display": "2.25 days"}, part("Adults", 2.9, "2.93 days"),
              part("Casuals", float("nan"), "[x]"), part("Place", 1.7, "1.73 days"), hidden("Tiny"))
    )  # fmt: skip
    assert text.endswith("Of those shown, the highest rate is in Adults, 2.93 days.")


def test_a_headline_that_may_not_be_shown_is_said_to_be_so_without_a_number():
    text = absence.rate_sentence(shown(hidden("") | {"breakdown": ""}, hidden("Place")))
    assert text.endswith("is not shown: it rests on too few people.")
    assert not any(c.isdigit() for c in text)


@pytest.mark.parametrize("say", [ALL[0], *ALL[3:]])
def test_a_suppressed_row_has_no_place_in_any_words(say):
    whole = {"value": 2.0, "display": "2.0", "base_n": 90.0}
    text = say(shown(whole, part("Adults", 1.0, "1.0"), hidden("Tiny")))
    assert "Tiny" not in text
    assert "nan" not in text


def test_agreements_are_counted_and_what_cannot_be_is_named():
    table = shown(
        {"evidence_id": "L05", "agreement": "agrees"},
        {"evidence_id": "S55", "agreement": "cannot be", "stated_display": "13.4%",
         "display": "13.49%"},
        {"evidence_id": "S54", "agreement": "agrees"},
    )  # fmt: skip
    assert claims.agreement_sentence(table) == (
        "Of 3 published or implied figures, 2 agree with what the other printed figures make them "
        "and 1 cannot be as printed."
    )
    assert claims.impossible_sentence(table) == (
        "S55 is printed as 13.4%, but the figures beside it make it 13.49%."
    )


def test_where_nothing_contradicts_that_is_said():
    table = shown({"agreement": "agrees"})
    assert claims.impossible_sentence(table) == "No published figure contradicts the others."


def test_alt_text_tells_the_ends_the_line_and_what_is_missing():
    table = shown({"value": 2.25, "display": "2.25 days", "unit": "days"},
                  part("Place", 1.7, "1.73 days"), part("Adults", 2.9, "2.93 days"),
                  hidden("Tiny"))  # fmt: skip
    assert sentences.bars_alt(table, "days lost") == (
        "Bar chart of days lost, 2 bars, from Place at 1.73 days to Adults at 2.93 days. "
        "The whole council is at 2.25 days, a dashed line. 1 not shown, marked [c] in the table."
    )


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], "no bar can be shown"), ([hidden("Tiny")], "no bar can be shown"),
     ([part("Place", 1.0, "1%")], "1 bar, Place at 1%.")],
)  # fmt: skip
def test_alt_text_of_no_bar_and_of_one(parts, said):
    assert said in sentences.bars_alt(shown({"display": "[c]"}, *parts), "things")


def test_alt_text_of_parts_of_a_sum_names_no_line():
    table = shown({"value": 9.0, "display": "£9", "unit": "GBP"}, part("Roads", 9.0, "£9"))
    assert "whole council" not in sentences.bars_alt(table, "payments")


def test_alt_text_names_the_bars_that_are_drawn():
    rows = [part(f"U{n:02d}", float(n), f"£{n}") for n in range(20)]
    text = sentences.bars_alt(shown(*rows), "payments", most=15)
    assert "15 bars, from U05 at £5 to U19 at £19." in text
