"""How good the evidence of a pack is: compared, aimed, fresh, and read from sound returns.

`evidence` is what the other notebooks of the pack recorded, with the columns of `evidence.csv`; a
text not given is empty. A figure of an indicator is a row that is no part of another
(`handover.evidence.is_head`) and has a value. The recorder, not this module, decided what stands
beside it.
"""

import re
from calendar import monthrange
from datetime import date
from typing import Any

import pandas as pd

from peerpack.errors import UsageError
from peerpack.handover.evidence import is_head
from peerpack.measures.table import PER_CENT, measured, ratio, rows_in
from peerpack.vocab import OUTCOMES, THEMES, Quarter

OWN_WHOLE = "the whole council"
LEAST_MONTHS_TO_PUBLISH_N = 3
MONTH_DAYS_N = 30.4375
_YEARS = re.compile(r"(\d{4})[-/](\d{2})\Z")
Period = tuple[date, date]


def with_a_comparator(evidence: pd.DataFrame) -> pd.DataFrame:
    """Indicators shown beside a comparator, of all indicators reported (KG14).

    Each indicator counts once, whatever its cuts and however many figures it has: it is compared
    when one of its figures is. The whole council beside its own parts is no comparator, and a
    reason for having none is none either.

    Rows: all; by theme; then measure `without`, how many have none, and one row for each, its
    title in the cut `indicator`. Columns: theme, measure, indicator; value (%, or count);
    numerator, denominator (indicators); rows of their figures.
    Source: the Liverpool peers' own complaint, a figure that no comparator helps to judge.
    """
    figures = _figures(evidence)
    beside = (figures["comparator"] != "") & (figures["comparator"] != OWN_WHOLE)
    compared = figures["indicator"].isin(figures.loc[beside, "indicator"])
    rows = [_indicators(figures, compared, evidence)]
    for theme, part in figures.groupby("theme", sort=True):
        own = {"theme": f"{theme} {THEMES.get(str(theme), '')}".strip()}
        rows.append(_indicators(part, compared[part.index], evidence) | own)
    without = figures[~compared]
    named = without.groupby("indicator")["title"].transform("first").str.split(": ").str[0]
    rows.append(_how_many(without, evidence) | {"measure": "without"})
    for title, part in without.groupby(named, sort=True):
        rows.append(_how_many(part, evidence) | {"measure": "without", "indicator": title})
    return measured(rows, ["theme", "measure", "indicator"])


def targets_with_a_basis(evidence: pd.DataFrame) -> pd.DataFrame:
    """Targets whose basis is stated, of all targets shown (KG15).

    Rows: one. Columns: value (%, missing where no target is shown); numerator, denominator
    (targets, one for each figure that has one); rows of both.
    Source: the recorder shows no target without its basis, so that less than all is a fault.
    """
    figures = _figures(evidence)
    targets = figures[figures["target"].notna()]
    based = targets[targets["target_basis"].str.strip() != ""]
    return measured([_share(based, targets, evidence)])


def fresh(evidence: pd.DataFrame, on: date) -> pd.DataFrame:
    """Figures and claims within their shelf life on the day `on`, of all of them (KG17).

    A period's figure is fresh until the next period of the same length could have been published:
    its own length again, and half of that, at least three months, to publish. So a quarter's
    figure lasts six months from the quarter's end, a year's eighteen, a day's three. A comparator
    that states its period has to be fresh as well. A figure whose period is not stated is not
    fresh; nothing shows that it is.

    Rows: all; by kind (`claim`, `indicator`); then the measures `stale`, `undated` and
    `another_period` (figures beside a comparator whose period ends on another day): counts.
    Columns: kind, measure; value (% or count); numerator, denominator (figures); rows of both.
    Source: the shelf life is ours, by the rhythm in which the figures themselves come.
    """
    told = _dated(evidence, on)
    kinds = list(told.groupby("kind", sort=True))
    shares = [_share(part[part["fresh"]], part, told) | {"kind": kind} for kind, part in kinds]
    counts = {
        "stale": told[~told["fresh"] & ~told["undated"]],
        "undated": told[told["undated"]],
        "another_period": told[told["another_period"]],
    }
    rows = [_share(told[told["fresh"]], told, evidence), *shares]
    rows += [_rows_n(part, told) | {"measure": name} for name, part in counts.items()]
    return measured(rows, ["kind", "measure"])


def soundness(receipts: pd.DataFrame) -> pd.DataFrame:
    """What the returns behind a pack are worth: verdicts, and rows that could not be read.

    `receipts`: dataset, title, outcome (pass, warn, stop, not supplied), rows_in, quarantined_n,
    set_aside_n; a row for each dataset a council can supply.
    Rows: the measures `datasets` (supplied, and by outcome), `missing` (not supplied, and each by
    title in the cut `dataset`), `rows_in`, `quarantined` and `set_aside`. Columns: measure,
    outcome, dataset; value (count); rows.
    """
    there = receipts["outcome"].isin(OUTCOMES)
    supplied, missing = receipts[there], receipts[~there]
    rows = [_rows_n(supplied, receipts) | {"measure": "datasets"}]
    for outcome in (o for o in OUTCOMES if (supplied["outcome"] == o).any()):
        own = supplied[supplied["outcome"] == outcome]
        rows.append(_rows_n(own, receipts) | {"measure": "datasets", "outcome": outcome})
    rows.append(_rows_n(missing, receipts) | {"measure": "missing"})
    for title, part in missing.groupby("title", sort=True):
        rows.append(_rows_n(part, receipts) | {"measure": "missing", "dataset": title})
    sums = {"rows_in": "rows_in", "quarantined": "quarantined_n", "set_aside": "set_aside_n"}
    for measure, column in sums.items():
        total = {"value": float(supplied[column].sum()), "measure": measure}
        rows.append(_rows_n(supplied, receipts) | total)
    return measured(rows, ["measure", "outcome", "dataset"])


def _figures(evidence: pd.DataFrame) -> pd.DataFrame:
    heads = evidence["breakdown"].map(is_head).astype("bool")
    shown = evidence["value"].notna() & (evidence["kind"] == "indicator")
    return evidence[heads & shown]


def _indicators(
    figures: pd.DataFrame, compared: "pd.Series[bool]", whole: pd.DataFrame
) -> dict[str, Any]:
    """A share of indicators, each counted once, with the rows of all their figures."""
    row = _share(figures[compared], figures, whole)
    part_n, all_n = figures.loc[compared, "indicator"].nunique(), figures["indicator"].nunique()
    return row | {
        "value": PER_CENT * ratio(part_n, all_n), "numerator": part_n, "denominator": all_n,
    }  # fmt: skip


def _how_many(figures: pd.DataFrame, whole: pd.DataFrame) -> dict[str, Any]:
    return _rows_n(figures, whole) | {"value": figures["indicator"].nunique()}


def _share(part: pd.DataFrame, own: pd.DataFrame, whole: pd.DataFrame) -> dict[str, Any]:
    """A share of rows; that there is none to share is known from the whole."""
    return {
        "value": PER_CENT * ratio(len(part), len(own)),
        "numerator": len(part),
        "denominator": len(own),
        "numerator_rows": rows_in(part),
        "denominator_rows": rows_in(own if len(own) else whole),
    }


def _rows_n(part: pd.DataFrame, whole: pd.DataFrame) -> dict[str, Any]:
    """A count of rows, found by looking through the whole."""
    return {
        "value": len(part),
        "numerator_rows": rows_in(part),
        "denominator_rows": rows_in(whole),
    }


def _dated(evidence: pd.DataFrame, on: date) -> pd.DataFrame:
    """Figures and claims with `fresh`, `undated` and `another_period`."""
    claims = evidence[evidence["kind"] == "claim"]
    told = pd.concat([_figures(evidence), claims]).sort_index()
    own = told["period"].map(period_of)
    beside = told["comparator_period"].map(period_of)
    pairs = list(zip(own, beside, strict=True))
    return told.assign(
        undated=[period is None for period, _ in pairs],
        fresh=[
            period is not None
            and on <= fresh_until(period)
            and not (other and on > fresh_until(other))
            for period, other in pairs
        ],
        another_period=[bool(a and b and a[1] != b[1]) for a, b in pairs],
    ).astype({"undated": "bool", "fresh": "bool", "another_period": "bool"})


def period_of(text: str) -> Period | None:
    """First and last day of a period in words: a day, month, quarter, calendar or financial year.

    `2024-25` is a financial year because its second part follows its first; `2024-10` is October.
    Two of them joined by ` to ` run from the first day of one to the last of the other. Nothing
    where the text is none of these.
    """
    ends = [_one_period(part.strip()) for part in text.split(" to ")]
    first, last = ends[0], ends[-1]
    return (first[0], last[1]) if first and last and len(ends) <= 2 else None


def _one_period(text: str) -> Period | None:
    try:
        return _read_period(text)
    except (ValueError, UsageError):
        return None


def _read_period(text: str) -> Period:
    years = _YEARS.match(text)
    if years and int(years[2]) == (int(years[1]) + 1) % 100:
        return date(int(years[1]), 4, 1), date(int(years[1]) + 1, 3, 31)
    if years:
        month = date(int(years[1]), int(years[2]), 1)
        return month, date(month.year, month.month, monthrange(month.year, month.month)[1])
    if text.isdecimal() and len(text) == len("2024"):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if "Q" in text:
        quarter = Quarter.parse(text)
        return quarter.first_day, quarter.last_day
    return date.fromisoformat(text), date.fromisoformat(text)


def fresh_until(period: Period) -> date:
    """The last day on which a period's figure is fresh, in whole months after its end."""
    months_n = round(((period[1] - period[0]).days + 1) / MONTH_DAYS_N)
    lasts_n = months_n + max(LEAST_MONTHS_TO_PUBLISH_N, -(-months_n // 2))
    until: date = (pd.Timestamp(period[1]) + pd.DateOffset(months=lasts_n)).date()
    return until
