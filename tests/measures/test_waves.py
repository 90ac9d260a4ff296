"""Change between two waves: told only where its interval leaves out nought."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind_from_stats

from peerpack.measures.survey import Estimate
from peerpack.measures.waves import change


def share(value, n):
    return Estimate(value=value, se=math.sqrt(value * (1 - value) / n), degrees=n - 1, base_n=n)


def test_ten_points_between_a_thousand_and_five_hundred_are_a_rise():
    """43% of 500 and 53% of 1,000: 10 points, 5.3 either way (domain, KR09)."""
    found = change(share(0.43, 500), share(0.53, 1000))
    assert (found.difference, found.word) == (pytest.approx(0.10), "rose")
    assert found.upper - found.difference == pytest.approx(0.053, abs=6e-4)
    assert found.p < 0.001


def test_the_test_is_welchs():
    found = change(Estimate(value=5.0, se=1.0, degrees=9), Estimate(value=8.0, se=0.5, degrees=19))
    expected = ttest_ind_from_stats(8, 0.5 * 20**0.5, 20, 5, 1.0 * 10**0.5, 10, equal_var=False)
    assert found.p == pytest.approx(expected.pvalue)


def test_a_small_fall_is_no_clear_change():
    found = change(share(0.50, 200), share(0.47, 200))
    assert found.word == "no clear change"
    assert found.lower < 0 < found.upper
    assert change(share(0.50, 200), share(0.59, 200)).word == "no clear change"  # p is 0.07
    assert change(share(0.50, 200), share(0.60, 200)).word == "rose"  # p is 0.04


@pytest.mark.parametrize("other", [Estimate(value=1.0), Estimate(), Estimate(value=0.5, se=0.0)])
def test_a_wave_without_an_error_cannot_be_tested(other):
    found = change(other, Estimate(value=0.5, se=0.0, degrees=5))
    assert found.word == "cannot be tested"
    assert math.isnan(found.p)


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95), st.integers(10, 2000))
def test_the_word_the_interval_and_p_agree(before, after, n):
    found = change(share(before, n), share(after, n))
    clear = found.word in ("rose", "fell")
    assert clear == (found.lower > 0 or found.upper < 0)
    assert clear == (found.p < 0.05)
    back = change(share(after, n), share(before, n))
    assert {found.word, back.word} in ({"rose", "fell"}, {"no clear change"})
