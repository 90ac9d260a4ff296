"""Several notebooks at once, in real kernels: which begins first, and what a failure ends."""

import os
import signal
import threading
import time

import psutil
import pytest
from test_run import FAILURES, kernel_pid, outputs

from peerpack.errors import CellFailed
from peerpack.notebooks.shape import read
from peerpack.packs import run
from peerpack.packs.run import Job
from peerpack.packs.schedule import run_all, running


def jobs(tmp_path, *names):
    return [
        Job(FAILURES / f"{name}.ipynb", {"quarter": f"2024-25-Q{n}"}, tmp_path / f"{n}.ipynb", 20)
        for n, name in enumerate(names, start=1)
    ]


def test_results_come_in_the_given_order_whatever_ends_first(tmp_path):
    ended = []
    four = jobs(tmp_path, *["runs-through"] * 4)
    results = run_all(four, workers=2, done=lambda job, nb: ended.append(job))
    quarters = [outputs(nb, "record")[0].data["text/plain"][-4:-2] for nb in results]
    assert quarters == ["Q1", "Q2", "Q3", "Q4"]
    assert sorted(map(id, ended)) == sorted(map(id, four))


def test_the_heaviest_notebook_begins_first(tmp_path, monkeypatch):
    begun = []
    monkeypatch.setattr(run, "run_job", lambda job, stop: begun.append(job.weight))
    source = FAILURES / "runs-through.ipynb"
    run_all([Job(source, {}, tmp_path, 1, weight) for weight in (1, 3, 2)], workers=1)
    assert begun == [3, 2, 1]


def test_the_first_failure_wins_what_runs_ends_and_the_rest_does_not_begin(tmp_path, monkeypatch):
    begun, ended = [], []
    whole = run.run_job
    monkeypatch.setattr(run, "run_job", lambda job, stop: begun.append(job) or whole(job, stop))
    four = jobs(tmp_path, "raises", "runs-through", *["runs-through"] * 20)
    with pytest.raises(CellFailed, match=r"raises.ipynb, cell `fault`"):
        run_all(four, workers=2, done=lambda job, nb: ended.append(job))
    assert four[1] in ended
    assert len(begun) < 6


@pytest.fixture
def interruptible():
    """SIGINT raises, even under a shell that began us in the background, ignoring it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_stops_every_kernel_soon(tmp_path, interruptible):
    endless = [
        Job(FAILURES / "cell-never-ends.ipynb", {}, tmp_path / f"{n}.ipynb", 60) for n in (1, 2)
    ]
    threading.Timer(2, os.kill, [os.getpid(), signal.SIGINT]).start()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_all(endless, workers=2)
    assert time.monotonic() - begun < 8
    for job in endless:
        assert not psutil.pid_exists(kernel_pid(read(job.kept)))


def test_a_notebook_begins_while_what_others_wait_for_is_not_there_yet(tmp_path, monkeypatch):
    begun, first_ran = [], threading.Event()
    monkeypatch.setattr(run, "run_job", lambda job, stop: begun.append(job) or first_ran.set())
    first, second = jobs(tmp_path, "runs-through", "runs-through")
    with running(workers=1) as runs:
        runs.begin(first)
        assert first_ran.wait(10)
        runs.begin(second)
        runs.finished()
    assert begun == [first, second]


def test_after_a_failure_nothing_more_begins(tmp_path, monkeypatch):
    failed = threading.Event()

    def fail(job, stop):
        failed.set()
        raise CellFailed("cell `compute`")

    monkeypatch.setattr(run, "run_job", fail)
    first, second = jobs(tmp_path, "runs-through", "runs-through")
    with pytest.raises(CellFailed, match="cell `compute`"), running(workers=1) as runs:
        runs.begin(first)
        failed.wait(10)
        time.sleep(0.05)
        runs.begin(second)
