"""Where a pack stands, in words for a terminal and in fields for machines."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from peerpack.packs.review.standing import Standing

if TYPE_CHECKING:
    from peerpack.packs.review.lines import Line


def standing_lines(standing: Standing) -> Iterator[str]:
    """A withdrawal first and loud; then the signature, the steps, and what was not checked."""
    last, log = standing.last, standing.log
    if last is None:
        yield "draft: not submitted for review"
    elif log.state == "withdrawn":
        yield f"WITHDRAWN by {last.by} on {_when(last)}: {last.reason}"
    else:
        yield _said(last)
    yield f"signed by {_signer(standing)}" if standing.signature else "not signed"
    for line in log.lines[:-1]:
        yield f"before: {_said(line)}"
    yield from (f"note: {remark}" for remark in standing.remarks)


def as_fields(standing: Standing) -> dict[str, object]:
    """The same for machines: the state, who signed, every step as its log has it."""
    found = standing.signature
    return {
        "state": standing.log.state,
        "signed_by": found.principal if found else "",
        "key": found.key if found else "",
        "review": [line.model_dump(mode="json", exclude_none=True) for line in standing.log.lines],
        "notes": list(standing.remarks),
    }


def _said(line: "Line") -> str:
    other = f" by {line.superseded_by}," if line.superseded_by else ""
    also = f", superseding {', '.join(line.supersedes)}" if line.supersedes else ""
    why = f": {line.reason}" if line.reason else ""
    return f"{line.state}{other} by {line.by} on {_when(line)}{also}{why}"


def _when(line: "Line") -> str:
    return f"{line.at[:10]} {line.at[11:16]} UTC"


def _signer(standing: Standing) -> str:
    found = standing.signature
    if found is None:
        return ""
    return f"{found.principal}, key {found.key}" if found.principal else f"the key {found.key}"
