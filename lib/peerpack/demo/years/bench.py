"""Hold the intake against generated returns: `python -m peerpack.demo.years.bench`.

Every fault must be reported at its place, nothing else may be reported, and every true sum and
count must be recovered to the penny. Exits with 1 where anything is off.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from peerpack.demo.years.generate import write_years
from peerpack.demo.years.judge import Judgement, judge
from peerpack.vocab import Quarter

HEAD = "seed  returns      rows  faults  reported  false alarms  aggregates  recovered  seconds"
ROW = (
    "{seed:>4}  {j.returns_n:>7,}  {j.rows_n:>8,}  {j.faults_n:>6,}  {j.reported_n:>8,}"
    "  {alarms_n:>12,}  {j.aggregates_n:>10,}  {j.recovered_n:>9,}  {seconds:>7.1f}"
)
COUNCIL = "northborough"
SHOWN_N = 20


def main() -> int:
    """Judge the seeds asked for, print a line for each, and say what is off."""
    asked = _asked()
    print(f"{asked.quarters} quarters from {asked.first}, scale {asked.scale:g}\n{HEAD}")
    one = partial(_judged, str(asked.first), asked.quarters, asked.scale)
    total, began = Judgement(), time.monotonic()
    with ProcessPoolExecutor(asked.processes, mp_context=get_context("spawn")) as pool:
        for seed, (found, seconds) in enumerate(pool.map(one, range(1, asked.seeds + 1)), start=1):
            print(_line(str(seed), found, seconds), flush=True)
            total += found
    print(_line("all", total, time.monotonic() - began))
    for words, off in (("missed", total.missed), ("false alarm", total.false_alarms),
                       ("wrong", total.wrong)):  # fmt: skip
        _say(words, off)
    return 0 if total.is_right else 1


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, default=20, help="judge the seeds 1 to this one")
    asked.add_argument("--from", dest="first", type=Quarter.parse, default=Quarter(2023, 1))
    asked.add_argument("--quarters", type=int, default=8)
    asked.add_argument("--scale", type=float, default=0.1, help="1 is a council of 6,000 staff")
    asked.add_argument("--processes", type=int, default=2)
    return asked.parse_args()


def _judged(first: str, quarters_n: int, scale: float, seed: int) -> tuple[Judgement, float]:
    """What one seed's returns come to, and the seconds it took; the returns are thrown away."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        quarter = Quarter.parse(first)
        home = write_years(Path(folder), COUNCIL, quarter, quarters_n, seed, scale)
        return judge(home), time.monotonic() - began


def _line(seed: str, found: Judgement, seconds: float) -> str:
    return ROW.format(seed=seed, j=found, alarms_n=len(found.false_alarms), seconds=seconds)


def _say(words: str, off: Iterable[str]) -> None:
    for number, each in enumerate(off):
        if number < SHOWN_N:
            print(f"{words}: {each}")


if __name__ == "__main__":
    sys.exit(main())
