"""Copies of a published pack with something of it changed, and summed again: packs as drawn."""

import json
import shutil

import pandas as pd
from workbench import ROOT

from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS
from peerpack.packs.verify import BUILD, build_note, sums
from peerpack.packs.versions import SUMS, sha256_of

REFERENCE = ROOT / "reports/liverpool/2024-25-Q1/v001"
RETURN, SHA = "published_figures.csv", "f" * 64
LARGE = ("*.html", "assets", "indicators", "questions", "themes", "ro-crate-metadata.json")
"""Files that nobody reads a figure from, and that a copy does without."""
NUMBERS = dict.fromkeys(NUMBER_COLUMNS, "float64")


def drawn(*rows, **common):
    """A table of evidence of these rows; what a row does not say is empty."""
    blank = {c: None if c in NUMBER_COLUMNS else "" for c in EVIDENCE_COLUMNS}
    plain = {"kind": "indicator", "unit": "%", "notebook": "05-sick", "dataset": "staff"}
    return pd.DataFrame([blank | plain | common | row for row in rows]).astype(NUMBERS)


def remade(folder, *, edit=lambda evidence: evidence, rows=None, inputs=None, files=None,
           manifest=None, source=REFERENCE):  # fmt: skip
    """A copy of a pack in `folder`: evidence and lineage edited, inputs and files replaced."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(*LARGE))
    table = pd.read_parquet(folder / "evidence.parquet")
    write_evidence(folder, edit(table))
    if rows is not None:
        rows(pd.read_parquet(folder / "lineage.parquet")).to_parquet(folder / "lineage.parquet")
    for name, text in (files or {}).items():
        path = folder / name
        path.write_text(text(path.read_text()) if callable(text) else text)
    told = json.loads((folder / "manifest.json").read_bytes())
    told["inputs"] |= inputs or {}
    (folder / "manifest.json").write_text(json.dumps(told | (manifest or {})))
    return summed(folder)


def write_evidence(folder, table):
    """Both forms of a pack's evidence."""
    table.to_csv(folder / "evidence.csv", index=False)
    table.to_parquet(folder / "evidence.parquet")


def summed(folder):
    """The folder as if it had just been published."""
    (folder / SUMS).write_bytes(sums(folder))
    fields = {"sums_sha256": sha256_of(folder / SUMS)}
    (folder / BUILD).write_bytes(build_note(fields))
    return folder


def put(evidence_id, **cells):
    """An edit of one row of evidence."""

    def edit(table):
        own = table["evidence_id"] == evidence_id
        assert own.any(), evidence_id
        return table.assign(**{name: table[name].mask(own, value) for name, value in cells.items()})

    return edit


def later_return(lines):
    """What a pack that was made of another file of published figures says of it.

    `lines`: an edit of the lineage. The file's digest and the dataset's are SHA.
    """
    manifest = json.loads((REFERENCE / "manifest.json").read_bytes())
    receipt = json.loads((REFERENCE / "quality/published_figures.json").read_bytes())
    file, dataset = receipt["files"][0]["sha256"], receipt["sha256"]
    return {
        "edit": lambda table: table.assign(
            dataset_sha256=table["dataset_sha256"].replace(dataset, SHA)
        ),
        "rows": lambda table: lines(table.assign(sha256=table["sha256"].replace(dataset, SHA))),
        "inputs": {"returns": manifest["inputs"]["returns"] | {RETURN: SHA}},
        "files": {
            "quality/published_figures.json": lambda text: text.replace(file, SHA).replace(
                dataset, SHA
            )
        },
    }
