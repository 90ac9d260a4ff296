"""Ours: notebooks by the runner of the batch, each in a clean process, as a build runs them."""

import argparse
from pathlib import Path

from peerpack.notebooks.normalise import to_text
from peerpack.packs.execution import CELL_TIMEOUT_S, WORKERS
from peerpack.packs.run import Job
from peerpack.packs.schedule import run_all


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--given", nargs=2, action="append", default=[])
    asked.add_argument("out", type=Path)
    asked.add_argument("notebooks", nargs="+", type=Path)
    said = asked.parse_args()
    said.out.mkdir(parents=True, exist_ok=True)
    jobs = [
        Job(path, dict(said.given), said.out / ".kept" / path.name, CELL_TIMEOUT_S,
            weight=float(-at))
        for at, path in enumerate(said.notebooks)
    ]  # fmt: skip
    for path, done in zip(said.notebooks, run_all(jobs, WORKERS), strict=True):
        (said.out / path.name).write_text(to_text(done), encoding="utf-8")


if __name__ == "__main__":
    main()
