"""What of one council stands in another's pack? Names, values and charts are looked for."""

import csv
import hashlib
import math
import re
from collections import Counter, defaultdict
from pathlib import Path

NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?:[eE]-?\d+)?(?![\w])")
NUMERIC = ("value", "numerator", "denominator", "lower", "upper", "effective_n")
DRAWN = ("title", "value", "lower", "upper", "comparator_value")
READ = {".csv", ".html", ".ipynb", ".js", ".json", ".md", ".svg", ".txt"}
# A number that is longer than a place in a chart or a size of a file is nobody else's by chance.
DIGITS, LARGE = 10, 1e6


def texts(pack):
    """Every text of a pack, by its place."""
    for path in sorted(pack.rglob("*")):
        if path.suffix in READ and path.is_file():
            yield path.relative_to(pack).as_posix(), path.read_text(encoding="utf-8")


def values_of(pack):
    """The numbers of a pack's evidence that are long enough to be told from any other."""
    with (pack / "evidence.csv").open(encoding="utf-8", newline="") as file:
        cells = [row[name] for row in csv.DictReader(file) for name in NUMERIC if row.get(name)]
    return {abs(float(cell)) for cell in cells if is_telling(cell)}


def is_telling(text):
    digits = len(re.sub(r"[eE].*|\D", "", text).strip("0"))
    return digits >= DIGITS or abs(float(text)) >= LARGE


def own_values(packs):
    """The telling numbers of each council that no other has: number to council."""
    found = {council: values_of(pack) for council, pack in packs.items()}
    times = Counter(value for values in found.values() for value in values)
    return {v: council for council, values in found.items() for v in values if times[v] == 1}


def names_of_others(packs, names):
    """Where a pack says a name that is another council's; `names`: a council to what it is called.

    Letters of either size.
    """
    return [
        f"{council}: {place} names {name}"
        for council, pack in packs.items()
        for place, text in texts(pack)
        for other, called in names.items()
        if other != council
        for name in called
        if name.casefold() in text.casefold()
    ]


def values_of_others(packs):
    """Where a pack holds a number that only another council's evidence has."""
    owner = own_values(packs)
    return [
        f"{council}: {place} holds {value!r} of {owner[value]}"
        for council, pack in packs.items()
        for place, text in texts(pack)
        for value in sorted(set(numbers(text)) & owner.keys())
        if owner[value] != council
    ]


def numbers(text):
    """The numbers that a text holds, without their signs and commas."""
    found = (float(word.replace(",", "")) for word in NUMBER.findall(text))
    return (value for value in found if math.isfinite(value))


def charts_of_others(packs):
    """Charts that are the same in several packs although the values that they show are not.

    Charts of which every value is hidden may look alike.
    """
    shown = defaultdict(dict)
    for council, pack in packs.items():
        for chart in sorted((pack / "exhibits").glob("*.svg")):
            same = chart.stem, sha256(chart)
            shown[same][f"{council}: {chart.stem}"] = drawn(chart.with_suffix(".csv"))
    return [" and ".join(each) for each in shown.values() if len(set(each.values())) > 1]


def drawn(table):
    """What a chart draws of its rows."""
    with table.open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row.get(name, "") for name in DRAWN) for row in csv.DictReader(file))


def differing(pack, alone):
    """The files of a pack that are not, byte for byte, those of the one that was built alone."""
    left = {"build.json"}
    both = [{p.relative_to(f).as_posix() for p in f.rglob("*") if p.is_file()} - left
            for f in (pack, alone)]  # fmt: skip
    same = both[0] & both[1]
    moved = {name for name in same if (pack / name).read_bytes() != (alone / name).read_bytes()}
    return sorted(moved | (both[0] ^ both[1]))


def sha256(path: Path):
    return hashlib.sha256(path.read_bytes()).hexdigest()
