"""One whole process, timed from outside: seconds, processor seconds, peak memory."""

import ctypes
import os
import subprocess
import sys
import time
from dataclasses import dataclass

PR_SET_CHILD_SUBREAPER = 36
LEFT_S = 20


@dataclass(frozen=True)
class Spent:
    """What a process and all that it started cost; the peak is that of the largest of them."""

    seconds: float
    cpu_s: float
    peak_mb: float
    said: str = ""


class Failed(Exception):
    """A contender that did not come to a good end: its time would mean nothing."""


def adopt_orphans():
    """Become the parent of what a contender leaves running, so that its time is counted too."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def spent(words, env, cwd, log):
    """Run a command to its end; what it says goes to `log`. Raises Failed with the last of it.

    The seconds end when the command ends. What it left running is waited for before the next
    contender begins, and its processor time is the contender's.
    """
    with log.open("wb") as said:
        started = time.monotonic()
        process = subprocess.Popen(
            words, env=env, cwd=cwd, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
    seconds = time.monotonic() - started
    process.returncode, told = os.waitstatus_to_exitcode(status), log.read_text(errors="replace")
    if process.returncode:
        last = "\n".join(told.splitlines()[-15:])
        raise Failed(f"{' '.join(map(str, words))}: exit {process.returncode}\n{last}")
    all_used = [used, *_left_behind(words)]
    return Spent(
        seconds,
        sum(each.ru_utime + each.ru_stime for each in all_used),
        max(each.ru_maxrss for each in all_used) / 1024,
        told,
    )


def _left_behind(words):
    """What the command's orphans used, once the last has ended."""
    used, deadline = [], time.monotonic() + LEFT_S
    while time.monotonic() < deadline:
        try:
            pid, _, each = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return used
        if pid:
            used.append(each)
        else:
            time.sleep(0.01)
    raise Failed(f"{' '.join(map(str, words))}: processes of it still run {LEFT_S} s after its end")
