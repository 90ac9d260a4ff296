"""Columns that came, went or were renamed since the previous quarter's return of a dataset."""

from collections.abc import Iterator

from peerpack.handover.receipt import Check, ColumnsChanged, Receipt, Renamed
from peerpack.intake.gaps import gap_check
from peerpack.sources.header import heading_key

WHY = "A column that went or has another name leaves figures without what they rested on."


def columns_changed(now: Receipt, before: Receipt) -> ColumnsChanged:
    """Headings by column, of all files together, now and before.

    A column read under another heading is renamed. A heading gone beside one come that no column
    uses may be a renaming that the contract does not know.
    """
    read_now, read_before = _read(now), _read(before)
    return ColumnsChanged(
        renamed=tuple(_renamed(read_now, read_before)),
        new=_only_in(now, before),
        gone=_only_in(before, now),
        columns_gone=tuple(sorted(read_before.keys() - read_now.keys())),
    )


def check_of_columns(changed: ColumnsChanged) -> Check:
    """One check, a warning where a heading went or was renamed; new ones alone are none."""
    return gap_check("columns-as-last-quarter", WHY, "; ".join(_told(changed)))


def _told(changed: ColumnsChanged) -> Iterator[str]:
    if not changed.gone and not changed.renamed:
        return
    for each in changed.renamed:
        yield f"{each.column} is headed {each.now!r}, was {each.before!r}"
    if changed.gone:
        yield f"gone: {', '.join(map(repr, changed.gone))}"
    if changed.columns_gone:
        yield f"so nothing stands in {', '.join(changed.columns_gone)} any more"
    if changed.new:
        yield f"new: {', '.join(map(repr, changed.new))}"
    if changed.gone and changed.new:
        yield "if one of these is the other renamed, add its new heading to the dataset's contract"


Headings = dict[str, str]


def _read(receipt: Receipt) -> dict[str, Headings]:
    found: dict[str, Headings] = {}
    for each in receipt.headers:
        found.setdefault(each.column, {})[heading_key(each.heading)] = each.heading
    return found


def _only_in(here: Receipt, there: Receipt) -> tuple[str, ...]:
    """The headings that one return has and the other has not, but those of a column both have."""
    theirs = {heading_key(each.heading) for each in there.headers}
    theirs |= {heading_key(each.heading) for each in there.not_read}
    columns = {each.column for each in there.headers}
    own = [each.heading for each in here.headers if each.column not in columns]
    own += [each.heading for each in here.not_read]
    return tuple(sorted({heading_key(h): h for h in own if heading_key(h) not in theirs}.values()))


def _renamed(now: dict[str, Headings], before: dict[str, Headings]) -> Iterator[Renamed]:
    for column in sorted(now.keys() & before.keys()):
        if not now[column].keys() & before[column].keys():
            yield Renamed(
                column=column,
                before=", ".join(sorted(before[column].values())),
                now=", ".join(sorted(now[column].values())),
            )
