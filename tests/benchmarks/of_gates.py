"""Ten million rows judged by a suite: our engine for large tables beside GX on pandas.

All read one Parquet file with one suite, and print one verdict with the rows that failed.
"""

from contest import GIGABYTES, Benchmark, Contender, Figure
from place import script

ROWS_N = 10_000_000
OURS, GX = "gates, ours", "gates, Great Expectations on pandas"
NAMED = "gates, Great Expectations on the columns that the suite names"
WHAT = "10 million rows (Parquet) judged"
FIGURES = (
    Figure("gates", f"{WHAT}: at most 1/5 of Great Expectations on pandas", OURS, GX, 0.2),
    Figure("gates-named", f"{WHAT}: at most 1/5 of it given only the columns that it judges",
           OURS, NAMED, 0.2),
    Figure("gates-memory", f"{WHAT}: our peak memory under 4 GB", OURS, GX, 4.0, GIGABYTES),
)  # fmt: skip


def prepare(place, rows_n=ROWS_N):
    table = place.folder / "table.parquet"
    place.run(*script("bench_gates.py", "make", table, rows_n))
    return {
        OURS: Contender(script("bench_gates.py", "ours", table)),
        GX: Contender(script("bench_gates.py", "gx", table)),
        NAMED: Contender(script("bench_gates.py", "gx-named", table)),
    }


BENCHMARK = Benchmark("gates", FIGURES, prepare, agree=True)
