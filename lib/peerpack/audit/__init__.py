"""Audit: somebody's report, its quantitative claims, and what arithmetic says of each."""

from peerpack.audit.judge import claims
from peerpack.audit.report import audit, counted, machine_readable, worst_first
from peerpack.audit.verdicts import CANNOT_BE, VERDICTS, Claim

__all__ = [
    "CANNOT_BE",
    "VERDICTS",
    "Claim",
    "audit",
    "claims",
    "counted",
    "machine_readable",
    "worst_first",
]
