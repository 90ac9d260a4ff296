"""Workforce: how many work here, who left, which posts are empty, who was referred for help."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from peerpack.measures.posts import (
    average_fte,
    filled,
    four_quarters,
    in_post,
    in_schools,
    main_posts,
)
from peerpack.measures.table import PER_CENT, measured, ratio, rows_in
from peerpack.vocab import Quarter

UNDATED = "People who left the list without a leaving date are counted as leavers."
NO_REASONS = "The returns do not say why people left."
RESIGNED = ("resign", "voluntary resign")
IF_UNSAID = "range if none or all of the leavers without a reason resigned"
DAYS_COUNTED = 8
"""The first and the last day of each of four quarters."""
PER_HUNDRED = 100.0


def size(positions: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """People and full-time equivalents in post on the quarter's last day, schools excluded (KW11).

    A person is counted once, in the directorate of their post with the largest FTE; a casual worker
    (FTE 0) is a person. FTE counts where the post is.

    Rows: for `measure=headcount` and `measure=fte` the council, then per directorate by name.
    Columns: measure; directorate; value and numerator (people; FTE; value missing where nobody is
    in post); base_n (people); largest_share of the FTE; rows of the posts.
    Source: Quarterly Public Sector Employment Survey, adapted.
    """
    day = Quarter.parse(quarter).last_day
    held = filled(positions, day, day, schools=False)
    counted = [
        row
        for measure, posts in (("headcount", main_posts(held)), ("fte", held))
        for row in (_size(posts, measure), *_by_directorate(posts, _size, measure))
    ]
    return measured(counted, ["measure", "directorate"])


def _size(posts: pd.DataFrame, measure: str) -> dict[str, Any]:
    people_n = posts["person_ref"].nunique()
    fte = round(float(posts["fte"].sum()), 6)
    most = float(posts.groupby("person_ref")["fte"].sum().max())
    size = float(people_n) if measure == "headcount" else fte
    return {
        "measure": measure,
        "value": size if people_n else None,
        "numerator": size,
        "base_n": people_n,
        "largest_share": ratio(most, fte) if measure == "fte" else None,
        "numerator_rows": rows_in(posts),
    }


def vacancy_rate(positions: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Vacant as a share of established full-time equivalents on the quarter's last day (KW08).

    Schools are excluded. A post is vacant where its row has no holder. Posts frozen, held empty or
    due to be deleted are not told apart in the return and count as vacant.

    Rows: the council, then per directorate by name. Columns: directorate; value (%, 0 to 100,
    missing where no FTE is established); numerator and denominator (FTE); base_n (people in
    post); rows of the vacant and of all posts.
    Source: LGA workforce survey.
    """
    day = Quarter.parse(quarter).last_day
    posts = positions[in_post(positions, day, day) & ~in_schools(positions)]
    note = "The return does not tell posts frozen or held empty; they count as vacant."
    whole = _vacant(posts) | {"note": note if len(posts) else ""}
    return measured([whole, *_by_directorate(posts, _vacant)], ["directorate"])


def _vacant(posts: pd.DataFrame) -> dict[str, Any]:
    vacant = posts[posts["person_ref"].isna()]
    fte, established = (round(float(each["fte"].sum()), 6) for each in (vacant, posts))
    return {
        "value": PER_CENT * ratio(fte, established),
        "numerator": fte,
        "denominator": established,
        "base_n": posts["person_ref"].nunique(),
        "numerator_rows": rows_in(vacant),
        "denominator_rows": rows_in(posts),
    }


def turnover(positions: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """People who left in the twelve months to a quarter's end, of the average headcount (KW06).

    Schools and casual workers (FTE 0) are excluded. A leaver was in post on any day of the twelve
    months and holds no post of the council, in a school neither, on the day after them: one who
    leaves one of two posts, or comes back, has not left. Resignations, retirements, ends of
    contract and transfers to another employer all count. Average headcount: the mean over the four
    quarters of the people in post on the first and on the last day. Each person is counted in the
    directorate of their post with the largest FTE; a leaver's is of the last return that lists it.

    `positions`: four returns together, each row's in `return_quarter`. Rows: the council, then per
    directorate by name. Columns: directorate; value (%, 0 upwards, missing where nobody was in
    post); numerator (people); denominator (average people); base_n (people in post on any day);
    rows of the leavers, one each, and of the posts.
    Source: LGA local government workforce survey.
    """
    year = _twelve_months(positions, quarter)
    undated = year.leavers["position_end"].isna().any()
    whole = _turnover(year, year.leavers) | {"note": UNDATED if undated else ""}
    parts = [_turnover(part, part.leavers) | cut for cut, part in year.by_directorate()]
    return measured([whole, *parts], ["directorate"])


def voluntary_turnover(positions: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """People who resigned in the twelve months to a quarter's end, of average headcount (KW07).

    Leavers and headcount as for KW06; a leaver resigned where the leaving reason says so.
    Retirements, ends of contract, dismissals and transfers do not count. Leavers without a reason
    may have resigned: the interval goes up to all of them. Missing where no leaver has a reason.

    Rows: the council, then per directorate by name. Columns: directorate; value, lower, upper (%);
    numerator (people); denominator (average people); base_n (people in post on any day); rows of
    those who resigned, one each, and of the posts.
    Source: local return, HR system.
    """
    year = _twelve_months(positions, quarter)
    if year.leavers["leaving_reason"].isna().all():
        unknown = {"value": None, "numerator": None, "status": "x", "note": NO_REASONS}
        return measured([_turnover(year, year.leavers.iloc[:0]) | unknown], ["directorate"])
    parts = [_voluntary(part) | cut for cut, part in year.by_directorate()]
    return measured([_voluntary(year), *parts], ["directorate"])


def _voluntary(year: "_Year") -> dict[str, Any]:
    reason = year.leavers["leaving_reason"]
    resigned = year.leavers[reason.fillna("").str.casefold().str.startswith(RESIGNED)]
    row = _turnover(year, resigned)
    unsaid_n = int(reason.isna().sum())
    if not unsaid_n:
        return row
    most = PER_CENT * ratio(len(resigned) + unsaid_n, row["denominator"])
    return row | {"lower": row["value"], "upper": most, "interval": IF_UNSAID}


@dataclass(frozen=True)
class _Year:
    """Posts held in twelve months, people in post on eight of their days, leavers, a row each."""

    posts: pd.DataFrame
    on_days: pd.DataFrame
    leavers: pd.DataFrame

    def by_directorate(self) -> Iterator[tuple[dict[str, Any], "_Year"]]:
        """The part of each directorate, by name."""
        for name in sorted(self.posts["directorate"].unique()):
            every = (self.posts, self.on_days, self.leavers)
            own = (each[each["directorate"] == name] for each in every)
            yield {"directorate": name}, _Year(*own)


def _twelve_months(positions: pd.DataFrame, quarter: str) -> _Year:
    regular = positions[positions["fte"] > 0]
    returns = {each: regular[regular["return_quarter"] == each] for each in four_quarters(quarter)}
    posts = pd.concat([_held_in(listed, each) for each, listed in returns.items()])
    ends = [(listed, day) for each, listed in returns.items() for day in _first_and_last(each)]
    on_days = [main_posts(filled(listed, day, day, schools=False)) for listed, day in ends]
    return _Year(posts, pd.concat(on_days), _leavers(posts, returns[quarter], quarter))


def _held_in(listed: pd.DataFrame, quarter: str) -> pd.DataFrame:
    first, last = _first_and_last(quarter)
    return filled(listed, first, last, schools=False)


def _first_and_last(quarter: str) -> tuple[date, date]:
    period = Quarter.parse(quarter)
    return period.first_day, period.last_day


def _leavers(posts: pd.DataFrame, newest: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The main post of each person who is gone, in the last return that lists them."""
    after = Quarter.parse(quarter).next().first_day
    still = filled(newest, after, after, schools=True)["person_ref"]
    left = posts[~posts["person_ref"].isin(still)].sort_values("return_quarter")
    last_listed = left.groupby("person_ref")["return_quarter"].transform("last")
    return main_posts(left[left["return_quarter"] == last_listed])


def _turnover(year: _Year, counted: pd.DataFrame) -> dict[str, Any]:
    average = len(year.on_days) / DAYS_COUNTED
    return {
        "value": PER_CENT * ratio(len(counted), average),
        "numerator": float(len(counted)),
        "denominator": average,
        "base_n": year.posts["person_ref"].nunique(),
        "numerator_rows": rows_in(counted),
        "denominator_rows": rows_in(year.posts),
    }


def occupational_health(
    referrals: pd.DataFrame, positions: pd.DataFrame, quarter: str
) -> pd.DataFrame:
    """Referrals to occupational health in the quarter per 100 full-time equivalents (KW22).

    A referral counts by the day it was made. Schools are excluded: their FTE, and referrals of
    people who are known to hold a post in a school only. FTE: the average of the first and the last
    day, as for KW01.

    Rows: the council, then per directorate by name. Columns: directorate; value (referrals per 100
    FTE, 0 upwards, missing where no FTE); numerator (referrals); denominator (FTE); base_n (people
    referred; a referral that names nobody is one person); largest_share; rows of referrals and of
    posts.
    Source: local return, occupational health.
    """
    period = Quarter.parse(quarter)
    everybody = filled(positions, period.first_day, period.last_day, schools=True)
    posts = everybody[~in_schools(everybody)]
    elsewhere = everybody.loc[~everybody["person_ref"].isin(posts["person_ref"]), "person_ref"]
    first, last = map(pd.Timestamp, _first_and_last(quarter))
    made = referrals["referral_date"].between(first, last)
    own = referrals[made & ~referrals["person_ref"].isin(elsewhere)]
    rows = [_referred(own, posts, period)]
    for name in sorted({*own["directorate"].dropna(), *posts["directorate"]}):
        part, held = (each[each["directorate"] == name] for each in (own, posts))
        rows.append(_referred(part, held, period) | {"directorate": name})
    return measured(rows, ["directorate"])


def _referred(referrals: pd.DataFrame, posts: pd.DataFrame, period: Quarter) -> dict[str, Any]:
    fte = average_fte(posts, period)
    people = referrals["person_ref"].fillna(referrals["referral_ref"])
    return {
        "value": PER_HUNDRED * ratio(len(referrals), fte),
        "numerator": float(len(referrals)),
        "denominator": fte,
        "base_n": people.nunique(),
        "largest_share": ratio(float(people.value_counts().max()), len(referrals)),
        "numerator_rows": rows_in(referrals),
        "denominator_rows": rows_in(posts),
    }


def _by_directorate(
    posts: pd.DataFrame, measure: Callable[..., dict[str, Any]], *more: str
) -> Iterator[dict[str, Any]]:
    for name, part in posts.groupby("directorate", sort=True):
        yield measure(part, *more) | {"directorate": name}
