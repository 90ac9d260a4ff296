"""Two packs held against each other: what moved, why, and in which rows."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from peerpack.catalogue.load import own_tables
from peerpack.handover.difference import (
    Counts,
    Difference,
    Drawing,
    EvidenceMoved,
    FileMoved,
    FileNamed,
    InputTold,
    NotebookMoved,
    PackTold,
    ReturnMoved,
)
from peerpack.handover.receipt import Receipt
from peerpack.packs.causes import CAME, CHANGED, WENT
from peerpack.packs.diff.contents import Compared, Returns
from peerpack.packs.diff.figures import Rows, by_id, figures_moved, hidden_in_one, of_other_rows
from peerpack.packs.diff.rows import RowsOf
from peerpack.packs.diff.shown import drawing_of, exhibits_moved, exhibits_of, findings_moved
from peerpack.packs.diff.why import Why
from peerpack.packs.opened import OpenedPack
from peerpack.packs.versions import SUMS

RUN = "run"
NOT_THERE = "not there"


def difference(a: OpenedPack, b: OpenedPack, roots: Sequence[Path] = ()) -> Difference:
    """All that is not the same in two packs; `roots`: where returns of then may lie, too."""
    why = Why(a, b)
    then, now = by_id(a.evidence), by_id(b.evidence)
    hidden = hidden_in_one(then, now)
    returns = tuple(_returns_moved(a, b))
    compared = _compared(a, b, returns, roots)
    evidence = tuple(_evidence(then, now, why, RowsOf(a, b, compared)))
    return Difference(
        a=_told(a),
        b=_told(b),
        identical=a.digest == b.digest,
        parameter=_parameter(a, b),
        inputs=tuple(InputTold.model_validate(vars(each)) for each in why.moved),
        evidence=evidence,
        alike_n=len({*then, *now}) - len(evidence),
        exhibits=tuple(exhibits_moved(exhibits_of(a), exhibits_of(b), hidden)),
        findings=tuple(findings_moved(a.findings, b.findings, hidden)),
        returns=tuple(
            each.model_copy(update={"contents": compared[each.dataset].told})
            if each.dataset in compared and each.quarter in (str(a.quarter), str(b.quarter))
            else each
            for each in returns
        ),
        notebooks=tuple(_notebooks(a, b)),
        files=tuple(_files(_summed(a), _summed(b))),
    )


def drawings(
    told: Difference, a: OpenedPack, b: OpenedPack
) -> dict[str, tuple[Drawing | None, Drawing | None]]:
    """The charts that moved as either pack drew them, but those that must not be shown."""
    then, now = exhibits_of(a), exhibits_of(b)
    return {
        each.id: (drawing_of(then.get(each.id)), drawing_of(now.get(each.id)))
        for each in told.exhibits
        if not each.not_drawn
    }


def _evidence(then: Rows, now: Rows, why: Why, rows: RowsOf) -> Iterator[EvidenceMoved]:
    """The figures that moved, and those that other rows give the same value of."""
    moved = {each.evidence_id: each for each in figures_moved(then, now)}
    for id_ in {**then, **now}:
        item = moved.get(id_)
        found = rows.moved(id_) if item is None or _has_rows(item) else ()
        if item is None and any(each.came_n or each.left_n for each in found):
            item = of_other_rows(then[id_], now[id_])
        if item is not None:
            yield why.told(item).model_copy(update={"rows": found})


def _has_rows(item: EvidenceMoved) -> bool:
    """Whether its rows may be spoken of: not where a pack hides it, not where only one has it."""
    return item.what in ("moved", "said otherwise")


def _told(pack: OpenedPack) -> PackTold:
    return PackTold(
        council=pack.council,
        quarter=str(pack.quarter),
        version=pack.version,
        digest=pack.digest,
        as_at=str(pack.manifest.get("as_at", "")),
        invented=bool(pack.manifest.get("invented", False)),
    )


def _parameter(a: OpenedPack, b: OpenedPack) -> str:
    """What makes them packs of different things, which comes before every other cause."""
    said = []
    if a.council != b.council:
        said.append(f"another council: {a.council} and {b.council}")
    if a.quarter != b.quarter:
        said.append(f"another quarter: {a.quarter} and {b.quarter}")
    return "; ".join(said)


def _returns_moved(a: OpenedPack, b: OpenedPack) -> Iterator[ReturnMoved]:
    """The datasets that the packs did not admit alike; tables of a pack's own are none."""
    then, now = _by_place(a), _by_place(b)
    for key in sorted({*then, *now}):
        old, new = then.get(key), now.get(key)
        receipt = new or old
        if receipt and receipt.dataset not in own_tables() and _counts(old) != _counts(new):
            yield ReturnMoved(
                dataset=receipt.dataset, title=receipt.title, quarter=receipt.quarter,
                personal=any(r.personal for r in (old, new) if r),
                old=_counts(old), new=_counts(new),
            )  # fmt: skip


def _by_place(pack: OpenedPack) -> dict[tuple[str, str], Receipt]:
    """The receipts by dataset and quarter; a pack's own quarter is one place, whichever it is."""
    return {
        (dataset, "" if quarter == str(pack.quarter) else quarter): receipt
        for (dataset, quarter), receipt in pack.receipts.items()
    }


def _counts(receipt: Receipt | None) -> Counts | None:
    if receipt is None:
        return None
    return Counts(
        sha256=receipt.sha256,
        files=tuple(
            FileNamed(name=file.name, sheet=file.sheet, sha256=file.sha256)
            for file in receipt.files
        ),
        rows_in=receipt.rows_in,
        rows_admitted=receipt.rows_admitted,
        rows_set_aside=receipt.rows_set_aside,
        rows_quarantined=receipt.rows_quarantined,
        corrections=tuple(each.id for each in receipt.corrections),
        verdict=receipt.verdict.outcome,
    )


def _compared(
    a: OpenedPack, b: OpenedPack, returns: Sequence[ReturnMoved], roots: Sequence[Path]
) -> dict[str, Compared]:
    """The datasets of the quarter whose files moved, by their cells."""
    desk = Returns(a, b, tuple(roots))
    quarters = {str(a.quarter), str(b.quarter)}
    names = {each.dataset for each in returns if each.quarter in quarters}
    return {name: desk.compared(name) for name in sorted(names)}


def _notebooks(a: OpenedPack, b: OpenedPack) -> Iterator[NotebookMoved]:
    """The notebooks that were run in one and not in the other, or not for another reason."""
    then, now = _asked(a), _asked(b)
    for name in sorted({*then, *now}):
        old, new = (side.get(name, ("", NOT_THERE)) for side in (then, now))
        if old[1] != new[1]:
            yield NotebookMoved(notebook=name, question=new[0] or old[0], old=old[1], new=new[1])


def _asked(pack: OpenedPack) -> dict[str, tuple[str, str]]:
    """Each notebook's question, and whether it was run or why not."""
    run = {str(n["name"]): (str(n["question"]), RUN) for n in pack.manifest.get("notebooks", ())}
    held = {
        str(n["notebook"]): (str(n["question"]), str(n["why"]))
        for n in pack.manifest.get("withheld", ())
    }
    return run | held


def _summed(pack: OpenedPack) -> dict[str, str]:
    """The files under the sums of a pack that was verified, by name."""
    lines = (pack.folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _files(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[FileMoved]:
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            became = CHANGED if name in then and name in now else CAME if name in now else WENT
            yield FileMoved.model_validate({"name": name, "became": became})
