"""Notebooks run by the real papermill in real kernels, and every way they are known to break."""

import asyncio
import json
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from peerpack.errors import CellFailed, NotebookIncomplete, UsageError
from peerpack.handover.records import WHOLE_LINEAGE
from peerpack.kernels import short_folder
from peerpack.notebooks.normalise import normalise, to_text
from peerpack.notebooks.shape import read
from peerpack.packs import run
from peerpack.packs.schedule import run_notebook

FAILURES = Path(__file__).parent / "failures"


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "partial" / "kept.ipynb"


@pytest.fixture
def kernels(tmp_path, monkeypatch):
    """Install kernels that are shell scripts: `kernels("name", script)`."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))

    def install(name, script):
        folder = tmp_path / "jupyter" / "kernels" / name
        folder.mkdir(parents=True)
        argv = ["/bin/sh", "-c", script, str(tmp_path), "{connection_file}"]
        spec = {"argv": argv, "display_name": name, "language": "python"}
        (folder / "kernel.json").write_text(json.dumps(spec))
        return name

    return install


def outputs(nb, id_):
    return next(cell for cell in nb.cells if cell.id == id_).outputs


def kernel_pid(nb):
    return int(outputs(nb, "admit")[0].data["text/plain"])


def shown_by(failure, kept, kind=CellFailed, **kernel):
    with pytest.raises(kind) as caught:
        run_notebook(FAILURES / f"{failure}.ipynb", {}, kept, 2, **kernel)
    return str(caught.value)


def test_a_sound_notebook_comes_back_executed_and_leaves_nothing(kept):
    kept.parent.mkdir()
    kept.write_text("from an earlier failure")
    nb = run_notebook(FAILURES / "runs-through.ipynb", {"quarter": "2024-25-Q2"}, kept, 20)
    assert outputs(nb, "record")[0].data["text/plain"] == "('northborough', '2024-25-Q2')"
    assert not kept.exists()
    assert not psutil.pid_exists(kernel_pid(nb))


def test_two_runs_normalised_are_the_same_text_but_for_what_the_cells_show(kept):
    def text():
        nb = run_notebook(FAILURES / "runs-through.ipynb", {"quarter": "2024-25-Q2"}, kept, 20)
        return to_text(normalise(nb)).replace(str(kernel_pid(nb)), "pid")

    assert text() == text()


def test_an_unknown_parameter_is_refused_before_a_kernel_starts(kept, monkeypatch):
    monkeypatch.setattr(run, "_execute", None)
    with pytest.raises(UsageError, match=r"runs-through.ipynb has no parameter 'quater'"):
        run_notebook(FAILURES / "runs-through.ipynb", {"quater": "2024-25-Q2"}, kept, 20)


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        ("kernel-killed", "cell `fault`: its kernel died"),
        ("kernel-leaves", "cell `fault`: its kernel died"),
        ("cell-never-ends", "cell `fault`: it ran for more than 2 s and was stopped"),
        ("exits-with-three", "cell `fault`: SystemExit: 3."),
        ("raises", "cell `fault`: ValueError: the rows do not add up."),
        ("record-cell-raises", "cell `record`: TypeError: "),
        ("failure-allowed-by-tag", "cell `fault`: ValueError: allowed."),
    ],
)
def test_a_failed_cell_is_named_and_its_notebook_kept_for_its_author(failure, message, kept):
    said = shown_by(failure, kept)
    assert said.startswith(f"{failure}.ipynb, {message}")
    assert str(kept) in said
    assert "J. Smith" not in said
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in kept.parent.iterdir()] == [kept.name]
    assert not psutil.pid_exists(kernel_pid(read(kept)))


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        ("exits-with-zero", "it ended at cell `fault`, before its `record` cell"),
        ("record-cell-missing", "it has no cell `record` at its end"),
    ],
)
def test_a_notebook_that_ends_early_is_incomplete(failure, message, kept):
    assert f"{failure}.ipynb: {message}" in shown_by(failure, kept, NotebookIncomplete)
    assert not psutil.pid_exists(kernel_pid(read(kept)))


def test_what_a_cell_started_ends_with_its_kernel(kept):
    shown_by("leaves-a-child", kept)
    child = int(outputs(read(kept), "fault")[0].text)
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie"


def test_the_kernel_knows_no_place_time_or_random_seed_and_names_no_hidden_rows(kept, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv(WHOLE_LINEAGE, "yes")
    source = FAILURES / "shows-its-surroundings.ipynb"
    nb = run_notebook(source, {}, kept, 20, env={"DRAWN": "given"})
    assert outputs(nb, "fault")[0].data["text/plain"] == "('UTC', 'C.UTF-8', '0', 'given', '')"
    assert os.environ["TZ"] == "Asia/Tokyo"


def test_a_kernel_that_fails_once_to_start_is_started_again(kept, kernels, monkeypatch):
    monkeypatch.setattr(run, "BACK_OFF_S", 0)
    script = (
        'test -e "$0/tried" || { touch "$0/tried"; exit 1; }; exec "$PYTHON" -m ipykernel -f "$1"'
    )
    name = kernels("starts-at-the-second-go", script)
    source, env = FAILURES / "runs-through.ipynb", {"PYTHON": sys.executable}
    nb = run_notebook(source, {}, kept, 20, kernel_name=name, env=env)
    assert outputs(nb, "record")


def test_a_kernel_that_never_starts_says_its_last_words(kept, kernels, monkeypatch):
    monkeypatch.setattr(run, "BACK_OFF_S", 0)
    name = kernels("never", 'echo x >> "$0/tries"; echo "No module named ipykernel" >&2; exit 1')
    said = shown_by("runs-through", kept, kernel_name=name)
    assert "its kernel 'never' did not start: No module named ipykernel." in said
    assert (kept.parents[1] / "tries").read_text() == "x\nx\nx\n"
    assert outputs(read(kept), "admit") == []


def test_a_kernel_that_hangs_at_its_start_is_given_up_and_killed(kept, kernels, monkeypatch):
    monkeypatch.setattr(run, "START_TIMEOUT_S", 1)
    name = kernels("hangs", 'echo $$ > "$0/pid"; exec sleep 300')
    said = shown_by("runs-through", kept, kernel_name=name, start_attempts=1)
    assert "did not start: Kernel didn't respond in 1 seconds." in said
    assert not psutil.pid_exists(int((kept.parents[1] / "pid").read_text()))


def test_a_kernel_that_is_not_installed_is_named(kept):
    said = shown_by("runs-through", kept, kernel_name="julia-9", start_attempts=1)
    assert "its kernel 'julia-9' did not start: No such kernel named julia-9." in said


def test_a_failed_cell_is_not_tried_again(kept, monkeypatch):
    attempts = []
    execute = run._execute
    monkeypatch.setattr(run, "_execute", lambda *given: attempts.append(1) or execute(*given))
    shown_by("raises", kept)
    assert attempts == [1]


def test_several_threads_may_run_notebooks_at_once(tmp_path):
    def one(n):
        source = FAILURES / "runs-through.ipynb"
        return run_notebook(source, {"quarter": f"2024-25-Q{n}"}, tmp_path / f"{n}.ipynb", 20)

    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(one, (1, 2, 3, 4)))
    assert all(outputs(nb, "record") for nb in results)


def test_a_notebook_may_be_run_from_within_a_running_event_loop(kept):
    async def as_jupyterlab_would():
        return run_notebook(FAILURES / "runs-through.ipynb", {}, kept, 20)

    assert outputs(asyncio.run(as_jupyterlab_would()), "record")


def test_a_long_temporary_folder_does_not_break_the_sockets(tmp_path, kept, monkeypatch):
    long = tmp_path / ("long" * 30)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    folder = short_folder()
    folder.rmdir()
    assert len(f"{folder}/k-5") < 107


def test_nothing_is_printed_and_no_folder_is_left(kept, capfd, tmp_path, monkeypatch):
    # A folder of its own, for other tests run kernels too; short, for a socket's name is.
    with tempfile.TemporaryDirectory(prefix="t", dir="/tmp") as folder:
        with monkeypatch.context() as patched:
            patched.setattr(run.tempfile, "tempdir", folder)
            shown_by("cell-never-ends", kept)
        assert capfd.readouterr() == ("", "")
        assert not list(Path(folder).iterdir())
