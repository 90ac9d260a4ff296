"""Which charts and which sentences of two packs are not the same."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from peerpack.handover.difference import Drawing, ExhibitMoved, FindingMoved, NumberMoved
from peerpack.handover.records import RECORDS_MIME, Exhibit, Finding
from peerpack.packs.opened import OpenedPack

HIDDEN_IN_ONE = "not repeated: it shows figures that one of the two packs hides"


def exhibits_of(pack: OpenedPack) -> dict[str, Exhibit]:
    """The charts of a pack by id: their words as the notebook gave them, their bytes as they lie.

    A chart of which no notebook speaks has its id as its words.
    """
    told = {each.id: each for each in _recorded(pack)}
    found = {}
    for path in sorted((pack.folder / "exhibits").glob("*.svg")):
        words = told.get(path.stem) or _wordless(path.stem)
        table = path.with_suffix(".csv")
        own = {"svg": _text(path), "table": _text(table) if table.is_file() else ""}
        found[path.stem] = words.model_copy(update=own)
    return found


def exhibits_moved(
    then: dict[str, Exhibit], now: dict[str, Exhibit], hidden: frozenset[str]
) -> Iterator[ExhibitMoved]:
    """The charts whose drawing or table is not the same; `hidden`: evidence that one pack hides."""
    for id_ in sorted({*then, *now}):
        old, new = then.get(id_), now.get(id_)
        drawn = (old and old.svg) != (new and new.svg)
        if drawn or (old and old.table) != (new and new.table):
            words = new or old or _wordless(id_)
            own = {*(old.evidence_ids if old else ()), *(new.evidence_ids if new else ())}
            yield ExhibitMoved(
                id=id_,
                what="changed" if old and new else "vanished" if old else "appeared",
                title=words.title,
                theme=words.theme,
                evidence_ids=tuple(sorted(own)),
                drawing_moved=drawn,
                numbers=tuple(_numbers(old, new, hidden)) if old and new else (),
                not_drawn=HIDDEN_IN_ONE if own & hidden else "",
            )


def drawing_of(exhibit: Exhibit | None) -> Drawing | None:
    """A chart as a page shows it."""
    if exhibit is None:
        return None
    return Drawing(title=exhibit.title, alt=exhibit.alt, svg=exhibit.svg)


def findings_moved(
    then: Sequence[Finding], now: Sequence[Finding], hidden: frozenset[str]
) -> Iterator[FindingMoved]:
    """The sentences that only one of the two says, those of one cell beside each other."""
    old, new = _beyond(then, now), _beyond(now, then)
    for finding in new:
        at = (finding.theme, finding.cell)
        pair = next((each for each in old if (each.theme, each.cell) == at), None)
        if pair:
            old.remove(pair)
        yield _finding(pair, finding, hidden)
    for finding in old:
        yield _finding(finding, None, hidden)


def _recorded(pack: OpenedPack) -> Iterator[Exhibit]:
    """The exhibits as the executed notebooks recorded them, with title and alternative text."""
    for path in sorted((pack.folder / "notebooks").glob("*.ipynb")):
        for told in _records(json.loads(path.read_bytes())):
            for each in told.get("exhibits", ()):
                try:
                    yield Exhibit.model_validate(each)
                except ValidationError:
                    continue


def _records(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for cell in notebook.get("cells", ()):
        for output in cell.get("outputs", ()):
            if RECORDS_MIME in output.get("data", {}):
                yield output["data"][RECORDS_MIME]


def _wordless(id_: str) -> Exhibit:
    return Exhibit(id=id_, title=id_, alt=f"Chart {id_}", source="", svg="", table="",
                   evidence_ids=(), theme="", cell="")  # fmt: skip


def _text(path: Any) -> str:
    return str(path.read_text(encoding="utf-8", errors="replace"))


def _numbers(old: Exhibit, new: Exhibit, hidden: frozenset[str]) -> Iterator[NumberMoved]:
    """The cells of a chart's table that moved; of a row that one pack hides only that it does."""
    before, after = _table(old.table), _table(new.table)
    for row in {**after, **before}:
        if row in hidden:
            yield NumberMoved(row=row, column="", old="", new="hidden in one of the two")
        elif row not in before or row not in after:
            came = row in after
            yield NumberMoved(row=row, column="", old="" if came else _shown(before[row]),
                              new=_shown(after[row]) if came else "")  # fmt: skip
        else:
            cells = {**after[row], **before[row]}
            yield from (
                NumberMoved(row=row, column=name, old=before[row].get(name, ""),
                            new=after[row].get(name, ""))
                for name in cells
                if before[row].get(name, "") != after[row].get(name, "")
            )  # fmt: skip


def _table(text: str) -> dict[str, dict[str, str]]:
    """The rows of a chart's table by the evidence they show; else by their first cell."""
    rows = list(csv.DictReader(io.StringIO(text)))
    plain = [{str(k): str(v or "") for k, v in row.items() if k} for row in rows]
    return {row.get("evidence_id") or next(iter(row.values()), ""): row for row in plain}


def _shown(row: dict[str, str]) -> str:
    return row.get("display") or row.get("value", "")


def _beyond(findings: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    spare = Counter((each.text, each.theme, each.cell) for each in others)
    kept = []
    for each in findings:
        key = (each.text, each.theme, each.cell)
        kept += [] if spare[key] > 0 else [each]
        spare[key] -= 1
    return kept


def _finding(old: Finding | None, new: Finding | None, hidden: frozenset[str]) -> FindingMoved:
    either = new or old
    ids = {id_ for each in (old, new) if each for id_ in each.evidence_ids}
    silent = bool(ids & hidden)
    return FindingMoved(
        what="changed" if old and new else "vanished" if old else "appeared",
        theme=either.theme if either else "",
        cell=either.cell if either else "",
        old=old.text if old and not silent else "",
        new=new.text if new and not silent else "",
        not_said=HIDDEN_IN_ONE if silent else "",
    )
