from datetime import date

import pytest
from peerpack.render.badges import agreement_badge, mark_in_words, marks_of, rating_badge
from peerpack.render.dates import day_in_words, period_in_words, quarter_in_words
from peerpack.render.numbers import counted, printed


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2024-04-01 to 2024-06-30", "1 April to 30 June 2024"),
        ("2023-07-01 to 2024-06-30", "1 July 2023 to 30 June 2024"),
        ("2024-06-30", "30 June 2024"),
        ("2024-25-Q4", "January to March 2025"),
        ("2023-24", "2023-24"),
        ("2024-13-45", "2024-13-45"),
        ("", ""),
    ],
)
def test_a_period_is_said_in_full(period, words):
    assert period_in_words(period) == words


def test_days_and_quarters_are_said_in_full():
    assert day_in_words(date(2024, 7, 1)) == "1 July 2024"
    assert quarter_in_words("2024-25-Q1") == "April to June 2024"


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (2.44, "%", 1, "2.4%"),
        (-1240.0, "GBP", 0, "-£1,240"),
        (7.15, "GBP m", None, "£7.15m"),
        (-0.04, "%", 1, "0.0%"),
        (9.1, "days", 1, "9.1 days"),
        (1.5, "pp", None, "1.5 percentage points"),
        (1240.0, "count", None, "1,240"),
        (0.0, "count", None, "0"),
        (None, "%", 1, ""),
    ],
)
def test_a_number_is_printed_with_its_unit(value, unit, decimals, text):
    assert printed(value, unit, decimals) == text


def test_one_is_not_many():
    assert [counted(n, "row") for n in (0, 1, 1240)] == ["0 rows", "1 row", "1,240 rows"]


def test_marks_are_spelt_out_and_unknown_ones_say_so():
    assert marks_of("p; [u]") == ("p", "u")
    assert mark_in_words("p") == "[p] = provisional"
    assert mark_in_words("q") == "[q] = a mark that is not explained"


def test_every_rating_has_its_own_shape_and_word():
    badges = [rating_badge(rag) for rag in ("green", "amber", "red")]
    assert len({b.shape for b in badges}) == len({b.text for b in badges}) == 3


def test_agreement_is_read_in_either_number_and_unknown_words_are_shown_as_they_are():
    assert agreement_badge("agree within rounding") == agreement_badge("agrees within rounding")
    assert agreement_badge("differs by definition").text == "Differs by definition"
    assert agreement_badge("") is None
