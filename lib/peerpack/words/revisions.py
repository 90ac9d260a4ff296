"""What changed since the pack before, in words."""

from collections.abc import Mapping
from typing import Any

from peerpack.words.numbers import display, period_in_full


def revision_sentence(row: Mapping[str, Any], title: str, decimals: int) -> str:
    """One revised figure: from what to what, why, and what it does to its rating.

    `row`: a row of the table of revisions. Where both round to the same, the values are said to as
    many decimals as tell them apart.
    """
    places = next((d for d in range(decimals, 7) if _shown(row, d)[0] != _shown(row, d)[1]), 6)
    old, new = _shown(row, places)
    return (
        f"{title}, {period_in_full(row['period'])}: {new}, before {old}. "
        f"{row['reason'].rstrip('.')}. {rating(row['old_rag'], row['new_rag'])}"
    )


def _shown(row: Mapping[str, Any], decimals: int) -> tuple[str, str]:
    old, new = (display(row[name], row["unit"], decimals) for name in ("old", "new"))
    return old, new


def rating(old: str, new: str) -> str:
    """What a revision does to the rating against the target."""
    if not old and not new:
        return "It is not rated against a target."
    if old == new:
        return f"The rating stays {new}."
    return f"The rating was {old or 'none'} and is {new or 'none'}."
