"""Two builds of one pack, byte for byte; and where bytes differ, which cell says what.

The kind of file decides where one looks: rows of evidence by their id, cells of notebooks by their
name, keys of JSON, lines of anything else that is text.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from peerpack.packs.verify import published

KEYS = {
    "evidence": ("evidence_id",),
    "comparators": ("evidence_id", "group", "version", "statistic", "period"),
    "lineage": ("evidence_id", "role", "dataset"),
    "revisions": ("evidence_id", "period"),
    "history": ("evidence_id", "quarter"),
}
_DIGEST = re.compile(r"(sha256:)?[0-9a-f]{64}\Z")
NAMES_ITS_ITEMS = ("id", "@id", "evidence_id")
LONGEST = 120
NOTHING = "nothing"
DIFFERS, MISSING, EXTRA = "differs", "missing", "extra"


@dataclass(frozen=True)
class Difference:
    """A file that is not the same twice, and one place in it: a row and column, a cell, a key."""

    file: str
    kind: str
    where: str = ""
    then: str = ""
    now: str = ""

    @property
    def is_of_digests(self) -> bool:
        """Whether it is only the digest of something else that differs."""
        return bool(_DIGEST.match(self.then) and _DIGEST.match(self.now))


def compare(then: Path, now: Path) -> tuple[Difference, ...]:
    """Every difference between a pack and its rebuild, of files under SHA256SUMS, by name."""
    before, after = published(then), published(now)
    return tuple(
        each
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
        for each in _of_file(name, then, now, before, after)
    )


def _of_file(
    name: str, then: Path, now: Path, before: dict[str, str], after: dict[str, str]
) -> Iterator[Difference]:
    if name not in after:
        yield Difference(name, MISSING)
    elif name not in before:
        yield Difference(name, EXTRA)
    else:
        yield from _inside(name, then / name, now / name)


def _inside(name: str, then: Path, now: Path) -> Iterator[Difference]:
    """Where two files of one name differ; that only their bytes do, where all they say agrees."""
    look = LOOKS.get(then.suffix, _lines)
    try:
        found = [Difference(name, DIFFERS, *each) for each in look(then, now)]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, csv.Error):
        found = []
    yield from found or [Difference(name, DIFFERS, "bytes, although its values agree")]


Place = tuple[str, str, str]


def _tables(
    read: Callable[[Path], list[dict[str, str]]],
) -> Callable[[Path, Path], Iterator[Place]]:
    def look(then: Path, now: Path) -> Iterator[Place]:
        before, after = _keyed(read(then), then.stem), _keyed(read(now), then.stem)
        for key in dict.fromkeys([*before, *after]):
            if key not in after or key not in before:
                yield (f"row {key}", *(("there", NOTHING) if key in before else (NOTHING, "there")))
                continue
            for column in dict.fromkeys([*before[key], *after[key]]):
                old, new = before[key].get(column, NOTHING), after[key].get(column, NOTHING)
                if old != new:
                    yield f"{key}, {column}", *_parting(old, new)

    return look


def _keyed(rows: Sequence[dict[str, str]], stem: str) -> dict[str, dict[str, str]]:
    """Rows by what names them: the second of one name is `name (2)`."""
    seen: Counter[str] = Counter()
    keyed = {}
    for row in rows:
        own = KEYS.get(stem, tuple(row)[:1])
        name = " ".join(filter(None, (str(row.get(key, "")) for key in own)))
        seen[name] += 1
        keyed[name if seen[name] == 1 else f"{name} ({seen[name]})"] = row
    return keyed


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{str(k): str(v) for k, v in row.items()} for row in csv.DictReader(file)]


def _parquet(path: Path) -> list[dict[str, str]]:
    import pyarrow.parquet as pq

    return [{k: str(v) for k, v in row.items()} for row in pq.read_table(path).to_pylist()]


def _json(then: Path, now: Path) -> Iterator[Place]:
    yield from _values(json.loads(then.read_bytes()), json.loads(now.read_bytes()), "")


def _notebook(then: Path, now: Path) -> Iterator[Place]:
    before, after = json.loads(then.read_bytes()), json.loads(now.read_bytes())
    cells, now_cells = (
        {f"cell {each['id']}": each for each in book.pop("cells")} for book in (before, after)
    )
    yield from _values(cells, now_cells, "")
    yield from _values(before, after, "")


def _values(then: Any, now: Any, where: str) -> Iterator[Place]:
    """Where two values of JSON part, by the keys that lead there."""
    if type(then) is type(now) and isinstance(then, (dict, list)):
        before, after = _by_key(then), _by_key(now)
        for key in dict.fromkeys([*before, *after]):
            own = f"{where} / {key}" if where else key
            yield from _values(before.get(key, NOTHING), after.get(key, NOTHING), own)
    elif then != now:
        yield where, *_parting(then, now)


def _by_key(told: dict[str, Any] | list[Any]) -> dict[str, Any]:
    """Entries by key; of a list by the name that each bears, else by its place in it, from 1."""
    if isinstance(told, dict):
        return {str(key): value for key, value in told.items()}
    for name in NAMES_ITS_ITEMS:
        named = [str(each[name]) for each in told if isinstance(each, dict) and name in each]
        if told and len(set(named)) == len(told):
            return dict(zip(named, told, strict=True))
    return {str(place): value for place, value in enumerate(told, start=1)}


def _lines(then: Path, now: Path) -> Iterator[Place]:
    """The first line in which two texts differ."""
    before, after = (p.read_bytes().decode("utf-8").split("\n") for p in (then, now))
    both = enumerate(zip_longest(before, after, fillvalue=NOTHING), start=1)
    for number, (old, new) in both:
        if old != new:
            yield f"line {number}", *_parting(old, new)
            return


def _parting(old: object, new: object) -> tuple[str, str]:
    """Two values; of long texts what begins a little before they part."""
    if not isinstance(old, str) or not isinstance(new, str):
        return shortened(old), shortened(new)
    if max(len(old), len(new)) <= LONGEST:
        return shortened(old), shortened(new)
    same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    start = max(0, (min(len(old), len(new)) if same is None else same) - LONGEST // 3)
    cut = "…" if start else ""
    return shortened(cut + old[start:]), shortened(cut + new[start:])


def shortened(value: object, longest: int = LONGEST) -> str:
    """A value on one line of a terminal, and nothing in it that a terminal would obey."""
    text = (
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    )
    plain = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


LOOKS = {
    ".csv": _tables(_csv),
    ".parquet": _tables(_parquet),
    ".json": _json,
    ".ipynb": _notebook,
}
"""How to look into a file, by its ending; into any other text by line."""
