"""A group of councils that one is compared with, whoever chose it and wherever it was read."""

from dataclasses import dataclass

import pandas as pd

from peerpack.vocab import ROWS_PER_FILE

ENGLAND = "England"
AREA = "area"
"""The cut of a row that is another council's figure, or England's: never part of our own."""


@dataclass(frozen=True)
class Member:
    """A council of a group: its official code, empty where none could be found, and its name."""

    code: str
    name: str


@dataclass(frozen=True)
class Group:
    """A named group in one version; `members` never hold the council itself.

    `none_because`: why there is no member, or none that a pack may show; empty where there are any.
    """

    name: str
    version: str
    source: str
    members: tuple[Member, ...] = ()
    none_because: str = ""

    def without(self, code: str) -> "Group":
        """The same group without a council that stands in its own list."""
        others = tuple(each for each in self.members if each.code != code)
        why = "" if others else self.none_because or f"{self.name} has no other council in it"
        return Group(self.name, self.version, self.source, others, why)


def no_group(name: str, because: str) -> Group:
    """A group that cannot be used, and why."""
    return Group(name, "", "", (), because)


def of_file(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    """The rows of a frame that one of its files gave, by that file's number on the receipt."""
    return frame[frame["source_row"] // ROWS_PER_FILE == number]
