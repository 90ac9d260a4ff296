"""Formulas of the survey of residents: weighted shares, and how firmly they can be held."""

from math import exp, fsum, log, sqrt

SATISFIED = ("Very satisfied", "Fairly satisfied")
A_DEAL = ("A great deal", "A fair amount")
SAFE = ("Very safe", "Fairly safe")
AGREE = ("Strongly agree", "Tend to agree")
DONT_KNOW = "Don't know"
QUESTIONS = {
    "KR01": ("q2_council_runs_things", SATISFIED),
    "KR02": ("q1_local_area", SATISFIED),
    "KR03": ("q3_value_for_money", AGREE + SATISFIED),
    "KR04": ("q4_acts_on_concerns", A_DEAL),
    "KR05": ("q5_keeps_informed", ("Very well informed", "Fairly well informed")),
    "KR06": ("q6_trust", A_DEAL),
    "KR07": ("q7_safe", SAFE),
    "KR08": ("q8", SATISFIED),
    "KR09": ("q2_council_runs_things", SATISFIED),
}


def question(traced):
    """The column of a question and the answers that count; KR07 and KR08 name it in their cut."""
    column, positive = QUESTIONS[traced.indicator]
    facet = traced.cuts.get("question")
    if facet:
        own = facet.split(" and green")[0]
        column = f"{column}_{own.casefold().replace(' ', '_')}"
    return column, positive


def share(traced):
    """Weights of those who answer positively over weights of all who give an opinion, in %."""
    column, positive = question(traced)
    answered = [row for row in traced.of("denominator") if opinion(row, column)]
    whole = sum(row.number("weight") for row in answered)
    content = [row for row in answered if row.label(column) in positive]
    return 100 * sum(row.number("weight") for row in content) / whole


def opinion(row, column):
    return row.label(column) not in ("", DONT_KNOW)


def firmness(traced):
    """KR09: the effective base of KR01, or half the width of its 95% interval, in points."""
    column, positive = question(traced)
    sample = [row for row in traced.of("weight") if row.number("weight") > 0]
    p, variance, degrees = estimate(sample, column, positive)
    if traced.cuts["measure"] == "half_width_pp":
        return 100 * half_width(p, sqrt(variance), degrees)
    answered = [row for row in sample if opinion(row, column)]
    return len(answered) / design_effect(answered, column, positive, p, variance)


def estimate(sample, column, positive):
    """The share, its variance by linearisation from wards as strata, and its degrees of freedom.

    Who gives no opinion stays in the design with nothing to add: a part of the sample keeps the
    variance of the whole design. Without points where people were drawn together each is alone.
    The degrees of freedom are those of the people who gave one.
    """
    weights = [float(row.number("weight")) if opinion(row, column) else 0.0 for row in sample]
    content = [1.0 if row.label(column) in positive else 0.0 for row in sample]
    whole = fsum(weights)
    p = fsum(w * y for w, y in zip(weights, content, strict=True)) / whole
    parts = [w * (y - p) / whole for w, y in zip(weights, content, strict=True)]
    strata = _strata(sample, parts)
    variance = fsum(_spread(list(own.values())) for own in strata.values())
    told = _strata([row for row in sample if opinion(row, column)])
    return p, variance, sum(map(len, told.values())) - len(told)


def _strata(sample, parts=None):
    """The parts of each ward summed by the point where people were drawn, or one a person."""
    strata = {}
    for row, part in zip(sample, parts or [0.0] * len(sample), strict=True):
        cluster = row.words("sampling_point") or str(row.line)
        own = strata.setdefault(row.words("ward"), {})
        own[cluster] = own.get(cluster, 0.0) + part
    return strata


def _spread(parts):
    """What a stratum adds to the variance: n ÷ (n − 1) × squared distances from its mean."""
    n, mean = len(parts), fsum(parts) / len(parts)
    return n / (n - 1) * fsum((part - mean) ** 2 for part in parts)


def design_effect(answered, column, positive, p, variance):
    """The variance over that of a simple random sample of as many answers."""
    n, whole = len(answered), fsum(float(row.number("weight")) for row in answered)
    squares = fsum(
        float(row.number("weight")) * ((row.label(column) in positive) - p) ** 2 for row in answered
    )
    return variance * n / (squares / whole * n / (n - 1))


def half_width(p, error, degrees):
    """Half of a 95% interval made on the logit scale, by Student's t."""
    from scipy.stats import t as students

    reach = students.ppf(0.975, degrees) * error / (p * (1 - p))
    ends = (1 / (1 + exp(-(log(p / (1 - p)) + sign * reach))) for sign in (-1, 1))
    low, high = ends
    return (high - low) / 2


FORMULAS = dict.fromkeys(QUESTIONS, share) | {"KR09": firmness}
