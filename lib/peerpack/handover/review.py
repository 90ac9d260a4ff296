"""What a quarter's page says of the review of each version: words and digests, no behaviour."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StepTold:
    """One step of a review. `at`: ISO time in UTC. `other`: versions it supersedes, or by which."""

    at: str
    by: str
    role: str
    step: str
    state: str
    reason: str = ""
    other: tuple[str, ...] = ()
    signed: bool = False
    exhibits: tuple[tuple[str, str, str], ...] = ()
    """Of a submission: exhibit, context, controls."""


@dataclass(frozen=True)
class VersionTold:
    """One version of a quarter's pack.

    `digest`: sha256 of its evidence, empty where the pack was taken away and its log was kept.
    `lines_n`, `head`: how many lines its log has and the sha256 of the last, which hold the log
    against the page. `signed_by`: whose signature stands beside it; `signature_fault`: why not.
    """

    version: str
    digest: str
    state: str = "draft"
    steps: tuple[StepTold, ...] = ()
    lines_n: int = 0
    head: str = ""
    signed_by: str = ""
    signature_fault: str = ""
