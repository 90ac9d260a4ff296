"""Drawn numbers written as sentences: what is true is never accused, what is far from true is."""

from fractions import Fraction

from drawn_reports import verdict_of
from hypothesis import assume, given
from hypothesis import strategies as st

from peerpack.audit import claims

WAYS = (
    "Of the {whole} cases, {part} ({share}) were late.",
    "{part} of {whole} cases ({share}) were late.",
    "{share} ({part} of {whole}) were late.",
    "{share} of {whole} cases were late.",
    "We had {whole} cases, of which {share} were late.",
    "Of the {whole} cases, {share} were late.",
)
CHANGES = (
    "It rose by {change} from {old} to {new}.",
    "It moved from {old} to {new}, an increase of {change}.",
    "There were {new} cases, up {change} from {old}.",
    "There were {new} cases, compared with {old} before, a rise of {change}.",
)


def printed(value, decimals):
    """Half up, as people round."""
    return f"{int(value * 10**decimals + Fraction(1, 2)) / 10**decimals:.{decimals}f}"


def accused(text):
    return [c for c in claims(text) if c.verdict == "cannot_be"]


@given(st.integers(1, 4000), st.data(), st.integers(0, 2), st.sampled_from(WAYS))
def test_a_true_share_restated_is_never_accused(whole, data, decimals, way):
    part = data.draw(st.integers(0, whole))
    share = printed(Fraction(100 * part, whole), decimals)
    assert accused(way.format(whole=f"{whole:,}", part=f"{part:,}", share=f"{share}%")) == []


@given(st.integers(20, 900), st.data(), st.sampled_from(WAYS[:3]))
def test_a_share_off_by_more_than_rounding_is_accused(whole, data, way):
    part = data.draw(st.integers(1, whole - 1))
    wrong = Fraction(100 * part, whole) + data.draw(st.sampled_from((-3, 2, 5)))
    assume(0 < wrong <= 100)
    share = f"{printed(wrong, 1)}%"
    assert verdict_of(way.format(whole=whole, part=part, share=share), share) == "cannot_be"


@given(st.integers(10, 60), st.integers(1, 999), st.sampled_from(WAYS[3:]))
def test_a_share_that_no_whole_number_gives_is_accused_and_any_other_is_not(whole, tenths, way):
    share = Fraction(tenths, 10)
    reachable = any(abs(Fraction(100 * n, whole) - share) <= Fraction(1, 20) for n in range(whole))
    text = way.format(whole=whole, share=f"{float(share):.1f}%")
    assert bool(accused(text)) == (not reachable)


@given(st.integers(10, 5000), st.integers(11, 6000), st.integers(0, 2), st.sampled_from(CHANGES))
def test_a_true_change_is_never_accused(old, new, decimals, way):
    assume(new > old)
    change = printed(Fraction(100 * (new - old), old), decimals)
    assert accused(way.format(old=f"{old:,}", new=f"{new:,}", change=f"{change}%")) == []


@given(st.lists(st.integers(1, 99_999), min_size=2, max_size=8), st.integers(0, 1))
def test_a_table_of_rounded_parts_and_their_true_total_is_never_accused(parts, decimals):
    rows = "".join(
        f"| S{n} | {printed(Fraction(p, 100), decimals)} |\n" for n, p in enumerate(parts)
    )
    total = printed(Fraction(sum(parts), 100), decimals)
    assert accused(f"| Service | £m |\n|---|---|\n{rows}| Total | {total} |\n") == []
