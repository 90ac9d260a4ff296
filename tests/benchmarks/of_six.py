"""Six small notebooks that know nothing of the workbook: pandas, seaborn, three charts each."""

import six_notebooks
from contest import Benchmark, Figure
from of_notebooks import contenders

FIGURES = (
    Figure("six-plain", "Six small notebooks: at most 1.5 of plain Python in one process",
           "six, ours", "six, plain Python", 1.5),
    Figure("six-two-processes", "Six small notebooks: less than papermill in two processes",
           "six, ours", "six, papermill in two processes", 1.0),
    Figure("six-loop", "Six small notebooks: less than papermill in a loop",
           "six, ours", "six, papermill in a loop", 1.0),
)  # fmt: skip


def prepare(place):
    folder = place.folder / "six"
    return contenders("six", place, {}, ("--given", "folder", folder), six_notebooks.made(folder))


BENCHMARK = Benchmark("six", FIGURES, prepare)
