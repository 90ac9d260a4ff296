"""Workforce: sickness days per full-time equivalent."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from peerpack.measures.table import measured, ratio, rows_in
from peerpack.vocab import Quarter


def sickness_by_team(
    spells: pd.DataFrame,
    positions: pd.DataFrame,
    quarter: str,
    bank_holidays: Collection[date],
) -> pd.DataFrame:
    """Working days lost to sickness per average full-time equivalent, without schools (KW01).

    Days lost: Monday to Friday without bank holidays, inside the spell, the quarter and the
    position's own dates; a half day counts 0.5; each times the position's FTE. Average FTE: filled
    council positions on the quarter's first and last day, halved. A spell whose position is not
    listed cannot be weighted; the headline's note says how many there are.

    Rows: the council, then per directorate, then per team, by name. Columns: directorate, team;
    value (days per FTE); numerator (FTE days); denominator (FTE); base_n (people in post on any
    day of the quarter); rows of spells and rows of positions.
    Source: LG Inform metric 3524, excluding schools.
    """
    period = Quarter.parse(quarter)
    posts = _council_posts(positions, period)
    lost, unlisted = _days_lost(spells, positions, posts, period, bank_holidays)
    headline = _rate(lost, posts, period) | {"note": _unlisted(unlisted)}
    rows = [headline, *_cuts(lost, posts, period, ["directorate"])]
    rows += _cuts(lost, posts, period, ["directorate", "team"])
    return measured(rows, ["directorate", "team"])


def _council_posts(positions: pd.DataFrame, period: Quarter) -> pd.DataFrame:
    filled = positions["person_ref"].notna() & (positions["location_type"] != "School")
    return positions[filled & _in_post(positions, period.first_day, period.last_day)]


def _in_post(positions: pd.DataFrame, first: date, last: date) -> "pd.Series[bool]":
    started = positions["position_start"] <= pd.Timestamp(last)
    ended = positions["position_end"] < pd.Timestamp(first)
    return started & ~ended


def _days_lost(
    spells: pd.DataFrame,
    positions: pd.DataFrame,
    posts: pd.DataFrame,
    period: Quarter,
    bank_holidays: Collection[date],
) -> tuple[pd.DataFrame, int]:
    keys = ["person_ref", "position_ref"]
    listed = positions[keys].drop_duplicates()
    unlisted = len(spells) - len(spells.merge(listed, on=keys))
    held = posts[[*keys, "directorate", "team", "fte", "position_start", "position_end"]]
    lost = spells.reset_index(drop=True).merge(held, on=keys)
    lost["fte_days"] = _working_days(lost, period, bank_holidays) * lost["fte"]
    return lost[lost["fte_days"] > 0], unlisted


def _working_days(
    spells: pd.DataFrame, period: Quarter, bank_holidays: Collection[date]
) -> np.ndarray:
    """Working days of each spell inside the quarter and the position, half days as halves."""
    begin, end = pd.Timestamp(period.first_day), pd.Timestamp(period.last_day)
    start = spells[["absence_start", "position_start"]].max(axis=1)
    first = start.where(start >= begin, begin)
    last = spells[["absence_end", "position_end"]].fillna(end).min(axis=1)
    last = last.where(last <= end, end)
    holidays = np.array(sorted(bank_holidays), dtype="datetime64[D]")
    days = _weekdays(first, last, holidays)
    late = (spells["start_part_day"] == "PM") & (first == spells["absence_start"])
    early = (spells["end_part_day"] == "AM") & (last == spells["absence_end"])
    halves = late * _weekdays(first, first, holidays) + early * _weekdays(last, last, holidays)
    return np.maximum(days - 0.5 * halves.to_numpy(), 0) * (first <= last).to_numpy()


def _weekdays(first: pd.Series, last: pd.Series, holidays: np.ndarray) -> np.ndarray:
    after = (last + timedelta(days=1)).to_numpy().astype("datetime64[D]")
    return np.busday_count(first.to_numpy().astype("datetime64[D]"), after, holidays=holidays)


def _cuts(
    lost: pd.DataFrame, posts: pd.DataFrame, period: Quarter, by: list[str]
) -> list[dict[str, Any]]:
    rows = []
    for names, held in posts.groupby(by, sort=True):
        cut = dict(zip(by, names, strict=True))
        own = np.logical_and.reduce([lost[column] == name for column, name in cut.items()])
        rows.append(_rate(lost[own], held, period) | cut)
    return rows


def _rate(lost: pd.DataFrame, posts: pd.DataFrame, period: Quarter) -> dict[str, Any]:
    days = round(float(lost["fte_days"].sum()), 6)
    fte = round((_fte_on(posts, period.first_day) + _fte_on(posts, period.last_day)) / 2, 6)
    return {
        "value": ratio(days, fte),
        "numerator": days,
        "denominator": fte,
        "base_n": posts["person_ref"].nunique(),
        "largest_share": ratio(float(lost.groupby("person_ref")["fte_days"].sum().max()), days),
        "numerator_rows": rows_in(lost),
        "denominator_rows": rows_in(posts),
    }


def _fte_on(posts: pd.DataFrame, day: date) -> float:
    return float(posts.loc[_in_post(posts, day, day), "fte"].sum())


def _unlisted(spells_n: int) -> str:
    if not spells_n:
        return ""
    return f"{spells_n:,} absence rows name a position that is not listed and are not counted."
