"""Baseline: a quarter from raw returns to a published folder, as a good engineer does without us.

Plain Great Expectations (one context, each suite once), papermill in a loop, nbconvert, checksums,
one rename at the end. It reads returns by the workbook's own readers and keeps its receipts, so
that the notebooks are the same; only the judging is replaced. It is spared what it has no means
for: the tables that the pack makes of itself are given to it ready-made.
"""

import argparse
import hashlib
import json
import os
import shutil
from pathlib import Path

import great_expectations as gx
import papermill
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from nbconvert import HTMLExporter

from peerpack import gates
from peerpack.handover.receipt import Check, Verdict
from peerpack.intake.admit import admit_from, lay
from peerpack.intake.desk import supplied
from peerpack.intake.door import ADMITTED
from peerpack.vocab import Quarter

ROWS = {
    "result_format": "COMPLETE",
    "unexpected_index_column_names": ["source_row"],
    "return_unexpected_index_query": False,
}


class Judge:
    """Plain Great Expectations, one context for all suites."""

    def __init__(self):
        self.context = gx.get_context(mode="ephemeral")
        self.context.variables.progress_bars = {"globally": False}
        self.source = self.context.data_sources.add_pandas("returns")

    def __call__(self, frame, dataset, suite_path):
        declared = json.loads(suite_path.read_text(encoding="utf-8"))["expectations"]
        checks = [ExpectationConfiguration(**each).to_domain_obj() for each in declared]
        batch = self.source.add_dataframe_asset(dataset).add_batch_definition_whole_dataframe("all")
        found = batch.get_batch({"dataframe": frame}).validate(
            gx.ExpectationSuite(dataset, checks), result_format=ROWS
        )
        made = [self._check(each) for each in found.results]
        failed = {each.severity for each in made if not each.passed}
        outcome = "stop" if "stop" in failed else "warn" if failed else "pass"
        return Verdict(outcome=outcome, checks=tuple(made))

    def _check(self, result):
        meta, severity = result.expectation_config.meta, result.expectation_config.severity
        rows = [each["source_row"] for each in result.result.get("unexpected_index_list") or []]
        return Check(
            id=meta["id"], why=meta["why"], severity="stop" if severity == "critical" else "warn",
            passed=result.success, failing_n=len(rows), failing_rows=tuple(rows[:1000]),
        )  # fmt: skip


def published(council, quarter, root, own_tables, notebooks, out):
    """Admit, run, convert, sum and publish."""
    making = out.with_name(f"{out.name}.making")
    (making / "notebooks").mkdir(parents=True)
    admitted = Path(shutil.copytree(own_tables, making / ".admitted"))
    admit_all(council, quarter, root, admitted)
    os.environ[ADMITTED] = str(admitted)
    given = {"council": council, "quarter": str(quarter)}
    for source in notebooks:
        executed = making / "notebooks" / source.name
        papermill.execute_notebook(source, executed, parameters=given, progress_bar=False)
        page, _ = HTMLExporter().from_filename(str(executed))
        executed.with_suffix(".html").write_text(page, encoding="utf-8")
    shutil.rmtree(admitted)
    files = sorted(path for path in making.rglob("*") if path.is_file())
    lines = [f"{sha256_of(path)}  {path.relative_to(making).as_posix()}\n" for path in files]
    (making / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    making.rename(out)


def admit_all(council, quarter, root, folder):
    """Read, judge and lay every return that lies on the desk."""
    gates.judge = Judge()
    desk = supplied(council, quarter, [root])
    for name in desk.assignment.files:
        lay(folder, admit_from(desk, name))


def sha256_of(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("council")
    asked.add_argument("quarter", type=Quarter.parse)
    asked.add_argument("--data", type=Path, required=True)
    asked.add_argument("--own-tables", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("notebooks", nargs="+", type=Path)
    said = asked.parse_args()
    published(said.council, said.quarter, said.data, said.own_tables, said.notebooks, said.out)


if __name__ == "__main__":
    main()
