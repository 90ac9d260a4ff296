"""Take a step of a pack's review, if the table, the pack and the people allow it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from peerpack.errors import ReviewRefused
from peerpack.packs.review.exhibits import filled, form
from peerpack.packs.review.keeping import finish, write
from peerpack.packs.review.lines import WHEN, Line
from peerpack.packs.review.log import LineFault, Log, log_of, read, subject
from peerpack.packs.review.people import Person, one_line
from peerpack.packs.review.standing import Quarterly, Standing, logs, quarterly, standing_of
from peerpack.packs.review.table import NEEDS, Role, Step, Transition, steps_from, transition
from peerpack.packs.room import one_at_a_time, writable
from peerpack.packs.signatures import ALLOWED, LINE, allowed_signers, council_of, signed
from peerpack.packs.verify import verify
from peerpack.packs.versions import SUMS, sha256_of

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Asked:
    """What a person asks for: a step, in their name, by their key where they have one."""

    step: Step
    by: str
    reason: str = ""
    exhibits: Path | None = None
    key: Path | None = None


@contextmanager
def opened(pack: Path, roots: Sequence[Path] = ()) -> Iterator[tuple[Quarterly, dict[str, Log]]]:
    """The quarter of a pack that verifies and its logs, while nobody else changes them."""
    verify(pack)
    own = quarterly(pack, roots)
    with writable(own.reports, own.folder), one_at_a_time(own.reports, own.name):
        finish(own)
        yield own, logs(own)


def take(pack: Path, asked: Asked, roots: Sequence[Path] = (), now: Clock = _now) -> Log:
    """Take a step and keep it; ReviewRefused says what stands against it, PackTampered what broke.

    Approving also supersedes every earlier version that is approved, in one step with it.
    """
    person, pack = _person(asked.by), pack.resolve()
    _refuse_words(asked)
    with opened(pack, roots) as (own, found):
        name, log = pack.name, found[pack.name]
        row = _row(name, log, asked.step)
        earlier = _superseded(name, found) if row.next == "approved" else []
        line = Line(
            previous=log.head or sha256_of(pack / SUMS),
            at=now().strftime(WHEN),
            by=str(person),
            role=_role(log, person, row),
            step=row.step,
            state=row.next,
            reason=asked.reason or None,
            exhibits=filled(pack, asked.exhibits) if "exhibits" in row.needs else None,
            supersedes=earlier or None,
        )
        changed = {name: _followed(own, name, log, line, asked.key)}
        for each in earlier:
            changed[each] = _supersede(own, each, found[each], line, name, asked.key)
        write(own, changed)
        return changed[name]


def status(pack: Path, roots: Sequence[Path] = ()) -> Standing:
    """Where a pack stands in its quarter; a step that was interrupted is finished first."""
    with opened(pack.resolve(), roots):
        return standing_of(pack, roots=roots)


def form_of(pack: Path, roots: Sequence[Path] = ()) -> str:
    """The form to submit a pack with; after a return, with what was said before."""
    pack = pack.resolve()
    verify(pack)
    log = log_of(pack, allowed_signers(council_of(pack), roots))
    said = [line.exhibits for line in log.lines if line.exhibits]
    return form(pack, said[-1] if said else {})


def _role(log: Log, person: Person, row: Transition) -> Role:
    """The role they have taken before, if it may; the log will not take another of theirs."""
    known = log.role_of(person)
    return known if known in row.who else row.who[0]


def _person(text: str) -> Person:
    try:
        return Person.parse(text)
    except ValueError as fault:
        raise ReviewRefused(f"--by: {fault}.") from None


def _refuse_words(asked: Asked) -> None:
    """Words that no log takes, and options that the step has no use for."""
    if asked.exhibits is not None and asked.step != "submit":
        raise ReviewRefused(f"--exhibits is for submit; {asked.step} says nothing of exhibits.")
    try:
        _ = asked.reason and one_line(asked.reason)
    except ValueError as fault:
        raise ReviewRefused(f"--reason: {fault}.") from None


def _row(name: str, log: Log, step: Step) -> Transition:
    row = transition(log.state, step)
    if row and "successor" not in row.needs:
        return row
    can = ", ".join(steps_from(log.state))
    way = f"From there: {can}." if can else "That is final; build a new version."
    if row:
        way = f"That takes {NEEDS['successor']}: approve the later version."
    raise ReviewRefused(f"{name} is {log.state}: {step} is no step from there. {way}")


def _superseded(name: str, found: dict[str, Log]) -> list[str]:
    """The earlier versions that an approval ends; refused where a later one is approved."""
    number = int(name[1:])
    approved = [each for each, log in found.items() if log.state == "approved"]
    later = [each for each in approved if int(each[1:]) > number]
    if later:
        raise ReviewRefused(
            f"{later[0]} is later than {name} and approved. Withdraw that first, with a reason."
        )
    return approved


def _supersede(
    own: Quarterly, name: str, log: Log, approval: Line, by: str, key: Path | None
) -> Log:
    pack = own.folder / name
    if (pack / SUMS).exists():
        verify(pack)
    line = Line(
        previous=log.head,
        at=approval.at,
        by=approval.by,
        role="approver",
        step="supersede",
        state="superseded",
        superseded_by=by,
    )
    return _followed(own, name, log, line, key)


def _followed(own: Quarterly, name: str, log: Log, line: Line, key: Path | None) -> Log:
    """The log with the line, read back as anyone will read it, or refused."""
    if key is not None:
        line = line.model_copy(update={"signature": signed(line.to_sign(), key, LINE).decode()})
    elif own.signers is not None:
        raise ReviewRefused(
            f"{own.council.slug} has {ALLOWED}: each step is signed. Give your SSH key with --key."
        )
    text = log.text + line.written() + b"\n"
    try:
        return read(text, subject(own.folder / name), own.signers)
    except LineFault as fault:
        raise ReviewRefused(f"{name}: {fault}. The review is as it was.") from None
