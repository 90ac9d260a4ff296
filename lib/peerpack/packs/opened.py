"""A published pack, opened to be read: its records as they were written, nothing computed anew."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from peerpack.errors import NotFound, PackTampered, UsageError
from peerpack.handover.columns import NUMBERS
from peerpack.handover.evidence import (
    COMPARATOR_COLUMNS,
    EVIDENCE_COLUMNS,
    HISTORY_COLUMNS,
    LINEAGE_COLUMNS,
    REVISION_COLUMNS,
)
from peerpack.handover.receipt import Receipt
from peerpack.handover.records import NamedFinding
from peerpack.packs.verify import verify
from peerpack.packs.versions import Version, sha256_of, versions
from peerpack.vocab import Quarter, council_slug

Key = tuple[str, str]
EVIDENCE, LINEAGE, HISTORY = "evidence.csv", "lineage.parquet", "history.csv"


@dataclass(frozen=True, eq=False)
class OpenedPack:
    """One version of a pack on disk. Texts are never missing, a missing number is NaN.

    Every table has the columns that `handover.evidence` lists, in the order of the pack.
    """

    folder: Path

    @property
    def version(self) -> str:
        """`v001`."""
        return self.folder.name

    @cached_property
    def digest(self) -> str:
        """sha256 of its sums: one digest for all its bytes."""
        return sha256_of(self.folder / "SHA256SUMS")

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """`manifest.json`."""
        return dict(self._json("manifest.json"))

    @property
    def inputs(self) -> dict[str, Any]:
        """Every input its bytes depend on, by digest."""
        return dict(self.manifest["inputs"])

    @property
    def council(self) -> str:
        """The council's short name."""
        return council_slug(self.manifest["council"])

    @property
    def quarter(self) -> Quarter:
        """The quarter it is of."""
        return Quarter.parse(self.manifest["quarter"])

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """One row per evidence."""
        return self._csv(EVIDENCE, EVIDENCE_COLUMNS)

    @cached_property
    def comparators(self) -> pd.DataFrame:
        """One row per comparator of a figure."""
        return self._csv("comparators.csv", COMPARATOR_COLUMNS)

    @cached_property
    def revisions(self) -> pd.DataFrame:
        """What the pack before said of the same period."""
        return self._csv("revisions.csv", REVISION_COLUMNS)

    @cached_property
    def history(self) -> pd.DataFrame | None:
        """What packs of earlier quarters said; None of a pack from before packs kept that."""
        there = (self.folder / HISTORY).is_file()
        return self._csv(HISTORY, HISTORY_COLUMNS) if there else None

    @cached_property
    def lineage(self) -> pd.DataFrame:
        """The rows behind each evidence, as ranges, by role and return."""
        return pd.read_parquet(self.folder / LINEAGE, columns=list(LINEAGE_COLUMNS))

    @cached_property
    def findings(self) -> tuple[NamedFinding, ...]:
        """The sentences computed from evidence."""
        return tuple(map(NamedFinding.model_validate, self._json("findings.json")))

    @cached_property
    def receipts(self) -> dict[Key, Receipt]:
        """The receipt of every return its figures may rest on, by dataset and quarter."""
        paths = sorted((self.folder / "quality").glob("*.json"))
        read = [Receipt.model_validate_json(path.read_bytes()) for path in paths]
        return {(receipt.dataset, receipt.quarter): receipt for receipt in read}

    def row(self, evidence_id: str) -> pd.Series:
        """One row of evidence; NotFound names what comes near."""
        own = self.evidence[self.evidence["evidence_id"] == evidence_id]
        if own.empty:
            raise NotFound(f"{self.version} of {self.council} {self.quarter} holds no evidence "
                           f"{evidence_id!r}.{_near(evidence_id, self.evidence)}")  # fmt: skip
        return own.iloc[0]

    def _json(self, name: str) -> Any:
        return json.loads((self.folder / name).read_bytes())

    def _csv(self, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
        """Texts as they stand, `NA` and all; numbers at the precision they were written with."""
        table = pd.read_csv(self.folder / name, dtype=str, keep_default_na=False)[list(columns)]
        numbers = [column for column in columns if column in NUMBERS]
        return table.assign(**{c: pd.to_numeric(table[c]).astype("float64") for c in numbers})


def open_pack(folder: Path, *, checked: bool = True) -> OpenedPack:
    """Open a published pack; unless `checked` is off, PackTampered when a byte of it moved."""
    if checked:
        verify(folder)
    pack = OpenedPack(folder)
    try:
        _ = pack.council, pack.quarter, pack.inputs
    except (OSError, ValueError, KeyError, TypeError, UsageError, ValidationError) as fault:
        raise PackTampered(
            f"{folder.name}: its manifest.json is not one of ours. Build the pack again."
        ) from fault
    return pack


def find_pack(
    reports: Path, evidence_id: str = "", council: str = "", quarter: str = ""
) -> OpenedPack:
    """The newest pack under a reports folder, of a council or a quarter, that holds an evidence id.

    NotFound where none does; UsageError where packs of several councils do, for then one must be
    named.
    """
    found = [v for v in _newest_first(reports, council, quarter) if _holds(v, evidence_id)]
    if not found:
        wanted = " ".join(filter(None, (council, quarter, evidence_id)))
        raise NotFound(f"No pack under {reports.name}/ holds {wanted}. Name one with --pack.")
    councils = sorted({version.folder.parent.parent.name for version in found})
    if len(councils) > 1:
        raise UsageError(f"Packs of {', '.join(councils)} hold it. Name one with --pack.")
    return open_pack(found[0].folder)


def every_version(reports: Path) -> list[Version]:
    """Every published version under a reports folder: by council, quarter and number."""
    quarters = sorted(p for p in reports.glob("[a-z]*/*") if p.is_dir())
    return [version for folder in quarters for version in versions(folder)]


def _newest_first(reports: Path, council: str, quarter: str) -> list[Version]:
    wanted = [
        v
        for v in every_version(reports)
        if v.folder.parent.parent.name == (council or v.folder.parent.parent.name)
        and v.folder.parent.name == (quarter or v.folder.parent.name)
    ]
    return sorted(wanted, key=lambda v: (v.folder.parent.name, v.number), reverse=True)


def _holds(version: Version, evidence_id: str) -> bool:
    if not evidence_id:
        return True
    path = version.folder / EVIDENCE
    return path.is_file() and evidence_id in set(
        pd.read_csv(path, usecols=["evidence_id"], dtype=str)["evidence_id"]
    )


def _near(evidence_id: str, evidence: pd.DataFrame) -> str:
    from difflib import get_close_matches

    near = get_close_matches(evidence_id, list(evidence["evidence_id"]), n=3)
    return f" Did you mean {' or '.join(near)}?" if near else ""
