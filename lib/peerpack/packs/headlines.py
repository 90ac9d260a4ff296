"""What earlier packs said of each headline figure: `history.csv`, which packs hand on.

A pack takes its predecessor's history and adds its predecessor's own headlines. So all of it comes
from the one pack before, which is an input already, and nothing is looked for elsewhere.
"""

import hashlib
import json
from collections.abc import Mapping
from math import inf
from typing import Any

import pandas as pd

from peerpack.catalogue.models import Indicator
from peerpack.errors import UsageError
from peerpack.handover.evidence import HISTORY_COLUMNS, NUMBER_COLUMNS, is_head
from peerpack.handover.history import NOT_REPEATED, Earlier, Reach
from peerpack.packs.diff.figures import is_hidden
from peerpack.packs.opened import EVIDENCE, OpenedPack
from peerpack.packs.versions import Version, sha256_of
from peerpack.vocab import Quarter

MEANS = ("formula", "numerator", "denominator", "unit")
"""The parts of a definition that say what a figure is; the rest says how it is shown or read."""
TELLING = [name for name in HISTORY_COLUMNS if name in NUMBER_COLUMNS]
NOT_TOLD = dict.fromkeys(TELLING) | {"display": NOT_REPEATED, "rag": ""}


def handed_on(
    previous: Version | None, evidence: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> Earlier:
    """The history that a pack with this evidence shows, from the pack before it.

    A history that is missing or not ours is left out, and `reach` says so. Of a figure that a later
    pack hides for the same period, no number is repeated.
    """
    recorded = {*evidence.loc[evidence["kind"] == "indicator", "indicator"]}
    now = {id_: _digest(indicators[id_]) for id_ in sorted(recorded & {*indicators})}
    if previous is None:
        return Earlier(definitions=now)
    its_own, reach = _kept_by(OpenedPack(previous.folder))
    rows = pd.concat([*its_own, _headlines(previous)], ignore_index=True)
    return Earlier(_without_hidden(rows, evidence), reach, now)


def _digest(indicator: Indicator) -> str:
    """A digest of what an indicator's figures are, for `manifest.json`."""
    figures = {name: each.model_dump(include={*MEANS}) for name, each in indicator.measures.items()}
    said = indicator.model_dump(include={*MEANS}) | {"measures": figures}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _kept_by(before: OpenedPack) -> tuple[list[pd.DataFrame], Reach]:
    """The history in the pack before, where it has one that a build of ours could have written."""
    try:
        found = before.history
        if found is None:
            return [], "kept none"
        quarters = map(Quarter.parse, found["quarter"])
        whole = all(each < before.quarter for each in quarters)
    except (OSError, ValueError, KeyError, UsageError):
        return [], "unreadable"
    twice = found.duplicated(["evidence_id", "quarter"]).any()
    if twice or not whole or found[TELLING].isin([inf, -inf]).any(axis=None):
        return [], "unreadable"
    return [found] if len(found) else [], "whole"


def _headlines(version: Version) -> pd.DataFrame:
    """The headline figures of a pack, as rows of a history."""
    evidence = OpenedPack(version.folder).evidence
    own = evidence[(evidence["kind"] == "indicator") & evidence["breakdown"].map(is_head)]
    kept: dict[str, str] = version.manifest().get("definitions", {})
    return own.assign(
        definition=own["indicator"].map(lambda id_: kept.get(id_, "")),
        evidence_sha256=sha256_of(version.folder / EVIDENCE),
    )[list(HISTORY_COLUMNS)]


def _without_hidden(rows: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """The rows without the numbers of figures that a later pack, or this one, hides."""
    own: list[Any] = evidence[["evidence_id", "period", "display", "status"]].to_dict("records")
    hidden = {(row["evidence_id"], row["period"]) for row in own if is_hidden(row)}
    kept: list[Any] = []
    for row in reversed(rows.to_dict("records")):
        key = row["evidence_id"], row["period"]
        if is_hidden(row):
            hidden.add(key)
            kept.append(row)
        else:
            kept.append(row | NOT_TOLD if key in hidden else row)
    told = pd.DataFrame(kept[::-1], columns=list(HISTORY_COLUMNS))
    return told.astype(dict.fromkeys(TELLING, "float64"))
