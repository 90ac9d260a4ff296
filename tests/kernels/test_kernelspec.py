"""The kernel "Peerpack", as JupyterLab, nbval and papermill find it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from forking import ENV

from peerpack.kernels import SPEC, install, wrong_with_spec
from peerpack.kernels.__main__ import main
from peerpack.kernels.spec import PROVISIONER

PARENT = """
import os
from pathlib import Path
"peerpack.kernels.server" in Path(f"/proc/{os.getppid()}/cmdline").read_text()
"""
ENTRY = f"[jupyter_client.kernel_provisioners]\n{PROVISIONER} = peerpack.kernels.provisioner:"


@pytest.fixture
def prefix(tmp_path, monkeypatch):
    """An interpreter's folder of its own, where Jupyter looks first."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    share = str(tmp_path / "share" / "jupyter")
    monkeypatch.setattr("jupyter_core.paths.ENV_JUPYTER_PATH", [share])
    monkeypatch.setenv("JUPYTER_PATH", share)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "nowhere"))
    return tmp_path


@pytest.fixture
def registered(tmp_path):
    """The entry point, for an interpreter that has not installed the project since it has one."""
    folder = tmp_path / "site"
    info = folder / "peerpack_warm-0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: peerpack-warm\nVersion: 0\n")
    (info / "entry_points.txt").write_text(f"{ENTRY}WarmProvisioner\n")
    return folder


def test_the_kernelspec_starts_this_interpreter(prefix, capsys):
    assert main(["install"]) is None
    spec = json.loads((Path(capsys.readouterr().out.strip()) / "kernel.json").read_text())
    assert spec["argv"] == [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    assert spec["display_name"] == "Peerpack"


def test_a_kernelspec_that_would_not_do_is_told_of(prefix, registered, monkeypatch):
    monkeypatch.syspath_prepend(str(registered))
    assert "'peerpack-warm', is not installed. Run `make setup` again." in main(["check"])
    kernel = install() / "kernel.json"
    assert wrong_with_spec() == ""
    kernel.write_text(kernel.read_text().replace(sys.executable, "/elsewhere/python"))
    assert "is another interpreter's. Run `make setup` again." in wrong_with_spec()


def test_other_words_are_refused():
    assert main([]).startswith("usage: ")


def test_nbval_runs_a_notebook_by_the_kernels_name_in_a_forked_kernel(prefix, registered, tmp_path):
    install()
    own = {name: os.environ[name] for name in ("JUPYTER_PATH", "JUPYTER_DATA_DIR")}
    own["PYTHONPATH"] = f"{ENV['PYTHONPATH']}{os.pathsep}{registered}"
    cell = nbformat.v4.new_code_cell(PARENT, execution_count=1)
    shown = {"output_type": "execute_result", "data": {"text/plain": "True"}, "metadata": {}}
    cell.outputs = [nbformat.from_dict(shown | {"execution_count": 1})]
    notebook = tmp_path / "forked.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), notebook)
    alone = ("-c", os.devnull, "--rootdir", str(tmp_path), "-p", "no:cacheprovider")
    words = ("--nbval", "--nbval-kernel-name", SPEC, str(notebook))
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *alone, *words],
        env=ENV | own, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout + told.stderr
