"""The report of a check as plain lines, for a terminal or a log: the words carry it, not colour."""

from collections.abc import Iterator
from dataclasses import dataclass

from peerpack.handover.check import QuarterChecked
from peerpack.render.badges import Badge
from peerpack.render.check import BADGES, ReturnTold, returns_told, summary_line
from peerpack.render.numbers import counted, printed
from peerpack.words.numbers import listed

HEADINGS_SHOWN_N = 12


@dataclass(frozen=True)
class Line:
    """A line of the report; `tone` only chooses its colour where there is any."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Grid:
    """A table for a terminal that can draw one; elsewhere lines say the same."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def printable(text: str) -> str:
    """A text that no terminal obeys."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def overview(checked: QuarterChecked) -> list[tuple[Badge, tuple[str, ...]]]:
    """A row per return: verdict, then title, rows in, admitted, set aside, in quarantine."""
    rows = []
    for each in checked.worst_first:
        r = each.receipt
        counts = (r.rows_in, r.rows_admitted, r.rows_set_aside, r.rows_quarantined) if r else ()
        rows.append((BADGES[each.result], (each.title, *(f"{n:,}" for n in counts or [0] * 4))))
    return rows


def report_lines(checked: QuarterChecked) -> Iterator[Line]:
    """Every line of the report, the summary first. Nothing unprintable reaches the terminal."""
    for line in _lines(checked):
        yield Line(printable(line.text), line.tone)


def _lines(checked: QuarterChecked) -> Iterator[Line]:
    yield Line(f"{checked.council_name}, {checked.quarter}. {summary_line(checked)}", "head")
    for told in returns_told(checked):
        yield Line("")
        yield Line(f"{told.checked.title} ({told.checked.dataset}), for {told.checked.owner}",
                   "head")  # fmt: skip
        yield from (Line(f"  {each.text}", each.tone) for each in _return(told))
    for file in checked.not_used:
        refused = bool(file.exit_code)
        yield Line(f"{'refused' if refused else 'not used'}: {file.name}: {file.why}",
                   "bad" if refused else "")  # fmt: skip
    if checked.not_supplied:
        yield Line(f"supplied in {checked.quarter_before} and not now: "
                   f"{listed(list(checked.not_supplied))}", "care")  # fmt: skip


def _return(told: ReturnTold) -> Iterator[Line]:
    if told.checked.refused:
        yield Line(told.checked.refused)
    else:
        yield Line(told.arithmetic)
        yield from map(Line, _understood(told))
        yield from map(Line, _wrong(told))
        yield from (Line(f"since {told.checked.since.quarter}: {each}")
                    for each in told.since if told.checked.since)  # fmt: skip
    yield Line(f"verdict: {told.checked.result}", told.badge.tone)


def _understood(told: ReturnTold) -> Iterator[str]:
    yield f"period: {told.period}"
    for file in told.files:
        yield f"file: {file.name}, {file.encoding}, {file.header}, sha256 {file.sha256[:12]}"
    for each in told.understood:
        read = "; ".join(f"{head!r} as {column} ({holds})" for head, column, holds in each.read)
        yield f"read from {listed(list(each.files))}: {read}"
        if each.not_read:
            shown = ", ".join(map(repr, each.not_read[:HEADINGS_SHOWN_N]))
            more_n = len(each.not_read) - HEADINGS_SHOWN_N
            yield f"headings not read: {shown}" + f", and {more_n:,} more" * (more_n > 0)
    for aside in told.aside:
        yield f"set aside, {aside.reason}: {aside.where}"


def _wrong(told: ReturnTold) -> Iterator[str]:
    yield from (f"in doubt: {each}" for each in told.noticed)
    for q in told.quarantined:
        place = f"{q.file} {q.sheet}".strip() + f" row {q.row}" + f", {q.column}" * bool(q.column)
        found = "a cell not shown" if told.checked.personal else repr(q.found)
        yield f"quarantine: {place}: found {found}, expected {q.expected}. {q.what_to_do}"
    if told.quarantined_more_n:
        yield f"and {told.quarantined_more_n:,} more in quarantine; --json lists them"
    for f in told.failed:
        rows = f" Rows: {'; '.join(f.where)}." * bool(f.where)
        more = f" And {f.more_n:,} more." * bool(f.more_n)
        yield f"{f.check.severity}: {f.check.id}: {f.check.why} Found: {f.found}.{rows}{more}"
    if told.totals:
        yield told.totals
    for t in told.differing:
        amounts = "" if told.checked.personal else (
            f": printed {printed(t.printed)}, detail {printed(t.detail)}, differs by "
            f"{printed(t.difference)}")  # fmt: skip
        yield f"total: {t.file} {t.sheet}".rstrip() + f" row {t.row}, {t.column}{amounts}"
    for r in told.repeats:
        more = f", and {counted(r.more_n, 'more run')}" * bool(r.more_n)
        yield f"repeats: {r.words}: {'; '.join(r.where)}{more}"
