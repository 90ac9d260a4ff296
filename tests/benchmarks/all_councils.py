"""Build so many invented councils at once, one of them broken, and look for each in the others.

python tests/benchmarks/all_councils.py [COUNCILS]   prints JSON; ends with 1 if anything is amiss

Run by `make bench-all`, on a quiet machine. Their returns are drawn from a seed each, so that no
chart and no long number is of two of them. Checked are the exit code, a line for each council, that
of the broken one nothing stands, that no pack holds a name, a number or a chart of another, and
that the first, the middle and the last are byte for byte what they are when they are built alone.
"""

import argparse
import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from place import ROOT, Place

from peerpack.demo.years.generate import write_years
from peerpack.vocab import Quarter

sys.path.append(str(ROOT / "tests" / "packs"))
import strangers

QUARTER = "2031-32-Q2"
SCALE = 0.05
BROKEN_CODE = 60
"""A statement whose number no evidence holds is refused last of all, when all else is made."""
THEME = 'name = "First Of All"\ncolour = "#1f5f5b"\naccent = "#c2571a"\n'
"""A look of its own for the first: none after it may have it."""
STATEMENT = "# Where we stand\n\nWe have saved £9,182,736,455 in a quarter.\n"
ENDED = re.compile(r"(inventon-\d+): (?:v001 published|refused with exit code)")


@dataclass
class Run:
    """What one `build --all` said, and what its process held as each council ended."""

    process: subprocess.Popen
    said: list = field(default_factory=list)
    memory_mb: list = field(default_factory=list)
    open_files: list = field(default_factory=list)
    seconds: float = 0.0
    out: str = ""

    def follow(self):
        """Read its progress to the end, and look at the process whenever a council has ended."""
        began, seen = time.monotonic(), psutil.Process(self.process.pid)
        for line in self.process.stderr:
            self.said.append(line)
            if ENDED.match(line):
                self.memory_mb.append(round(seen.memory_info().rss / 1e6))
                self.open_files.append(seen.num_fds())
        self.out = self.process.stdout.read()
        self.process.wait()
        self.seconds = time.monotonic() - began
        return self


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("councils", type=int, nargs="?", default=30)
    number = asked.parse_args().councils
    with TemporaryDirectory() as folder:
        told, amiss = found(Place(Path(folder)), [f"inventon-{n:02d}" for n in range(number)])
    print(json.dumps(told | {"amiss": amiss}, indent=1))
    sys.exit(1 if amiss else 0)


def found(place, councils):
    """What was measured, and all that is not as it should be, in words."""
    data, reports = place.folder / "data", place.folder / "reports"
    broken = councils[len(councils) // 3]
    good = [council for council in councils if council != broken]
    alone = sorted({good[0], good[len(good) // 2], good[-1]})
    for seed, council in enumerate(councils):
        lay(data, council, seed, with_documents=council in alone)
    (data / broken / QUARTER / "position-statement.md").write_text(STATEMENT)
    (data / alone[0] / "theme.toml").write_text(THEME)
    first = build(place, data, reports, "--all", QUARTER).follow()
    packs = {council: reports / council / QUARTER / "v001" for council in good}
    again = build(place, data, reports, "--all", QUARTER, "--json").follow()
    told, amiss = looked(packs, good, alone, place, data)
    amiss += ended_well(first, broken, good, reports) + nothing_new(again, broken)
    return measured(first, again, councils) | told, amiss


def lay(data, council, seed, *, with_documents):
    """A council's returns; PDF, Word and spreadsheets only of those that are built alone too."""
    write_years(data, council, Quarter.parse(QUARTER), 1, seed, SCALE, lambda _: None, faulty=False)
    if not with_documents:
        settings = data / council / "council.toml"
        settings.write_text(f"documents = []\n{settings.read_text()}")


def build(place, data, reports, *words):
    """`peerpack build` with these words, begun in a process of its own."""
    return Run(
        subprocess.Popen(
            [sys.executable, "-m", "peerpack", "build", *words, "--data", data,
             "--reports", reports],
            env=place.env, cwd=place.folder, stdin=subprocess.DEVNULL, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
    )  # fmt: skip


def looked(packs, good, alone, place, data):
    """What was looked for in each pack, and where it was found."""
    names = {council: (council, council.replace("-", " ").title()) for council in good}
    strange = [
        *strangers.names_of_others(packs, names),
        *strangers.values_of_others(packs),
        *strangers.charts_of_others(packs),
    ]
    moved = [
        f"{council}: {name} is not as built alone"
        for council in alone
        for name in of_one(place, data, packs, council)
    ]
    told = {
        "numbers_that_one_council_alone_has": len(strangers.own_values(packs)),
        "charts_compared": sum(len(list((p / "exhibits").glob("*.svg"))) for p in packs.values()),
        "names_numbers_and_charts_of_another": len(strange),
        "compared_with_a_build_alone": len(alone),
        "files_that_differ": len(moved),
    }
    return told, [*strange, *moved]


def of_one(place, data, packs, council):
    """The files that differ from those of the council built alone, in a process of its own."""
    reports = place.folder / f"alone-{council}"
    build(place, data, reports, council, QUARTER).follow()
    return strangers.differing(packs[council], reports / council / QUARTER / "v001")


def ended_well(run, broken, good, reports):
    """What is amiss about the end of the run: its exit code, its lines, what it left."""
    lines = run.out.splitlines()
    wanted = [f"{council}: v001 published" for council in good]
    wanted.append(f"{broken}: refused with exit code {BROKEN_CODE}")
    amiss = [f"no line {each!r}" for each in wanted if not any(s.startswith(each) for s in lines)]
    amiss += [] if len(lines) == len(wanted) + 1 else [f"{len(lines)} lines of summary"]
    amiss += [] if run.process.returncode == BROKEN_CODE else [f"exit {run.process.returncode}"]
    left = [p.name for p in reports.iterdir() if p.name == broken]
    return amiss + [f"{name} left something half written" for name in left]


def nothing_new(run, broken):
    """What is amiss about the second run: only the broken one is tried, and nothing is new."""
    done = json.loads(run.out)["councils"]
    return [
        f"again: {each}"
        for each in done
        if each["new"] or (each["exit_code"] != 0) != (each["council"] == broken)
    ]


def measured(first, again, councils):
    same = [c["seconds"] for c in json.loads(again.out)["councils"] if not c["exit_code"]]
    return {
        "councils": len(councils),
        "refused": 1,
        "exit_code": first.process.returncode,
        "seconds": round(first.seconds, 1),
        "seconds_each": round(first.seconds / len(councils), 2),
        "times_that_the_time_left_was_told": sum("left" in line for line in first.said),
        "memory_mb_after_the_second_and_the_last": [first.memory_mb[1], first.memory_mb[-1]],
        "open_files_after_the_second_and_the_last": [first.open_files[1], first.open_files[-1]],
        "seconds_when_nothing_changed_but_the_broken_one": round(again.seconds, 1),
        "seconds_each_where_nothing_changed": max(same),
    }


if __name__ == "__main__":
    main()
