"""Measure each figure of speed beside its baseline, in one run, whole process by whole process.

python tests/benchmarks/run.py                       every benchmark, five rounds; prints
python tests/benchmarks/run.py --only six light      some of them
python tests/benchmarks/run.py --write               and keep it: results.json and its page
python tests/benchmarks/run.py --add soak FILE       keep what a run by itself has printed
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import of_again
import of_build
import of_gates
import of_light
import of_notebooks
import of_six
from contest import not_measured, of_figure, refuse_unlike, rounds
from machine import machine, occasion
from page import PAGE, TITLES, page
from place import SCRIPTS, Place
from timed import adopt_orphans, spent

RESULTS = SCRIPTS / "results.json"
BENCHMARKS = {
    each.name: each
    for each in (
        of_notebooks.BENCHMARK,
        of_six.BENCHMARK,
        of_build.BENCHMARK,
        *of_again.BENCHMARKS,
        of_light.BENCHMARK,
        of_gates.BENCHMARK,
    )
}


def main():
    said = _asked()
    results = json.loads(RESULTS.read_bytes()) if RESULTS.is_file() else {}
    if said.add:
        name, file = said.add
        if name not in TITLES:
            raise SystemExit(f"--add {name}: expected one of {', '.join(TITLES)}")
        results.setdefault("alone", {})[name] = json.loads(Path(file).read_bytes())
    else:
        adopt_orphans()
        for name in said.only or BENCHMARKS:
            measured(BENCHMARKS[name], said.rounds, results)
    if said.write or said.add:
        kept(results)


def measured(benchmark, times, results):
    """Run one benchmark; put its figures, and when it was, into the results."""
    why = benchmark.skipped()
    if why:
        tell(f"{benchmark.name}: skipped, {why}")
        return
    when = occasion(times)
    with TemporaryDirectory(prefix="bench-") as scratch:
        place = Place(Path(scratch))
        tell(f"{benchmark.name}: preparing")
        contenders = benchmark.prepare(place)

        def measure(_, contender):
            words = [str(word) for word in contender.words]
            log = place.folder / "said.log"
            return spent(words, place.env | contender.env, contender.cwd or place.folder, log)

        costs = rounds(contenders, times, measure, tell)
    if benchmark.agree:
        refuse_unlike(costs)
    results["machine"] = machine()
    results.setdefault("occasions", {})[benchmark.name] = when
    for figure in benchmark.figures:
        told = of_figure(figure, costs)
        results.setdefault("figures", {})[figure.name] = told | {"of": benchmark.name}
        print(f"{'met    ' if told['met'] else 'NOT MET'} {figure.claim}: "
              f"{told['value']} {told['unit']}, bound {told['bound']}")  # fmt: skip


def kept(results):
    """Write the results in one order of keys, and the page made of them."""
    found = results.get("figures", {})
    results["figures"] = {
        figure.name: found.get(figure.name, not_measured(figure, each.skipped()))
        for each in BENCHMARKS.values()
        for figure in each.figures
    }
    RESULTS.write_text(f"{json.dumps(results, indent=1)}\n", encoding="utf-8")
    PAGE.write_text(page(results), encoding="utf-8")
    tell(f"{RESULTS} and {PAGE} written")


def tell(line):
    print(line, file=sys.stderr, flush=True)


def _asked():
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--only", nargs="+", choices=BENCHMARKS, default=())
    asked.add_argument("--rounds", type=int, default=5, help="an odd number, for a median")
    asked.add_argument("--write", action="store_true")
    asked.add_argument("--add", nargs=2, metavar=("NAME", "FILE"))
    return asked.parse_args()


if __name__ == "__main__":
    main()
