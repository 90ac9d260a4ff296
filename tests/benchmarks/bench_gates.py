"""A suite over a large table: ours beside Great Expectations on pandas, whole process each.

python tests/benchmarks/bench_gates.py make FILE ROWS          an invented table of payments
python tests/benchmarks/bench_gates.py ours FILE               its verdict, column by column
python tests/benchmarks/bench_gates.py gx FILE                 its verdict, by GX on pandas
python tests/benchmarks/bench_gates.py gx-named FILE           the same, of the suite's columns only
python tests/benchmarks/bench_gates.py both ROWS [ROUNDS]      all of it, as JSON

One round by default, for Great Expectations takes minutes over ten million rows. One row in a
thousand fails a check: where half of them do, Great Expectations pays for each by itself, and the
comparison would flatter ours.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

SUITE = "supplier_spend"
FAILING_SHARE = 0.001
FIRST_ROW = 1_000_000_002
SEED = 20240401


def main():
    what, *told = sys.argv[1:]
    {"make": make, "ours": ours, "gx": gx, "gx-named": gx_named, "both": both}[what](*told)


def make(path, rows_n):
    """Write payments as admission lays them: every column of the contract, and `source_row`."""
    import pandas as pd

    rows_n = int(rows_n)
    columns = payments(rows_n)
    as_laid = pd.DataFrame(
        {name: values.slice(0, 9).to_pandas() for name, values in columns.items()}
    )
    written(path, columns, as_laid)


def payments(rows_n):
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    draw = np.random.default_rng(SEED)

    def words(word, words_n):
        listed = pa.array([f"{word} {n}" for n in range(words_n)])
        return pa.array(listed.take(pa.array(draw.integers(0, words_n, rows_n))))

    rows = pa.array(np.arange(rows_n))
    day = np.timedelta64(1, "D")
    paid = np.datetime64("2024-04-01", "us") + draw.integers(0, 365, rows_n) * day
    amount = np.round(draw.lognormal(6, 1.5, rows_n), 2)
    amount[draw.random(rows_n) < FAILING_SHARE] = 6e9
    nothing = draw.random(rows_n) < FAILING_SHARE
    return {
        "organisation": words("Invented Council", 1),
        "effective_date": pa.array(paid - 7 * day),
        "organisational_unit": words("Unit", 40),
        "supplier": pc.if_else(pa.array(nothing), None, words("Invented Supplier", 20_000)),
        "supplier_id": words("S", 20_000),
        "payment_date": pa.array(paid),
        "transaction_number": pc.binary_join_element_wise("T", rows.cast(pa.string()), ""),
        "amount_gbp": pa.array(amount),
        "irrecoverable_vat_gbp": pc.if_else(pa.array(draw.random(rows_n) < 0.5), None, 0.0),
        "purpose": words("Purpose", 300),
        "category": words("Category", 30),
        "category_code": words("C", 30),
        "source_row": pc.add(rows, FIRST_ROW),
    }


def written(path, columns, as_laid):
    """One file with pandas' own notes on it, as if a frame had been written."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    noted = pa.Table.from_pandas(as_laid, preserve_index=False).schema
    pq.write_table(pa.table(columns).cast(noted), path)


def ours(path):
    from peerpack import gates

    tell(gates.judge_file(Path(path), SUITE, gates.suite_path(SUITE)))


def gx(path):
    judged_by_gx(path, None)


def gx_named(path):
    """Given only the columns that the suite names: what a careful user would do."""
    from peerpack import gates

    entries = json.loads(gates.suite_path(SUITE).read_bytes())["expectations"]
    judged_by_gx(path, sorted({each["kwargs"]["column"] for each in entries} | {"source_row"}))


def judged_by_gx(path, columns):
    import pandas as pd

    from peerpack import gates
    from peerpack.gates import verdicts

    verdicts.LARGE_ROWS_N = sys.maxsize
    frame = pd.read_parquet(path, columns=columns).set_index("source_row", drop=False)
    tell(gates.judge(frame, SUITE, gates.suite_path(SUITE)))


def tell(verdict):
    print(verdict.model_dump_json())


def both(rows_n, rounds_n=1):
    """Each way in a process of its own, by turns; refuse where the verdicts differ."""
    ways = ("ours", "gx", "gx-named")
    costs = {way: [] for way in ways}
    with TemporaryDirectory() as folder:
        table = Path(folder) / "table.parquet"
        cost("make", table, rows_n)
        for _ in range(int(rounds_n)):
            said = {way: cost(way, table) for way in ways}
            assert len({each.pop("said") for each in said.values()}) == 1, "one verdict"
            for way, each in said.items():
                costs[way].append(each)
    medians = {
        way: {key: round(statistics.median(each[key] for each in found), 3) for key in found[0]}
        for way, found in costs.items()
    }
    ratios = {f"{key} ours / gx": round(medians["ours"][key] / medians["gx"][key], 3)
              for key in medians["ours"]}  # fmt: skip
    print(json.dumps({"rows": int(rows_n), "rounds": int(rounds_n), **medians, **ratios}, indent=1))


def cost(*words):
    """Seconds, processor seconds and peak memory of one process, and what it said."""
    started = time.monotonic()
    with subprocess.Popen(
        [sys.executable, __file__, *map(str, words)], stdout=subprocess.PIPE
    ) as ran:
        said = ran.stdout.read()
        _, status, used = os.wait4(ran.pid, 0)
        ran.returncode = os.waitstatus_to_exitcode(status)
    assert not ran.returncode, f"{words} failed"
    return {
        "said": said,
        "wall_s": time.monotonic() - started,
        "cpu_s": used.ru_utime + used.ru_stime,
        "peak_gb": used.ru_maxrss / 1024**2,
    }


if __name__ == "__main__":
    main()
