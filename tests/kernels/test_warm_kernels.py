"""A forked kernel is what a cold one is, and leaves nothing behind however its life ends."""

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from forking import COLD_ONE, ENV, LITTLE, gone, started

from peerpack.kernels import owner
from peerpack.kernels.owner import COLD, KERNELS, Serving, cold_because, serving

SURROUNDINGS = """
import locale, os, sys, time
mask = os.umask(0); os.umask(mask)
env = {k: v for k, v in os.environ.items() if k != "JPY_PARENT_PID"}
(env, os.getcwd(), oct(mask), time.tzname, locale.setlocale(locale.LC_ALL), sys.argv[0],
 sys.path, sys.stdin.isatty(), os.read(0, 1), os.getpid() == os.getsid(0) == os.getpgid(0),
 "peerpack" in sys.modules, __name__)
"""
LEAVES = """
import os, subprocess, sys
near = subprocess.Popen(["sleep", "300"]).pid
far = subprocess.Popen(["sleep", "300"], start_new_session=True).pid
words = "import os\\nif os.fork() == 0:\\n os.setsid()\\n os.execlp('sleep', 'sleep', '{}')"
subprocess.run([sys.executable, "-c", words.format(os.getpid() + 1_000_000)])
"""


def orphans(pid):
    """What a kernel's cells detached: it bears the kernel's number in its words."""
    words = ["sleep", str(pid + 1_000_000)]
    return [each.pid for each in psutil.process_iter(["cmdline"]) if each.info["cmdline"] == words]


def test_two_kernels_share_no_random_numbers_no_variables_and_no_process(server):
    draw = "import random, numpy as np; mine = (random.random(), np.random.rand()); mine"
    with started(server.env) as one, started(server.env) as other:
        assert (one.cold, other.cold) == ("", "")
        assert not set(one.shows(draw)) & set(other.shows(draw))
        assert one.shows("import os; os.getppid()") == server.process.pid
        one.run("only_here = 1")
        assert other.shows("'only_here' in globals()") is False
        assert one.shows("os.getpid()") != other.shows("import os; os.getpid()")


def test_a_kernel_is_given_the_surroundings_of_its_request_and_of_no_other(server, tmp_path):
    env = {k: v for k, v in ENV.items() if k not in ("LINES", "COLUMNS")}
    env |= {"TZ": "Asia/Tokyo", "ODD": "é\udcff=1"}
    log = tmp_path / "log"
    told = []
    for found in (server.env, COLD_ONE):
        with log.open("wb") as stream:
            given = {"cwd": str(tmp_path), "stdout": stream, "stderr": stream}
            with started(found, env, **given) as kernel:
                kernel.run("import os; os.write(1, b'out,'); os.write(2, b'err,')")
                told.append(kernel.shows(SURROUNDINGS))
    forked, cold = told
    assert forked[0].pop("PYDEVD_USE_FRAME_EVAL", None) == cold[0].pop(
        "PYDEVD_USE_FRAME_EVAL", None
    )
    assert forked == cold
    assert forked[0]["ODD"] == env["ODD"]
    assert forked[3] == ("JST", "JST")


def test_a_chart_is_the_same_bytes_from_a_forked_and_a_cold_kernel():
    code = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])\nplt.title('é')\nplt.show()"
    shown = []
    with serving(env=ENV) as full:
        for found in (full.env, COLD_ONE):
            with started(found) as kernel:
                assert bool(kernel.cold) is (found == COLD_ONE)
                shown.append([s["data"] for s in kernel.run(code)[1] if "data" in s])
                shown[-1] += [s["data"] for s in kernel.run("plt.figure()")[1] if "data" in s]
        said = full.said()
    assert shown[0] == shown[1]
    assert "image/png" in shown[0][0]
    assert any(line.startswith("loaded in ") for line in said)
    assert not [line for line in said if line.startswith(("refused", "not loaded"))]


def test_an_interrupt_stops_a_cell_and_nothing_else(server):
    with started(server.env) as kernel:
        kernel.run("before = 1")
        asked = kernel.client.execute("import time\nwhile True: time.sleep(0.01)")
        time.sleep(0.3)
        kernel.manager.interrupt_kernel()
        reply = kernel.client._recv_reply(asked, timeout=20)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert kernel.shows("before") == 1


@pytest.mark.parametrize("fault", ["", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"])
def test_a_kernel_is_restarted_as_another_process_also_after_it_crashed(server, fault):
    with started(server.env) as kernel:
        first = kernel.shows("import os; os.getpid()")
        if fault:
            kernel.client.execute(fault)
            assert gone(first)
        kernel.client.stop_channels()
        kernel.manager.restart_kernel(now=True)
        kernel.connect()
        assert kernel.cold == ""
        assert kernel.shows("'os' in globals()") is False
        assert kernel.shows("import os; os.getpid()") != first
        assert gone(first)


@pytest.mark.parametrize("death", ["shut down", "killed", "politely"])
def test_what_a_kernel_started_ends_with_it_in_other_sessions_too(server, death):
    with started(server.env) as kernel:
        kernel.run(LEAVES)
        pid, *left = kernel.shows("(os.getpid(), near, far)")
        left += orphans(pid)
        assert len(left) == 3
        if death == "killed":
            os.kill(pid, signal.SIGKILL)
        elif death == "politely":
            kernel.manager.shutdown_kernel()
    assert gone(pid, *left)


CLIENT = """
import sys, time
from forking import ENV, LITTLE, started
from test_warm_kernels import LEAVES, orphans
from peerpack.kernels.owner import Serving
server = Serving(LITTLE, ENV)
held = started(server.env)
kernel = held.__enter__()
kernel.run(LEAVES)
pid, *left = kernel.shows("(os.getpid(), near, far)")
print(server.folder, server.process.pid, pid, *left, *orphans(pid), flush=True)
time.sleep(300)
"""


def test_a_client_that_is_killed_leaves_no_process_and_no_folder():
    words = [sys.executable, "-c", CLIENT]
    with subprocess.Popen(words, env=ENV, stdout=subprocess.PIPE, text=True) as client:
        folder, *pids = client.stdout.readline().split()
        client.kill()
    assert len(pids) == 5
    assert gone(*map(int, pids))
    assert not Path(folder).exists()


def test_kernels_end_with_a_server_that_is_killed_and_the_next_is_cold_and_says_so(
    own_server, caplog
):
    with started(own_server.env) as kernel:
        kernel.run("import subprocess, os; near = subprocess.Popen(['sleep', '300']).pid")
        pids = kernel.shows("(os.getpid(), near)")
        own_server.process.kill()
        own_server.process.wait()
        assert gone(pids[0])
        assert not kernel.manager.is_alive()
        assert gone(*pids)
        with caplog.at_level(logging.WARNING), started(own_server.env) as other:
            assert other.shows("1") == 1
    assert other.cold == "The server cannot be reached: Connection refused."
    assert cold_because(own_server).startswith("Their server ended with -9: ")


def test_jupyter_has_a_server_of_its_own_which_is_replaced_when_it_dies(monkeypatch):
    monkeypatch.setattr(owner, "LIBRARIES", LITTLE)
    with started({}) as kernel:
        first = owner._own[0]
        assert kernel.shows("import os; os.getppid()") == first.process.pid
        first.process.kill()
        first.process.wait()
        kernel.client.stop_channels()
        kernel.manager.restart_kernel(now=True)
        kernel.connect()
        second = owner._own[0]
        assert kernel.shows("import os; os.getppid()") == second.process.pid
    assert second is not first
    second.end()
    assert not second.folder.exists()
    owner._own.clear()


def test_a_kernel_whose_start_could_not_be_honoured_is_cold_and_says_why(server, caplog):
    with started(server.env, ENV | {"PYTHONHASHSEED": "77"}) as kernel:
        assert kernel.cold == "PYTHONHASHSEED: not as when the libraries were loaded."
        assert kernel.shows("import os; os.environ['PYTHONHASHSEED']") == "77"
    assert f"refused: {kernel.cold}" in server.said()


def test_a_server_that_would_lose_a_thread_by_a_fork_refuses():
    server = Serving((*LITTLE, "starts_a_thread"), ENV)
    try:
        with started(server.env) as kernel:
            assert kernel.cold == "Threads would be lost by a fork: python."
            assert kernel.shows("1") == 1
        assert cold_because(server) == kernel.cold
    finally:
        server.end()


def test_no_server_is_started_where_kernels_are_wanted_cold(monkeypatch):
    monkeypatch.setenv(KERNELS, COLD)
    with serving() as server:
        assert server is None
        assert cold_because(server) == "PEERPACK_KERNELS=cold is set."
    monkeypatch.setenv(KERNELS, "")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cold_because(None) == "Kernels cannot be forked on darwin."
