"""Ours: notebooks by the runner of the batch, each in a clean process, as a build runs them."""

import argparse
import gc
from pathlib import Path

from peerpack.packs.run import warm_kernels


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--given", nargs=2, action="append", default=[])
    asked.add_argument("out", type=Path)
    asked.add_argument("notebooks", nargs="+", type=Path)
    said = asked.parse_args()
    said.out.mkdir(parents=True, exist_ok=True)
    gc.set_threshold(50_000)  # as the command line does for a build
    with warm_kernels(print) as warm:
        run(said.notebooks, dict(said.given), said.out, dict(warm))


def run(notebooks, given, out, warm):
    """Run notebooks, the longest first as they are given; keep each as executed."""
    # Loaded while the libraries of the kernels load in their own process, as in a build.
    from peerpack.notebooks.normalise import to_text
    from peerpack.packs.execution import CELL_TIMEOUT_S, WORKERS
    from peerpack.packs.run import Job
    from peerpack.packs.schedule import run_all

    jobs = [
        Job(path, given, out / ".kept" / path.name, CELL_TIMEOUT_S, weight=-at, env=warm)
        for at, path in enumerate(notebooks)
    ]
    for path, done in zip(notebooks, run_all(jobs, WORKERS), strict=True):
        (out / path.name).write_text(to_text(done), encoding="utf-8")


if __name__ == "__main__":
    main()
