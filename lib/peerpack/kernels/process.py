"""What the standard library does not offer of Linux: adopting orphans, dying with a parent."""

import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
EXCUSED = ("jemalloc_bg_thd",)
"""Threads that see to forks themselves: jemalloc ends its own before and begins it again after."""


def can_serve() -> bool:
    """Whether this machine can: forking loaded libraries is unsafe on macOS, unknown on Windows."""
    return sys.platform == "linux"


def adopt_orphans() -> None:
    """Have orphaned descendants of this process become its children."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def die_with(parent: int) -> None:
    """Have the kernel of the system kill this process once `parent`, which forked it, is gone."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def children() -> set[int]:
    """The children of the thread that asks; a process of one thread has no others."""
    told = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return {int(pid) for pid in told.split()}


def lost_by_a_fork() -> list[str]:
    """Names of the threads that a forked process would lack, and that do not see to it themselves.

    OpenBLAS ends its threads before a fork and begins them when they are next needed; so one fork
    is made, and whatever is left after it counts.
    """
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    names = [
        (task / "comm").read_text(encoding="utf-8", errors="replace").strip()
        for task in Path("/proc/self/task").iterdir()
        if int(task.name) != os.getpid()
    ]
    return sorted(name for name in names if name not in EXCUSED)


def resident_mb() -> int:
    """Memory of this process that is resident, in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}")
