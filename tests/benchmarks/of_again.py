"""A second build: when nothing changed, and when a cell of one small return did.

In each round a cell is changed to what it never was, so that nothing kept can answer for it; then
the whole pack is built by force; then nothing has changed.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from contest import SECONDS, Benchmark, Contender, Figure
from place import NORTHBOROUGH, REAL, TRAFFORD, build_words, data_root


@dataclass(frozen=True)
class Change:
    """A cell of a return to change: the file, and the line that takes the place of one of it."""

    file: str
    what: str
    line: Callable


def neighbour_value(lines, at):
    """The first neighbour's value, by a hundredth more each round."""
    row = lines[1].split(",")
    row[-2] = f"{2.2 + (at + 1) / 100:.2f}"
    return 1, ",".join(row)


def absence_reason(lines, at):
    """The reason of another spell each round."""
    [cells] = csv.reader([lines[at + 1]])
    cells[3] = "Covid-19" if cells[3] != "Covid-19" else "Musculoskeletal"
    row = io.StringIO()
    csv.writer(row, lineterminator="").writerow(cells)
    return at + 1, row.getvalue()


def neighbour_name(lines, at):
    """The name of the last neighbour, as it is spelt in another list each round."""
    return len(lines) - 1, f"{lines[-1].split(' (')[0]} (list {at + 1})"


SMALLEST = Change("neighbour figures (invented).csv", "a neighbour's figure, which all its "
                  "notebooks read", neighbour_value)  # fmt: skip
OF_ONE = Change("absence spells (invented).csv", "a spell's reason, which one notebook reads",
                absence_reason)  # fmt: skip
OF_TRAFFORD = Change("cssn.csv", "a name in a list of neighbours", neighbour_name)


def again(name, quarter, documents, changes, more=(), skipped=lambda: ""):
    """The benchmark of building one council's quarter again."""
    with_or_without = "with documents" if documents else "without documents"
    full, nothing = f"{name}, all by force", f"{name}, nothing changed"
    figures = [
        Figure(f"{name}-{change.file.split()[0].removesuffix('.csv')}",
               f"{quarter[0].title()}, {with_or_without}, one cell changed, {change.what}: at most "
               "1/4 of a full build", f"{name}, {change.file}", full, 0.25)
        for change in changes
    ]  # fmt: skip
    if documents:
        claim = f"{quarter[0].title()}, nothing changed: at most 0.5 s"
        figures.append(Figure(f"{name}-nothing", claim, nothing, full, 0.5, SECONDS))

    def prepare(place):
        root = data_root(place.folder / f"data-{name}", quarter, documents)
        reports = place.folder / f"reports-{name}"
        words = build_words(quarter, [root, *more], reports)
        place.run(*words)
        folder = root.joinpath(*quarter)
        by_change = {
            f"{name}, {each.file}": Contender(words, before=partial(changed, folder, each))
            for each in changes
        }
        return by_change | {full: Contender((*words, "--force")), nothing: Contender(words)}

    return Benchmark(name, tuple(figures), prepare, skipped)


def changed(folder, change, at):
    path = folder / change.file
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    number, line = change.line(lines, at)
    assert lines[number] != line, f"{path.name}, line {number + 1} is what it was"
    lines[number] = line
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")


def no_real():
    return "" if (REAL / TRAFFORD[0]).is_dir() else f"needs {REAL.name}/, which does not ship"


BENCHMARKS = (
    again("again", NORTHBOROUGH, True, (SMALLEST, OF_ONE)),
    again("again-without-documents", NORTHBOROUGH, False, (SMALLEST, OF_ONE)),
    again("trafford", TRAFFORD, True, (OF_TRAFFORD,), (REAL,), no_real),
    again("trafford-without-documents", TRAFFORD, False, (OF_TRAFFORD,), (REAL,), no_real),
)
