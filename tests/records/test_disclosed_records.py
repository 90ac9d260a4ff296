"""What the recorder says of tables with hidden rows, and what it leaves as it was."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerpack.errors import RecordRefused
from peerpack.measures.rounding import whole_number_share
from peerpack.records.indicators import without_small_counts

ALONE = "drawn alone"
WARDS = [("Abbey", 60, 30), ("Docks", 40, 4), ("Heath", 50, 25), ("Quay", 70, 50)]
DRAWN = settings(deadline=None, max_examples=15,
                 suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
wards = st.lists(st.integers(1, 45).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
                 min_size=1, max_size=6)  # fmt: skip


def satisfied(record, draw, told, indicator="KR01"):
    table = draw.satisfied(*told)
    return record().evidence(table, indicator, rows=draw.survey, no_comparator=ALONE)


def test_a_hidden_ward_does_not_keep_its_place_in_a_table_by_value(record, draw):
    by_value = [WARDS[3], WARDS[0], WARDS[2], WARDS[1]]
    assert satisfied(record, draw, by_value).parts["group"].tolist() == [
        "Quay", "Abbey", "Docks", "Heath",
    ]  # fmt: skip
    assert satisfied(record, draw, WARDS).parts["group"].tolist() == [
        "Abbey", "Docks", "Heath", "Quay",
    ]  # fmt: skip


def test_a_finding_that_ranks_hidden_wards_among_the_shown_is_refused(record, draw):
    started = record()
    table = draw.satisfied(*WARDS)
    shown = started.evidence(table, "KR01", rows=draw.survey, no_comparator=ALONE)
    with pytest.raises(RecordRefused, match="of those shown, the highest"):
        started.finding("Half are satisfied. The highest share is in Quay.", shown)
    started.finding("Half are satisfied. Of those shown, the highest share is in Quay.", shown)
    assert len(started.records().findings) == 1


def test_all_tables_of_the_same_people_hide_the_same_second_ward(record, draw):
    other = [("Abbey", 45, 22), ("Docks", 40, 4), ("Heath", 50, 25), ("Quay", 70, 50)]
    alone = satisfied(record, draw, other, "KR02")
    started = record()
    for indicator, told in (("KR01", WARDS), ("KR02", other)):
        shown = started.evidence(
            draw.satisfied(*told), indicator, rows=draw.survey, no_comparator=ALONE
        )
        assert hidden(shown) == ["Docks", "Heath"]
    assert hidden(alone) == ["Abbey", "Docks"]


def hidden(shown):
    return sorted(shown.rows.loc[shown.rows["display"] == "[c]", "group"])


def test_what_divides_by_the_cases_that_another_table_hides_is_hidden_too(record, draw):
    """Days by team hide Roads beside Trees; shares of the same days would show them as a whole."""
    teams = [("Place", "Parks", 60, 50), ("Place", "Roads", 30, 25), ("Place", "Trees", 4, 9)]
    days = draw.sickness(*teams)
    shares = days.assign(
        denominator=days["numerator"], denominator_rows=days["numerator_rows"], base_n=20,
        numerator=days["numerator"] / 2, numerator_rows=[n[::2] for n in days["numerator_rows"]],
    )  # fmt: skip
    started = record()
    first = started.evidence(days, "KW01", rows=(draw.spells, draw.posts), no_comparator=ALONE)
    share = started.evidence(shares, "KW04", rows=draw.spells, no_comparator=ALONE)
    alone = record().evidence(shares, "KW04", rows=draw.spells, no_comparator=ALONE)
    assert hidden(first) == hidden(share) == ["Roads", "Trees"]
    assert hidden(alone) == ["Parks", "Trees"]


def test_what_the_council_decided_to_hide_is_hidden_with_another(record, draw, monkeypatch):
    started = record()
    regime = started._council.disclosure.model_copy(update={"also_hide": ("KR01/ward=Quay",)})
    started._council = started._council.model_copy(update={"disclosure": regime})
    told = [("Abbey", 60, 30), ("Heath", 50, 25), ("Quay", 70, 50)]
    other = [(ward, answers, chosen + 1) for ward, answers, chosen in told]
    for indicator, drawn, expected in (
        ("KR01", told, ["Heath", "Quay"]), ("KR02", other, []),
    ):  # fmt: skip
        shown = started.evidence(
            draw.satisfied(*drawn), indicator, rows=draw.survey, no_comparator=ALONE
        )
        assert hidden(shown) == expected


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("3 absence rows name a position that is not listed.",
         "fewer than 8 absence rows name a position that is not listed."),
        ("8 absence rows and 7 people with two posts.",
         "8 absence rows and fewer than 8 people with two posts."),
        ("Rolling 12 months to 30 June 2024; 1,203 spells; 4 quarters; 95% interval.",
         "Rolling 12 months to 30 June 2024; 1,203 spells; 4 quarters; 95% interval."),
    ],
)  # fmt: skip
def test_a_note_about_people_says_no_count_under_the_threshold(record, note, said):
    assert without_small_counts(note, record()._council.disclosure) == said


def test_a_head_count_of_a_part_is_to_the_nearest_five_and_of_the_whole_exact(record, draw):
    table = draw.sickness(("Place", "Parks", 43, 40), ("Adults", "Day", 38, 30))
    heads = table.assign(
        value=table["base_n"], numerator=table["base_n"], denominator=None, largest_share=None,
        numerator_rows=table["denominator_rows"],
    )  # fmt: skip
    shown = record().evidence(heads, "KW11", rows=draw.posts, no_comparator=ALONE)
    assert shown.headline["value"] == 81
    assert shown.parts["value"].tolist() == [45, 40, 45, 40]
    assert shown.parts["display"].tolist() == ["45", "40", "45", "40"]


@DRAWN
@given(wards)
def test_shown_numbers_are_those_of_the_measure_and_parts_still_come_to_the_total(
    record, draw, told
):
    named = [(f"W{at}", *each) for at, each in enumerate(told)]
    shown = satisfied(record, draw, named).rows
    for name in ("numerator", "denominator"):
        kept = shown.loc[shown["display"] != "[c]"].set_index("group")[name]
        place = 1 if name == "denominator" else 2
        want = {"": sum(w[place] for w in named)} | {w[0]: w[place] for w in named}
        assert kept.tolist() == [want[group] for group in kept.index]
        if len(kept) == len(shown):
            assert kept.iloc[1:].sum() == kept.iloc[0]


@DRAWN
@given(wards, st.integers(0, 2))
def test_an_unweighted_percentage_of_whole_things_is_reached_by_a_whole_number(
    record, draw, told, decimals
):
    """Of a survey as of staff, whose base alone is rounded: its operands are as they were."""
    named = [(f"W{at}", *each) for at, each in enumerate(told)]
    for row in satisfied(record, draw, named).rows.itertuples():
        if pd.notna(row.value):
            printed = Fraction(f"{row.value:.{decimals}f}")
            count, reached = whole_number_share(printed, decimals, int(row.denominator))
            assert reached
            assert row.denominator > 10**decimals * 100 or count == row.numerator
            assert row.base_n == row.denominator
