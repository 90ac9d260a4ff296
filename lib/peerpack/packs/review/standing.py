"""Where every version of a quarter stands: its logs held against the quarter's own page.

The page counts the lines of each log and names the last by its sha256, so that a last line taken
out is noticed. Nothing here heals: a log and a page that disagree stop whoever would write the page
anew. Logs and page change together, by a note of what was to be written that outlives a crash.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from peerpack.errors import PackTampered, UsageError
from peerpack.handover.review import StepTold, VersionTold
from peerpack.packs.review.log import LARGEST_LOG, Line, LineFault, Log, log_file, log_of, read
from peerpack.packs.signatures import allowed_signers, council_of, plain_bytes, signature_of
from peerpack.packs.versions import SUMS, Version, sha256_of, sync, write_whole

PAGE = "index.html"
PENDING = ".review.pending"
LARGEST_PAGE = 50_000_000
MARK = "data-review"
_LOG = re.compile(r"(v\d{3,})\.review\.jsonl\Z")
_FOLDER = re.compile(r"v\d{3,}\Z")


@dataclass(frozen=True)
class Quarterly:
    """A quarter's folder of packs in which reviews are kept, and who may sign for its council."""

    folder: Path
    council: str
    quarter: str
    roots: tuple[Path, ...] = ()

    @property
    def signers(self) -> Path | None:
        """The council's allowed signers, if it has any."""
        return allowed_signers(self.council, self.roots)

    @property
    def reports(self) -> Path:
        """The folder above all councils'."""
        return self.folder.parent.parent

    @property
    def name(self) -> str:
        """What its lock is called."""
        return f"{self.council}-{self.quarter}"


def quarterly(pack: Path, roots: Sequence[Path] = ()) -> Quarterly:
    """The quarter a pack stands in; a copy elsewhere has no review of its own."""
    said = Version(pack, 0).manifest()
    where = (str(said.get("council")), str(said.get("quarter")))
    folder = pack.resolve().parent
    if (folder.parent.name, folder.name) != where or not _FOLDER.match(pack.name):
        raise UsageError(
            f"{pack.name} does not stand in reports/<council>/<quarter>/, where its review is "
            "kept. Give the pack as it was published, not a copy."
        )
    return Quarterly(folder, *where, tuple(roots))


def logs(own: Quarterly) -> dict[str, Log]:
    """Every version's log by version, held against the page; PackTampered where they disagree.

    A version whose pack was taken away is there as long as its log is.
    """
    found = {name: log_of(own.folder / name, own.signers) for name in _names(own.folder)}
    refuse_disagreement(own.folder, found)
    return found


def refuse_disagreement(folder: Path, found: Mapping[str, Log]) -> None:
    """PackTampered where the page counts other lines, or is missing although there are logs."""
    said = anchors(folder)
    if said is None and any(log.lines for log in found.values()):
        raise PackTampered(
            f"{PAGE} is missing, or is no page of versions: it counts the lines of each review's "
            "log, so that none can be taken out unseen. Put it back from a copy; without one, "
            "move the logs (*.review.jsonl) away too, and review again."
        )
    for name, (lines_n, head) in sorted((said or {}).items()):
        if lines_n:
            refuse_other(folder, name, found.get(name, Log()), lines_n, head)
    for name in sorted(found.keys() - (said or {}).keys()):
        refuse_other(folder, name, found[name], 0, "")


def refuse_other(folder: Path, name: str, log: Log, lines_n: int, head: str) -> None:
    """PackTampered where a log is not the one that was counted so, with that head."""
    if (len(log.lines), log.head) == (lines_n, head):
        return
    waiting = (folder / PENDING).exists()
    way_out = (
        f"A step was interrupted: peerpack review {name} status finishes it."
        if waiting
        else "Put back the one that was changed, from a copy."
    )
    raise PackTampered(
        f"{log_file(folder / name).name} has {_lines(len(log.lines))}; {PAGE} counted "
        f"{_lines(lines_n)}{_differs(log, lines_n, head)}. {way_out}"
    )


def anchors(folder: Path) -> dict[str, tuple[int, str]] | None:
    """What the quarter's page counts: lines and head by version; None where there is no page."""
    text = plain_bytes(folder / PAGE, LARGEST_PAGE)
    if text is None:
        return None
    reader = _Anchors()
    reader.feed(text.decode(errors="replace"))
    return reader.found if reader.marked else None


class _Anchors(HTMLParser):
    """The attributes that the page of versions says its counts in."""

    def __init__(self) -> None:
        super().__init__()
        self.marked = False
        self.found: dict[str, tuple[int, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.marked |= tag == "table" and MARK in said
        if tag == "tr" and f"{MARK}-version" in said:
            lines_n = said.get(f"{MARK}-lines", "")
            counted = int(lines_n) if re.fullmatch(r"\d{1,4}", lines_n) else -1
            self.found[said[f"{MARK}-version"]] = (counted, said.get(f"{MARK}-head", ""))


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
        if not _FOLDER.match(name):
            raise ValueError("it names no version")
        new = read(text.encode(), _digest(own.folder / name), own.signers)
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
    write_page(own, {name: log_of(own.folder / name, own.signers) for name in _names(own.folder)})
    (own.folder / PENDING).unlink(missing_ok=True)
    sync(own.folder)


def write_page(own: Quarterly, found: Mapping[str, Log]) -> None:
    """The quarter's one page that changes: every version of its pack, and how it was reviewed."""
    from peerpack import render
    from peerpack.catalogue import load

    council = load.council(own.council, own.roots)
    told = [_told(own, name, log) for name, log in found.items()]
    page = render.status_page(council.name, own.quarter, told, invented=council.invented)
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
        other=tuple(line.supersedes or [line.superseded_by or ""]),
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


def _names(folder: Path) -> list[str]:
    """Every version that has a pack or a log, oldest first."""
    if not folder.is_dir():
        return []
    packs = {p.name for p in folder.iterdir() if _FOLDER.match(p.name) and (p / SUMS).is_file()}
    kept = {found[1] for p in folder.iterdir() if (found := _LOG.match(p.name))}
    return sorted(packs | kept, key=lambda name: int(name[1:]))


def _digest(pack: Path) -> str | None:
    return sha256_of(pack / SUMS) if (pack / SUMS).is_file() else None


def _lines(lines_n: int) -> str:
    return "1 line" if lines_n == 1 else f"{lines_n} lines"


def _differs(log: Log, lines_n: int, head: str) -> str:
    """Which end of a log is not as the page counted it."""
    if len(log.lines) < lines_n:
        return ": the last was taken out"
    if log.anchors(lines_n, head):
        return f": line {lines_n + 1} was added by another hand"
    return f", and line {lines_n} was another then"


@dataclass(frozen=True)
class Standing:
    """What `verify` says of a pack besides its bytes."""

    log: Log
    signed_by: str
    signature: str
    remarks: tuple[str, ...]


def council_signers(pack: Path, signers: Path | None, roots: Sequence[Path]) -> Path | None:
    """The list of allowed signers to hold a pack against: the one given, else its council's."""
    return signers or allowed_signers(council_of(pack), roots)
