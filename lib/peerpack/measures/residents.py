"""Residents: satisfaction, weighted, with its interval."""

from typing import Any

import pandas as pd

from peerpack.measures.survey import weighted_share
from peerpack.measures.table import PER_CENT, measured, rows_in

SATISFIED = ("Very satisfied", "Fairly satisfied")
NOT_AN_ANSWER = "Don't know"


def satisfied_by_ward(survey: pd.DataFrame, question: str) -> pd.DataFrame:
    """Residents very or fairly satisfied, weighted, of all with a valid answer (KR01, KR02).

    Don't know and no answer are outside the base. Rows: the council, then one per ward by name.
    Columns: ward; value, lower, upper (%, 95% design-based logit interval, wards as strata);
    numerator and denominator (sums of weights); base_n (valid answers); effective_n.
    Source: LGA question set, satisfied = very + fairly.
    """
    answers = _satisfied(survey[question])
    wards = sorted(survey["ward"].unique())
    everyone = pd.Series(True, index=survey.index)
    rows = [_share(survey, answers, everyone)]
    rows += [_share(survey, answers, survey["ward"] == ward) | {"ward": ward} for ward in wards]
    return measured(rows, ["ward"])


def _satisfied(labels: pd.Series) -> pd.Series:
    chosen = labels.isin(SATISFIED).astype("boolean")
    return chosen.mask(labels.isna() | (labels == NOT_AN_ANSWER))


def _share(survey: pd.DataFrame, answers: pd.Series, domain: pd.Series) -> dict[str, Any]:
    share = weighted_share(answers, survey["weight"], survey["ward"], domain)
    base = survey[domain & answers.notna()]
    satisfied = base[answers[base.index].astype(bool)]
    return {
        "value": PER_CENT * share.value,
        "lower": PER_CENT * share.lower,
        "upper": PER_CENT * share.upper,
        "interval": "95% interval from the sample's design (logit)",
        "numerator": float(satisfied["weight"].sum()),
        "denominator": float(base["weight"].sum()),
        "base_n": len(base),
        "effective_n": share.effective_n,
        "numerator_rows": rows_in(satisfied),
        "denominator_rows": rows_in(base),
    }
