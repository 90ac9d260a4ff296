"""`ro-crate-metadata.json`: what the pack is and which files it holds, as an RO-Crate says it."""

import mimetypes
from pathlib import Path
from typing import Any

from peerpack.handover.pack import PackContents
from peerpack.packs.versions import SUMS, sha256_of
from peerpack.packs.write import write_json
from peerpack.words.numbers import quarter_in_full

METADATA = "ro-crate-metadata.json"
_TYPES = {".ipynb": "application/x-ipynb+json", ".parquet": "application/vnd.apache.parquet"}


def write_crate(folder: Path, contents: PackContents) -> None:
    """Describe every file of the pack, with its size and sha256; no clock, no random id."""
    from rocrate.rocrate import ROCrate

    crate = ROCrate()
    crate.name = f"Peer challenge evidence, {contents.council.name}, {contents.quarter}"
    crate.description = (
        f"Evidence for {quarter_in_full(contents.quarter)}, as at {contents.as_at.isoformat()}."
    )
    crate.datePublished = contents.as_at
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != SUMS):
        crate.add_file(path, dest_path=path.relative_to(folder).as_posix(), properties=_said(path))
    graph = crate.metadata.generate()
    graph["@graph"] = sorted(graph["@graph"], key=lambda entity: entity["@id"])
    write_json(folder / METADATA, graph)


def _said(path: Path) -> dict[str, Any]:
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return {
        "contentSize": str(path.stat().st_size),
        "encodingFormat": kind or "application/octet-stream",
        "sha256": sha256_of(path),
    }
