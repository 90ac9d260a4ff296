"""Absence: working days lost to sickness, for how long and for which reasons."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from peerpack.measures.lost_days import lengths, lost_days
from peerpack.measures.posts import HOLDER, average_fte, filled, four_quarters
from peerpack.measures.table import PER_CENT, measured, ratio, rows_in
from peerpack.measures.working_week import days_worked, is_understood
from peerpack.vocab import Quarter

LONG_TERM_WORKING_DAYS, LONG_TERM_CALENDAR_DAYS = 20, 28
NO_REASON = {"", "not stated", "not given", "not known", "not recorded", "not disclosed", "unknown",
             "none", "none given", "no reason", "reason not stated", "-"}  # fmt: skip
SPELL = [*HOLDER, "absence_start"]


def sickness_by_team(
    spells: pd.DataFrame,
    positions: pd.DataFrame,
    quarter: str,
    bank_holidays: Collection[date],
    *,
    schools: bool = False,
) -> pd.DataFrame:
    """Working days lost to sickness per average full-time equivalent (KW01; with schools KW02).

    Days lost: the post's working days without bank holidays, inside the spell, the quarter and the
    post's own dates; a half day counts 0.5, two spells of one post on one day count once; each day
    times FTE × 5 ÷ the days a week the post works. A post that names no days of the week is taken
    as Monday to Friday. Average FTE: filled posts on the quarter's first and last day, halved. A
    spell whose post is not listed cannot be weighted. The headline's note counts both.

    Rows: the council, then per directorate, then per team, by name. Columns: directorate, team;
    value (days per FTE, 0 upwards, missing where no FTE); numerator (FTE days); denominator (FTE);
    base_n (people in post on any day of the quarter); largest_share; rows of spells and of posts.
    Source: LG Inform metric 3524, excluding schools; LGA benchmarking definitions with them.
    """
    period = Quarter.parse(quarter)
    posts = filled(positions, period.first_day, period.last_day, schools=schools)
    lost = lost_days(spells, posts, period.first_day, period.last_day, bank_holidays)
    notes = (_unlisted(spells, positions), _assumed(posts))
    rows = [_rate(lost, posts, period) | {"note": " ".join(note for note in notes if note)}]
    for by in (["directorate"], ["directorate", "team"]):
        cuts = _cuts(by, posts, lost)
        rows += [_rate(days, held, period) | cut for cut, held, days in cuts]
    return measured(rows, ["directorate", "team"])


def _rate(lost: pd.DataFrame, posts: pd.DataFrame, period: Quarter) -> dict[str, Any]:
    return _per_fte(lost, posts, average_fte(posts, period))


def _per_fte(lost: pd.DataFrame, posts: pd.DataFrame, fte: float) -> dict[str, Any]:
    days = _days(lost)
    return {
        "value": ratio(days, fte),
        "numerator": days,
        "denominator": fte,
        "base_n": posts["person_ref"].nunique(),
        "largest_share": _largest_share(lost),
        "numerator_rows": rows_in(lost),
        "denominator_rows": rows_in(posts),
    }


def sickness_over_twelve_months(
    spells: pd.DataFrame,
    positions: pd.DataFrame,
    quarter: str,
    bank_holidays: Collection[date],
) -> pd.DataFrame:
    """Working days lost per full-time equivalent in the twelve months to a quarter's end (KW03).

    Schools are excluded. Each quarter's days are those of its own return, cut to the quarter as for
    KW01, so that a spell in two returns counts in each for its days there; their sum over the mean
    of the four quarters' average FTE. Never a quarter times four. Days of an earlier quarter that a
    later return changes stay as first returned; the headline's note says of how many spells.

    `spells`, `positions`: four returns together, each row's in `return_quarter`. Rows: the council,
    per directorate by name, then per quarter. Columns: directorate; financial_quarter; value (days
    per FTE; a quarter's is its part of the twelve months', over the same FTE); numerator (FTE
    days); denominator (FTE); base_n (people in post on any day); rows of spells and of posts.
    Source: definition of KW01, summed.
    """
    quarters = four_quarters(quarter)
    parts = [_of_return(spells, positions, each, bank_holidays) for each in quarters]
    posts, lost = (pd.concat(each) for each in zip(*parts, strict=True))
    changed = _changed(spells, positions, quarters, bank_holidays)
    rows = [_over(quarters, lost, posts) | {"note": changed}]
    for cut, held, days in _cuts(["directorate"], posts, lost):
        rows.append(_over(quarters, days, held) | cut)
    fte = _mean_fte(quarters, posts)
    for name, (held, days) in zip(quarters, parts, strict=True):
        rows.append(_per_fte(days, held, fte) | {"financial_quarter": name})
    return measured(rows, ["directorate", "financial_quarter"])


def _of_return(
    spells: pd.DataFrame, positions: pd.DataFrame, quarter: str, bank_holidays: Collection[date]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The posts held in a quarter and the days lost, by that quarter's own returns."""
    period = Quarter.parse(quarter)
    own, listed = (each[each["return_quarter"] == quarter] for each in (spells, positions))
    posts = filled(listed, period.first_day, period.last_day, schools=False)
    return posts, lost_days(own, posts, period.first_day, period.last_day, bank_holidays)


def _over(quarters: Sequence[str], lost: pd.DataFrame, posts: pd.DataFrame) -> dict[str, Any]:
    return _per_fte(lost, posts, _mean_fte(quarters, posts))


def _mean_fte(quarters: Sequence[str], posts: pd.DataFrame) -> float:
    each = [
        average_fte(posts[posts["return_quarter"] == quarter], Quarter.parse(quarter))
        for quarter in quarters
    ]
    return round(sum(each) / len(each), 6)


def _changed(
    spells: pd.DataFrame,
    positions: pd.DataFrame,
    quarters: Sequence[str],
    bank_holidays: Collection[date],
) -> str:
    """Spells of which a later return gives other days in an earlier quarter than its own did."""
    moved = [
        spell
        for at, quarter in enumerate(quarters)
        for spell in _moved(spells, positions, quarter, quarters[at + 1 :], bank_holidays)
    ]
    spells_n = len(set(moved))
    if not spells_n:
        return ""
    said = "1 spell has" if spells_n == 1 else f"{spells_n:,} spells have"
    return (
        f"In a later return {said} other days in an earlier quarter than its own return gave; each "
        "quarter stands as first returned."
    )


def _moved(
    spells: pd.DataFrame,
    positions: pd.DataFrame,
    quarter: str,
    later: Sequence[str],
    bank_holidays: Collection[date],
) -> Iterator[tuple[Any, ...]]:
    period = Quarter.parse(quarter)
    listed = positions[positions["return_quarter"] == quarter]
    posts = filled(listed, period.first_day, period.last_day, schools=False)
    span = (period.first_day, period.last_day, bank_holidays)
    first, again = (
        own.drop_duplicates(SPELL, keep="last")
        for own in (spells[spells["return_quarter"] == quarter],
                    spells[spells["return_quarter"].isin(later)].sort_values("return_quarter"))
    )  # fmt: skip
    if again.empty:
        return
    before, after = (_days_by_spell(lost_days(own, posts, *span)) for own in (first, again))
    for spell in again[SPELL].itertuples(index=False, name=None):
        if before.get(spell, 0.0) != after.get(spell, 0.0):
            yield spell


def _days_by_spell(lost: pd.DataFrame) -> dict[tuple[Any, ...], float]:
    return dict(lost.groupby(SPELL)["fte_days"].sum())


def long_term_share(
    spells: pd.DataFrame,
    positions: pd.DataFrame,
    quarter: str,
    bank_holidays: Collection[date],
) -> pd.DataFrame:
    """Days lost to long-term sickness as a share of all days lost, schools excluded (KW04).

    Long term: a spell of more than 20 working days (Monday to Friday without bank holidays) over
    its whole length, from before the quarter too, as known on the quarter's last day. Its days are
    those inside the quarter, as for KW01. The headline's note gives the share by the other rule,
    28 calendar days or more. Spells that follow each other are not joined.

    Rows: the council, then per directorate by name. Columns: directorate; value (%, 0 to 100,
    missing where no day was lost); numerator and denominator (FTE days); base_n (people with a long
    spell); largest_share; rows of the long spells, of all, and of the posts that weight them.
    Source: thresholds in common use; no national definition.
    """
    lost, posts = _lost_in(spells, positions, quarter, bank_holidays)
    working, calendar = lengths(lost, Quarter.parse(quarter).last_day, bank_holidays)
    lost = lost.assign(long=working > LONG_TERM_WORKING_DAYS)
    other = _share(lost[calendar >= LONG_TERM_CALENDAR_DAYS], lost, posts)["value"]
    note = f"Counted by {LONG_TERM_CALENDAR_DAYS} calendar days or more it is {other:.1f}%."
    rows = [_share(lost[lost["long"]], lost, posts) | {"note": note if len(lost) else ""}]
    for name, part in lost.groupby("directorate", sort=True):
        held = posts[posts["directorate"] == name]
        rows.append(_share(part[part["long"]], part, held) | {"directorate": name})
    return measured(rows, ["directorate"])


def share_by_reason(
    spells: pd.DataFrame,
    positions: pd.DataFrame,
    quarter: str,
    bank_holidays: Collection[date],
) -> pd.DataFrame:
    """Share of the days lost by reason, of days with a reason stated, schools excluded (KW05).

    Days, not spells, as counted for KW01. A reason left blank or recorded as not stated, not known
    or the like is no reason; `Other` is one.

    Rows: the headline, days with a reason stated as a share of all days lost; then per reason as
    recorded, most days first, ties by name; last `measure=not_stated`, days without a reason as a
    share of all days. Columns: reason; measure; value (%, 0 to 100, missing where no day was lost);
    numerator and denominator (FTE days); base_n (people with such a spell); largest_share; rows of
    these spells, of those of the denominator, and of the posts that weight them.
    Source: LGA workforce figures, counted in days.
    """
    lost, posts = _lost_in(spells, positions, quarter, bank_holidays)
    stated = ~lost["reason"].fillna("").str.strip().str.casefold().isin(NO_REASON)
    with_reason, without = lost[stated], lost[~stated]
    parts = [
        _share(part, with_reason, posts) | {"reason": name}
        for name, part in with_reason.groupby("reason", sort=True)
    ]
    parts.sort(key=lambda row: (-row["numerator"], row["reason"]))
    whole, rest = (_share(part, lost, posts) for part in (with_reason, without))
    rows = [whole, *parts, rest | {"measure": "not_stated"}]
    return measured(rows, ["measure", "reason"])


def _lost_in(
    spells: pd.DataFrame, positions: pd.DataFrame, quarter: str, bank_holidays: Collection[date]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The days lost in a quarter, and the posts held in it."""
    period = Quarter.parse(quarter)
    posts = filled(positions, period.first_day, period.last_day, schools=False)
    return lost_days(spells, posts, period.first_day, period.last_day, bank_holidays), posts


def _share(part: pd.DataFrame, whole: pd.DataFrame, posts: pd.DataFrame) -> dict[str, Any]:
    """Days lost of days lost. All posts are told: which have days would tell who was absent."""
    days, all_days = _days(part), _days(whole)
    return {
        "value": PER_CENT * ratio(days, all_days),
        "numerator": days,
        "denominator": all_days,
        "base_n": part["person_ref"].nunique(),
        "largest_share": _largest_share(part),
        "numerator_rows": rows_in(part),
        "denominator_rows": rows_in(whole),
        "weight_rows": rows_in(posts),
    }


def _days(lost: pd.DataFrame) -> float:
    return round(float(lost["fte_days"].sum()), 6)


def _largest_share(lost: pd.DataFrame) -> float:
    """The largest part that one person has in the days lost."""
    return ratio(float(lost.groupby("person_ref")["fte_days"].sum().max()), _days(lost))


def _cuts(
    by: list[str], posts: pd.DataFrame, lost: pd.DataFrame
) -> Iterator[tuple[dict[str, Any], pd.DataFrame, pd.DataFrame]]:
    """Each cut of the posts, with the days lost in it."""
    for names, held in posts.groupby(by, sort=True):
        cut = dict(zip(by, names, strict=True))
        own = np.logical_and.reduce([lost[column] == name for column, name in cut.items()])
        yield cut, held, lost[own]


def _unlisted(spells: pd.DataFrame, positions: pd.DataFrame) -> str:
    listed = positions[HOLDER].drop_duplicates()
    spells_n = len(spells) - len(spells.reset_index(drop=True).merge(listed, on=HOLDER))
    if not spells_n:
        return ""
    if spells_n == 1:
        return "1 absence row names a position that is not listed and is not counted."
    return f"{spells_n:,} absence rows name a position that is not listed and are not counted."


def _assumed(posts: pd.DataFrame) -> str:
    """For how many posts Monday to Friday was assumed, and how many patterns were not read."""
    paid = posts[posts["fte"] > 0]
    patterns = paid.get("working_pattern", pd.Series(None, index=paid.index, dtype="object"))
    assumed_n = int(patterns.map(days_worked).isna().sum())
    if not assumed_n:
        return ""
    unread_n = int((~patterns.map(is_understood).astype(bool)).sum())
    unread = f", {unread_n:,} of them with a pattern that was not understood" if unread_n else ""
    return (
        f"Monday to Friday was assumed for {assumed_n:,} of {len(paid):,} posts, for which the "
        f"return names no days of the week{unread}."
    )
