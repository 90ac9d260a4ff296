"""Posts of an HR list: which were held when, by whom, and how much of full time they are."""

from datetime import date

import pandas as pd

from peerpack.vocab import Quarter

HOLDER = ["person_ref", "position_ref"]
QUARTERS_IN_A_YEAR = 4


def four_quarters(quarter: str) -> tuple[str, ...]:
    """The quarter and the three before it, the earliest first: twelve months."""
    found = [Quarter.parse(quarter)]
    while len(found) < QUARTERS_IN_A_YEAR:
        found.insert(0, found[0].previous())
    return tuple(str(each) for each in found)


def in_post(posts: pd.DataFrame, first: date, last: date) -> "pd.Series[bool]":
    """Whether each row stands on any day from first to last, both included."""
    started = posts["position_start"] <= pd.Timestamp(last)
    ended = posts["position_end"] < pd.Timestamp(first)
    return started & ~ended


def filled(positions: pd.DataFrame, first: date, last: date, *, schools: bool) -> pd.DataFrame:
    """Rows with a holder that stand on any day from first to last; schools' only if asked for."""
    own = positions["person_ref"].notna() & in_post(positions, first, last)
    return positions[own] if schools else positions[own & ~in_schools(positions)]


def in_schools(positions: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each row is of a school."""
    return positions["location_type"] == "School"


def average_fte(posts: pd.DataFrame, period: Quarter) -> float:
    """Full-time equivalents in post on the quarter's first and on its last day, halved."""
    ends = (period.first_day, period.last_day)
    return round(
        sum(float(posts.loc[in_post(posts, day, day), "fte"].sum()) for day in ends) / 2, 6
    )


def main_posts(posts: pd.DataFrame) -> pd.DataFrame:
    """One row a person: the post with the largest FTE, ties by its reference."""
    by = {"person_ref": True, "fte": False, "position_ref": True, "source_row": True}
    ordered = posts.reset_index(drop=True).sort_values(list(by), ascending=list(by.values()))
    return ordered.drop_duplicates("person_ref")
