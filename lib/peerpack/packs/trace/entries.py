"""The lineage of a figure as a pack names it, parsed: of which return, and which rows of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peerpack.errors import PackTampered
from peerpack.handover.receipt import Receipt
from peerpack.packs.opened import OpenedPack
from peerpack.records.lineage import rows_of
from peerpack.words.numbers import SUPPRESSED

ROLES = ("numerator", "denominator", "weight", "comparator")
_RUNS = re.compile(r"\d{1,6}:\d{1,9}(-\d{1,9})?(,\d{1,9}(-\d{1,9})?)*\Z")
_RUN = re.compile(r"(\d+)-(\d+)")


@dataclass(frozen=True)
class Entry:
    """The rows of one role in one return; `rows` is None where the pack does not name them."""

    role: str
    receipt: Receipt
    rows: tuple[int, ...] | None


def entries(pack: OpenedPack, evidence_id: str) -> Iterator[Entry]:
    """The lineage of one figure; PackTampered where it is none that a build writes."""
    own: list[Any] = pack.lineage[pack.lineage["evidence_id"] == evidence_id].to_dict("records")
    yield from (parsed(pack, each) for each in own)


def parsed(pack: OpenedPack, told: Mapping[str, Any]) -> Entry:
    """One line of a lineage, as a pack or a notebook that was run again tells it."""
    receipt = _receipt(pack, told)
    text = str(told["rows"])
    if told["role"] not in ROLES or not (text == SUPPRESSED or _is_ours(text, receipt)):
        raise PackTampered(
            f"{pack.version}: the lineage of {told['evidence_id']} names rows in a way that no "
            "build does. Do not rely on it; build it again."
        )
    rows = None if text == SUPPRESSED else tuple(rows_of(text).tolist())
    return Entry(str(told["role"]), receipt, rows)


def _is_ours(text: str, receipt: Receipt) -> bool:
    """Runs of lines by file, and of no more rows than the return has: a range costs memory."""
    if not all(_RUNS.match(part) for part in filter(None, text.split(";"))):
        return False
    long = sum(max(0, int(last) - int(first)) for first, last in _RUN.findall(text))
    return long + len(re.split("[;,]", text)) <= receipt.rows_admitted + 1


def _receipt(pack: OpenedPack, told: Mapping[str, Any]) -> Receipt:
    same = (r for r in pack.receipts.values() if r.dataset == told["dataset"])
    found = next((r for r in same if r.sha256 == told["sha256"]), None)
    if found is None:
        raise PackTampered(
            f"{pack.version}: no receipt is of the {told['dataset']} that {told['evidence_id']} "
            "rests on. Do not rely on it; build it again."
        )
    return found
