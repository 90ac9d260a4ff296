"""Many builds in a row, two at a time: failed starts, orphans, leftovers, growth of memory.

    python tests/benchmarks/soak.py BUILDS

Each build is a whole process, of Liverpool's quarter without documents; admissions are kept from
one to the next, for nothing of a kernel is in them, and notebooks are not. Then as many notebooks
run in one process, on one server, two at a time, and the memory of both is looked at on the way.
Prints JSON.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory

import psutil
from place import ROOT, Place, build_words, data_root
from timed import adopt_orphans

AT_A_TIME = 2
LIVERPOOL = ("liverpool", "2024-25-Q1")
NOTEBOOK = ROOT / "tests" / "packs" / "failures" / "runs-through.ipynb"
# A start that failed is tried again and nobody hears of it, except through what the runner logs.
LOUD = """
import logging, os
for name in ("papermill", "traitlets"):
    handler = logging.FileHandler(os.environ["SOAK_LOG"], delay=True)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger(name).addHandler(handler)
"""


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("builds", nargs="?", type=int, default=200)
    asked.add_argument("--in-one-process", type=Path, help=argparse.SUPPRESS)
    said = asked.parse_args()
    if said.in_one_process:
        print(json.dumps(grown(said.builds, said.in_one_process)))
        return
    adopt_orphans()
    with TemporaryDirectory(prefix="soak-") as folder:
        print(json.dumps(soak(said.builds, Place(Path(folder))), indent=1))


def soak(builds, place):
    """Everything that is looked at, as flat JSON."""
    begun = time.monotonic()
    env = prepared(place)
    free = Queue()
    for number in range(AT_A_TIME):
        free.put(place.folder / f"reports-{number}")
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        ends = list(pool.map(lambda _: built(free, place, env), range(builds)))
    seconds = time.monotonic() - begun
    orphans = left_running()
    words = [sys.executable, __file__, str(builds), "--in-one-process", str(place.folder)]
    memory = json.loads(subprocess.run(words, env=env, check=True, capture_output=True).stdout)
    log = Path(env["SOAK_LOG"])
    logged = log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
    return {
        "builds": builds,
        "builds_at_a_time": AT_A_TIME,
        "builds_that_failed": sum(code != 0 for code, _ in ends),
        "builds_with_cold_kernels": sum("kernels were cold" in said for _, said in ends),
        "starts_that_failed": sum(line.startswith("ERROR") for line in logged),
        "processes_left_running": len(orphans) + len(left_running()),
        "folders_left": len(list(Path(env["TMPDIR"]).iterdir())),
        "seconds_for_each_build": round(seconds / builds, 2),
        **memory,
    }


def prepared(place):
    """The surroundings of every build: a folder of its own for what is temporary, and a log."""
    loud, temporary = place.folder / "loud", place.folder / "t"
    loud.mkdir()
    temporary.mkdir()
    (loud / "sitecustomize.py").write_text(LOUD, encoding="utf-8")
    data_root(place.folder / "data", LIVERPOOL, documents=False)
    return place.env | {
        "PYTHONPATH": f"{loud}:{place.env['PYTHONPATH']}",
        "SOAK_LOG": str(place.folder / "log"),
        "TMPDIR": str(temporary),
    }


def built(free, place, env):
    """One build as a whole process: its exit code, and what it said. Its pack is thrown away."""
    reports = free.get()
    words = build_words(LIVERPOOL, [place.folder / "data"], reports)
    done = subprocess.run(
        [str(word) for word in words], env=env, cwd=place.folder, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    for made in (LIVERPOOL[0], ".built", ".ran"):
        shutil.rmtree(reports / made, ignore_errors=True)
    free.put(reports)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
    return done.returncode, done.stderr


def left_running():
    """What builds left behind: this process has adopted it."""
    time.sleep(1)
    found = psutil.Process().children(recursive=True)
    return [each.pid for each in found if each.status() != psutil.STATUS_ZOMBIE]


def grown(notebooks, folder):
    """Notebooks through one process and one server: the memory of both on the way, in MB."""
    from peerpack.packs.run import Job, warm_kernels
    from peerpack.packs.schedule import run_all

    looks = []
    with warm_kernels(lambda line: print(line, file=sys.stderr)) as warm:
        jobs = [Job(NOTEBOOK, {}, folder / "kept.ipynb", 60, env=warm)] * (notebooks // 5 or 1)
        for _ in range(5):
            run_all(jobs, AT_A_TIME)
            looks.append((resident(psutil.Process()), resident(server())))
    own, servers = zip(*looks, strict=True)
    return {
        "notebooks_in_one_process": len(jobs) * 5,
        "memory_of_that_process_mb": ", ".join(f"{mb:.0f}" for mb in own),
        "memory_of_its_server_mb": ", ".join(f"{mb:.0f}" for mb in servers),
        "steady": all(after - before < 5 for before, after in pairwise(own[1:])),
    }


def server():
    """The server of this process, its only child that lasts."""
    return next(p for p in psutil.Process().children() if "peerpack.kernels.server" in p.cmdline())


def resident(process):
    return process.memory_info().rss / 1024**2


if __name__ == "__main__":
    main()
