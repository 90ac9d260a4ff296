"""Where every version of a quarter stands: its logs held against the quarter's own page.

The page counts the lines of each log and names the last by its sha256, so that a last line taken
out is noticed. Nothing here heals, and nothing here writes: see `keeping`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from peerpack.errors import NotFound, PackTampered, UsageError
from peerpack.packs.review.log import Log, log_file, log_of
from peerpack.packs.signatures import (
    NO_SSH_KEYGEN,
    Signature,
    allowed_signers,
    can_check,
    council_of,
    plain_bytes,
    signature_file,
    signature_of,
)
from peerpack.packs.versions import SUMS, Version

if TYPE_CHECKING:
    from peerpack.catalogue.models import Council
    from peerpack.packs.review.lines import Line

PAGE = "index.html"
PENDING = ".review.pending"
LARGEST_PAGE = 50_000_000
MARK = "data-review"
_LOG = re.compile(r"(v\d{3,})\.review\.jsonl\Z")
VERSION = re.compile(r"v\d{3,}\Z")


@dataclass(frozen=True)
class Quarterly:
    """A quarter's folder of packs in which reviews are kept, and who may sign for its council."""

    folder: Path
    council: "Council"
    quarter: str
    roots: tuple[Path, ...] = ()

    @property
    def signers(self) -> Path | None:
        """The council's allowed signers, if it has any."""
        return allowed_signers(self.council.slug, self.roots)

    @property
    def reports(self) -> Path:
        """The folder above all councils'."""
        return self.folder.parent.parent

    @property
    def name(self) -> str:
        """What its lock is called."""
        return f"{self.council.slug}-{self.quarter}"


def quarterly(pack: Path, roots: Sequence[Path] = ()) -> Quarterly:
    """The quarter a pack stands in, by its whole path; a copy elsewhere has no review."""
    from peerpack.catalogue import load

    said = Version(pack, 0).manifest()
    where = (str(said.get("council")), str(said.get("quarter")))
    folder = pack.parent
    if (folder.parent.name, folder.name) != where or not VERSION.match(pack.name):
        raise UsageError(
            f"{pack.name} does not stand in reports/<council>/<quarter>/, where its review is "
            "kept. Give the pack as it was published, not a copy."
        )
    return Quarterly(folder, load.council(where[0], roots), where[1], tuple(roots))


def logs(own: Quarterly) -> dict[str, Log]:
    """Every version's log by version, held against the page; PackTampered where they disagree.

    A version whose pack was taken away is there as long as its log is.
    """
    found = {name: log_of(own.folder / name, own.signers) for name in names(own.folder)}
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


def names(folder: Path) -> list[str]:
    """Every version that has a pack or a log, oldest first."""
    if not folder.is_dir():
        return []
    packs = {p.name for p in folder.iterdir() if VERSION.match(p.name) and (p / SUMS).is_file()}
    kept = {found[1] for p in folder.iterdir() if (found := _LOG.match(p.name))}
    return sorted(packs | kept, key=lambda name: int(name[1:]))


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
    """What is said of a pack besides its bytes: its review, and whose signature stands by it."""

    log: Log
    signature: Signature | None
    remarks: tuple[str, ...]

    @property
    def last(self) -> "Line | None":
        """The step that brought it where it stands."""
        return self.log.lines[-1] if self.log.lines else None


def standing_of(pack: Path, signers: Path | None = None, roots: Sequence[Path] = ()) -> Standing:
    """How a pack that verifies was reviewed and signed; PackTampered where either does not hold.

    `signers`: a list of allowed signers to hold it against; else its council's, where it has one.
    """
    pack = pack.resolve()
    if signers is not None and not signers.is_file():
        raise NotFound(f"--signers: there is no file {signers.name}.")
    allowed = signers or allowed_signers(council_of(pack), roots)
    log = log_of(pack, allowed)
    counted = anchors(pack.parent)
    if counted is not None:
        refuse_other(pack.parent, pack.name, log, *counted.get(pack.name, (0, "")))
    signature = signature_of(pack, allowed) if can_check() else None
    return Standing(log, signature, tuple(_remarks(pack, log, signature, counted, allowed)))


def _remarks(
    pack: Path,
    log: Log,
    signature: Signature | None,
    counted: object,
    allowed: Path | None,
) -> Iterator[str]:
    """What could not be held against anything."""
    signed = signature is not None or any(line.signature for line in log.lines)
    if signature_file(pack).exists() and not can_check():
        yield f"signature not checked: {NO_SSH_KEYGEN}"
    elif signed and allowed is None:
        yield "no list of allowed signers to hold the key against: give one with --signers"
    if log.lines and not log.checked:
        yield f"signatures of the review not checked: {NO_SSH_KEYGEN}"
    elif log.lines and not all(line.signature for line in log.lines):
        yield "steps of the review are not signed: the names are as they were typed"
    if log.lines and counted is None:
        yield "the quarter's page is not beside it: a last step taken out cannot be noticed"
