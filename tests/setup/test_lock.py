"""Set-up in step: lock, pyproject.toml, environment.yml, Makefile and git's own rules."""

import re
import shutil
import subprocess
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from peerpack.catalogue.places import project_root

ROOT = project_root()
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DECLARED = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]


def pins() -> dict[str, list[tuple[Requirement, int]]]:
    """Each pinned package with its lines of the lock, and the hashes under each."""
    found: dict[str, list[tuple[Requirement, int]]] = {}
    for block in re.split(r"\n(?=\S)", LOCK.strip()):
        head, *rest = block.split("\\\n")
        pin = Requirement(head.strip())
        hashes = sum(line.strip().startswith("--hash=sha256:") for line in rest)
        found.setdefault(canonicalize_name(pin.name), []).append((pin, hashes))
    return found


@pytest.mark.parametrize("declared", DECLARED)
def test_every_dependency_is_pinned_to_a_version_that_its_specifier_allows(declared):
    wanted = Requirement(declared)
    pinned = pins().get(canonicalize_name(wanted.name), [])
    assert pinned, f"{wanted.name} is not in requirements.lock: run make lock"
    for pin, _ in pinned:
        (version,) = pin.specifier
        assert version.operator == "=="
        assert wanted.specifier.contains(version.version), f"{pin}: run make lock"


def test_every_pin_has_a_hash():
    assert [str(pin) for lines in pins().values() for pin, hashes in lines if not hashes] == []


def test_the_lock_holds_no_address():
    assert "://" not in LOCK
    assert "index-url" not in LOCK


def test_conda_users_get_the_same_lock_and_the_same_python():
    found = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *conda, pip = found["dependencies"]
    assert pip == {"pip": ["-r requirements.lock"]}
    assert conda == [f"python{PROJECT['project']['requires-python']}", "pip"]
    assert found["name"] == PROJECT["project"]["name"]


def test_the_makefile_asks_for_the_python_that_the_project_asks_for():
    floor = PROJECT["project"]["requires-python"].removeprefix(">=")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"sys.version_info < ({floor.replace('.', ', ')})" in makefile
    assert f"needs Python {floor} or later" in makefile
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{floor.replace('.', '')}"


def test_the_menu_lists_every_target_in_one_line_each():
    words = ["make", "--no-print-directory", "-s"]
    menu = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = [line.split()[0] for line in menu.splitlines()[1:]]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert listed == phony[1].split()
    assert all(len(line) <= 100 and len(line.split()) > 2 for line in menu.splitlines()[1:])


def test_a_python_that_is_too_old_is_refused_in_words(tmp_path):
    """A Python that says it is 3.9, in a checkout without .venv."""
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n')
    old.chmod(0o755)
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    done = subprocess.run(
        ["make", "setup", f"PYTHON={old}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "needs Python 3.11 or later" in done.stderr
    assert "Python 3.9.2" in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(
    ("path", "kept_out"),
    [
        ("data/anycouncil/2024-25-Q1/x.csv", True),
        ("data/anycouncil/corrections/x.yml", True),
        ("data/trafford/2024-25-Q4/payments.zip", True),
        ("data/trafford/council.toml", False),
        ("data/trafford/allowed_signers", False),
        ("data/liverpool/2024-25-Q1/published_figures.csv", False),
        ("data/northborough/2024-25-Q1/any (invented).csv", False),
        ("data/reference/datasets/hr_positions.yml", False),
        ("reports/northborough/2024-25-Q1/v001/index.html", True),
        ("reports/liverpool/2024-25-Q1/v002/index.html", True),
        ("reports/liverpool/2024-25-Q1/index.html", True),
        ("reports/liverpool/2022-23-Q4/v001/index.html", True),
        ("reports/.runs/liverpool-2024-25-Q1/01.ipynb", True),
        ("reports/liverpool/2024-25-Q1/v001/evidence.csv", False),
        ("reports/liverpool/2024-25-Q1/v001/evidence.parquet", False),
        (".venv/bin/python", True),
    ],
)
def test_git_keeps_out_returns_and_built_packs(path, kept_out):
    words = ["git", "check-ignore", "--quiet", "--no-index", path]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        pytest.skip("not a git checkout, so git keeps nothing out")
    assert (done.returncode == 0) is kept_out


@pytest.mark.parametrize(
    "path", ["reports/liverpool/2024-25-Q1/v001/evidence.csv", "data/sefton/2024-25-Q3/x.csv"]
)
def test_git_never_changes_the_bytes_of_returns_and_packs(path):
    words = ["git", "check-attr", "text", path]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout, so git changes nothing")
    assert done.stdout.strip().endswith("text: unset")
