"""Keep a quarter's reviews: the logs that a step changes, and then the page, as one.

A note of what is to be written stands in the folder meanwhile, so that a step that was interrupted
is finished by the next command, and never taken for a line that another hand added.
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from peerpack.errors import PackTampered, UsageError
from peerpack.handover.review import StepTold, VersionTold
from peerpack.packs.review.lines import Line
from peerpack.packs.review.log import (
    LARGEST_LOG,
    LineFault,
    Log,
    log_file,
    log_of,
    read,
    subject,
)
from peerpack.packs.review.standing import PAGE, PENDING, VERSION, Quarterly, anchors, names
from peerpack.packs.signatures import plain_bytes, signature_of
from peerpack.packs.versions import SUMS, sha256_of, sync, write_whole


def write(own: Quarterly, changed: Mapping[str, Log]) -> None:
    """Write the logs that a step changed, and then the page; a crash between is finished later."""
    note = {name: log.text.decode() for name, log in changed.items()}
    write_whole(own.folder / PENDING, json.dumps(note, sort_keys=True).encode())
    _apply(own, changed)


def finish(own: Quarterly) -> None:
    """Finish a step that was interrupted while it was written, if there is one."""
    path = own.folder / PENDING
    if not os.path.lexists(path):
        return
    try:
        note = json.loads(plain_bytes(path, 4 * LARGEST_LOG) or b"")
        waiting = dict(_waiting(own, note))
    except (ValueError, AttributeError, TypeError, LineFault) as fault:
        raise PackTampered(
            f"{PENDING} is not what an interrupted step leaves ({fault}). Take it away, and look "
            "whose it is."
        ) from None
    _apply(own, waiting)


def _waiting(own: Quarterly, note: dict[str, str]) -> Iterator[tuple[str, Log]]:
    """The logs an interrupted step was to write: each what stands there now, or a line more."""
    said = anchors(own.folder) or {}
    for name, text in note.items():
        if not VERSION.match(name):
            raise ValueError("it names no version")
        new = read(text.encode(), subject(own.folder / name), own.signers)
        before = Log(new.lines[:-1])
        now = log_of(own.folder / name, own.signers)
        counted = said.get(name, (0, ""))
        ends = {(len(each.lines), each.head) for each in (before, new)}
        if (len(now.lines), now.head) not in ends or counted not in ends:
            raise ValueError(f"{name} has another log by now")
        yield name, new


def _apply(own: Quarterly, changed: Mapping[str, Log]) -> None:
    for name, log in sorted(changed.items()):
        write_whole(log_file(own.folder / name), log.text)
    write_page(own, {name: log_of(own.folder / name, own.signers) for name in names(own.folder)})
    (own.folder / PENDING).unlink(missing_ok=True)
    sync(own.folder)


def write_page(own: Quarterly, found: Mapping[str, Log]) -> None:
    """The quarter's one page that changes: every version of its pack, and how it was reviewed."""
    from peerpack import render

    told = [_told(own, name, log) for name, log in found.items()]
    page = render.status_page(own.council.name, own.quarter, told, invented=own.council.invented)
    write_whole(own.folder / PAGE, page)


def _told(own: Quarterly, name: str, log: Log) -> VersionTold:
    pack = own.folder / name
    evidence = pack / "evidence.csv"
    by, fault = _signed_by(pack, own.signers)
    return VersionTold(
        version=name,
        digest=sha256_of(evidence) if evidence.is_file() else "",
        state=log.state,
        steps=tuple(map(step_told, log.lines)),
        lines_n=len(log.lines),
        head=log.head,
        signed_by=by,
        signature_fault=fault,
    )


def step_told(line: Line) -> StepTold:
    """A line of a log as a page tells it."""
    said = (line.exhibits or {}).items()
    return StepTold(
        at=line.at,
        by=line.by,
        role=line.role,
        step=line.step,
        state=line.state,
        reason=line.reason or "",
        other=tuple(line.supersedes or filter(None, [line.superseded_by])),
        signed=line.signature is not None,
        exhibits=tuple((name, each.context, each.controls) for name, each in said),
    )


def _signed_by(pack: Path, signers: Path | None) -> tuple[str, str]:
    """Whose signature stands beside a pack, or why it does not hold."""
    if not (pack / SUMS).is_file():
        return "", ""
    try:
        found = signature_of(pack, signers)
    except (PackTampered, UsageError) as fault:
        return "", str(fault).partition(". ")[0]
    return (found.principal or found.key, "") if found else ("", "")
