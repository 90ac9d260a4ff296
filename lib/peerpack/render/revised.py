"""The figures of a pack that are not what the pack before said of the same period."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from peerpack.handover.pack import PackContents
from peerpack.render.rows import Row
from peerpack.words.revisions import revision_sentence


@dataclass(frozen=True)
class Revised:
    """A revised figure in a sentence, with the evidence it is about."""

    evidence_id: str
    sentence: str


def revised_figures(contents: PackContents, about: Mapping[str, Row]) -> Iterator[Revised]:
    """Every revision of a pack, in the order of the table; `about`: its evidence by their ids."""
    rows: list[Any] = contents.revisions.to_dict("records")
    for row in rows:
        own = about[row["evidence_id"]]
        cut = row["evidence_id"].partition("/")[2].split("&")
        measure = next((m.partition("=")[2] for m in cut if m.startswith("measure=")), "")
        decimals = contents.indicators[own["indicator"]].as_shown(measure).decimals
        yield Revised(row["evidence_id"], revision_sentence(row, own["title"], decimals))
