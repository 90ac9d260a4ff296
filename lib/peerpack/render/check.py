"""What the owner of a return is told: what was understood, what is wrong where, what to do."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from peerpack.handover.check import QuarterChecked, Result, ReturnChecked, Since
from peerpack.handover.receipt import (
    Check,
    FileRead,
    HeaderUsed,
    HeadingNotRead,
    Noticed,
    Quarantined,
    Receipt,
    Reconciliation,
    Repeats,
    SetAside,
)
from peerpack.render.badges import Badge
from peerpack.render.numbers import counted, printed
from peerpack.vocab import ROWS_PER_FILE
from peerpack.words.numbers import listed, period_in_full

ROWS_SHOWN_N = 50
RUNS_SHOWN_N = 50
BADGES: dict[Result, Badge] = {
    "pass": Badge("Pass", "tick", "good"),
    "warn": Badge("Warn", "triangle", "care"),
    "stop": Badge("Stop", "cross", "bad"),
    "refused": Badge("Refused", "cross", "bad"),
}


Read = tuple[tuple[str, str, str], ...]
"""Heading, the column it was read as, and what that holds."""


@dataclass(frozen=True)
class Understood:
    """Files of one return whose headings were read alike."""

    files: tuple[str, ...]
    read: Read
    not_read: tuple[str, ...]


@dataclass(frozen=True)
class FileTold:
    """One file or sheet as it was read."""

    name: str
    encoding: str
    header: str
    rows_in: int
    sha256: str


@dataclass(frozen=True)
class Aside:
    """Rows of one file that carry no data of their own."""

    reason: str
    where: str
    rows_n: int


@dataclass(frozen=True)
class Failed:
    """A check that failed: why it matters, what was found, in which rows."""

    check: Check
    severity: str
    found: str
    where: tuple[str, ...]
    more_n: int


@dataclass(frozen=True)
class Repeated:
    """Rows that repeat others, in words, and where they stand."""

    words: str
    where: tuple[str, ...]
    more_n: int


@dataclass(frozen=True)
class ReturnTold:
    """A return in the words of its owner. Of a personal one no cell and no amount is shown."""

    checked: ReturnChecked
    badge: Badge
    period: str = ""
    arithmetic: str = ""
    files: tuple[FileTold, ...] = ()
    understood: tuple[Understood, ...] = ()
    aside: tuple[Aside, ...] = ()
    noticed: tuple[str, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    quarantined_more_n: int = 0
    failed: tuple[Failed, ...] = ()
    passed_n: int = 0
    totals: str = ""
    differing: tuple[Reconciliation, ...] = ()
    repeats: tuple[Repeated, ...] = ()
    since: tuple[str, ...] = ()


def summary_line(checked: QuarterChecked) -> str:
    """`3 returns: 1 pass, 1 warn, 1 stop`; files and returns refused are counted where any are."""
    found = Counter(each.result for each in checked.returns)
    said = [f"{found[name]} {name}" for name in ("pass", "warn", "stop")]
    said += [f"{found['refused']} refused"] if found["refused"] else []
    files_n = sum(bool(each.exit_code) for each in checked.not_used)
    more = f"; {counted(files_n, 'file')} refused" if files_n else ""
    return f"{counted(len(checked.returns), 'return')}: {', '.join(said)}{more}"


def returns_told(checked: QuarterChecked) -> tuple[ReturnTold, ...]:
    """Every return, those that need their owner first."""
    return tuple(told_of(each) for each in checked.worst_first)


def told_of(checked: ReturnChecked) -> ReturnTold:
    """One return in the words of its owner."""
    receipt = checked.receipt
    if receipt is None:
        return ReturnTold(checked, BADGES[checked.result])
    checks = receipt.verdict.checks
    differing = tuple(t for t in receipt.reconciliations if t.difference)
    return ReturnTold(
        checked=checked,
        badge=BADGES[checked.result],
        period=period_in_full(receipt.period),
        arithmetic=arithmetic(receipt),
        files=tuple(_file(receipt, each) for each in receipt.files),
        understood=tuple(_understood(checked, receipt)),
        aside=tuple(_aside(receipt)),
        noticed=tuple(_noticed(each) for each in receipt.noticed),
        quarantined=receipt.quarantined[:ROWS_SHOWN_N],
        quarantined_more_n=max(0, len(receipt.quarantined) - ROWS_SHOWN_N),
        failed=tuple(_failed(receipt, each) for each in _worst_first(checked, checks)),
        passed_n=sum(check.passed for check in checks),
        totals=_totals(receipt),
        differing=differing[:ROWS_SHOWN_N],
        repeats=tuple(_repeated(receipt, each) for each in receipt.repeats),
        since=tuple(_since(checked.since, receipt)) if checked.since else (),
    )


def arithmetic(receipt: Receipt) -> str:
    """`94 rows in = 59 admitted + 35 set aside + 0 in quarantine`."""
    return (
        f"{counted(receipt.rows_in, 'row')} in = {receipt.rows_admitted:,} admitted + "
        f"{receipt.rows_set_aside:,} set aside + {receipt.rows_quarantined:,} in quarantine"
    )


def _file(receipt: Receipt, file: FileRead) -> FileTold:
    aside = [each for each in receipt.set_aside if _place(each) == _place_of(file)]
    lines = [line for each in aside if each.reason == "header" for line in each.lines]
    return FileTold(
        name=_named(file.name, file.sheet),
        encoding=file.encoding or "spreadsheet",
        header=f"headings in {_lines(map(_alone, lines))}"
        if lines
        else "headings not in a row of their own",
        rows_in=file.rows_in,
        sha256=file.sha256,
    )


def _understood(checked: ReturnChecked, receipt: Receipt) -> Iterator[Understood]:
    """Which heading was read as which column; files with the same headings once."""
    alike: dict[tuple[Read, tuple[str, ...]], list[str]] = {}
    for file in receipt.files:
        read = tuple(
            (h.heading, h.column, _scaled(checked.holds.get(h.column, ""), h.scale))
            for h in receipt.headers
            if _place(h) == _place_of(file)
        )
        loose = tuple(h.heading for h in receipt.not_read if _place(h) == _place_of(file))
        alike.setdefault((read, loose), []).append(_named(file.name, file.sheet))
    for (read, loose), files in alike.items():
        yield Understood(tuple(files), read, loose)


def _scaled(holds: str, scale: int) -> str:
    return holds if scale == 1 else f"{holds}, times {scale:,}"


def _aside(receipt: Receipt) -> Iterator[Aside]:
    for each in receipt.set_aside:
        where = f"{_named(each.file, each.sheet)}, {_lines(map(_alone, each.lines))}"
        yield Aside(each.reason, where, len(each.lines))


def _noticed(each: Noticed) -> str:
    rows = counted(each.rows_n, "row")
    place = _named(each.file, each.sheet)
    return f"{place}, {each.column}, {rows} from row {each.row}: {each.words}"


def _worst_first(checked: ReturnChecked, checks: Iterable[Check]) -> list[Check]:
    since = checked.since.checks if checked.since else ()
    failed = [check for check in (*checks, *since) if not check.passed]
    return sorted(failed, key=lambda check: check.severity != "stop")


def _failed(receipt: Receipt, check: Check) -> Failed:
    shown = check.failing_rows[:ROWS_SHOWN_N]
    whole = not check.failing_rows
    return Failed(
        check=check,
        severity="stops the figures" if check.severity == "stop" else "a warning",
        found=check.found.rstrip(".")
        or ("the table as a whole" if whole else counted(check.failing_n, "row")),
        where=tuple(_where(receipt, map(_alone, shown))),
        more_n=0 if whole else check.failing_n - len(shown),
    )


def _totals(receipt: Receipt) -> str:
    """How many printed totals agree with their detail."""
    if not receipt.reconciliations:
        return ""
    totals_n = len(receipt.reconciliations)
    exact_n = sum(not each.difference for each in receipt.reconciliations)
    off_n = sum(not each.within_tolerance for each in receipt.reconciliations)
    near_n = totals_n - exact_n - off_n
    said = [f"{exact_n:,} agree with the rows they sum"]
    said += [f"{near_n:,} differ by no more than the rounding allowed"] if near_n else []
    said += [f"{off_n:,} differ by more"] if off_n else []
    return f"{counted(totals_n, 'printed total')}: {listed(said)}"


def _repeated(receipt: Receipt, each: Repeats) -> Repeated:
    but = f" but {each.but}" if each.but else ""
    money = "" if each.at_stake_gbp is None or receipt.personal else (
        f"; {printed(each.at_stake_gbp, 'GBP', 2)} stands in those beyond the first of each group"
    )  # fmt: skip
    unsure = "; a column that is not read may tell them apart" if receipt.not_read else ""
    runs = each.runs[:RUNS_SHOWN_N]
    return Repeated(
        words=(
            f"{counted(each.rows_n, 'row')} in {counted(each.groups_n, 'group')} are alike in "
            f"every column read{but}{money}. They are kept{unsure}"
        ),
        where=tuple(_where(receipt, runs)),
        more_n=each.runs_n - len(runs),
    )


def _since(since: Since, receipt: Receipt) -> Iterator[str]:
    if since.refused:
        yield f"No comparison with {since.quarter}: its own return was refused. {since.refused}"
        return
    outcome = receipt.verdict.outcome
    was = "as then" if outcome == since.outcome else f"{since.outcome} then"
    if since.uncorrected:
        yield "Compared without corrections: those written do not fit the return of then"
    yield f"{counted(since.rows_admitted, 'row')} admitted then, {receipt.rows_admitted:,} now"
    yield f"Verdict {outcome}, {was}"
    told = (
        ("Checks that fail now and did not then", since.newly_failing),
        ("Checks that failed then and do not now", since.mended),
        ("Files with a new name", since.files_new),
        ("Files of then that are not here", since.files_gone),
        ("Headings that are new", since.columns.new),
        ("Headings that are gone", since.columns.gone),
        ("Headings renamed", tuple(
            f"{each.before} is now {each.now}" for each in since.columns.renamed
        )),
    )  # fmt: skip
    for words, found in told:
        if found:
            yield f"{words}: {', '.join(found)}"


def _where(receipt: Receipt, runs: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Source rows as file and rows: `ledger.csv, rows 3, 8 to 12`."""
    names = {file.number: _named(file.name, file.sheet) for file in receipt.files}
    for number, found in groupby(runs, key=lambda run: run[0] // ROWS_PER_FILE):
        lines = [(first % ROWS_PER_FILE, last % ROWS_PER_FILE) for first, last in found]
        yield f"{names.get(number, f'file {number}')}, {_lines(lines)}"


def _lines(runs: Iterable[tuple[int, int]]) -> str:
    """`row 4`, `rows 3, 8 to 12`: runs that touch are joined."""
    joined: list[tuple[int, int]] = []
    for first, last in runs:
        if joined and first == joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    said = [f"{first} to {last}" if last > first else f"{first}" for first, last in joined]
    more_n = len(said) - RUNS_SHOWN_N
    more = f" and {counted(more_n, 'more run')}" if more_n > 0 else ""
    one = len(joined) == 1 and joined[0][0] == joined[0][1]
    return f"{'row' if one else 'rows'} {', '.join(said[:RUNS_SHOWN_N])}{more}"


def _alone(line: int) -> tuple[int, int]:
    return line, line


def _named(file: str, sheet: str) -> str:
    return f"{file}, sheet {sheet}" if sheet else file


def _place(part: HeaderUsed | HeadingNotRead | SetAside) -> tuple[str, str]:
    return part.file, part.sheet


def _place_of(file: FileRead) -> tuple[str, str]:
    return file.name, file.sheet
