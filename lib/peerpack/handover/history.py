"""What `peerpack history` says of an indicator: each figure as reported then and as known now."""

from peerpack.handover.receipt import Model

WITHDRAWN = "withdrawn"
NOT_REPEATED = "not repeated: a later pack hides it"


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
