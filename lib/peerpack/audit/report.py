"""A document audited, and what is told of it: to machines, and to a reader worst first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd

from peerpack.audit.documents import read_document
from peerpack.audit.judge import claims
from peerpack.audit.verdicts import NOT_CHECKABLE, VERDICTS, Claim


def audit(document: Path, evidence: pd.DataFrame | None = None) -> tuple[Claim, ...]:
    """Every quantitative claim of a report in its order, with its verdict.

    `evidence`: rows of a pack that may support it. Errors: as `documents.read_document`.
    """
    read = read_document(document)
    return tuple(
        replace(claim, page=read.pages[claim.line - 1]) for claim in claims(read.text, evidence)
    )


def machine_readable(found: Sequence[Claim]) -> dict[str, list[dict[str, Any]]]:
    """`{claims: [{value, unit, quotation, line, verdict, reason}]}`, in a PDF with `page`."""
    rows = [asdict(claim) for claim in found]
    return {"claims": [{k: v for k, v in row.items() if k != "page" or v} for row in rows]}


def worst_first(found: Sequence[Claim]) -> list[Claim]:
    """The claims of which something can be said: the worst verdict first, then by line."""
    said = [claim for claim in found if claim.verdict != NOT_CHECKABLE]
    return sorted(said, key=lambda claim: (VERDICTS.index(claim.verdict), claim.line))


def counted(found: Sequence[Claim]) -> str:
    """`174 claims: 3 cannot be, 1 ambiguous, …`, worst first."""
    counts = Counter(claim.verdict for claim in found)
    each = [f"{counts[v]} {v.replace('_', ' ')}" for v in VERDICTS if counts[v]]
    return f"{len(found)} claim{'' if len(found) == 1 else 's'}: {', '.join(each) or 'none'}"
