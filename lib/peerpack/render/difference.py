"""How is the difference of two packs told? Grouped by theme and notebook, the biggest first."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from peerpack.handover.difference import (
    Contents,
    Counts,
    Difference,
    EvidenceMoved,
    FieldMoved,
    FindingMoved,
    ReturnMoved,
    RowsMoved,
)
from peerpack.render.numbers import counted
from peerpack.vocab import THEMES
from peerpack.words.numbers import display, listed

MOVED = ("moved", "said otherwise", "hidden in B", "shown in B", "appeared", "vanished", "noise")
NONE = "–"
BEYOND = {"beyond": "beyond its interval", "within": "within its interval", "": ""}


@dataclass(frozen=True)
class FigureTold:
    """One figure that moved, in words; `why` is empty where it is the one its group states."""

    item: EvidenceMoved
    name: str
    then: str
    now: str
    by: str
    interval: str
    otherwise: tuple[str, ...]
    rows: tuple[str, ...]
    why: str

    @property
    def loud(self) -> bool:
        """Whether nothing that it rests on moved."""
        return not self.item.explained


@dataclass(frozen=True)
class Group:
    """The figures of a theme and a notebook that moved; `why`: what most of them have it from."""

    theme: str
    notebook: str
    why: str
    figures: tuple[FigureTold, ...]

    @property
    def title(self) -> str:
        """`T1 Local priorities and outcomes, 06-what-do-residents-say`."""
        return ", ".join(filter(None, (self.theme_title, self.notebook)))

    @property
    def theme_title(self) -> str:
        """`T1 Local priorities and outcomes`."""
        return f"{self.theme} {THEMES.get(self.theme, '')}".strip() or "Of no theme"


def headline(told: Difference) -> str:
    """What a reader should know first."""
    if told.identical:
        return "Identical: every byte under the sums is the same."
    found = Counter[str](each.what for each in told.evidence)
    beyond_n = sum(each.beyond == "beyond" for each in told.evidence)
    said = [_of(what, found[what], beyond_n) for what in MOVED if found[what]]
    total_n = told.alike_n + len(told.evidence)
    if not said:
        return f"All {counted(total_n, 'figure')} are the same; other files are not."
    return (
        f"Of {counted(total_n, 'figure')} in either, {told.alike_n:,} are the same; {listed(said)}."
    )


def loud(told: Difference) -> str:
    """What must not be overlooked: figures that moved although nothing they rest on did."""
    own = [unquote(each.evidence_id) for each in told.evidence if not each.explained]
    if not own:
        return ""
    more = f" and {len(own) - 5} more" * (len(own) > 5)
    return (
        f"UNEXPLAINED: {counted(len(own), 'figure')} moved although nothing that "
        f"{'it rests' if len(own) == 1 else 'they rest'} on did: {', '.join(own[:5])}{more}. "
        "Either a pack is not reproducible, or an input is not recorded. Run peerpack reproduce."
    )


def groups(told: Difference) -> list[Group]:
    """The figures that moved, by theme and notebook; the unexplained and the biggest first."""
    keys = sorted({(each.theme, each.notebook) for each in told.evidence})
    return [_group(*key, [e for e in told.evidence if (e.theme, e.notebook) == key])
            for key in keys]  # fmt: skip


def return_lines(each: ReturnMoved) -> Iterator[str]:
    """What became of a return: its files, its rows, its verdict, and what came and went."""
    if each.old is None or each.new is None:
        only = "B" if each.old is None else "A"
        counts = each.new or each.old
        yield f"only in {only}: {counts.rows_admitted:,} rows admitted" if counts else ""
        return
    yield _files(each.old, each.new)
    yield "; ".join(
        f"{name} {_then_now(getattr(each.old, field), getattr(each.new, field))}"
        for name, field in (
            ("rows in", "rows_in"), ("admitted", "rows_admitted"), ("set aside", "rows_set_aside"),
            ("in quarantine", "rows_quarantined"), ("verdict", "verdict"),
        )
    )  # fmt: skip
    if each.old.corrections != each.new.corrections:
        then, now = (", ".join(c.corrections) or "none" for c in (each.old, each.new))
        yield f"corrections applied: {then} → {now}"
    if each.contents:
        yield from contents_lines(each.contents, each.personal)


def contents_lines(found: Contents, personal: bool) -> Iterator[str]:
    """What came and went between two returns, in counts; why they were not compared."""
    if found.compared:
        hidden = " Personal data: no cell is shown." * personal
        yield (
            f"by their cells {counted(found.came_n, 'row')} came, {found.left_n:,} left and "
            f"{found.changed_n:,} changed.{hidden}"
        )
    if found.said:
        yield found.said


def row_lines(found: Contents, shown_n: int) -> Iterator[str]:
    """The first rows that came, left and changed, by their cells."""
    for what, rows in (("came", found.came), ("left", found.left)):
        yield from (f"{what}: {cells_in_words(row)}" for row in rows[:shown_n])
    for changed in found.changed[:shown_n]:
        cells = ", ".join(f"{c.column.replace('_', ' ')} {c.old or 'empty'} → {c.new or 'empty'}"
                          for c in changed.cells)  # fmt: skip
        yield f"changed: {cells_in_words(changed.key)}: {cells}"


def cells_in_words(row: Mapping[str, str]) -> str:
    """A row's cells by their columns."""
    return "; ".join(f"{name.replace('_', ' ')}: {cell}" for name, cell in row.items())


def finding_words(each: FindingMoved) -> tuple[str, str]:
    """A sentence then and now; in their place why it is not repeated."""
    if each.not_said:
        return "", f"({each.not_said})"
    return each.old, each.new


def row_words(each: RowsMoved) -> str:
    """Which rows entered and left a figure."""
    of = f"{each.title} ({each.role})"
    if each.how == "not compared":
        return f"{of}: rows not compared. {each.said}".strip()
    lines = [f"{name}: {'; '.join(f'{x.file}{_sheet(x.sheet)} {x.lines}' for x in own)}"
             for name, own in (("came, lines", each.came), ("left, lines", each.left))
             if own]  # fmt: skip
    counts = f"{of}: {counted(each.came_n, 'row')} came, {each.left_n:,} left, {each.how}"
    return ". ".join([counts, *lines])


def _sheet(sheet: str) -> str:
    return f", sheet {sheet}," if sheet else ""


def _of(what: str, n: int, beyond_n: int) -> str:
    said = {
        "moved": f"{n:,} moved" + f" ({beyond_n:,} beyond their interval)" * bool(beyond_n),
        "said otherwise": f"{n:,} {'has' if n == 1 else 'have'} the same value and other words",
        "hidden in B": f"{n:,} shown in A {'is' if n == 1 else 'are'} hidden in B",
        "shown in B": f"{n:,} hidden in A {'is' if n == 1 else 'are'} shown in B",
        "noise": f"{n:,} {'differs' if n == 1 else 'differ'} only in the last digits of arithmetic",
    }
    return said.get(what, f"{n:,} {what}")


def _group(theme: str, notebook: str, items: Sequence[EvidenceMoved]) -> Group:
    reasons = Counter[str](each.why for each in items if each.explained)
    shared, shared_n = reasons.most_common(1)[0] if reasons else ("", 0)
    figures = (_told(each, shared) for each in sorted(items, key=_size))
    but = "" if shared_n in (0, len(items)) else " (but where a figure says its own)"
    return Group(theme, notebook, shared + but, tuple(figures))


def _size(item: EvidenceMoved) -> tuple[object, ...]:
    """The unexplained first, then what crossed its interval, then by how much it moved."""
    grown = abs(item.relative_pct) if item.relative_pct is not None else 0.0
    newly = item.what == "moved" and item.relative_pct is None
    return (
        item.explained, MOVED.index(item.what), item.beyond != "beyond", not newly, -grown,
        item.evidence_id,
    )  # fmt: skip


def _told(item: EvidenceMoved, shared: str) -> FigureTold:
    then, now = _sides(item)
    return FigureTold(
        item=item,
        name=item.title,
        then=then,
        now=now,
        by=_by(item),
        interval=BEYOND[item.beyond],
        otherwise=tuple(_otherwise(item.fields)),
        rows=tuple(row_words(each) for each in item.rows),
        why="" if item.why == shared else item.why,
    )


def _sides(item: EvidenceMoved) -> tuple[str, str]:
    if item.what in ("hidden in B", "shown in B"):
        hidden, shown = "hidden", "shown"
        return (shown, hidden) if item.what == "hidden in B" else (hidden, shown)
    then, now = (side.display if side else NONE for side in (item.old, item.new))
    if item.what != "moved" or then != now or item.change is None:
        return then, now
    # Both round to the same: to as many decimals as tell them apart.
    values = item.old.value if item.old else None, item.new.value if item.new else None
    told = ([display(value, item.unit, places) for value in values] for places in range(13))
    return next(((a, b) for a, b in told if a != b), (then, now))


def _by(item: EvidenceMoved) -> str:
    """By how much, with its sign: `+2.6 points (+5.7%)`."""
    if item.change is None or item.what != "moved":
        return ""
    relative = item.relative_pct
    of_it = f" ({_signed(relative, '%')})" if relative is not None else ""
    return changed_by(item.change, item.unit) + of_it


def changed_by(change: float, unit: str) -> str:
    """A change of a figure with its sign: `+2.6 points` of a percentage, `-£1,240`."""
    points = unit in ("%", "pp")
    return _signed(change, "" if points else unit) + " points" * points


def _signed(value: float, unit: str) -> str:
    """A change to three figures or so, never rounded to nothing."""
    places = next((d for d in range(1, 12) if round(abs(value), d)), 12)
    whole = abs(value) >= 1000 or float(value).is_integer()
    size = display(abs(value), unit, 0 if whole else places)
    return f"{'-' if value < 0 else '+'}{size}"


def _otherwise(fields: Sequence[FieldMoved]) -> Iterator[str]:
    """What of a figure moved beside its value, in words; operands and ends follow a value."""
    for each in fields:
        if each.of not in ("operands", "interval"):
            yield f"{each.name.replace('_', ' ')}: {_cell(each.old)} → {_cell(each.new)}"


def _cell(value: str | float | None) -> str:
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return value or "none"


def _then_now(then: object, now: object) -> str:
    told = [f"{each:,}" if isinstance(each, int) else str(each) for each in (then, now)]
    return told[0] if told[0] == told[1] else " → ".join(told)


def _files(old: Counts, new: Counts) -> str:
    then, now = ({f.sha256: f.name for f in counts.files} for counts in (old, new))
    if then.keys() == now.keys():
        return "the same files, admitted otherwise"
    gone = [f"{name} ({sha[:12]})" for sha, name in then.items() if sha not in now]
    came = [f"{name} ({sha[:12]})" for sha, name in now.items() if sha not in then]
    return f"files: {', '.join(gone) or 'none'} → {', '.join(came) or 'none'}"
