"""What may not be shown: drawn tables, then an attack on tables of all shapes."""

from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack.catalogue.models import Regime
from peerpack.measures.attack import leaks, sums
from peerpack.measures.disclosure import key_of, rounded, suppressed

PUBLIC = Regime()  # counts of 1 to 7 hidden, ten members of staff at least


def table_of(rows, cuts):
    """Rows of cuts, people, cases; rows of returns are numbered so that parts sum to totals."""
    return pd.DataFrame(
        [
            dict(zip(cuts, names, strict=True))
            | {"base_n": people, "largest_share": None, "numerator_rows": np.arange(cases),
               "denominator_rows": np.arange(people)}
            for *names, people, cases in rows
        ]
    )  # fmt: skip


def hidden(rows, cuts=("directorate", "team"), base_of="staff", regime=PUBLIC, of_its_base=False):
    """The last name of each hidden row; `all` for the headline."""
    table = table_of(rows, cuts)
    flags = suppressed(table, cuts, regime, base_of, of_its_base=of_its_base)
    keys = [key_of(row, cuts) for row in table.to_dict("records")]
    return [key[-1][1] if key else "all" for key, is_hidden in zip(keys, flags, strict=True)
            if is_hidden]  # fmt: skip


@pytest.mark.parametrize(("share", "is_hidden"), [(0.86, True), (0.85, False), (None, False)])
def test_a_team_whose_figure_is_nearly_all_one_persons_is_hidden(share, is_hidden):
    table = table_of([(None, 60, 40), ("Place", 30, 20), ("People", 30, 20)], ["directorate"])
    table["largest_share"] = [0.2, share, 0.2]
    flags = suppressed(table, ["directorate"], PUBLIC, "staff", of_its_base=False)
    assert flags.tolist() == [False, is_hidden, is_hidden]


def test_two_teams_whose_absence_is_nearly_all_one_persons_take_a_third_with_them():
    table = table_of([(None, 90, 90), ("A", 30, 30), ("B", 30, 30), ("C", 30, 30)], ["team"])
    table["numerator"] = [300, 100, 10, 190]
    table["largest_share"] = [0.32, 0.95, 0.2, 0.1]
    flags = suppressed(table, ["team"], PUBLIC, "staff", of_its_base=False)
    assert flags.tolist() == [False, True, True, True]
    table["largest_share"] = [0.32, 0.9, 0.2, 0.1]  # 90 of 110 days is under 85%
    flags = suppressed(table, ["team"], PUBLIC, "staff", of_its_base=False)
    assert flags.tolist() == [False, True, True, False]


def test_answers_that_share_out_the_same_people_are_hidden_together_and_questions_are_not():
    """Of 20 people, 12 satisfied and 8 neither leave nobody else."""
    wards = ((None, 60, (28, 16, 16)), ("A", 20, (12, 8, 0)), ("B", 20, (8, 4, 8)),
             ("C", 20, (8, 4, 8)))  # fmt: skip
    rows = [(f"q{n}", ward, people, cases[n]) for n in range(3) for ward, people, cases in wards]
    table = table_of(rows, ["question", "ward"])
    apart = suppressed(table, ["question", "ward"], PUBLIC, "survey", of_its_base=False)
    assert hidden_of(rows, apart) == ["q1 B", "q1 C"]
    table["numerator_rows"] = [np.arange(n) + 100 * int(q[1]) for q, *_, n in rows]
    shared = suppressed(table, ["question", "ward"], PUBLIC, "survey", of_its_base=False)
    assert hidden_of(rows, shared) == ["q0 B", "q0 C", "q1 B", "q1 C", "q2 B", "q2 C"]


def hidden_of(rows, flags):
    return [f"{row[0]} {row[1]}" for row, flag in zip(rows, flags, strict=True) if flag]


def test_questions_hide_the_same_second_ward_where_they_can():
    wards = ((None, 70, 40), ("A", 20, 4), ("B", 24, 18), ("C", 26, 18))
    other = ((None, 70, 40), ("A", 20, 4), ("B", 26, 18), ("C", 24, 18))
    rows = [("q1", *w) for w in wards] + [("q2", *w) for w in other]
    flags = suppressed(table_of(rows, ["question", "ward"]), ["question", "ward"], PUBLIC,
                       "survey", of_its_base=False)  # fmt: skip
    assert hidden_of(rows, flags) == ["q1 A", "q1 B", "q2 A", "q2 B"]


def test_what_somebody_decided_to_hide_is_hidden_with_a_second_row():
    rows = [(None, None, 150, 150), ("Place", None, 60, 60), ("Adults", None, 50, 50),
            ("Health", None, 40, 40)]  # fmt: skip
    table = table_of(rows, ("directorate", "team"))
    flags = suppressed(table, ("directorate", "team"), PUBLIC, "staff", of_its_base=False,
                       also=[(("directorate", "Place"),)])  # fmt: skip
    assert flags.tolist() == [False, True, False, True]


def test_the_second_row_is_one_that_another_table_hides_too():
    table = table_of([(None, 90, 90), ("A", 4, 4), ("B", 40, 40), ("C", 46, 46)], ["team"])
    flags = [
        suppressed(table, ["team"], PUBLIC, "staff", of_its_base=False, first=first).tolist()
        for first in ([], [(("team", "C"),)])
    ]
    assert flags == [[False, True, True, False], [False, True, False, True]]


def test_a_team_of_four_takes_the_next_smallest_with_it():
    assert hidden([
        (None, None, 91, 80), ("Resources", None, 91, 80),
        ("Resources", "Benefits", 49, 40), ("Resources", "Customers", 38, 30),
        ("Resources", "Emergency", 4, 10),
    ]) == ["Customers", "Emergency"]  # fmt: skip


def test_two_small_teams_cover_each_other_when_enough_people_are_in_them():
    assert hidden([
        (None, None, 58, 58), ("Place", None, 58, 58), ("Place", "Parks", 40, 40),
        ("Place", "Roads", 9, 9), ("Place", "Trees", 9, 9),
    ]) == ["Roads", "Trees"]  # fmt: skip


def test_two_tiny_teams_take_a_third_with_them():
    assert hidden([
        (None, None, 71, 60), ("Place", None, 71, 60), ("Place", "Parks", 40, 30),
        ("Place", "Roads", 25, 20), ("Place", "Trees", 3, 5), ("Place", "Bees", 3, 5),
    ]) == ["Roads", "Trees", "Bees"]  # fmt: skip


def test_two_teams_of_many_people_and_few_cases_take_a_third_with_them():
    assert hidden([
        (None, None, 75, 26), ("Place", None, 75, 26), ("Place", "Parks", 30, 12),
        ("Place", "Roads", 25, 10), ("Place", "Trees", 10, 2), ("Place", "Bees", 10, 2),
    ]) == ["Roads", "Trees", "Bees"]  # fmt: skip


def test_a_directorate_of_one_small_team_is_hidden_with_a_second_directorate_and_a_team_of_it():
    assert hidden([
        (None, None, 84, 80), ("Small", None, 4, 9), ("Place", None, 50, 40),
        ("Adults", None, 30, 31), ("Small", "Only", 4, 9), ("Place", "Parks", 50, 40),
        ("Adults", "Day", 12, 12), ("Adults", "Night", 18, 19),
    ]) == ["Small", "Adults", "Only", "Day"]  # fmt: skip


def test_a_hidden_directorate_and_a_small_team_of_another_do_not_cover_each_other():
    found = hidden([
        (None, None, 115, 115), ("Small", None, 3, 9), ("Other", None, 12, 12),
        ("Place", None, 100, 94), ("Small", "Only", 3, 9), ("Other", "Two", 2, 2),
        ("Other", "Ten", 10, 10), ("Place", "Parks", 100, 94),
    ])  # fmt: skip
    assert found == ["Small", "Other", "Only", "Two", "Ten"]


def test_a_whole_council_too_small_shows_nothing():
    rows = [(None, None, 9, 9), ("Place", None, 5, 5), ("Adults", None, 4, 4)]
    assert hidden(rows) == ["all", "Place", "Adults"]


def test_no_case_at_all_is_shown():
    assert hidden([(None, None, 50, 0), ("Place", None, 30, 0), ("Adults", None, 20, 0)]) == []


def test_a_small_team_without_a_case_is_not_shown_to_have_none():
    found = hidden([
        (None, None, 54, 40), ("Place", None, 54, 40), ("Place", "Parks", 30, 30),
        ("Place", "Roads", 12, 10), ("Place", "Trees", 8, 0), ("Place", "Bees", 4, 0),
    ])  # fmt: skip
    assert found == ["Roads", "Trees", "Bees"]


def test_a_case_that_stands_in_the_rows_twice_is_one_case():
    table = table_of([(None, 50, 8)], ["ward"])
    table.at[0, "numerator_rows"] = np.repeat(np.arange(4), 2)
    assert suppressed(table, ["ward"], PUBLIC, "staff", of_its_base=False).tolist() == [True]


def test_parts_two_cuts_deep_without_the_cut_between_still_sum_to_the_headline():
    assert hidden([
        (None, None, 64, 60), ("Place", "Parks", 30, 30), ("Place", "Trees", 4, 9),
        ("Adults", "Day", 30, 21),
    ]) == ["Trees", "Day"]  # fmt: skip


@pytest.mark.parametrize(
    ("people", "satisfied", "is_hidden"),
    [(7, 7, True), (8, 8, False), (22, 7, True), (22, 8, False), (22, 14, False), (22, 15, True),
     (22, 22, False), (22, 0, False), (0, 0, False)],
)  # fmt: skip
def test_a_survey_hides_few_answers_and_few_of_either_answer(people, satisfied, is_hidden):
    rows = [(None, people, satisfied)]
    assert bool(hidden(rows, ["ward"], "survey", of_its_base=True)) == is_hidden


def test_the_regime_decides():
    rows = [(None, 8, 8)]
    assert hidden(rows, ["ward"]) == ["all"]
    assert hidden(rows, ["ward"], regime=Regime(min_base_staff=5)) == []
    assert hidden(rows, ["ward"], regime=Regime(min_base_staff=0, threshold=9)) == ["all"]
    assert hidden([(None, 1, 1)], ["ward"], regime=Regime(min_base_staff=0, threshold=0)) == []


def test_people_with_posts_in_two_directorates_are_not_subtracted_twice():
    rows = [(None, None, 100, 100), ("A", None, 60, 40), ("B", None, 60, 40), ("C", None, 5, 8),
            ("D", None, 12, 12)]  # fmt: skip
    assert hidden(rows) == ["C", "D"]


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (8, 10), (12, 10), (13, 15), (602, 600)])
def test_counts_of_people_are_rounded_to_the_regimes_base(count, shown):
    assert rounded(count, 5) == shown


def test_leaks_finds_a_row_that_follows_only_from_several_sums_together():
    grid = [(("a", a), ("b", b)) for a, b in product("123456", "123456")]
    keys = [(), *((("a", a),) for a in "123456"), *((("b", b),) for b in "123456"), *grid]
    two_loops = ["11", "12", "21", "22", "44", "45", "54", "55"]
    bridge = "24"
    masked = [(("a", n[0]), ("b", n[1])) for n in [*two_loops, bridge]]
    assert leaks(keys, masked) == [(("a", "2"), ("b", "4"))]
    assert leaks(keys, masked[:-1]) == []


def test_a_row_that_follows_from_several_sums_together_takes_another_with_it():
    few = {"00", "01", "10", "11", "33", "34", "43", "44", "13"}  # two loops and a bridge
    cells = [[(5, 9) if f"{r}{c}" in few else (50, 40) for c in range(6)] for r in range(6)]
    keys, masked, *_ = _attack(cells, "staff", with_columns=True)
    assert len(masked) > len(few)
    assert leaks(keys, masked) == []


# The attack

sizes = st.tuples(st.integers(0, 25), st.integers(0, 25)).map(lambda n: (n[0], min(n)))
nested = st.lists(st.lists(sizes, min_size=1, max_size=4), min_size=1, max_size=5)
grids = st.integers(2, 5).flatmap(
    lambda wide: st.lists(
        st.lists(sizes, min_size=wide, max_size=wide), min_size=2, max_size=5
    )
)  # fmt: skip


def _rows(cells, with_columns):
    """Headline, rows, columns and cells of a table of (people, cases)."""

    def total(parts):
        return tuple(map(sum, zip(*parts, strict=True)))

    yield (None, None, *total([c for row in cells for c in row]))
    yield from ((f"r{i}", None, *total(row)) for i, row in enumerate(cells))
    if with_columns:
        columns = zip(*cells, strict=True)
        yield from ((None, f"c{j}", *total(column)) for j, column in enumerate(columns))
    for i, row in enumerate(cells):
        yield from ((f"r{i}", f"c{j}", *cell) for j, cell in enumerate(row))


def _attack(cells, base_of, with_columns):
    cuts = ["row", "column"]
    table = table_of(list(_rows(cells, with_columns)), cuts)
    survey = base_of == "survey"
    flags = suppressed(table, cuts, PUBLIC, base_of, of_its_base=survey)
    keys = [key_of(row, cuts) for row in table.to_dict("records")]
    masked = {key for key, flag in zip(keys, flags, strict=True) if flag}
    people = dict(zip(keys, table["base_n"], strict=True))
    cases = {k: len(rows) for k, rows in zip(keys, table["numerator_rows"], strict=True)}
    counts = {"people": people, "cases": cases}
    if survey:
        counts["others"] = {k: people[k] - cases[k] for k in keys}
    return keys, masked, counts, {"people": 8 if survey else 10, "cases": 8, "others": 8}


def _totals(keys, with_columns):
    """Each total with its parts, spelt out for two cuts."""
    groups = [((), [k for k in keys if len(k) == 1 and k[0][0] == "row"])]
    tops = [k for k in keys if len(k) == 1]
    if with_columns:
        groups.append(((), [k for k in tops if k[0][0] == "column"]))
    return groups + [(top, [k for k in keys if len(k) == 2 and top[0] in k]) for top in tops]


@settings(deadline=None, max_examples=25)
@given(nested, st.sampled_from(["staff", "survey"]))
def test_nothing_hidden_follows_in_a_table_of_teams_in_directorates(cells, base_of):
    _withstands(cells, base_of, with_columns=False)


@settings(deadline=None, max_examples=15)
@given(grids, st.sampled_from(["staff", "survey"]))
def test_nothing_hidden_follows_in_a_table_of_two_cuts_crossed(cells, base_of):
    _withstands(cells, base_of, with_columns=True)


def _withstands(cells, base_of, with_columns):
    keys, masked, counts, least = _attack(cells, base_of, with_columns)
    groups = _totals(keys, with_columns)
    for key in set(keys) - masked:
        assert all(not 0 < counts[c][key] < least[c] for c in counts)
    assert leaks(keys, masked) == []
    assert not _determined(groups, sorted(masked))
    for total, parts in groups:
        if total in masked or not masked & set(parts):
            continue
        remainder = [part for part in parts if part in masked]
        assert len(remainder) >= 2
        for name, count in counts.items():
            shown = sum(count[part] for part in parts if part not in masked)
            assert count[total] - shown >= min(least[name], count[total])
    _deep(keys, masked, counts, least, with_columns)


def _deep(keys, masked, counts, least, with_columns):
    """The headline less shown rows and less the shown cells of hidden rows, summed up."""
    if () in masked:
        return
    rows = [k for k in keys if len(k) == 1 and k[0][0] == "row"]
    taken = [r for r in rows if r not in masked]
    taken += [k for k in keys if len(k) == 2 and k not in masked and (k[0],) in masked]
    for name, count in counts.items():
        left = count[()] - sum(count[k] for k in taken)
        assert not masked & set(rows) or left >= min(least[name], count[()])


def _determined(groups, unknown):
    """The unknowns that all sums together fix, by exact elimination: parts less total."""
    rows = [[Fraction((u in parts) - (u == total)) for u in unknown] for total, parts in groups]
    at = 0
    for column in range(len(unknown)):
        pivot = next((i for i in range(at, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [x / rows[at][column] for x in rows[at]]
        for i, row in enumerate(rows):
            if i != at and row[column]:
                rows[i] = [x - row[column] * y for x, y in zip(row, rows[at], strict=True)]
        at += 1
    return [row for row in rows[:at] if sum(1 for x in row if x) == 1]


def test_sums_names_every_total_once_with_all_its_parts():
    keys = [(), (("d", "A"),), (("d", "A"), ("t", "x")), (("d", "A"), ("t", "y"))]
    assert list(sums(keys)) == [
        ((), [keys[1]]), ((), keys[2:]), ((("d", "A"),), keys[2:]),
    ]  # fmt: skip
