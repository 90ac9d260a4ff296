"""Claim words: a change, a comparison, a rank or a target stands only on evidence that earns it."""

import pytest

EARNED = """
Council tax collection, {{ KF17 }}, is below {{ KF17.comparator }}.
At {{ KF17 }} we are lower than our neighbours.
At {{ KF17 }} council tax collection is worse than the median.
{{ KF17 }} of council tax is below 93.2%.
86% of council tax is below the median.
{{ KF17 }} met our target of {{ KF17.target }}.
{{ KF17 }} exceeded our target, and {{ KW01 }} missed its target.
{{ KF17 }} is above target.
Sickness is {{ KW01 }}, lower than the median and better than our neighbours.
Sickness is not higher than the median: {{ KW01 }}.
We did not meet our target on sickness: {{ KW01 }}.
Council tax is the lowest of our neighbours: {{ KF17 }}.
Council tax, {{ KF17 }}, is among the worst.
The auditors' main points fell to {{ L20 }}.
The auditors' main points dropped by a third, as {{ L20 }} shows.
Satisfaction rose by {{ KR01/measure=change }}.
Satisfaction improved: {{ KR01/measure=change }}.
"""


@pytest.mark.parametrize(
    "line", [each for each in EARNED.strip().splitlines() if "third" not in each]
)
def test_a_claim_that_its_evidence_earns_stands(line, faults):
    assert faults(line) == []


HOPED = """
We want sickness to fall and satisfaction to have improved.
We aim to be better than the median, and to be among the best in England.
If collection fell, we would act; where it rose, we would say so.
Did it rise? Has satisfaction improved?
To secure a reduction in waits, we hired.
We will have doubled it, and should be above the national average.
Our Improvement Board oversees the improvement plan.
See the table below; above all, ask us.
We met partners and met to set targets.
We hold ourselves to the highest standards.
It costs more than it should, and is higher than we would like.
In the best interests of residents.
The new, improved ways of working, through improved performance and an increased budget.
Increased demand and the reduced grant weigh on us.
Rising demand is what we plan for; fewer than ten people ask.
We set up a board and follow up on it.
"""


@pytest.mark.parametrize("line", HOPED.strip().splitlines())
def test_a_wish_a_plan_a_condition_and_other_uses_of_a_word_claim_nothing(line, faults):
    assert faults(line) == []


REFUSED = {
    "Satisfaction rose.": "a change not earned: no evidence is cited in the sentence",
    "It was {{ KF17 }}. It rose.": "no evidence is cited",
    "It has improved.": "no evidence is cited",
    "Complaints doubled.": "a change not earned: no evidence",
    "Satisfaction rose to {{ KR01 }}.": "KR01: nothing earlier to be set against in this pack",
    "Council tax rose to 86%.": "KF17: nothing earlier",
    "Points rose to {{ L20 }}.": "L20 went down",
    "Points improved to {{ L20 }}.": "L20: nothing earlier",
    "Points did not fall: {{ L20 }}.": "L20 says that it is so",
    "{{ KF17 }} is above the median.": "a comparison not earned: KF17 went down",
    "{{ KF17 }} is better than our neighbours.": "KF17 says worse",
    "{{ KR01 }} is below the median.": "within what chance or rounding can make of it",
    "{{ KF35 }} is above the median.": "no like-for-like comparator",
    "We outperform our neighbours.": "a comparison not earned: no evidence",
    "We are above the national average.": "no evidence is cited",
    "{{ KF17 }} is among the best in England.": "is in place 16 of 16",
    "{{ KW01 }} is the lowest of all.": "a rank not earned: KW01: no rank",
    "{{ KW01 }} met our target.": "a target not earned: KW01 is not at its target",
    "{{ KR01 }} met our target.": "KR01: no target",
    "We met our target.": "a target not earned: no evidence",
    "{{ KW01/team=Legal }} is higher than the median.": "no like-for-like comparator",
    "We are delighted to have reduced absence.": "no evidence",
    "**Absence** fe*ll* in Legal.": "“fell”",
    "# Absence fell": "no evidence",
    "This led to an increase in demand.": "no evidence",
    "We improved services.": "“improved”",
    "Demand has significantly increased.": "“increased”",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_claim_that_nothing_earns_stops_the_build(text, faults):
    (told,) = faults(text)
    assert REFUSED[text] in told
    assert told.endswith("or say it otherwise.")


def test_of_two_parts_of_a_sentence_each_needs_its_own(faults):
    assert faults("Points fell to {{ L20 }}, but {{ KF17 }} is below the median.") == []
    (told,) = faults("Points fell to {{ L20 }}, but {{ KF17 }} is above the median.")
    assert "KF17" in told


def test_one_figure_earns_nothing_where_another_beside_it_speaks_against(faults):
    assert faults("{{ KR01/measure=change }} shows that it rose.") == []
    (told,) = faults("With {{ L20 }} points {{ KR01/measure=change }} shows that it rose.")
    assert "L20 went down" in told


def test_a_row_of_a_table_is_one_sentence(faults):
    assert faults("| a | b |\n|---|---|\n| {{ L20 }} | fell |") == []
    assert faults("| a | b |\n|---|---|\n| {{ L20 }} | rose |")


def test_a_change_is_earned_by_the_pack_before_beyond_both_intervals(draw, faults):
    def since(value, lower, upper, period="2022-23"):
        then = draw.row("KR01", value, lower=lower, upper=upper, period=period)
        rows = [r | {"direction": "improving"} if r["evidence_id"] == "KR01" else r
                for r in draw.rows]  # fmt: skip
        return draw.pack(rows=rows), draw.before(then)

    rose = "Satisfaction rose to {{ KR01 }}."
    assert faults(rose, *since(33.0, 30.0, 36.0)) == []
    assert "within what chance" in faults(rose, *since(43.0, 40.0, 46.0))[0]
    assert "KR01 went down" in faults(rose, *since(60.0, 58.0, 62.0))[0]
    assert "nothing earlier" in faults(rose, *since(33.0, 30.0, 36.0, period="2023-24"))[0]


def test_doubled_and_halved_are_near_their_factor(draw, faults):
    def then(value):
        earlier = draw.row("KF35", value, unit="GBP", period="2022-23")
        rows = [r | {"direction": "increasing"} if r["evidence_id"] == "KF35" else r
                for r in draw.rows]  # fmt: skip
        return draw.pack(rows=rows), draw.before(earlier)

    doubled, more = "It doubled to {{ KF35 }}.", "It more than doubled to {{ KF35 }}."
    assert faults(doubled, *then(677_000.0)) == []
    assert faults(more, *then(500_000.0)) == []
    assert "it is 2.71 times what it was" in faults(doubled, *then(500_000.0))[0]
    assert faults(more, *then(700_000.0))
    assert faults("It almost doubled to {{ KF35 }}.", *then(700_000.0)) == []
    assert faults("It halved to {{ KF35 }}.", *then(2_700_000.0)) == []
    assert faults("It halved to {{ KF35 }}.", *then(677_000.0))


def test_two_waves_cited_together_are_a_change(draw, faults):
    waves = [draw.row(f"KR02/wave={year}", value, f"{value}%", breakdown="wave", group=year,
                      period=year, lower=value - 1, upper=value + 1)
             for year, value in (("2022-23", 40.0), ("2023-24", 50.0))]  # fmt: skip
    pack = draw.pack(rows=waves)
    said = "from {{ KR02/wave=2022-23 }} to {{ KR02/wave=2023-24 }}"
    assert faults(f"It rose {said}.", pack) == []
    assert faults(f"It fell {said}.", pack)


def test_one_figure_may_be_set_against_another(draw, faults):
    parts = [draw.row(f"KR02/ward={ward}", value, f"{value}%", breakdown="ward", group=ward)
             for ward, value in (("A", 40.0), ("B", 50.0))]  # fmt: skip
    pack = draw.pack(rows=parts)
    assert faults("{{ KR02/ward=B }} is higher than {{ KR02/ward=A }}.", pack) == []
    assert faults("{{ KR02/ward=A }} is higher than {{ KR02/ward=B }}.", pack)
    assert faults("{{ KR02/ward=B }} is the highest of our wards.", pack) == []
    assert faults("{{ KR02/ward=A }} is the highest of our wards.", pack)
