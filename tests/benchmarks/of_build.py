"""A whole build, from raw returns to a published pack, beside the loop that a good engineer writes.

Every round begins with no reports folder, no cache and no earlier pack.
"""

import shutil

from contest import Benchmark, Contender, Figure
from place import NORTHBOROUGH, NOTEBOOKS, build_words, data_root, script

WHAT = "Northborough's build, from raw returns to published pack"
LOOP, WITHOUT, WITH = "build, the loop", "build, ours without documents", "build, ours"
FIGURES = (
    Figure("build", f"{WHAT}, all documents made: at most 1/3 of the loop, which makes none",
           WITH, LOOP, 0.333),
    Figure("build-without-documents", f"{WHAT}, no documents: at most 1/3 of the loop",
           WITHOUT, LOOP, 0.333),
)  # fmt: skip
OWN_TABLES = ("evidence", "receipts")


def prepare(place):
    own, out = place.folder / "own-tables", place.folder / "loop"
    own.mkdir()
    for path in place.laid.iterdir():
        if path.stem in OWN_TABLES:
            shutil.copy(path, own)
    raw = data_root(place.folder / "data-of-loop", NORTHBOROUGH)
    loop = script(
        "loop.py", *NORTHBOROUGH, "--data", raw, "--own-tables", own, "--out", out,
        *sorted(NOTEBOOKS),
    )  # fmt: skip
    return {
        LOOP: Contender(loop, before=lambda _: shutil.rmtree(out, ignore_errors=True)),
        WITH: _ours(place, documents=True),
        WITHOUT: _ours(place, documents=False),
    }


def _ours(place, documents):
    name = "with-documents" if documents else "without-documents"
    root = data_root(place.folder / f"data-{name}", NORTHBOROUGH, documents)
    reports = place.folder / f"reports-{name}"
    return Contender(
        build_words(NORTHBOROUGH, [root], reports),
        before=lambda _: shutil.rmtree(reports, ignore_errors=True),
    )


BENCHMARK = Benchmark("build", FIGURES, prepare)
