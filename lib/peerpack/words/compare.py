"""Words for a figure among neighbours: rank, quartiles, England, and who is missing."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from peerpack.handover.evidence import Shown
from peerpack.words.numbers import listed, said

STOOD = {"higher": "higher than", "lower": "lower than", "the same": "the same as"}
RANK, NATIONAL = "rank from the highest", "national figure"
_ORDINALS = ("", "", "second ", "third ", "fourth ", "fifth ", "sixth ")


@said
def standing_sentence(shown: Shown) -> str:
    """How the council's figure stands to its comparator, and its place among its neighbours.

    `higher` or `lower` stand only where the figure's interval has earned them.
    """
    whole = shown.headline
    if pd.isna(whole["value"]) or not whole["standing"]:
        return ""
    than = STOOD.get(whole["standing"], "not clearly different from")
    beside = (
        f"That is {than} the {whole['comparator_statistic']} of {whole['comparator']}, "
        f"{whole['comparator_display']}."
    )
    return " ".join(filter(None, [beside, _rank(shown), _middle(shown), _england(shown)]))


@said
def missing_sentence(shown: Shown) -> str:
    """Which neighbours have no figure, and so are left out; nothing where all have one."""
    first = _first(shown)
    if not first or not first["missing"]:
        return ""
    names = first["missing"].split("; ")
    have, are = ("has", "is") if len(names) == 1 else ("have", "are")
    return f"{listed(names)} {have} no such figure and {are} left out."


def council_named(shown: Shown) -> str:
    """The council as a label: by its short name, such as `Liverpool`."""
    return str(shown.headline["council"]).replace("-", " ").title()


def _first(shown: Shown) -> Mapping[str, Any]:
    """The headline's comparator in full, where it is a group's."""
    grouped = (each for each in shown.comparators if each["members"])
    return next(grouped, {})


def _of_first(shown: Shown, statistic: str) -> Mapping[str, Any]:
    group = _first(shown).get("group")
    found = (c for c in shown.comparators if (c["group"], c["statistic"]) == (group, statistic))
    return next(found, {})


def _rank(shown: Shown) -> str:
    """The council's place among itself and its neighbours; none where few stand beside it."""
    rank = _of_first(shown, RANK)
    if not rank:
        return ""
    place, n = int(rank["value"]), int(rank["n"])
    from_below = n + 1 - place
    if place == from_below:
        return f"{council_named(shown)} stands in the middle of the {n}."
    end, at = ("highest", place) if place <= from_below else ("lowest", from_below)
    nth = _ORDINALS[at] if at < len(_ORDINALS) else f"{at}th "
    return f"{council_named(shown)} is the {nth}{end} of the {n}."


def _middle(shown: Shown) -> str:
    """Where the middle half of the neighbours lies."""
    lower, upper = (_of_first(shown, f"{which} quartile") for which in ("lower", "upper"))
    if not lower or not upper:
        return ""
    return (
        f"The middle half of these neighbours lies between {lower['display']} and "
        f"{upper['display']}."
    )


def _england(shown: Shown) -> str:
    """England's figure, where it is like for like and not the comparator already said."""
    found = (c for c in shown.comparators if c["statistic"] == NATIONAL)
    england = next(found, None)
    alone = shown.headline["comparator_statistic"] == NATIONAL
    return f"For England it is {england['display']}." if england and not alone else ""


@said
def among_title(shown: Shown, what: str) -> str:
    """The title of a chart among neighbours: the council's figure and its comparator's."""
    whole = shown.headline
    beside = (
        f", {whole['comparator_statistic']} of {whole['comparator']} {whole['comparator_display']}"
        if whole["comparator"]
        else ""
    )
    return f"{what}: {council_named(shown)} {whole['display']}{beside}"


@said
def among_alt(shown: Shown, what: str) -> str:
    """The alt text of a chart among neighbours: the council, both ends, who has no figure."""
    whole, rows = shown.headline, shown.parts
    members = rows[rows["group"].isin(_first(shown).get("members", ()))]
    known = members[members["value"].notna()].sort_values(["value", "group"])
    told = [f"Dot plot of {what}: {council_named(shown)} at {whole['display']}"]
    if len(known):
        low, high = known.iloc[0], known.iloc[-1]
        told.append(
            f"{len(known)} neighbours from {low['label']} at {low['display']} to "
            f"{high['label']} at {high['display']}"
        )
    if whole["comparator"]:
        told.append(
            f"a dashed line at the {whole['comparator_statistic']}, {whole['comparator_display']}"
        )
    without = members.loc[members["value"].isna(), "label"].to_list()
    missing = f" No figure for {listed(without)}." if without else ""
    return f"{'; '.join(told)}.{missing}"
