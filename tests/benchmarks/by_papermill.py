"""Baseline: papermill over notebooks, a cold kernel each, in one process or in several.

One process imports papermill once, however many notebooks it runs: a loop in a shell would pay for
that again for each. Several processes are forked once papermill is loaded, and take the longest
notebook first, in the order given.
"""

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from papermill import execute_notebook


def executed(out, given, source):
    """One notebook, by papermill as it comes."""
    execute_notebook(source, out / source.name, parameters=given, progress_bar=False)


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--processes", type=int, default=1)
    asked.add_argument("--given", nargs=2, action="append", default=[])
    asked.add_argument("out", type=Path)
    asked.add_argument("notebooks", nargs="+", type=Path)
    said = asked.parse_args()
    said.out.mkdir(parents=True, exist_ok=True)
    work = partial(executed, said.out, dict(said.given))
    if said.processes == 1:
        for source in said.notebooks:
            work(source)
        return
    with ProcessPoolExecutor(said.processes, get_context("fork")) as pool:
        list(pool.map(work, said.notebooks))


if __name__ == "__main__":
    main()
