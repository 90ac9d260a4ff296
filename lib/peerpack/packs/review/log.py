"""The review's log, `v001.review.jsonl` beside the pack: a chain of lines, each checked.

A line is canonical JSON. `previous` is the sha256 of the line before, of the first line the pack's
digest (the sha256 of its SHA256SUMS), so a line changed, put in or taken out breaks the chain.
What the chain cannot notice, the last line taken out, the quarter's page does: see `standing`.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from peerpack.errors import PackTampered
from peerpack.packs.review.people import Person
from peerpack.packs.review.table import START, Role, State, Transition, transition
from peerpack.packs.signatures import (
    LINE,
    SignatureFault,
    can_check,
    held,
    plain_bytes,
)
from peerpack.packs.versions import SUMS, sha256_of

if TYPE_CHECKING:
    from peerpack.packs.review.lines import Line

LARGEST_LOG = 5_000_000
LONGEST_LOG = 200
MEND = "Put the log back from a copy, or build a new version and review that."


@dataclass(frozen=True)
class Log:
    """A review's log whose lines follow one another. `keys`: of each line, empty where unsigned."""

    lines: "tuple[Line, ...]" = ()
    keys: tuple[str, ...] = ()
    checked: bool = True
    """Whether signatures were held against their lines; not where ssh-keygen is missing."""

    @property
    def state(self) -> State:
        """Where the review stands."""
        return self.lines[-1].state if self.lines else START

    @property
    def head(self) -> str:
        """sha256 of the last line; empty where there is none."""
        return _digest(self.lines[-1].written()) if self.lines else ""

    @property
    def text(self) -> bytes:
        """The log's whole text."""
        return b"".join(line.written() + b"\n" for line in self.lines)

    def role_of(self, person: Person) -> Role | None:
        """The role a person has taken in this log; a supersession is another version's step."""
        found = (x.role for x in self.lines if x.person.marks & person.marks and _own(x))
        return next(found, None)

    def anchors(self, lines_n: int, head: str) -> bool:
        """Whether its first lines are those that were counted so, with that head."""
        return Log(self.lines[:lines_n]).head == head and len(self.lines) >= lines_n


@dataclass(frozen=True)
class Subject:
    """The pack that a log is of: its digest, and what it exhibits."""

    digest: str
    exhibits: frozenset[str]


def subject(pack: Path) -> Subject | None:
    """A pack as the subject of its log; None where it was taken away."""
    if not (pack / SUMS).is_file():
        return None
    shown = frozenset(path.stem for path in (pack / "exhibits").glob("*.csv"))
    return Subject(sha256_of(pack / SUMS), shown)


class LineFault(Exception):
    """A line that cannot be, and why."""

    def __init__(self, number: int, why: str):
        super().__init__(why)
        self.number = number


def log_file(pack: Path) -> Path:
    """`v001.review.jsonl`, beside the pack, which may have been taken away since."""
    return pack.with_name(f"{pack.name}.review.jsonl")


def state_of(pack: Path) -> str:
    """The state of a pack's review: `draft` where it has no log; PackTampered where one is broken.

    Signatures are held against the council's allowed signers, where it has any, and the log against
    the quarter's page, where that stands beside it.
    """
    from peerpack.packs.review.standing import standing_of  # which reads logs itself

    return standing_of(pack).log.state


def log_of(pack: Path, signers: Path | None) -> Log:
    """A pack's log, every line checked; PackTampered names the first that cannot be."""
    path = log_file(pack)
    if not path.is_symlink() and not path.exists():
        return Log()
    text = plain_bytes(path, LARGEST_LOG)
    if text is None:
        raise PackTampered(
            f"{path.name} is a link, no file, or larger than {LARGEST_LOG:,} bytes. {MEND}"
        )
    try:
        return read(text, subject(pack), signers)
    except LineFault as fault:
        raise PackTampered(f"{path.name}, line {fault.number}: {fault}. {MEND}") from None


def read(text: bytes, of: Subject | None, signers: Path | None) -> Log:
    """A log's text as a log; LineFault at the first line that cannot follow those before it.

    `of`: the pack it is of; None where that was taken away and any will do.
    """
    pieces = text.split(b"\n")
    if pieces.pop():
        raise LineFault(len(pieces) + 1, "it has no end: it was cut off")
    if not 0 < len(pieces) <= LONGEST_LOG:
        raise LineFault(len(pieces), f"a log has 1 to {LONGEST_LOG} lines")
    checked = can_check()
    log = Log(checked=checked)
    for number, piece in enumerate(pieces, 1):
        line = _line(piece, number)
        _refuse_unchained(log, line, of, number)
        key = _key(line, signers, number) if checked else ""
        for why in faults(log, line, key, of):
            raise LineFault(number, why)
        log = Log((*log.lines, line), (*log.keys, key), checked)
    return log


def faults(log: Log, line: "Line", key: str, of: Subject | None) -> Iterator[str]:
    """Why a line may not follow a log: the table, the roles, what the step needs."""
    row = transition(log.state, line.step)
    if row is None or row.next != line.state:
        yield f"{line.step} to {line.state} is no step from {log.state}"
        return
    if log.lines and line.at < log.lines[-1].at:
        yield f"its time, {line.at}, is before that of the line before, {log.lines[-1].at}"
    if line.role not in row.who:
        yield f"{line.step} from {log.state} is for {' or '.join(row.who)}, not for {line.role}"
    yield from _missing(row, line, of)
    if _own(line):
        yield from _one_person_two_roles(log, line, key)


def _missing(row: Transition, line: "Line", of: Subject | None) -> Iterator[str]:
    if "reason" in row.needs and line.reason is None:
        yield f"{line.step} needs a reason"
    if line.exhibits is not None and "exhibits" not in row.needs:
        yield f"{line.step} says nothing of exhibits"
    if "exhibits" in row.needs and of is not None and of.exhibits != (line.exhibits or {}).keys():
        yield f"{line.step} says something of each exhibit of the pack, and of no other"
    if (line.superseded_by is None) == ("successor" in row.needs):
        yield f"{line.step}: the later version is named by supersede, and by no other step"
    if line.supersedes is not None and line.step != "approve":
        yield f"{line.step} supersedes nothing"


def _one_person_two_roles(log: Log, line: "Line", key: str) -> Iterator[str]:
    for number, (before, its_key) in enumerate(zip(log.lines, log.keys, strict=True), 1):
        same = "person" if before.person.marks & line.person.marks else ""
        same = same or ("key" if key and key == its_key else "")
        if same and before.role != line.role and _own(before):
            yield (
                f"{line.by} would be {line.role}, and the same {same} is {before.role} in line "
                f"{number}. Analyst, assurer and approver are three people"
            )
            return


def _own(line: "Line") -> bool:
    """Whether a line is of this version's own review: it is superseded by another's."""
    return line.step != "supersede"


def _line(piece: bytes, number: int) -> "Line":
    from peerpack.packs.review.lines import (
        parsed,
    )  # with pydantic, which a pack without a log spares

    try:
        return parsed(piece)
    except ValueError as fault:
        raise LineFault(number, str(fault)) from None


def _refuse_unchained(log: Log, line: "Line", of: Subject | None, number: int) -> None:
    if not log.lines and of is not None and line.previous != of.digest:
        raise LineFault(number, "it is of another pack, or lines before it were taken out")
    if log.lines and line.previous != log.head:
        raise LineFault(
            number,
            f"it does not follow line {number - 1}: that was changed, or a line between them "
            "was taken out",
        )


def _key(line: "Line", signers: Path | None, number: int) -> str:
    """The key of a line's signature, which must be its person's where a council has signers."""
    if line.signature is None:
        if signers is not None:
            raise LineFault(number, "it is not signed, and the council has allowed signers")
        return ""
    when = re.sub(r"[-:T]", "", line.at)
    try:
        found = held(line.to_sign(), line.signature.encode(), LINE, signers, line.person.mail, when)
    except SignatureFault as fault:
        of_whom = f" as {line.person.mail}" if "allowed" in str(fault) else ""
        raise LineFault(number, f"{fault}{of_whom}") from None
    return found.key


def _digest(written: bytes) -> str:
    return hashlib.sha256(written).hexdigest()
