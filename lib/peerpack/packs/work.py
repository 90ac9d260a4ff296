"""What the stages of one build share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from peerpack.packs.plan import Plan
from peerpack.packs.reasons import Reason
from peerpack.packs.watch import Watch

Tell = Callable[[str], None]
"""What is given a line of progress at a time."""


@dataclass(frozen=True)
class Work:
    """A plan in hand: where its returns are laid, who is told, and why each thing was done."""

    planned: Plan
    reports: Path
    admitted: Path
    """The folder that returns are laid in, for the kernels of this build."""
    tell: Tell
    watch: Watch
    reasons: list[Reason] = field(default_factory=list)
