"""A benchmark: contenders that do the same work by turns, and the figures made of their times."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from timed import Failed

RATIO, SECONDS, GIGABYTES = "ratio", "s", "GB"


@dataclass(frozen=True)
class Contender:
    """A whole process to time. `before` makes its inputs ready, unmeasured, in each round."""

    words: tuple
    env: dict = field(default_factory=dict)
    cwd: object = None
    before: Callable[[int], None] = lambda _: None


@dataclass(frozen=True)
class Figure:
    """A figure that is to be shown: what it claims, of whom, beside whom, and its bound.

    Of unit `ratio`: the median of our seconds over the baseline's. Of `s`: our median seconds. Of
    `GB`: our greatest peak memory, with the baseline's beside it.
    """

    name: str
    claim: str
    ours: str
    baseline: str
    bound: float
    unit: str = RATIO


@dataclass(frozen=True)
class Benchmark:
    """A name, the figures it is for, and what prepares its contenders in a place of their own.

    `skipped` gives why it cannot run here, or nothing. Where contenders `agree`, what they print is
    compared: work that comes to another answer is not the same work.
    """

    name: str
    figures: tuple
    prepare: Callable
    skipped: Callable = lambda: ""
    agree: bool = False


def rounds(contenders, times, measure, tell=lambda _: None):
    """Each contender's costs: they take turns, so that drift of the machine cancels."""
    costs = {name: [] for name in contenders}
    for at in range(times):
        for name, contender in contenders.items():
            contender.before(at)
            cost = measure(name, contender)
            costs[name].append(cost)
            tell(
                f"{name}: {cost.seconds:.2f} s, processor {cost.cpu_s:.2f} s ({at + 1} of {times})"
            )
    return costs


def refuse_unlike(costs):
    """Refuse contenders whose last line is not one and the same; warnings may stand above it."""
    said = {tuple(each.said.splitlines()[-1:]) for every in costs.values() for each in every}
    if len(said) > 1:
        raise Failed(f"{', '.join(costs)}: they came to {len(said)} different answers")


def of_figure(figure, costs):
    """The figure as results.json keeps it: what was measured, medians, whether it is met."""
    ours, baseline = costs[figure.ours], costs[figure.baseline]
    told = {"claim": figure.claim, "bound": figure.bound, "unit": figure.unit}
    told |= _side("ours", figure.ours, ours) | _side("baseline", figure.baseline, baseline)
    told["value"] = value_of(told)
    return told | {"met": told["value"] <= figure.bound}


def not_measured(figure, why):
    """The place of a figure that was not measured, with the reason."""
    told = {"claim": figure.claim, "bound": figure.bound, "unit": figure.unit}
    return told | {"not_measured": why or "not run yet"}


def value_of(told):
    """The one number of a figure, of what was measured for it."""
    if told["unit"] == GIGABYTES:
        return round(max(told["ours_peak_mb"]) / 1024, 2)
    ours = median(told["ours_s"])
    return round(ours if told["unit"] == SECONDS else ours / median(told["baseline_s"]), 3)


def _side(side, name, costs):
    return {
        side: name,
        f"{side}_s": [round(each.seconds, 3) for each in costs],
        f"{side}_cpu_s": [round(each.cpu_s, 3) for each in costs],
        f"{side}_peak_mb": [round(each.peak_mb) for each in costs],
        f"{side}_median_s": round(median(round(each.seconds, 3) for each in costs), 3),
    }
