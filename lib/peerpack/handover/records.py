"""Records: the one output of a notebook, as the recorder publishes it and the batch harvests it."""

import hashlib
import re
from typing import Any

from pydantic import BaseModel, ConfigDict

RECORDS_MIME = "application/vnd.peerpack.records+json"
WHOLE_LINEAGE = "PEERPACK_WHOLE_LINEAGE"
"""Set for a kernel by `peerpack trace` alone, which keeps its run in memory: all rows are named."""
NOTHING_SHOWN = "Nothing to show: no evidence supplied."
"""What a cell prints in place of a figure or sentence for which nothing was supplied."""
_FINDING = re.compile(r"^finding(-|\Z)|-finding\Z")


class Model(BaseModel):
    """Frozen and strict."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Exhibit(Model):
    """A chart shown to a reviewer, with its words and its numbers.

    `table` is the shown rows as CSV text; `cell` is the fingerprint of the cell that recorded it,
    which the batch turns into the cell's name.
    """

    id: str
    title: str
    alt: str
    source: str
    svg: str
    table: str
    evidence_ids: tuple[str, ...]
    theme: str
    cell: str


class Finding(Model):
    """A sentence computed from evidence."""

    text: str
    theme: str
    evidence_ids: tuple[str, ...]
    cell: str


class NamedFinding(Finding):
    """A finding as a pack holds it, with its notebook and the name by which a statement cites it.

    The name is its cell's without the word `finding`: `savings` of `finding-savings`. A cell that
    is called nothing else gives it the name of its notebook.
    """

    name: str = ""
    notebook: str = ""

    @classmethod
    def placed(cls, found: Finding, cell: str, notebook: str) -> "NamedFinding":
        """A recorded finding, of that cell and notebook."""
        name = _FINDING.sub("", cell) or notebook.partition("-")[2]
        told = found.model_dump() | {"cell": cell, "name": name, "notebook": notebook}
        return cls(**told)


class Used(Model):
    """A return that a notebook took figures from."""

    dataset: str
    quarter: str
    sha256: str


class Records(Model):
    """All that one notebook recorded; `without`: what it could not, for want of which dataset."""

    council: str
    quarter: str
    evidence: tuple[dict[str, Any], ...]
    comparators: tuple[dict[str, Any], ...]
    lineage: tuple[dict[str, Any], ...]
    exhibits: tuple[Exhibit, ...]
    findings: tuple[Finding, ...]
    datasets: tuple[Used, ...]
    without: tuple[str, ...] = ()


def fingerprint(source: str) -> str:
    """The name of a cell's source, the same in every runner: 16 hex digits of its sha256."""
    return hashlib.sha256(source.strip().encode()).hexdigest()[:16]
