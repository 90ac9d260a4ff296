"""Working days lost: spells cut to the period and to the post, counted by its days of the week.

Time is counted in half days: slot 2n is the morning of day n since 1970, slot 2n+1 its afternoon.
"""

from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd

from peerpack.measures.posts import HOLDER
from peerpack.measures.working_week import MONDAY_TO_FRIDAY, days_worked

FIVE_DAYS = 5
_OF_POST = [*HOLDER, "directorate", "team", "fte", "position_start", "position_end",
            "working_pattern", "source_row"]  # fmt: skip


def lost_days(
    spells: pd.DataFrame,
    posts: pd.DataFrame,
    first: date,
    last: date,
    bank_holidays: Collection[date],
) -> pd.DataFrame:
    """Each spell of each post that lost working days from first to last, both included.

    A day is a working day where the post's pattern names it (Monday to Friday where it names none)
    and it is no bank holiday. A half day counts a half. A half day under two spells of one person
    and post counts once, to the spell that began first. Columns: those of the spells; directorate,
    team, fte, position_start and position_end of the post; post_row; days (working days); fte_days
    (days of full-time work: a week off is five times the FTE, whatever the pattern).
    """
    own = posts.assign(working_pattern=posts.get("working_pattern"))
    held = own[_OF_POST].rename(columns={"source_row": "post_row"})
    lost = spells.reset_index(drop=True).merge(held, on=HOLDER)
    begins, ends = _slots(lost, last)
    # By its own first day: of two spells that both began before the post, one began first.
    from_noon = lost["start_part_day"] == "PM"
    lost = lost.assign(begins=begins, ends=ends, from_noon=from_noon)
    order = ["post_row", "absence_start", "from_noon", "source_row"]
    lost = lost.sort_values(order, ignore_index=True)
    fresh = np.maximum(np.maximum(lost["begins"], 2 * _day_number(first)), _reached(lost))
    masks = _masks(lost["working_pattern"])
    days = _working_halves(fresh.to_numpy(), lost["ends"].to_numpy(), masks, bank_holidays) / 2
    a_day = lost["fte"] * FIVE_DAYS / np.char.count(masks, "1")
    lost = lost.assign(days=days, fte_days=(days * a_day).round(9))
    return lost[lost["fte_days"] > 0].drop(columns=["begins", "ends", "from_noon"])


def lengths(
    lost: pd.DataFrame, until: date, bank_holidays: Collection[date]
) -> tuple[np.ndarray, np.ndarray]:
    """How long each spell has lasted by a day: in working days, and in calendar days.

    From its own first day, before the period too, to its end or the post's. Working days are Monday
    to Friday for everybody, so that four weeks are as long for a part-timer.
    """
    begins, ends = _slots(lost.assign(position_start=lost["absence_start"]), until)
    everybody = np.full(len(lost), MONDAY_TO_FRIDAY)
    working = _working_halves(begins, ends, everybody, bank_holidays) / 2
    return working, -(-ends // 2) - begins // 2


def _slots(lost: pd.DataFrame, last: date) -> tuple[np.ndarray, np.ndarray]:
    """The first half day of each spell in its post, and the one after its last up to a day."""
    from_noon = (lost["start_part_day"] == "PM").to_numpy()
    to_noon = (lost["end_part_day"] == "AM") & lost["absence_end"].notna()
    begins = 2 * _days(lost["absence_start"], last) + from_noon
    ends = 2 * _days(lost["absence_end"], last) + 2 - to_noon.to_numpy()
    held_from = 2 * _days(lost["position_start"], last)
    held_to = 2 * _days(lost["position_end"], last) + 2
    until = 2 * _day_number(last) + 2
    return np.maximum(begins, held_from), np.minimum(np.minimum(ends, held_to), until)


def _reached(lost: pd.DataFrame) -> np.ndarray:
    """Up to where earlier spells of the same post go; for the first, to nowhere."""
    post = lost["post_row"]
    before = lost.groupby(post)["ends"].cummax().groupby(post).shift()
    return before.fillna(0).to_numpy(dtype="int64")


def _masks(patterns: pd.Series) -> np.ndarray:
    """The days of the week of each post, Monday first; Monday to Friday where none are named."""
    known = {each: days_worked(each) or MONDAY_TO_FRIDAY for each in patterns.dropna().unique()}
    return np.array([known.get(each, MONDAY_TO_FRIDAY) for each in patterns], dtype="str")


def _working_halves(
    begins: np.ndarray, ends: np.ndarray, masks: np.ndarray, bank_holidays: Collection[date]
) -> np.ndarray:
    """Half days at work from each beginning up to but not including its end."""
    halves = np.zeros(len(begins), dtype="int64")
    holidays = np.array(sorted(bank_holidays), dtype="datetime64[D]")
    for mask in np.unique(masks):
        own = (masks == mask) & (begins < ends)
        week = np.busdaycalendar(str(mask), holidays)
        begin, end = (slots[own] // 2 for slots in (begins, ends))
        first, after = (days.astype("datetime64[D]") for days in (begin, end))
        halves[own] = (
            2 * np.busday_count(first, after, busdaycal=week)
            - begins[own] % 2 * np.is_busday(first, busdaycal=week)
            + ends[own] % 2 * np.is_busday(after, busdaycal=week)
        )
    return halves


def _days(dates: pd.Series, open_until: date) -> np.ndarray:
    days = dates.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), np.datetime64(open_until, "D"), days).astype("int64")


def _day_number(day: date) -> int:
    return int(np.datetime64(day, "D").astype("int64"))
