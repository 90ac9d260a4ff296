"""Residents: what they say of the council, weighted, with intervals; and how firm that is."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from peerpack.handover.evidence import Comparison
from peerpack.measures import survey
from peerpack.measures.sampling import Design
from peerpack.measures.survey import NAN
from peerpack.measures.table import NOTHING, PER_CENT, measured, rows_in
from peerpack.measures.waves import change

SATISFIED = ("Very satisfied", "Fairly satisfied")
A_DEAL = ("A great deal", "A fair amount")
SAFE = ("Very safe", "Fairly safe")
CUTS = ("ward", "age_band", "sex")
NOT_STATED = "Not stated"
TELEPHONE = "telephone"
HEAVY = 4.0
NOT_ASKED = "The survey did not ask this."


class Asked(NamedTuple):
    """A question as a column, and the answers to it that count."""

    column: str
    positive: tuple[str, ...]


QUESTIONS: Mapping[str, Mapping[str, Asked]] = {
    "KR01": {"": Asked("q2_council_runs_things", SATISFIED)},
    "KR02": {"": Asked("q1_local_area", SATISFIED)},
    "KR03": {"": Asked("q3_value_for_money", ("Strongly agree", "Tend to agree", *SATISFIED))},
    "KR04": {"": Asked("q4_acts_on_concerns", A_DEAL)},
    "KR05": {"": Asked("q5_keeps_informed", ("Very well informed", "Fairly well informed"))},
    "KR06": {"": Asked("q6_trust", A_DEAL)},
    "KR07": {
        "After dark": Asked("q7_safe_after_dark", SAFE),
        "By day": Asked("q7_safe_by_day", SAFE),
    },
    "KR08": {
        "Waste collection": Asked("q8_waste_collection", SATISFIED),
        "Street cleaning": Asked("q8_street_cleaning", SATISFIED),
        "Road maintenance": Asked("q8_road_maintenance", SATISFIED),
        "Pavement maintenance": Asked("q8_pavement_maintenance", SATISFIED),
        "Libraries": Asked("q8_libraries", SATISFIED),
        "Sport and leisure": Asked("q8_sport_and_leisure", SATISFIED),
        "Older people": Asked("q8_older_people", SATISFIED),
        "Children and young people": Asked("q8_children_and_young_people", SATISFIED),
        "Parks and green spaces": Asked("q8_parks", SATISFIED),
    },
}


def positive_answers(answers: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Residents who answer a question positively, weighted, of all who give an opinion (KR01-KR08).

    Don't know and no answer are outside the base, as the LGA's guidance has it for its questions.
    Value for money counts agreement, or satisfaction where it was asked so.
    Rows: for each question the council, then each ward, age band and sex by name. Columns:
    question (of KR07 and KR08); ward, age_band, sex; value, lower, upper (%, 95% logit interval
    from the design: wards as strata, sampling points as clusters where every row has one);
    numerator and denominator (sums of weights); base_n (answers); effective_n. A question that
    was not asked has no row; where none was, there is one row, marked x.
    Source: LGA resident satisfaction question set.
    """
    facet = () if "" in QUESTIONS[indicator] else ("question",)
    rows = [
        row | ({"question": name} if facet else {})
        for name, question in _asked(answers, indicator).items()
        for row in _of_question(answers, question)
    ]
    return measured(rows or [_unasked(answers, facet)], [*facet, *CUTS])


def _asked(answers: pd.DataFrame, indicator: str) -> dict[str, Asked]:
    """The questions of an indicator that anybody answered."""
    own = QUESTIONS[indicator].items()
    return {name: question for name, question in own if answers[question.column].notna().any()}


def _unasked(answers: pd.DataFrame, facet: tuple[str, ...]) -> dict[str, Any]:
    none = {"status": "x", "note": NOT_ASKED} if len(answers) else {}
    named = dict.fromkeys(facet, "None asked")
    return {"value": NAN, "base_n": 0, "denominator_rows": rows_in(answers)} | none | named


def _of_question(answers: pd.DataFrame, question: Asked) -> list[dict[str, Any]]:
    cuts = {cut: answers[cut].fillna(NOT_STATED) for cut in CUTS if answers[cut].notna().any()}
    found = survey.shares(
        answers, question.column, question.positive, _design(answers), cuts, dont_know="excluded"
    )
    count = _counter(answers, question)
    return [
        count(np.ones(len(answers), dtype=bool), found["", ""]),
        *(
            count((cuts[cut] == part).to_numpy(), found[cut, part]) | {cut: part}
            for cut in cuts
            for part in _parts(answers[cut])
        ),
    ]


def _parts(column: pd.Series) -> list[str]:
    """Every part of a cut by name, those who did not say last."""
    named = [str(name) for name in sorted(column.dropna().unique())]
    return named + ([NOT_STATED] if column.isna().any() else [])


def _design(answers: pd.DataFrame) -> Design:
    clustered = answers["sampling_point"].notna().all() and len(answers) > 0
    cluster = "sampling_point" if clustered else ""
    return Design(weight="weight", stratum="ward", cluster=cluster)


def _estimate(answers: pd.DataFrame, question: Asked) -> survey.Estimate:
    return survey.share(
        answers, question.column, question.positive, _design(answers), dont_know="excluded"
    )


def _counter(
    answers: pd.DataFrame, question: Asked
) -> Callable[[np.ndarray, survey.Estimate], dict[str, Any]]:
    """What gives the row of a part of those asked, from its estimate."""
    told, rows, weights = answers[question.column], rows_in(answers), answers["weight"]
    valid = (told.notna() & (told != "Don't know")).to_numpy(dtype=bool)
    positive = valid & told.isin(question.positive).to_numpy(dtype=bool)

    def counted(part: np.ndarray, found: survey.Estimate) -> dict[str, Any]:
        return {
            "value": PER_CENT * found.value,
            "lower": PER_CENT * found.lower,
            "upper": PER_CENT * found.upper,
            "interval": survey.LOGIT_INTERVAL,
            "numerator": float(weights[part & positive].sum()),
            "denominator": float(weights[part & valid].sum()),
            "base_n": found.base_n,
            "effective_n": found.effective_n,
            "note": found.note,
            "numerator_rows": rows[part & positive],
            "denominator_rows": rows[part & valid],
        }

    return counted


def change_since(answers: pd.DataFrame, before: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """The change of a positive share since the wave before, in percentage points, with its test.

    Rows: one a question, `measure` is `change`. Columns: question (of KR07 and KR08), measure;
    value, lower, upper (pp, 95%); base_n (answers now); note (p, and whether it rose or fell; a
    change of mode is marked b, a break in series). Rows of this wave, and of the one before.
    Source: difference of two independent estimates.
    """
    asked = QUESTIONS[indicator]
    facet = () if "" in asked else ("question",)
    mark = {} if _modes(answers) == _modes(before) else {"status": "b"}
    rows = [
        {"measure": "change"} | ({"question": name} if facet else {})
        | _changed(answers, before, question) | mark
        for name, question in asked.items()
    ]  # fmt: skip
    return measured(rows, ["measure", *facet])


def _changed(answers: pd.DataFrame, before: pd.DataFrame, question: Asked) -> dict[str, Any]:
    now, then = (_estimate(wave, question) for wave in (answers, before))
    found = change(then, now)
    return {
        "value": PER_CENT * found.difference,
        "lower": PER_CENT * found.lower,
        "upper": PER_CENT * found.upper,
        "interval": "95% interval of the difference of two independent samples",
        "base_n": now.base_n,
        "note": found.said(),
        "numerator_rows": rows_in(answers[answers[question.column].notna()]),
        "denominator_rows": rows_in(before[before[question.column].notna()]),
    }


def _modes(answers: pd.DataFrame) -> set[str]:
    return {str(mode).casefold() for mode in answers["mode"].dropna().unique()}


def not_beside_polls(answers: pd.DataFrame) -> str:
    """Why a survey may not stand beside the LGA's polls, or nothing where it may.

    Only surveys of all residents by telephone may: people answer a voice more kindly than a form.
    Source: LGA guidance on benchmarking resident satisfaction.
    """
    modes = answers["mode"].astype("string").str.strip().str.casefold()
    other = int((modes != TELEPHONE).fillna(True).sum())
    if not len(answers):
        return "no interview was supplied"
    if other:
        return (
            f"{other:,} of {len(answers):,} interviews were not by telephone, and the LGA's polls "
            "are by telephone alone"
        )
    return ""


def like_for_like(beside: Comparison | None, answers: pd.DataFrame) -> Comparison | None:
    """A comparator of telephone surveys where this one was by telephone too, else none."""
    return None if not_beside_polls(answers) else beside


def firmness(answers: pd.DataFrame) -> pd.DataFrame:
    """How firmly satisfaction with the council can be held: effective base and margin (KR09).

    Rows: `measure` is effective_base (answers, divided by the design effect: a simple random
    sample as precise; Kish's formula of weights, marked e, where the design gives none), then
    half_width_pp (half the 95% interval, percentage points). Columns: measure; value; numerator
    (answers) and denominator (design effect) of the first; base_n; weight_rows, the whole sample:
    who gave no opinion is of its design too.
    Source: LGA guidance, effective base.
    """
    question = QUESTIONS["KR01"][""]
    found = _estimate(answers, question)
    given = _counter(answers, question)(np.ones(len(answers), dtype=bool), found)
    rows = {name: given[name] for name in ("base_n", "numerator_rows", "denominator_rows", "note")}
    rows["weight_rows"] = rows_in(answers)
    effective = found.effective_n
    base: dict[str, Any] = {"value": effective, "numerator": found.base_n}
    base["denominator"] = found.design_effect
    if np.isnan(effective) and found.base_n:
        weights = answers.loc[answers["source_row"].isin(given["denominator_rows"]), "weight"]
        base = {"value": survey.kish(weights.to_numpy()), "status": "e"}
    half = PER_CENT * (found.upper - found.lower) / 2
    return measured(
        [
            rows | base | {"measure": "effective_base"},
            rows | {"value": half, "measure": "half_width_pp"},
        ],
        ["measure"],
    )


def profile_gap(answers: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """How far the sample's profile is from the population's, at its worst (KR10).

    `population`: characteristic (ward, age_band or sex), category, population_n, source_row.
    The largest difference, over all categories, of the share of people who answered less that of
    the population, unweighted, in percentage points. Who is in no category of the population
    (prefer not to say) is outside the shares.
    Rows: one. Columns: value (pp, 0 to 100); base_n (people who answered); note (the group
    furthest out, and how many weights stand above four times their mean).
    Source: LGA guidance on survey quality; census.
    """
    gaps = [gap for name, part in population.groupby("characteristic", sort=True)
            for gap in _gaps(answers[str(name)], part)]  # fmt: skip
    rows = {"base_n": len(answers), "numerator_rows": rows_in(answers),
            "denominator_rows": rows_in(population) if len(population) else NOTHING}  # fmt: skip
    if not gaps:
        return measured([rows | {"note": "No population to compare with."}])
    furthest, (sampled, lives) = max(gaps, key=lambda gap: abs(gap[1][0] - gap[1][1]))
    heavy = int((answers["weight"] > HEAVY * answers["weight"].mean()).sum())
    note = (
        f"Furthest out: {furthest}, {sampled:.1f}% of those who answered and {lives:.1f}% of the "
        f"population. Weights above four times their mean: {heavy:,}."
    )
    return measured([rows | {"value": abs(sampled - lives), "note": note}])


def _gaps(told: pd.Series, part: pd.DataFrame) -> list[tuple[str, tuple[float, float]]]:
    """Each category with its share of the sample and of the population, %."""
    lives = part.groupby("category")["population_n"].sum()
    counted = told.value_counts().reindex(lives.index, fill_value=0)
    if not counted.sum():
        return []
    shares = PER_CENT * counted / counted.sum(), PER_CENT * lives / lives.sum()
    return [(str(c), (float(shares[0][c]), float(shares[1][c]))) for c in lives.index]
