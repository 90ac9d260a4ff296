"""Write the files of a pack into a scratch folder, the same bytes each time."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from peerpack.errors import RecordRefused
from peerpack.handover.pack import PackContents
from peerpack.notebooks.normalise import to_text
from peerpack.words.cells import inert

if TYPE_CHECKING:
    from nbformat import NotebookNode


def write_records(folder: Path, contents: PackContents) -> None:
    """evidence, comparators, revisions, history, lineage, exhibits, findings and quality."""
    _csv(folder / "evidence.csv", contents.evidence)
    _parquet(folder / "evidence.parquet", contents.evidence)
    _csv(folder / "comparators.csv", contents.comparators)
    _csv(folder / "revisions.csv", contents.revisions)
    _csv(folder / "history.csv", contents.history.rows)
    _parquet(folder / "lineage.parquet", contents.lineage)
    findings = [finding.model_dump(mode="json") for finding in contents.findings]
    write_json(folder / "findings.json", findings)
    (folder / "quality").mkdir()
    for receipt in (*contents.receipts, *contents.own, *contents.earlier):
        of = f"-{receipt.quarter}" if receipt in contents.earlier else ""
        path = folder / "quality" / f"{receipt.dataset}{of}.json"
        write_json(path, receipt.model_dump(mode="json"))
    _exhibits(folder / "exhibits", contents)


def _exhibits(folder: Path, contents: PackContents) -> None:
    for exhibit in contents.exhibits:
        if not exhibit.id.replace("-", "").isalnum() or (folder / f"{exhibit.id}.svg").exists():
            raise RecordRefused(
                f"Exhibit {exhibit.id!r}: give each chart a name of its own, of letters, digits "
                "and hyphens."
            )
        # Not before: an empty folder is carried neither by git nor by sums.
        folder.mkdir(exist_ok=True)
        (folder / f"{exhibit.id}.svg").write_text(exhibit.svg, encoding="utf-8", newline="\n")
        (folder / f"{exhibit.id}.csv").write_text(exhibit.table, encoding="utf-8", newline="\n")


def write_notebooks(folder: Path, notebooks: "dict[str, NotebookNode]") -> None:
    """The executed notebooks, normalised."""
    for name, notebook in notebooks.items():
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}.ipynb"
        path.write_text(to_text(notebook), encoding="utf-8", newline="\n")


def write_pages(folder: Path, pages: dict[str, bytes]) -> None:
    """The reviewer's pages, and the documents, by their path in the pack."""
    for name, content in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def write_json(path: Path, content: Any) -> None:
    """JSON with sorted keys, a line each, UTF-8."""
    text = json.dumps(content, sort_keys=True, indent=1, ensure_ascii=False, default=_plain)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _csv(path: Path, table: pd.DataFrame) -> None:
    printed = table.apply(lambda column: column.map(_cell))
    printed.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _cell(value: object) -> object:
    """A number at full precision, whole ones without a point; a text that runs nowhere."""
    if isinstance(value, float):
        return "" if pd.isna(value) else str(int(value)) if value.is_integer() else repr(value)
    return inert(value)


def _parquet(path: Path, table: pd.DataFrame) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    plain = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(plain, path, compression="snappy")
