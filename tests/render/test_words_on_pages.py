import pytest

from peerpack.render.badges import agreement_badge, mark_in_words, marks_of, rating_badge
from peerpack.render.numbers import counted, printed


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (2.44, "%", 1, "2.4%"),
        (7.15, "GBP m", None, "£7.15m"),
        (-1.5, "pp", None, "-1.5 percentage points"),
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


def test_an_agreement_has_a_short_word_and_an_unknown_one_is_shown_as_it_is():
    rounded = agreement_badge("agrees within the interval its rounding implies")
    assert rounded.text == "Agrees within rounding"
    assert agreement_badge("differs by definition").text == "Differs by definition"
    assert agreement_badge("") is None
