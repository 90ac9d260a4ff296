"""Northborough's four notebooks: ours beside papermill and beside plain Python.

All find their datasets admitted and the pack's own tables laid in one folder: only running
counts. All are given the four at once and in one order; a build runs the last one after the
others, because it reads what they recorded, but here that is laid for it.
"""

from contest import Benchmark, Contender, Figure
from place import NORTHBOROUGH, NOTEBOOKS, script

WHAT = "Northborough's notebooks"
FIGURES = (
    Figure("notebooks-loop", f"{WHAT}: at most 1/4 of papermill in a loop",
           "notebooks, ours", "notebooks, papermill in a loop", 0.25),
    Figure("notebooks-two-processes", f"{WHAT}: at most 1/2 of papermill in two processes",
           "notebooks, ours", "notebooks, papermill in two processes", 0.5),
    Figure("notebooks-plain", f"{WHAT}: at most 1.0 of plain Python in one process",
           "notebooks, ours", "notebooks, plain Python", 1.0),
)  # fmt: skip


def prepare(place):
    env = {"PEERPACK_ADMITTED": str(place.laid)}
    council, quarter = NORTHBOROUGH
    given = ("--given", "council", council, "--given", "quarter", quarter)
    return contenders("notebooks", place, env, given, NOTEBOOKS)


def contenders(what, place, env, given, notebooks):
    """The four ways to run notebooks, each with a folder for what comes out."""
    ways = {
        "ours": ("by_batch.py",),
        "papermill in a loop": ("by_papermill.py",),
        "papermill in two processes": ("by_papermill.py", "--processes", "2"),
        "plain Python": ("by_plain_python.py",),
    }
    return {
        f"{what}, {way}": Contender(
            script(*words, *given, place.folder / f"{what}, {way}", *notebooks), env
        )
        for way, words in ways.items()
    }


BENCHMARK = Benchmark("notebooks", FIGURES, prepare)
