"""How far a build has come, and how long it still takes by what earlier builds took."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from peerpack.packs.durations import BUILD, Durations, Took, of, record
from peerpack.packs.plan import Plan, Source

Left = Callable[[float], None]
"""What is given, now and then, the seconds that are left."""
ADMIT, CONTENTS, RENDER = "admit", "contents", "render"
# Before that much is done, what earlier builds took says more than how fast this one is.
ENOUGH_DONE = 0.25


class Watch:
    """Times the parts of a build, from any thread; tells the seconds left as each one ends."""

    def __init__(
        self,
        known: Durations,
        parts: Mapping[str, int],
        bytes_n: int,
        left: Left = lambda _: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`parts`: what is to be done, by name, with the bytes each reads; `bytes_n`: all of it."""
        self._known, self._parts, self._bytes_n = known, dict(parts), bytes_n
        self._left, self._now = left, now
        self._expected = {name: known.expected(name, n) for name, n in parts.items()}
        self._all_s, self._spared = sum(self._expected.values()), False
        self._took: dict[str, Took] = {}
        self._lock, self._began = Lock(), now()
        self._tell()

    def expected(self, name: str) -> float:
        """The seconds that a part is expected to take."""
        return self._expected[name]

    def spare(self, name: str) -> None:
        """A part that need not be done: less is left, and the whole says nothing of the next."""
        with self._lock:
            self._spared = self._expected.pop(name, None) is not None or self._spared
        self._tell()

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time one part; one that fails has taken no time that says anything of the next."""
        began = self._now()
        yield
        took = Took(self._parts.get(name, 0), self._now() - began)
        with self._lock:
            self._took[name] = took
        self._tell()

    def took(self) -> dict[str, Took]:
        """What each part took so far, and the build as a whole where no part was spared."""
        whole = {BUILD: Took(self._bytes_n, self._now() - self._began)}
        return {**self._took, **({} if self._spared else whole)}

    def left_s(self) -> float | None:
        """The seconds to the end; None where no build was ever timed, and none can be said.

        At first what a build took before, less what is done of it; once enough is done, what is
        left at the pace of this one.
        """
        if not self._known.recorded(BUILD):
            return None
        with self._lock:
            all_s = sum(self._expected.values())
            done_s = sum(self._expected.get(name, 0) for name in self._took)
        done = done_s / all_s if all_s else 0.0
        if done < ENOUGH_DONE:
            whole_s = self._known.expected(BUILD, self._bytes_n)
            return whole_s * (1 - done) * (all_s / self._all_s if self._all_s else 1.0)
        return (self._now() - self._began) * (1 - done) / done

    def _tell(self) -> None:
        seconds = self.left_s()
        if seconds is not None:
            self._left(seconds)


def watched(planned: Plan, reports: Path, left: Left) -> Watch:
    """The watch of a build, which knows what builds before it into the same reports took."""
    size = {name: _bytes_of(files) for name, files in planned.desk.assignment.files.items()}
    every = sum(size.values())
    read = {s.name: _read(s, size) for s in planned.to_run}
    stages = {ADMIT: every, CONTENTS: every, RENDER: every}
    return Watch(of(reports, planned.council.slug), read | stages, every, left)


def kept(watch: Watch, planned: Plan, reports: Path) -> None:
    """Record what a build took; one that cannot be recorded is as good a build."""
    with suppress(OSError):
        record(reports, planned.council.slug, str(planned.quarter), watch.took())


def _read(source: Source, size: Mapping[str, int]) -> int:
    return sum(n for name, n in size.items() if source.reads is None or name in source.reads)


def _bytes_of(files: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in files)
