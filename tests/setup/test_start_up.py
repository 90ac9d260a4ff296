"""What a process of ours loads, and what it must not."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

AS_A_BUILD_DOES = """
import sys
from pathlib import Path
from threading import Event, Thread
from peerpack.errors import CellFailed
from peerpack.notebooks import normalise, shape
from peerpack.packs.run import Job, run_job

notebook = min(Path("notebooks").glob("*.ipynb"))
both = [Thread(target=lambda: normalise.to_text(shape.read(notebook))) for _ in range(2)]
for each in both: each.start()
for each in both: each.join()
job = Job(notebook, {}, Path(sys.argv[1]), 1, kernel_name="no-such", start_attempts=1)
try: run_job(job, Event())
except CellFailed as fault: assert "no-such" in str(fault)
assert {"papermill.execute", "jsonschema"} <= set(sys.modules)
assert "rfc3987_syntax" not in sys.modules, "loaded, or left blocked for others"
"""


def alone(code, *words):
    """Code in a new process, its warnings errors; what it printed."""
    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *words],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_what_a_build_loads_is_not_the_grammar_of_addresses_nobody_checks(tmp_path):
    alone(AS_A_BUILD_DOES, tmp_path / "kept.ipynb")


HEAVY = {
    "pandas", "numpy", "pyarrow", "pydantic", "nbformat", "jinja2", "duckdb", "scipy", "matplotlib",
    "lxml", "yaml", "rich", "great_expectations", "papermill", "jsonschema",
}  # fmt: skip
ASKED_FOR_HELP = """
import sys
from peerpack.cli import main
sys.argv = ["peerpack", "--help"]
try: main()
except SystemExit as end: assert not end.code, end.code
print(sorted({each.partition(".")[0] for each in sys.modules}))
"""


def test_help_loads_nothing_heavy():
    assert not set(ast.literal_eval(alone(ASKED_FOR_HELP).splitlines()[-1])) & HEAVY


NOT_BEFORE_NOTEBOOKS_RUN = {
    "lxml", "duckdb", "jinja2", "matplotlib", "scipy", "great_expectations", "papermill",
    "nbformat", "rocrate", "gptables", "pypandoc", "typst", "rich", "fsspec", "svy", "polars",
}  # fmt: skip


def test_a_build_begins_without_what_only_its_end_or_not_every_build_needs():
    loads = "import sys, peerpack.packs.build; print(sorted(sys.modules))"
    assert not set(ast.literal_eval(alone(loads))) & NOT_BEFORE_NOTEBOOKS_RUN
