"""Contributing rows as ranges: `1:18-20,25;2:5` is lines 18 to 20 and 25 of file 1, 5 of file 2."""

from collections.abc import Iterator

import numpy as np

from peerpack.vocab import ROWS_PER_FILE


def ranges(rows: np.ndarray) -> str:
    """Source rows as text, by file, runs joined."""
    ordered = np.unique(np.asarray(rows, dtype="int64"))
    files = ordered // ROWS_PER_FILE
    return ";".join(
        f"{file}:{','.join(_runs(ordered[files == file] % ROWS_PER_FILE))}"
        for file in np.unique(files)
    )


def _runs(lines: np.ndarray) -> Iterator[str]:
    breaks = np.flatnonzero(np.diff(lines) > 1) + 1
    for run in np.split(lines, breaks):
        yield f"{run[0]}" if len(run) == 1 else f"{run[0]}-{run[-1]}"


def rows_of(text: str) -> np.ndarray:
    """The source rows that such a text names."""
    found: list[np.ndarray] = [np.array([], dtype="int64")]
    for part in filter(None, text.split(";")):
        file, runs = part.split(":")
        for run in runs.split(","):
            first, _, last = run.partition("-")
            found.append(np.arange(int(first), int(last or first) + 1) + int(file) * ROWS_PER_FILE)
    return np.concatenate(found)
