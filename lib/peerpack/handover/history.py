"""What packs said of an indicator: what a pack hands on, and what `peerpack history` finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from peerpack.handover.evidence import HISTORY_COLUMNS
from peerpack.handover.receipt import Model

Reach = Literal["first", "whole", "kept none", "unreadable"]
WITHDRAWN = "withdrawn"
NOT_REPEATED = "not repeated: a later pack hides it"


@dataclass(frozen=True, eq=False)
class Earlier:
    """What packs of earlier quarters said of each headline figure, as the pack before hands it on.

    `rows`: HISTORY_COLUMNS, one per figure and quarter, the oldest quarter first. `reach`: `first`
    where there is no pack before; `whole`, or why its own history is not among the rows.
    `definitions`: a digest of each recorded indicator's definition now.
    """

    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(HISTORY_COLUMNS)))
    reach: Reach = "first"
    definitions: Mapping[str, str] = field(default_factory=dict)


class Vintage(Model):
    """A figure as one version of one pack reports it; `state` is that of the pack's review.

    Of a figure that a later pack hides no number is repeated.
    """

    quarter: str
    version: str
    as_at: str
    digest: str
    state: str
    value: float | None
    unit: str
    display: str
    status: str
    lower: float | None
    upper: float | None
    interval: str
    comparator: str
    comparator_value: float | None

    @property
    def withdrawn(self) -> bool:
        """Whether its pack was withdrawn: it is then never what is known now."""
        return self.state == WITHDRAWN

    @property
    def pack(self) -> str:
        """`2024-25-Q1 v001`."""
        return f"{self.quarter} {self.version}"


class Known(Model):
    """A figure of one period: `then` of the first pack that reported it, `now` of the newest.

    `now` is None where every pack that reported it was withdrawn. `vintages`: all, oldest first.
    """

    council: str
    evidence_id: str
    title: str
    period: str
    then: Vintage
    now: Vintage | None
    changed: bool
    vintages: tuple[Vintage, ...]


class LeftOut(Model):
    """A pack that history does not read, and why."""

    pack: str
    why: str


class History(Model):
    """An indicator over all packs, by council, evidence and period."""

    indicator: str
    known: tuple[Known, ...]
    left_out: tuple[LeftOut, ...]
    packs_n: int
