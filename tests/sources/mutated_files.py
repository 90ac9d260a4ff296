"""Real files with bytes changed, deleted and put in: `python mutated_files.py SEED BYTES FILE…`.

Reads one mutated copy after another until so many bytes have been mutated. A copy may be read or
refused; anything else ends the program. Of archives and workbooks, sometimes a part is mutated and
packed again, so that the change comes through to the reader.
"""

import io
import json
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

COPY_BYTES = 150_000
"""Of a long text only so much is mutated and read: what breaks a reader stands in few lines."""
CHANGES = (1, 2, 10, 50, 200, 1_000, 3_000)
SMALL_BYTES = 2_000
MOST_S = 30


def mutated(content, chance, changes_n):
    """So many bytes changed, deleted or put in, at random places."""
    changed = bytearray(content)
    for _ in range(changes_n):
        at = chance.randrange(len(changed) or 1)
        kind = chance.randrange(3) if changed else 2
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            del changed[at]
        else:
            changed.insert(at, chance.randrange(256))
    return bytes(changed)


def mutated_part(content, chance, changes_n):
    """An archive with one part mutated and packed again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        chosen = chance.choice([i for i in before.infolist() if i.file_size])
        for info in before.infolist():
            part = before.read(info)[:10_000_000]
            part = mutated(part, chance, changes_n) if info is chosen else part
            after.writestr(info.filename, part, zipfile.ZIP_DEFLATED, compresslevel=1)
    return out.getvalue()


def copy_of(path, chance):
    """A mutated copy of a file, and how many bytes of it were mutated."""
    content = path.read_bytes()
    if path.suffix in (".csv", ".txt"):
        at = chance.randrange(max(1, len(content) - COPY_BYTES)) if chance.random() < 0.5 else 0
        content = content[at : at + COPY_BYTES]
    changes_n = min(chance.choice(CHANGES), len(content) // 4 + 1)
    if zipfile.is_zipfile(io.BytesIO(content)) and chance.random() < 0.7:
        return mutated_part(content, chance, changes_n), changes_n
    return mutated(content, chance, changes_n), changes_n


def outcome(path):
    """`read` or `refused`; whatever else a file may do to its reader is not caught."""
    from peerpack.catalogue.load import dataset, datasets
    from peerpack.errors import ReturnRefused
    from peerpack.sources import fits, read
    from peerpack.sources.tabular import grids

    try:
        for grid in grids(path):
            assert len(grid.lines) == len(grid.rows)
        for name, files in fits([path], datasets(), {}).files.items():
            read(files, dataset(name))
    except ReturnRefused:
        return "refused"
    return "read"


def _is_small(path):
    return path.stat().st_size < SMALL_BYTES


def main(seed, bytes_n, files):
    """Mutate and read, and print how often which outcome came, and how long the slowest took."""
    found, slowest, mutated_n, number = Counter(), (0.0, ""), 0, seed
    with tempfile.TemporaryDirectory() as folder:
        while mutated_n < bytes_n:
            chance = random.Random(number)
            source = chance.choice([f for f in files if _is_small(f) != bool(number % 3)] or files)
            content, changes_n = copy_of(source, chance)
            path = Path(folder) / f"copy{source.suffix}"
            path.write_bytes(content)
            print(f"{number} {source.name}", file=sys.stderr, flush=True)
            started = time.monotonic()
            found[outcome(path)] += 1
            slowest = max(slowest, (time.monotonic() - started, f"{number} {source.name}"))
            mutated_n, number = mutated_n + changes_n, number + 1
    assert slowest[0] < MOST_S, slowest
    print(
        json.dumps(
            {
                "read": 0,
                "refused": 0,
                **found,
                "bytes": mutated_n,
                "copies": number - seed,
                "slowest": slowest,
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), [Path(each) for each in sys.argv[3:]])
