"""The difference of two packs as plain lines, for a terminal or a log."""

from collections.abc import Iterator

from peerpack.handover.difference import Difference
from peerpack.render.difference import (
    FigureTold,
    Group,
    finding_words,
    groups,
    headline,
    loud,
    return_lines,
    row_lines,
)
from peerpack.render.lines import Grid, Line, printable
from peerpack.render.numbers import counted

FIGURES_SHOWN_N = 8
SHOWN_N = 6
ROWS_SHOWN_N = 3


def opening(told: Difference) -> Iterator[Line]:
    """Which packs, what comes first, and the inputs that moved."""
    for name, pack in (("A", told.a), ("B", told.b)):
        yield Line(f"{name}: {pack.council} {pack.quarter} {pack.version}, as at {pack.as_at}, "
                   f"sha256 of its sums {pack.digest[:12]}", "head")  # fmt: skip
    if told.parameter:
        yield Line(f"These are packs of different things, {told.parameter}: the parameter.", "care")
    yield Line(headline(told), "head")
    if loud(told):
        yield Line(loud(told), "bad")
    if told.inputs:
        yield Line("")
        yield Line("Inputs that moved", "head")
        said = [f"  {each.cause}: {each.name} {each.became}" for each in told.inputs]
        yield from map(Line, _capped(said, 12))


def figures(told: Difference) -> Iterator[Line]:
    """The figures that moved, a line or few each."""
    for group in groups(told):
        yield Line("")
        yield from group_head(group)
        for each in group.figures[:FIGURES_SHOWN_N]:
            yield from map(Line, _figure(each))
        yield from more(group)


def group_head(group: Group) -> Iterator[Line]:
    """Whose figures, how many, and why."""
    yield Line(f"{group.title}: {counted(len(group.figures), 'figure')}", "head")
    if group.why:
        yield Line(f"  why: {group.why}")


def more(group: Group) -> Iterator[Line]:
    """How many figures of a group are not shown."""
    left_n = len(group.figures) - FIGURES_SHOWN_N
    if left_n > 0:
        yield Line(f"  and {left_n:,} more: --json")


def closing(told: Difference) -> Iterator[Line]:
    """Returns, charts, sentences and notebooks."""
    for each in told.returns:
        yield Line("")
        yield Line(f"Return: {each.title} ({each.dataset}), {each.quarter}", "head")
        yield from (Line(f"  {line}") for line in return_lines(each))
        if each.contents:
            yield from (Line(f"    {line}") for line in row_lines(each.contents, ROWS_SHOWN_N))
    charts = [f"  {e.id}: {e.what}, {_chart(e.drawing_moved, len(e.numbers))}"
              for e in told.exhibits]  # fmt: skip
    yield from _section("Charts that changed (--html shows them side by side)", charts)
    sentences = [line for each in told.findings for line in _finding(*finding_words(each))]
    yield from _section("Sentences that changed", sentences, 3 * SHOWN_N)
    held = [f"  {each.notebook}: {each.old} → {each.new}" for each in told.notebooks]
    yield from _section("Notebooks", held, 20)
    others = [each.name for each in told.files]
    if others and not told.evidence:
        yield from _section("Files that are not the same", [f"  {name}" for name in others], 20)


def difference_lines(told: Difference) -> Iterator[Line]:
    """Every line, plain."""
    for part in (opening, figures, closing):
        yield from (Line(printable(line.text), line.tone) for line in part(told))


def difference_blocks(told: Difference) -> Iterator[Line | Grid]:
    """The same for a terminal that can draw a table: one for each theme and notebook."""
    yield from opening(told)
    for group in groups(told):
        yield Line("")
        yield from group_head(group)
        shown = group.figures[:FIGURES_SHOWN_N]
        yield Grid("", ("Figure", "What", "A", "B", "By", "Why and what else"),
                   tuple(_cells(each) for each in shown))  # fmt: skip
        yield from more(group)
    yield from closing(told)


def _cells(each: FigureTold) -> tuple[str, ...]:
    also = "\n".join(filter(None, (each.why, *each.otherwise[:3], *each.rows)))
    by = "\n".join(filter(None, (each.by, each.interval)))
    name = f"{each.name}\n{each.item.evidence_id}"
    return name, each.item.what, each.then, each.now, by, also


def _figure(each: FigureTold) -> Iterator[str]:
    by = f", {each.by}" if each.by else ""
    interval = f", {each.interval}" if each.interval else ""
    yield f"  {each.name} [{each.item.evidence_id}]"
    sides = each.then if each.then == each.now else f"{each.then} → {each.now}"
    yield f"    {each.item.what}: {sides}{by}{interval}"
    yield from (f"    {words}" for words in (*each.otherwise[:3], *each.rows))
    if each.why:
        yield f"    why: {each.why}"


def _chart(drawn: bool, numbers_n: int) -> str:
    parts = ["the drawing"] * drawn + [counted(numbers_n, "number")] * bool(numbers_n)
    return " and ".join(parts) or "its table"


def _finding(old: str, new: str) -> Iterator[str]:
    if old:
        yield f"  - {old}"
    if new:
        yield f"  + {new}"


def _section(title: str, lines: list[str], shown_n: int = SHOWN_N) -> Iterator[Line]:
    if lines:
        yield Line("")
        yield Line(title, "head")
        yield from map(Line, _capped(lines, shown_n))


def _capped(lines: list[str], shown_n: int) -> Iterator[str]:
    yield from lines[:shown_n]
    if len(lines) > shown_n:
        yield f"  and {len(lines) - shown_n:,} more: --json"
