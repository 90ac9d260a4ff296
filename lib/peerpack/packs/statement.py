"""A position statement against a pack that is already built, so that its writer need not wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from peerpack.catalogue import load
from peerpack.catalogue.places import files_within, quarter_folder
from peerpack.errors import NotFound
from peerpack.handover.pack import PackContents, Withheld
from peerpack.handover.statement import FILE
from peerpack.packs.opened import OpenedPack, find_pack
from peerpack.packs.revisions import before_of
from peerpack.packs.versions import newest_before
from peerpack.statement import cited, statement
from peerpack.vocab import Quarter


@dataclass(frozen=True)
class Held:
    """A statement that holds: against which version, and how often it cites evidence."""

    version: str
    citations_n: int


def check_statement(
    council: str, quarter: str, *, roots: Sequence[Path] = (), reports: Path
) -> Held:
    """Hold a council's position statement against the quarter's newest pack.

    Raises StatementRefused with every fault, as a build would; NotFound without statement or pack.
    """
    asked = Quarter.parse(quarter)
    folder = quarter_folder(council, asked, roots)
    written = folder / FILE
    if written not in files_within(folder):
        raise NotFound(
            f"{council} {quarter} has no {FILE}. Copy data/reference/{FILE} into its folder, "
            "and write."
        )
    pack = find_pack(reports, council=council, quarter=quarter)
    made = statement(written.read_bytes(), _contents(pack, roots), _before(pack, reports))
    return Held(pack.version, cited(made))


def _contents(pack: OpenedPack, roots: Sequence[Path]) -> PackContents:
    """What a statement is held against; exhibits and questions are none of it."""
    return PackContents(
        council=load.council(pack.council, roots),
        quarter=str(pack.quarter),
        as_at=date.fromisoformat(pack.manifest["as_at"]),
        evidence=pack.evidence,
        comparators=pack.comparators,
        lineage=pack.lineage,
        exhibits=(),
        findings=pack.findings,
        receipts=tuple(pack.receipts.values()),
        notebooks=(),
        withheld=tuple(Withheld(**each) for each in pack.manifest["withheld"]),
        not_used=(),
        indicators=load.indicators(),
    )


def _before(pack: OpenedPack, reports: Path) -> pd.DataFrame | None:
    """The evidence of the pack before, where it is the one that this pack was built after."""
    earlier = newest_before(reports / pack.council, Quarter.parse(str(pack.quarter)))
    same = earlier is not None and earlier.digest == pack.inputs["previous_pack"]
    return before_of(earlier).evidence if earlier and same else None
