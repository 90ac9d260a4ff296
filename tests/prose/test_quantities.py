"""Sentences drawn, and the quantities they hold: what counts, what only looks like a number."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpack.prose import read

NO_QUANTITY = (
    "See section 114 and Part 2A of the Environmental Protection Act 1990, page 12.",
    "Call 0151 934 4081 or 01512 345678 between 9am and 5.30pm, 24/7.",
    "Write to 1.person@example.gov.uk or see www.example.gov.uk/2024/report5.",
    "The meeting of 12 November 2024 took the 2024/25 budget and the Q1 report.",
    "5.1 Local priorities",
    "Table 3 and Figures 4 and 5 show Level 6 apprentices in Tier 1.",
    "Pupils in Year 6, children aged 10 to 17, 0-17 year olds and the under-5s.",
    "A one-stop shop, one or two visits, Windows 11 and form HR1.",
    "1) people, 2) places and 3) prosperity",
    "From 1.4.23 to 31.10.23",
    "The 2nd cohort joined.",
)
COUNTED = (
    ("Of the 412 staff, 61.3% said yes.", [("412", 412, "count", 0), ("61.3%", "61.3", "%", 1)]),
    ("c. 1.4 per cent of it", [("c. 1.4 per cent", "1.4", "%", 1)]),
    ("an 18 percentage point increase", [("18 percentage point", 18, "pp", 0)]),
    ("a percentage point", [("a percentage point", 1, "pp", 0)]),
    ("c. £2.2m", [("c. £2.2m", "2.2", "GBP m", 1)]),
    ("£1,210,000 and £12k", [("£1,210,000", 1210000, "GBP", 0), ("£12k", 12, "GBP k", 0)]),
    ("three in ten", [("three in ten", 30, "%", -1)]),
    ("two-thirds of staff", [("two-thirds", F(200, 3), "%", -1)]),
    ("it doubled", [("doubled", 2, "ratio", 0)]),
    ("more than 155 people", [("more than 155", 155, "count", 0)]),
    ("16 out of 126", [("16", 16, "count", 0), ("126", 126, "count", 0)]),
    ("from 12.3 to 11.9 days", [("12.3", "12.3", "days", 1), ("11.9 days", "11.9", "days", 1)]),
    ("a 3,5% increase", [("3,5%", "3.5", "%", 1)]),
    ("a net change of -£1.2m", [("-£1.2m", "-1.2", "GBP m", 1)]),
    ("more than last year's 8.2 days", [("8.2 days", "8.2", "days", 1)]),
    ("2.3m people", [("2.3m", 2300000, "count", -5)]),
    ("twenty-five schools", [("twenty-five", 25, "count", 0)]),
)  # fmt: skip


@pytest.mark.parametrize("sentence", NO_QUANTITY)
def test_digits_that_count_nothing_are_no_quantity(sentence):
    assert [q.text for s in read(sentence) for q in s.quantities] == []


@pytest.mark.parametrize(("sentence", "expected"), COUNTED)
def test_what_counts_is_found_with_its_unit_and_decimals(sentence, expected):
    found = [q for s in read(sentence) for q in s.quantities]
    assert [(q.text, q.value, q.unit, q.decimals) for q in found] == [
        (text, F(value), unit, decimals) for text, value, unit, decimals in expected
    ]


@pytest.mark.parametrize(
    ("words", "hedge"),
    [("", "="), ("about ", "~"), ("c. ", "~"), ("over ", ">"), ("just over ", "just over"),
     ("nearly ", "just under"), ("fewer than ", "<"), ("at least ", ">"), ("some ", "~")],
)  # fmt: skip
def test_words_before_a_number_hedge_it(words, hedge):
    assert read(f"There were {words}300 visits.")[0].quantities[0].hedge == hedge


def test_a_range_is_one_quantity_with_two_ends():
    (found,) = read("It takes 18-24 months.")[0].quantities
    assert (found.value, found.upper, found.unit) == (18, 24, "months")


def test_a_sentence_broken_over_lines_is_one_and_each_number_knows_its_line():
    text = (
        "The team answered a great many letters in the year, and of these 120\n"
        "were late for one reason or another, which is one more than the\n"
        "119 of the year before. It was\n\nA new paragraph of 7 words.\n"
    )
    first, *_, last = read(text)
    assert [(first.line_of(q.start), q.value) for q in first.quantities] == [(1, 120), (3, 119)]
    assert last.line == 5 and last.quantities[0].value == 7


def test_a_table_is_rows_of_cells():
    rows = read("| Ward | Visits |\n|---|---:|\n| North | 1,204 |\n")
    assert [(row.line, row.cells) for row in rows] == [
        (1, ("Ward", "Visits")),
        (3, ("North", "1,204")),
    ]


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_every_quantity_stands_where_it_says(text):
    lines = text.count("\n") + 1
    for sentence in read(text):
        assert 1 <= sentence.line <= lines
        for found in sentence.quantities:
            assert sentence.text[found.start : found.end].strip() in found.text


@given(st.integers(0, 10**7), st.integers(0, 3))
def test_a_number_written_is_the_number_read(n, decimals):
    value = F(n, 10**decimals)
    (found,) = read(f"In all £{float(value):,.{decimals}f} was spent.")[0].quantities
    assert (found.value, found.decimals) == (value, decimals)
