"""An attacker who knows nothing of how rows were hidden: from the rows shown, what must be true?

The people of a table are drawn one by one. The attacker knows which people may be in which cell of
the table, not how many; each row shown is one fact about those cells. Linear programming over the
cells, written here anew, gives the least and the most that each hidden row can be.
"""

import random
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import identity, kron

from peerpack.catalogue.models import Regime
from peerpack.measures.attack import bounds, determined, extremes, independent, narrow, sums
from peerpack.measures.disclosure import suppressed

TABLES_N = 1000
LEAST = {"staff": {"people": 10, "cases": 8}, "survey": {"people": 8, "cases": 8, "others": 8}}
REGIME = Regime()


@dataclass(frozen=True)
class Drawn:
    """A table of people: each a cell, days lost (or satisfied or not), and rows made of cells."""

    cuts: tuple
    cells: tuple
    people: dict  # cell -> days of each person in it
    rows: tuple  # (cut values, cells in the row)

    def counts(self, inside, base_of):
        """People, cases and others of a row."""
        days = [d for cell in inside for d in self.people[cell]]
        cases = sum(d > 0 for d in days)
        every = {"people": len(days), "cases": cases, "others": len(days) - cases}
        return {name: every[name] for name in LEAST[base_of]}

    def largest_share(self, inside):
        days = [d for cell in inside for d in self.people[cell]]
        return max(days) / sum(days) if sum(days) else None


def draw(rng, kind):
    wide, deep = rng.randint(2, 4), rng.randint(2, 3)
    a, b = [f"a{i}" for i in range(wide)], [f"b{j}" for j in range(deep)]
    if kind == "teams":
        cells = [(x, f"{x}{y}") for x in a for y in b[: rng.randint(1, deep)]]
    else:
        cells = list(product(a, b))
    people = {cell: _days(rng) for cell in cells}
    one = [((x, None), [c for c in cells if c[0] == x]) for x in a]
    other = [((None, y), [c for c in cells if c[1] == y]) for y in b]
    inner = [(cell, [cell]) for cell in cells]
    rows = {"teams": one + inner, "crossed": one + other + inner, "apart": one + other}[kind]
    return Drawn(("a", "b"), tuple(cells), people, (((None, None), cells), *rows))


def _days(rng):
    few, often, much = rng.random() < 0.5, rng.random(), rng.random() < 0.1
    n = rng.randint(0, 9) if few else rng.randint(8, 40)
    days = [rng.randint(1, 9) if rng.random() < often else 0 for _ in range(n)]
    return [rng.choice([90, 400]), *days] if much else days


def hidden_rows(drawn, base_of, order=None):
    """Which rows production hides; they may be given in another order."""
    order = order or range(len(drawn.rows))
    rows = [drawn.rows[i] for i in order]
    told = [_row(drawn, names, inside, base_of) for names, inside in rows]
    flags = suppressed(
        pd.DataFrame(told), drawn.cuts, REGIME, base_of, of_its_base=base_of == "survey"
    )
    return {rows[i][0] for i in np.flatnonzero(flags)}


def _row(drawn, names, inside, base_of):
    counts = drawn.counts(inside, base_of)
    days = sum(d for cell in inside for d in drawn.people[cell])
    return dict(zip(drawn.cuts, names, strict=True)) | {
        "base_n": counts["people"], "numerator": days,
        "largest_share": drawn.largest_share(inside) if base_of == "staff" else None,
        "numerator_rows": np.arange(counts["cases"]),
        "denominator_rows": np.arange(counts["people"]),
    }  # fmt: skip


def ranges(drawn, masked, base_of):
    """By count, the least and the most of each hidden row."""
    cuts = {tuple(name is not None for name in names) for names, _ in drawn.rows}
    if len(cuts) == 4:  # the whole, two cuts and the two crossed
        yield from _programmed(drawn, masked, base_of)
        return
    for name in LEAST[base_of]:
        counts = {n: drawn.counts(inside, base_of)[name] for n, inside in drawn.rows}
        for cut in (0, 1):
            yield from ((name, *each) for each in _in_tree(counts, masked, cut))


def _in_tree(counts, masked, cut):
    """By hand: what hidden rows share is what is left of the row over them."""
    tops = [n for n in counts if n[cut] and not n[1 - cut]]
    inner = {top: [n for n in counts if all(n) and n[cut] == top[cut]] for top in tops}
    open_ = {n for n in masked if n in tops}
    floor = {t: sum(counts[n] for n in inner[t] if n not in masked) for t in tops}
    most = 5000 if (None, None) in masked else (
        counts[None, None] - sum(counts[t] for t in tops if t not in open_))  # fmt: skip
    for top in tops:
        whole = counts[top]
        if top in open_:
            whole = most - sum(floor[t] for t in open_ if t != top)
            alone = open_ == {top} and (None, None) not in masked
            yield top, whole if alone else floor[top], whole
        unseen = [n for n in inner[top] if n in masked]
        for n in unseen:
            sole = len(unseen) == 1 and top not in open_
            yield n, whole - floor[top] if sole else 0, whole - floor[top]


def _programmed(drawn, masked, base_of):
    """One linear program for all hidden rows."""
    at = {cell: i for i, cell in enumerate(drawn.cells)}
    of = {names: np.isin(range(len(at)), [at[c] for c in inside]) for names, inside in drawn.rows}
    facts = np.array([of[names] for names, _ in drawn.rows if names not in masked], dtype=float)
    wanted = sorted(masked, key=str)
    if not len(facts) or not masked:
        return
    names = list(LEAST[base_of])
    said = [[drawn.counts(inside, base_of)[name] for names_, inside in drawn.rows
             if names_ not in masked] for name in names]  # fmt: skip
    aims = np.array([of[names] for names in wanted], dtype=float)
    many = 2 * len(wanted) * len(names)
    found = linprog(
        np.tile(np.concatenate([aims.ravel(), -aims.ravel()]), len(names)),
        A_eq=kron(identity(many), facts, format="csr"),
        b_eq=np.concatenate([np.tile(each, 2 * len(wanted)) for each in said]),
        bounds=(0, 5000),
        method="highs-ds",
    )
    assert found.success, "the truth itself fits the facts"
    cells = found.x.reshape(len(names), 2, len(wanted), len(at))
    for name, ends in zip(names, cells, strict=True):
        for aim, low, high, row in zip(aims, *ends, wanted, strict=True):
            yield name, row, float(low @ aim), float(high @ aim)


def withstands(drawn, base_of):
    masked = hidden_rows(drawn, base_of)
    inside = dict(drawn.rows)
    for names in set(inside) - masked:
        counts = drawn.counts(inside[names], base_of)
        assert all(not 0 < n < LEAST[base_of][name] for name, n in counts.items()), names
        if base_of == "staff":
            assert (drawn.largest_share(inside[names]) or 0) <= REGIME.dominance, names
    for name, row, low, high in ranges(drawn, masked, base_of) if masked else ():
        least = LEAST[base_of][name]
        few = round(low) < least and round(high) - round(low) + 1 < least
        assert not few or _of_nobody(drawn, row, masked, name, base_of), (name, row, low, high)
    if base_of == "staff":
        _no_remainder_is_one_persons(drawn, masked)
    return len(masked)


def _of_nobody(drawn, row, masked, name, base_of):
    """A row shown to be of nobody at all says so of the rows in it too."""
    own = set(dict(drawn.rows)[row])
    return any(own <= set(inside) and not drawn.counts(inside, base_of)[name]
               for names, inside in drawn.rows if names not in masked)  # fmt: skip


def _no_remainder_is_one_persons(drawn, masked):
    """Each shown total less the shown rows of one cut in it."""
    for (names, inside), cut in product(drawn.rows, [(0,), (1,), (0, 1)]):
        parts = [(n, cells) for n, cells in drawn.rows
                 if n != names and set(cells) <= set(inside)
                 and tuple(i for i in (0, 1) if n[i] and not names[i]) == cut]  # fmt: skip
        left = set(inside) - {c for n, cells in parts if n not in masked for c in cells}
        if names not in masked and parts and left and left != set(inside):
            assert (drawn.largest_share(left) or 0) <= REGIME.dominance, (names, left)


def test_which_rows_are_hidden_does_not_depend_on_their_order():
    rng = random.Random(7)
    for kind, base_of in list(product(("teams", "apart", "crossed"), LEAST)) * 4:
        drawn = draw(rng, kind)
        order = rng.sample(range(len(drawn.rows)), len(drawn.rows))
        assert hidden_rows(drawn, base_of, order) == hidden_rows(drawn, base_of), order


def test_an_attack_by_hand_and_one_by_linear_programming_find_the_same():
    rng = random.Random(3)
    for kind in ("teams", "apart") * 5:
        drawn = draw(rng, kind)
        masked = hidden_rows(drawn, "survey")
        by_hand = {(name, row): ends for name, row, *ends in ranges(drawn, masked, "survey")}
        assert by_hand == {
            (name, row): pytest.approx(ends, abs=1e-6)
            for name, row, *ends in _programmed(drawn, masked, "survey")
            if row != (None, None)
        }


def test_suppression_is_never_beaten_by_the_attack_in_a_thousand_random_tables():
    rng = random.Random(20241122)
    found = [
        withstands(draw(rng, kind), base_of)
        for _ in range(TABLES_N // 5)
        for kind, base_of in (
            ("teams", "staff"), ("teams", "survey"), ("apart", "staff"), ("apart", "survey"),
            ("crossed", rng.choice(["staff", "survey"])),
        )
    ]  # fmt: skip
    assert len(found) == TABLES_N
    assert sum(map(bool, found)) > TABLES_N / 2, "most tables have something to hide"


# What the attack is made of

A1, A2, B1, B2 = ((("a", "1"),), (("a", "2"),), (("b", "1"),), (("b", "2"),))


def test_what_two_hidden_parts_can_be_is_what_the_others_leave_them():
    equations = [((), [A1, A2, B1])]
    assert bounds(equations, {(): 30, B1: 18}, [A1, A2]) == {A1: (0, 12), A2: (0, 12)}


def test_a_count_in_two_totals_is_bounded_by_both_and_by_what_is_beside_it_in_each():
    cells = [(*a, *b) for a in (A1, A2) for b in (B1, B2)]
    equations = [(A1, cells[:2]), (A2, cells[2:]), (B1, cells[::2]), (B2, cells[1::2])]
    found = bounds(equations, {A1: 20, A2: 10, B1: 27, B2: 3}, cells)
    assert found == dict(zip(cells, [(17, 20), (0, 3), (7, 10), (0, 3)], strict=True))


def test_figures_that_contradict_one_another_bound_nothing():
    assert bounds([((), [A1, A2])], {(): 5, A1: 9}, [A2]) == {}
    loop = [((), [A1, A2]), ((), [B1, B2]), (B1, [A1, A2])]
    assert bounds(loop, {(): 5, B1: 4}, [A1, A2, B2]) == {}


@pytest.mark.parametrize(
    ("low", "high", "is_narrow"),
    [(0, 6, True), (0, 7, False), (1, 7, True), (3, 10, False), (4, 10, True), (8, 8, False)],
)
def test_a_hidden_count_must_be_possible_for_eight_whole_numbers_or_known_to_be_large(
    low, high, is_narrow
):
    assert narrow(low, high, 8) == is_narrow


def test_a_question_is_another_figure_and_not_a_part_of_a_sum():
    asked = [(("question", q), *cut) for q in "12" for cut in ((), A1, A2)]
    totals = list(sums(asked))
    assert totals == [(asked[0], asked[1:3]), (asked[3], asked[4:])]
    assert determined(totals, [asked[1]]) == [asked[1]]


def test_a_council_is_the_sum_of_its_teams_by_its_directorates():
    keys = [(), A1, A2, (*A1, ("t", "x")), (*A2, ("t", "y"))]
    assert independent(list(sums(keys))) == [
        ((), [A1, A2]), (A1, [keys[3]]), (A2, [keys[4]]),
    ]  # fmt: skip
    assert independent(list(sums([(), keys[3], keys[4]]))) == [((), keys[3:])]


def test_extremes_of_nothing_known_are_open():
    ends = extremes(np.array([[1.0, 1.0, -1.0]]), np.array([0.0]))
    assert (ends[:, 0] == 0).all()
    assert (ends[:, 1] >= 1e6).all()
