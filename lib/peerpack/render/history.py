"""How is the history of an indicator told? A line a figure and period: then, now, changed."""

import csv
import io
from collections.abc import Iterator
from itertools import groupby

from peerpack.handover.history import History, Known, Vintage
from peerpack.render.badges import marks_of
from peerpack.render.difference import changed_by
from peerpack.render.lines import Grid, Line, printable
from peerpack.vocab import STATUS_MARKS
from peerpack.words.cells import inert
from peerpack.words.numbers import period_in_full

HEADINGS = ("Period", "As reported then", "As known now", "Changed")
SIDES = ("quarter", "version", "as_at", "state", "value", "display", "status", "lower", "upper",
         "interval", "comparator", "comparator_value")  # fmt: skip


def history_rows(known: Known) -> tuple[str, str, str, str]:
    """One figure of one period: the period, then, now, and whether it changed."""
    now = _told(known.now) if known.now else "nothing: every pack of it was withdrawn"
    return period_in_full(known.period), _told(known.then), now, _changed(known)


def _changed(known: Known) -> str:
    if known.now is None:
        return "withdrawn"
    if not known.changed:
        return "no later pack" if known.now == known.then else "the same"
    then, now = known.then.value, known.now.value
    if then is None or now is None or known.then.unit != known.now.unit:
        return "changed"
    return f"changed by {changed_by(now - then, known.now.unit)}"


def history_groups(told: History) -> Iterator[tuple[str, list[Known]]]:
    """The figures by council and evidence, each with its heading."""
    for (council, id_), own in groupby(told.known, key=lambda k: (k.council, k.evidence_id)):
        periods = list(own)
        yield f"{periods[-1].title} [{id_}], {council}", periods


def history_lines(told: History) -> Iterator[Line]:
    """Every line, plain."""
    yield from (Line(printable(line.text), line.tone) for line in _lines(told))


def history_blocks(told: History) -> Iterator[Line | Grid]:
    """The same for a terminal that can draw a table: one for each figure."""
    for heading, periods in history_groups(told):
        yield Grid(heading, HEADINGS, tuple(history_rows(each) for each in periods))
    yield from left_out_lines(told)


def _lines(told: History) -> Iterator[Line]:
    for heading, periods in history_groups(told):
        yield Line(heading, "head")
        for each in periods:
            period, then, now, changed = history_rows(each)
            tone = "care" if each.changed else ""
            yield Line(f"  {period}: {changed}", tone)
            yield Line(f"    as reported then: {then}", tone)
            if each.now != each.then:
                yield Line(f"    as known now:     {now}", tone)
    yield from left_out_lines(told)


def left_out_lines(told: History) -> Iterator[Line]:
    """The packs that were not read, each named."""
    for each in told.left_out:
        yield Line(f"left out: {each.pack}: {each.why}", "bad")


def history_csv(told: History) -> str:
    """A row a figure and period; no cell that a spreadsheet would run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    sides = [f"{side}_{name}" for side in ("then", "now") for name in SIDES]
    writer.writerow(["council", "evidence_id", "title", "period", "unit", *sides, "changed"])
    for each in told.known:
        whose = [each.council, each.evidence_id, each.title, each.period, each.then.unit]
        cells = [*whose, *_cells(each.then), *_cells(each.now), "yes" if each.changed else "no"]
        writer.writerow([inert(cell) for cell in cells])
    return text.getvalue()


def _cells(vintage: Vintage | None) -> list[object]:
    return ["" if vintage is None or (cell := getattr(vintage, name)) is None else cell
            for name in SIDES]  # fmt: skip


def _told(vintage: Vintage) -> str:
    """`94.1% (92.0 to 96.2), provisional, beside 95.2 of England; 2024-25-Q1 v001, as at …`."""
    said = [vintage.display + _interval(vintage)]
    said += [STATUS_MARKS.get(mark, mark) for mark in marks_of(vintage.status)]
    if vintage.comparator_value is not None:
        said.append(f"beside {vintage.comparator_value:,.2f} of {vintage.comparator}")
    withdrawn = " WITHDRAWN" * vintage.withdrawn
    return f"{', '.join(said)}; {vintage.pack}{withdrawn}, as at {vintage.as_at}"


def _interval(vintage: Vintage) -> str:
    if vintage.lower is None or vintage.upper is None:
        return ""
    return f" ({vintage.lower:,.2f} to {vintage.upper:,.2f})"
