"""`python tests/benchmarks/page.py` prints docs/explanation/speed.md from results.json."""

import json

from place import ROOT, SCRIPTS

PAGE = ROOT / "docs" / "explanation" / "speed.md"
HEAD = """# Speed

How long the workbook takes, beside what a team would otherwise use. `make bench` measures every
figure of this page again and prints it; it takes about an hour and wants a machine that does
nothing else. This page is printed by `python tests/benchmarks/page.py` from
`tests/benchmarks/results.json`.

A figure says how long ours takes as a part of its baseline: 0.25 is a quarter of the time. Ours
and the baseline do the same work by turns, five times each unless the last table says otherwise,
every time as a whole process that starts from nothing and is timed from outside. The figure is
our median over the baseline's. A figure that is not met is reported like any other.
"""
BASELINES = """
## What each baseline is

**Papermill in a loop.** One Python process that imports papermill once and runs the notebooks one
after the other, a new kernel for each. A shell that calls `papermill` for each notebook would be
slower still.

**Papermill in two processes.** The same, in two processes that are forked once papermill is
loaded. They take the longest notebook first.

**Plain Python in one process.** The cells of all the notebooks one after the other, libraries
loaded once, every chart drawn and every table printed. Nothing stands between two notebooks: one
can change what the next one computes. It keeps no notebook and sends no output anywhere, so it
does less than ours.

**The loop of a whole build.** `tests/benchmarks/loop.py`, as we would write it without this
workbook: read the returns, judge each by plain Great Expectations in one process, run papermill
in a loop, make an HTML page of each notebook by nbconvert, write checksums, rename the folder
into its place. It borrows our readers, our receipts and our notebooks, so that the work is the
same. The tables that a pack makes of itself, which the last notebook reads, are given to it
ready-made.

**A full build.** Ours, with `--force`: nothing that an earlier build has kept is used.

**`sha256sum --check`.** GNU coreutils, on the pack's own `SHA256SUMS`.

**Great Expectations on pandas.** The engine that judges every table of ordinary size in the
workbook too. It is given the same file and the same suite, once whole and once, as a careful user
would, only the columns that the suite names. All must come to the same failing rows.

## What is fair in that, and what is not

- The notebooks of Northborough are those that the workbook runs, and it knows which libraries
  they need. That is an advantage. The six small notebooks know nothing of the workbook; a kernel
  that has loaded pandas and seaborn beforehand is one for any such notebook.
- All contenders find Northborough's datasets admitted in the same folder, and run its four
  notebooks at once. A real build runs the last one after the others. That is in the figures of
  the whole build.
- The two cores are ours to use, and those of papermill in two processes. The loops and plain
  Python use one, but for what their libraries do.
- Our time includes the start of the process that kernels are forked from, and its end.
- The loop of a whole build does less than `peerpack build`. It does not attack what it
  suppressed, compare with the quarter before, keep a lineage, write the position statement, or
  make pages for an indicator, a theme or a question, cards, a search, spreadsheets, PDF or Word.
  It cannot say whether two of its packs are the same.
- The loop is given what it could not make (the pack's own tables), and is not charged for it.
- Of one changed cell the cost depends on who reads it. Northborough's smallest return is read by
  every notebook that is not withheld, so nearly all of them run again; the next one is read by
  one notebook.
- Caches of the system are warm for all: each file has been read before.
"""


def page(results):
    """The page of results.json, in Markdown."""
    figures = results.get("figures", {})
    lines = [HEAD, "## The figures\n", _HEADS, *map(_line, figures.values()), BASELINES]
    return "\n".join([*lines, *_alone(results.get("alone", {})), *_where(results)])


_HEADS = (
    "| what is claimed | found | met | ours | baseline | processor, ours | processor, baseline |\n"
    "|---|---|---|---|---|---|---|"
)


def _line(told):
    if "not_measured" in told:
        return f"| {told['claim']} | not measured: {told['not_measured']} | | | | | |"
    ours, baseline = (told[f"{side}_median_s"] for side in ("ours", "baseline"))
    busy = (_middle(told[f"{side}_cpu_s"]) for side in ("ours", "baseline"))
    beside = told["baseline"].partition(", ")[2] or told["baseline"]
    cells = (
        told["claim"], _found(told), "yes" if told["met"] else "**no**", f"{ours:.2f} s",
        f"{baseline:.2f} s, {beside}", *(f"{each:.1f} s" for each in busy),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _found(told):
    return f"{told['value']:.2f}" + ("" if told["unit"] == "ratio" else f" {told['unit']}")


def _middle(values):
    return sorted(values)[len(values) // 2]


def _alone(alone):
    """What is run by itself, for it is no race: a line for each thing that it printed."""
    for name, told in sorted(alone.items()):
        yield f"## {TITLES[name]}\n"
        for key, value in told.items():
            said = ", ".join(map(str, value)) if isinstance(value, list) else value
            yield f"- {key.replace('_', ' ')}: {said}"
        yield ""


TITLES = {
    "soak": "Many builds in a row, two at a time",
    "all_councils": "Many councils by one command",
}


def _where(results):
    machine = results.get("machine", {})
    yield "## Where and when\n"
    for key in ("processor", "cores", "memory_gb", "system", "python"):
        yield f"- {key.replace('_gb', ', GB')}: {machine.get(key, '')}"
    versions = machine.get("libraries", {}).items()
    yield f"- libraries: {', '.join(f'{name} {number}' for name, number in versions)}\n"
    yield from _occasions(results.get("occasions", {}))


def _occasions(occasions):
    if occasions:
        yield "| benchmark | on | commit | rounds | load before it |\n|---|---|---|---|---|"
        for name, when in occasions.items():
            said = (when[key] for key in ("on", "commit", "rounds", "load"))
            yield f"| {name} | {' | '.join(map(str, said))} |"
        yield ""


if __name__ == "__main__":
    print(page(json.loads((SCRIPTS / "results.json").read_bytes())), end="")
