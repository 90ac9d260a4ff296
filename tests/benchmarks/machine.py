"""The machine, and the versions of what does the work."""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from place import ROOT

LIBRARIES = (
    "great-expectations", "ipykernel", "jupyter-client", "matplotlib", "nbclient", "nbconvert",
    "numpy", "pandas", "papermill", "polars", "pyarrow", "duckdb", "scipy", "seaborn", "svy",
)  # fmt: skip
QUIET_LOAD = 0.5


def machine():
    """What stands still between runs: processor, memory, system, versions."""
    return {
        "processor": _of("/proc/cpuinfo", "model name"),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in sorted(LIBRARIES)},
    }


def occasion(times):
    """When something was measured, of which commit, how often, and how busy the machine was."""
    load = os.getloadavg()[0]
    if load > QUIET_LOAD:
        print(f"the machine is busy (load {load:.1f}): the figures will be worse and less sure "
              "than on a quiet one", file=sys.stderr)  # fmt: skip
    return {
        "on": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "rounds": times,
        "load": round(load, 2),
    }


def _of(file, key):
    found = Path(file)
    lines = found.read_text(encoding="utf-8").splitlines() if found.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith(key))
    return next(named, platform.processor())


def _commit():
    words = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()
