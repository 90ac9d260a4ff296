"""`datapackage.json`: the tables of a pack with the type and meaning of each column.

Method: Data Package and Tabular Data Resource, version 1 of the Frictionless specifications.
"""

import csv
from pathlib import Path
from typing import Any

from peerpack.handover.columns import NUMBERS, WORDS
from peerpack.handover.pack import PackContents
from peerpack.packs.versions import sha256_of
from peerpack.packs.write import write_json
from peerpack.words.numbers import quarter_in_full

DATAPACKAGE = "datapackage.json"
_OF_A_FIGURE = {
    "fields": "evidence_id",
    "reference": {"resource": "evidence", "fields": "evidence_id"},
}
KEYS: dict[str, dict[str, Any]] = {
    "evidence": {"primaryKey": "evidence_id"},
    "comparators": {"foreignKeys": [_OF_A_FIGURE]},
    "revisions": {"foreignKeys": [_OF_A_FIGURE]},
    "history": {"primaryKey": ["evidence_id", "quarter"]},
}


def write_datapackage(folder: Path, contents: PackContents) -> None:
    """Describe every CSV of the pack; `[x]` and other marks stand in a column of their own."""
    council = contents.council
    tables = sorted(folder.rglob("*.csv"))
    said = {
        "profile": "data-package",
        "name": f"{council.slug}-{contents.quarter}".casefold(),
        "title": f"Peer challenge evidence, {council.name}, {quarter_in_full(contents.quarter)}",
        "description": "Every figure is invented." if council.invented else "As published.",
        "resources": [_resource(path, folder, contents) for path in tables],
    }
    write_json(folder / DATAPACKAGE, said)


def _resource(path: Path, folder: Path, contents: PackContents) -> dict[str, Any]:
    titles = {exhibit.id: exhibit.title for exhibit in contents.exhibits}
    name = path.relative_to(folder).with_suffix("").as_posix().replace("/", "-")
    return {
        "profile": "tabular-data-resource",
        "name": name.casefold(),
        "title": titles.get(path.stem, path.stem.capitalize()),
        "path": path.relative_to(folder).as_posix(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256_of(path)}",
        "schema": {"fields": [_field(each) for each in _header(path)], "missingValues": [""]}
        | KEYS.get(name, {}),
    }


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def _field(name: str) -> dict[str, str]:
    kind = "number" if name in NUMBERS else "string"
    return {"name": name, "type": kind, "description": WORDS[name]}
