"""Staff survey: who answered, what they say, and what changed since the wave before."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from peerpack.measures import survey
from peerpack.measures.sampling import Design
from peerpack.measures.table import PER_CENT, measured, ratio, rows_in
from peerpack.measures.waves import change

AGREES = ("Strongly agree", "Agree", "Tend to agree")
DISAGREES = ("Tend to disagree", "Disagree", "Strongly disagree")
VALID = (*AGREES, "Neither agree nor disagree", *DISAGREES)
NOT_STARTED = "Not started"
NOT_STATED = "Not stated"
NOBODY_INVITED = (
    "No response rate: the file lists who answered, and not who was invited and did not answer."
)
QUESTIONS: Mapping[str, str] = {
    "Culture has improved": "q1_culture_improved",
    "Direction is positive": "q2_direction_positive",
    "Satisfied overall": "q3_satisfied_overall",
    "Morale is good": "q4_morale_good",
    "Would recommend as employer": "q5_recommend_employer",
    "Leaders show the values": "q6_leaders_show_values",
}
KISH = "The effective base is estimated from the weights alone (Kish)."
RECOMMEND = "q5_recommend_employer"


def response_rate(answers: pd.DataFrame) -> pd.DataFrame:
    """Staff who answered, in full or in part, of those invited (KW12).

    Invited are all rows of a file that lists those who did not start too; a file without such rows
    gives no rate, and says so (status x).
    Rows: the council, then each directorate by name. Columns: directorate; value (%); numerator
    (answered), denominator (invited); base_n (invited).
    Source: local return; who answered in part counts as having answered.
    """
    if len(answers) and not _lists_invited(answers):
        none = {"status": "x", "note": NOBODY_INVITED, "base_n": len(answers)}
        return measured([none | {"denominator_rows": rows_in(answers)}], ["directorate"])
    rows = [_rate(answers)]
    rows += [_rate(part) | {"directorate": name} for name, part in _directorates(answers)]
    return measured(rows, ["directorate"])


def _lists_invited(answers: pd.DataFrame) -> bool:
    return bool((answers["completed"] == NOT_STARTED).any())


def _answered(answers: pd.DataFrame) -> pd.DataFrame:
    """Those who answered in full or in part; without a word on it, those with a day."""
    unsaid = answers["completed"].isna() & answers["submitted"].notna()
    return answers[answers["completed"].isin(["Complete", "Partial"]) | unsaid]


def _rate(invited: pd.DataFrame) -> dict[str, Any]:
    answered = _answered(invited)
    return {
        "value": PER_CENT * ratio(len(answered), len(invited)),
        "numerator": len(answered),
        "denominator": len(invited),
        "base_n": len(invited),
        "numerator_rows": rows_in(answered),
        "denominator_rows": rows_in(invited),
    }


def _directorates(answers: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    named = answers["directorate"].fillna(NOT_STATED)
    return [(str(name), part) for name, part in answers.groupby(named, sort=True)]


def positive_scores(answers: pd.DataFrame) -> pd.DataFrame:
    """Staff who agree with each statement of the survey, of those with a valid answer (KW13).

    Agree is strongly agree, agree and tend to agree. Don't know, not applicable, prefer not to say
    and no answer are outside the base.
    Rows: for each statement asked the council, then each directorate by name. Columns: question,
    directorate; value, lower, upper (%, 95% logit interval; weighted where the file has weights;
    with finite population correction where the file lists those invited, as if those who answered
    were drawn from them by chance); numerator, denominator (answers, or sums of weights); base_n;
    effective_n. Without a statement, one row marked x.
    Source: six such statements in the LGA peer challenge report for Liverpool, July 2024.
    """
    asked = {name: c for name, c in QUESTIONS.items() if answers[c].isin(VALID).any()}
    rows = [
        row | {"question": name}
        for name, column in (asked or dict([next(iter(QUESTIONS.items()))])).items()
        for row in _of_question(answers, column)
    ]
    return measured(rows, ["question", "directorate"])


def would_recommend(answers: pd.DataFrame) -> pd.DataFrame:
    """Staff who would recommend the council as an employer, of those with a valid answer (KW14).

    A share of all who answered, as `positive_scores`: not an employee net promoter score, which
    takes critics away from promoters.
    Rows: the council, then each directorate by name. Columns: directorate; the rest as there.
    """
    return measured(_of_question(answers, RECOMMEND), ["directorate"])


def _of_question(answers: pd.DataFrame, column: str) -> list[dict[str, Any]]:
    valid = answers[answers[column].isin(VALID)]
    if len(answers) and valid.empty:
        none = {"status": "x", "note": "The survey did not ask this.", "base_n": 0}
        return [none | {"denominator_rows": rows_in(answers)}]
    told = _with_invited(valid, answers)
    design = _design(told)
    named = told["directorate"].fillna(NOT_STATED)
    cuts = {"directorate": named}
    found = survey.shares(told, column, AGREES, design, cuts, dont_know="excluded")
    return [
        _counted(told, column, design, found["", ""]),
        *(
            _counted(told[named == name], column, design, found["directorate", name])
            | {"directorate": name}
            for name in sorted(named.unique())
        ),
    ]


def _with_invited(valid: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """The valid answers, with how many were invited where the file lists them."""
    return valid.assign(invited_n=float(len(answers)) if _lists_invited(answers) else float("nan"))


def _design(told: pd.DataFrame) -> Design:
    return Design(
        weight="weight" if told["weight"].notna().any() else "",
        population="invited_n" if told["invited_n"].notna().any() else "",
    )


def _counted(
    base: pd.DataFrame, column: str, design: Design, found: survey.Estimate
) -> dict[str, Any]:
    agree = base[base[column].isin(AGREES)]
    counted = base["weight"].fillna(0) if design.weight else pd.Series(1.0, index=base.index)
    return {
        "value": PER_CENT * found.value,
        "lower": PER_CENT * found.lower,
        "upper": PER_CENT * found.upper,
        "interval": survey.LOGIT_INTERVAL,
        "numerator": float(counted[agree.index].sum()),
        "denominator": float(counted.sum()),
        "base_n": len(base),
        "effective_n": found.effective_n,
        "note": f"{found.note} {KISH}".strip() if found.kish else found.note,
        "numerator_rows": rows_in(agree),
        "denominator_rows": rows_in(base),
    }


def change_by_question(answers: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The change of each statement's positive score since the wave before, with its test (KW13).

    Only statements asked in both waves. Rows: one a statement, `measure` is `change`. Columns:
    question, measure; value, lower, upper (percentage points, 95%); base_n (answers now); note (p,
    and whether it rose or fell). Rows of this wave, and of the one before.
    Source: difference of two independent estimates: the same staff cannot be told in both waves,
    so where they answer alike the interval is, if anything, too wide.
    """
    both = [(name, c) for name, c in QUESTIONS.items()
            if answers[c].isin(VALID).any() and before[c].isin(VALID).any()]  # fmt: skip
    first = [next(iter(QUESTIONS.items()))]
    rows = [
        _changed(answers, before, column) | {"question": name, "measure": "change"}
        for name, column in both or first
    ]
    return measured(rows, ["measure", "question"])


def change_in_recommending(answers: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The change of `would_recommend` since the wave before (KW14), as `change_by_question`."""
    return measured([_changed(answers, before, RECOMMEND) | {"measure": "change"}], ["measure"])


def _changed(answers: pd.DataFrame, before: pd.DataFrame, column: str) -> dict[str, Any]:
    told = [_with_invited(wave[wave[column].isin(VALID)], wave) for wave in (before, answers)]
    then, now = (
        survey.share(wave, column, AGREES, _design(wave), dont_know="excluded") for wave in told
    )
    found = change(then, now)
    return {
        "value": PER_CENT * found.difference,
        "lower": PER_CENT * found.lower,
        "upper": PER_CENT * found.upper,
        "interval": "95% interval of the difference of two independent samples",
        "base_n": now.base_n,
        "note": found.said(),
        "numerator_rows": rows_in(told[1]),
        "denominator_rows": rows_in(told[0]),
    }
