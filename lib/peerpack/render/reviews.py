"""How each version of a quarter's pack was reviewed, in words; withdrawn ones first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from peerpack.handover.review import StepTold, VersionTold
from peerpack.render.badges import Badge
from peerpack.words.numbers import day_in_full, listed

BADGES = {
    "draft": Badge("Draft", "dot", "plain"),
    "submitted": Badge("Submitted", "circle", "plain"),
    "returned": Badge("Returned", "triangle", "care"),
    "reviewed": Badge("Reviewed", "about", "plain"),
    "approved": Badge("Approved", "tick", "good"),
    "superseded": Badge("Superseded", "diamond", "care"),
    "withdrawn": Badge("Withdrawn", "cross", "bad"),
}
SIGNATURE_REFUSED = Badge("Signature not accepted", "cross", "bad")


@dataclass(frozen=True)
class StepShown:
    """One step in words."""

    told: StepTold
    when: str
    did: str


@dataclass(frozen=True)
class VersionShown:
    """One version with its badge, and its steps in words, oldest first."""

    told: VersionTold
    badge: Badge
    steps: tuple[StepShown, ...]
    exhibits: tuple[tuple[str, str, str], ...]


def reviews_told(versions: Iterable[VersionTold]) -> list[VersionShown]:
    """Each version, withdrawn ones first, then the newest first."""
    newest_first = sorted(versions, key=lambda v: int(v.version[1:]), reverse=True)
    return [_shown(v) for v in sorted(newest_first, key=lambda v: v.state != "withdrawn")]


def _shown(version: VersionTold) -> VersionShown:
    steps = tuple(StepShown(each, _when(each.at), _did(each)) for each in version.steps)
    submitted = [each.exhibits for each in version.steps if each.step == "submit"]
    return VersionShown(
        told=version,
        badge=BADGES[version.state],
        steps=steps,
        exhibits=submitted[-1] if submitted else (),
    )


def _did(step: StepTold) -> str:
    """`Superseded by v002`, `Approved; supersedes v001`, else the state it led to."""
    state = BADGES[step.state].text
    if step.step == "supersede":
        return f"{state} by {listed(list(step.other))}, which was approved"
    return f"{state}; supersedes {listed(list(step.other))}" if step.other else state


def _when(at: str) -> str:
    """`1 July 2024, 09:30 UTC`."""
    moment = datetime.fromisoformat(at)
    return f"{day_in_full(moment.date())}, {moment:%H:%M} UTC"
