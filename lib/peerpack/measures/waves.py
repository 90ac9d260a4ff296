"""Change between two waves of a survey, with its interval and its test."""

from dataclasses import dataclass
from math import isnan, sqrt

from peerpack.measures.survey import NAN, Estimate

CANNOT = "cannot be tested"
NO_CLEAR_CHANGE = "no clear change"


@dataclass(frozen=True)
class Change:
    """A later estimate less an earlier one: difference, its 95% interval, and p.

    `word`: `rose` or `fell` only where the interval leaves out nought, else `no clear change`, or
    `cannot be tested` where a wave has no standard error.
    """

    difference: float = NAN
    lower: float = NAN
    upper: float = NAN
    p: float = NAN
    word: str = CANNOT

    def said(self) -> str:
        """What the test says, for a note: which way, and p."""
        if isnan(self.p):
            return f"Since the wave before: {self.word}."
        odds = "p < 0.001" if self.p < 0.001 else f"p = {self.p:.2g}"
        return f"Since the wave before: {self.word} ({odds})."


def change(before: Estimate, after: Estimate) -> Change:
    """The change between two independent samples, in the unit of the estimates.

    Both waves must be asked the same question of the same population; the same people asked twice
    would make the interval too wide. Source: difference of two independent estimates, t on
    Satterthwaite's degrees of freedom.
    """
    from scipy.stats import t

    difference = after.value - before.value
    se = sqrt(before.se**2 + after.se**2) if before.se >= 0 and after.se >= 0 else NAN
    if isnan(difference) or isnan(se) or se == 0:
        return Change(difference)
    degrees = se**4 / sum(
        each.se**4 / each.degrees for each in (before, after) if each.degrees >= 1
    )
    half = float(t.ppf(0.975, degrees)) * se
    p = float(2 * t.sf(abs(difference) / se, degrees))
    return Change(difference, difference - half, difference + half, p, _word(difference, half))


def _word(difference: float, half: float) -> str:
    if abs(difference) <= half:
        return NO_CLEAR_CHANGE
    return "rose" if difference > 0 else "fell"
