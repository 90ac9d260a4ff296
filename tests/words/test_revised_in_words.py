"""A revised figure in a sentence."""

import pytest

from peerpack.words.revisions import rating, revision_sentence

ROW = {"period": "2024-04-01 to 2024-06-30", "old": 47.04, "new": 47.06, "unit": "%",
       "reason": "A late batch was posted.", "old_rag": "amber", "new_rag": "green"}  # fmt: skip


def test_a_revision_says_from_what_to_what_why_and_what_it_does_to_the_rating():
    assert revision_sentence(ROW | {"new": 49.0}, "Satisfied", 0) == (
        "Satisfied, 1 April 2024 to 30 June 2024: 49%, before 47%. A late batch was posted. "
        "The rating was amber and is green."
    )


def test_a_small_revision_is_said_to_as_many_decimals_as_show_it():
    assert "47.1%, before 47.0%" in revision_sentence(ROW, "Satisfied", 0)


@pytest.mark.parametrize(("old", "new", "said"), [
    ("", "", "It is not rated against a target."),
    ("red", "red", "The rating stays red."),
    ("red", "", "The rating was red and is none."),
])  # fmt: skip
def test_a_rating_that_stays_or_goes_is_said_so(old, new, said):
    assert rating(old, new) == said
