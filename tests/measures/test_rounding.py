"""What rounding implies, as a property and by brute force."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpack.measures.book import DIVIDING, FORMULAS
from peerpack.measures.rounding import Interval, implied, propagate, rounds_to, whole_number_share

printed = st.tuples(st.integers(10, 10**6), st.integers(-1, 3), st.fractions(F(-1, 2), F(1, 2)))


def interval(low, high):
    return Interval(F(low), F(low), F(high))


@pytest.mark.parametrize(
    ("operator", "low", "high"),
    [("=", "15.35", "15.45"), ("~", "15.35", "15.45"),
     (">", "15.4", "15.5"), ("<", "15.3", "15.4")],
)  # fmt: skip
def test_a_printed_figure_stands_for_a_range_of_one_unit_of_its_last_digit(operator, low, high):
    found = implied(F("15.4"), 1, operator)
    assert (found.lower, found.upper) == (F(low), F(high))


def test_a_figure_in_thousands_stands_for_a_thousand():
    assert implied(F(45000), -3, "=") == Interval(F(45000), F(44500), F(45500))


@given(st.sampled_from(sorted(FORMULAS)), printed, printed)
def test_the_true_value_of_rounded_operands_lies_in_the_propagated_interval(method, one, other):
    operands, true = [], []
    for digits, decimals, within in (one, other):
        unit = F(10) ** -decimals
        operands.append(implied(digits * unit, decimals, "="))
        true.append((digits + within) * unit)
    found = propagate(FORMULAS[method], operands)
    assert found.lower <= FORMULAS[method](true) <= found.upper
    assert found.lower <= found.value <= found.upper


def test_every_formula_that_divides_is_known_to():
    assert set(DIVIDING) == {m for m, f in FORMULAS.items() if _divides(f)}


def _divides(formula):
    try:
        formula([F(1), F(0)])
    except ZeroDivisionError:
        return True
    return False


def test_ranges_that_touch_overlap_and_ranges_apart_do_not():
    assert interval(1, 2).overlaps(interval(2, 3))
    assert not interval(1, 2).overlaps(interval("2.001", 3))


@given(st.integers(1, 400), st.integers(0, 2), st.integers(0, 10_000))
def test_a_share_of_whole_things_is_reachable_just_when_some_whole_number_prints_it(
    base, decimals, at
):
    stated = F(at, 100)
    nearest, reachable = whole_number_share(stated, decimals, base)
    some = [n for n in range(base + 1) if rounds_to(F(100 * n, base), stated, decimals)]
    assert reachable == bool(some)
    assert not some or nearest in some
