"""The walls of the package: import contracts that hold, and break when somebody breaks them."""

import ast
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from peerpack.catalogue.places import project_root

ROOT = project_root()
PACKAGE = ROOT / "lib" / "peerpack"


def lint_imports(folder: Path) -> tuple[int, str]:
    """Exit code of lint-imports in a checkout, and all it said, on one line."""
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(command), "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "lib"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "lib" / "peerpack", ignore=ignored)
    return tmp_path


def test_the_import_contracts_hold():
    code, said = lint_imports(ROOT)
    assert code == 0, said
    assert "0 broken" in said


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("measures/budget", "import peerpack.intake.admit", "One direction"),
        ("words/numbers", "import peerpack.measures.budget", "One direction"),
        ("figures/bars", "import peerpack.words.numbers", "One direction"),
        ("sources/read", "import peerpack.gates", "One direction"),
        ("vocab", "import peerpack.catalogue.models", "One direction"),
        ("handover/receipt", "import peerpack.measures.table", "One direction"),
        ("intake/admit", "import peerpack.packs.plan", "One direction"),
        ("render/page", "import peerpack.notebooks.shape", "One direction"),
        ("notebooks/lint", "import peerpack.measures.table", "The shape of a notebook"),
        ("render/page", "import peerpack.measures.compare", "Pages compute no value"),
        ("records/recorder", "import peerpack.intake", "The recorder takes"),
        ("measures/budget", "import pathlib", "Measures, figures and words"),
        ("words/numbers", "import peerpack.catalogue.load", "Measures, figures and words"),
        ("intake/admit", "import great_expectations", "Only gates imports Great Expectations"),
        ("packs/build", "import papermill", "Only packs.run imports papermill"),
        ("measures/budget", "import matplotlib.pyplot", "Only figures imports seaborn"),
        ("render/charts", "import seaborn", "Only figures imports seaborn"),
        ("intake/admit", "import python_calamine", "Only sources opens"),
        ("measures/residents", "import polars", "Only measures.survey"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(copy, module, line, contract):
    path = copy / "lib" / "peerpack" / f"{module}.py"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    code, said = lint_imports(copy)
    assert code == 1, said
    broken = said[said.index("Broken contracts") :]
    assert contract in broken


def test_a_new_module_must_find_its_place_in_the_layers(copy):
    (copy / "lib" / "peerpack" / "helper.py").write_text('"""Nowhere."""\n', encoding="utf-8")
    code, said = lint_imports(copy)
    assert code == 1, said
    assert "peerpack.helper" in said


def lengths() -> dict[str, int]:
    """Lines of every function of the package, docstring and signature included."""
    return {
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_most_functions_have_under_ten_lines_and_none_over_sixty():
    found = lengths()
    assert statistics.median(found.values()) < 10
    assert {name: lines for name, lines in found.items() if lines > 60} == {}
