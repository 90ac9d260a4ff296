"""Numbers typed by hand: which need evidence, which evidence they are, which stop the build."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpack.statement.numbers import typed

APART = """
The challenge was on 16 to 19 July 2024, 2024-07-16, 16/07/2024 and in May 2023.
In 2023, since 2010, by 2027, for 2023/24 and 2023-24, in Q1 and in 2024-25-Q1.
See section 4, paragraph 3.2, appendix 2, table 5, recommendation 12 and theme 3.
Four days, five themes, three of our twelve wards, and one in each.
It takes three years, eighteen months or twenty years.
Half of the year has passed, and we meet twice a year.
Call 0151 233 3000 by 5pm, or write to L1 1JJ about COVID-19, s114 and the M62.
Pupils aged 11 to 16, under-18s, 16-17 year olds and over-65s.
The 1st and the 21st, 24/7, under the Care Act 2014.
We meet in room 4 on day 2.
"""


@pytest.mark.parametrize("line", APART.strip().splitlines())
def test_dates_years_sections_and_small_words_need_no_evidence(line, read):
    assert read(line) == line


TYPED = {
    "86% of council tax was collected.": "[86%](KF17)",
    "Council tax: 86 per cent.": "[86 per cent](KF17)",
    "We paid £1.354m to suppliers.": "[£1.354m](KF35)",
    "We paid £1.4m to suppliers.": "[£1.4m](KF35)",
    "We paid £1,354,000 to suppliers.": "[£1,354,000](KF35)",
    "About £1.4 million went to suppliers.": "[£1.4 million](KF35)",
    "The auditors raised 18 main points.": "[18](L20)",
    "We employ 592 people.": "[592](KW11)",
    "We employ around 600 people.": "[600](KW11)",
    "We employ almost 600 people.": "[600](KW11)",
    "We employ more than 590 people.": "[590](KW11)",
    "Sickness absence was 2.25 days.": "[2.25 days](KW01)",
    "Sickness absence was 2.3 days.": "[2.3 days](KW01)",
    "Nearly half of residents are satisfied.": "[half](KR01)",
    "8*6*% of council tax.": "[86%](KF17)",
}


@pytest.mark.parametrize("text", TYPED)
def test_a_typed_number_that_equals_a_figure_becomes_a_link_to_it(text, read):
    assert TYPED[text] in read(text).replace("](KF17)[", "")


def test_a_number_beside_a_citation_may_be_what_its_card_shows(read):
    told = read("{{ KR01 }}: 42% to 49% of 977 answers; neighbours 48%.")
    assert told == "[46%](KR01): [42% to 49%](KR01) of [977](KR01) answers; neighbours [48%](KR01)."


REFUSED = {
    "77% are happy.": "nearest in this pack: {{ KF17 }}, Council tax collected in the year, is 86%",
    "86.4% of council tax.": "is 86%",
    "86 points of council tax.": "no evidence in this pack is",
    "£86m of council tax.": "no evidence",
    "86 days of council tax.": "no evidence",
    "A 3-year plan.": "3-year",
    "It took 12 months.": "12 months",
    "It took twenty-one days.": "twenty-one days",
    "Ninety per cent agree.": "Ninety per cent",
    "Half of suppliers agree.": "Half",
    "Two thirds of residents agree.": "Two thirds",
    "One in five disagree.": "One in five",
    "Seventeen left.": "Seventeen",
    "Three million pounds went.": "Three million",
    "18 is a number.": "“18”",
    "592 stars.": "“592”",
    "Sickness in Legal was 7.1 days.": "7.1 days",
    "It costs twice the average.": "twice",
    "½ of it.": "a number that cannot be read",
    "42% to 48% of answers.": "no evidence",
    "| a |\n|---|\n| 77% |": "“77%”",
    "# 77% are happy": "“77%”",
    "- 77% are happy": "“77%”",
    "**7**7% are happy": "“77%”",
    "7&#55;% are happy": "“77%”",
    "٧٧% are happy": "٧٧",
    "Up to 40,000 people.": "40,000",
    "[77% are](https://example.org/5) happy": "“77%”",
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_a_number_that_no_evidence_is_stops_the_build(text, faults):
    (told,) = faults(text)
    assert REFUSED[text] in told
    assert told.startswith("  line ")


def test_of_equal_figures_the_one_whose_title_the_sentence_shares_is_meant(draw, read, faults):
    other = draw.row("KG01", 86.0, "86%", title="Requests for information answered in time")
    pack = draw.pack(rows=(*draw.rows, other))
    assert "(KG01)" in read("86% of requests for information were answered.", pack)
    assert "(KF17)" in read("86% of council tax was collected.", pack)
    assert faults("86% is what it is.", pack)


def test_a_part_is_meant_only_where_the_sentence_names_it(draw, read, faults):
    part = draw.row("KF17/ward=Riverside", 71.0, "71%", breakdown="ward", group="Riverside",
                    title="Council tax collected: Riverside")  # fmt: skip
    pack = draw.pack(rows=(*draw.rows, part))
    assert "(KF17/ward=Riverside)" in read("In Riverside it is 71%.", pack)
    assert faults("Elsewhere council tax is 71%.", pack)


def test_a_figure_printed_that_cannot_be_is_no_evidence(draw, faults):
    wrong = draw.row("L05", 12.0, "12%", kind="claim", indicator="", stated_value=33.0,
                     stated_decimals=0.0, agreement="cannot be", title="Overspend")  # fmt: skip
    pack = draw.pack(rows=(wrong,))
    assert not faults("The overspend is 12%.", pack)
    assert faults("The overspend is 33%.", pack)


def test_a_negative_figure_may_be_said_as_a_fall(draw, read, faults):
    less = draw.row("KF09", -4.0, "-4.0%", title="Reserves against last year")
    pack = draw.pack(rows=(less,))
    assert "(KF09)" in read("Reserves are under by 4.0%.", pack)
    assert faults("Reserves are over by 4.0%.", pack)


@given(st.integers(13, 10**6), st.sampled_from(["%", " days", " people", " per cent", "", "m"]))
def test_no_number_in_digits_goes_unread(number, unit):
    assert typed(f"It was {number}{unit} in all.") or 1900 <= number < 2100
