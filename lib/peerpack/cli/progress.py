"""Progress of long work: under a moving bar on a terminal, plain lines elsewhere; time left."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from peerpack.cli.app import say

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

# Plain lines go to a log: of the time left one now and then, and none of its last moments.
BETWEEN_S, WORTH_SAYING_S = 5.0, 5.0
WIDTH = 60


class Told(Protocol):
    """What long work tells as it goes."""

    def __call__(self, line: str) -> None:
        """Tell a line."""

    def left(self, seconds: float) -> None:
        """Tell the seconds that the work is expected to take from now."""


@contextmanager
def progress(doing: str) -> Iterator[Told]:
    """Lines of progress, and the time left."""
    if not sys.stderr.isatty():
        yield Plain()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn(),
               _left_column())  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Bar(bar, doing)


class Bar:
    """Lines above a bar that fills as the time left runs out."""

    def __init__(self, bar: "Progress", doing: str) -> None:
        self._bar, self._began = bar, time.monotonic()
        self._task = bar.add_task(doing, total=None, ends=None)

    def __call__(self, line: str) -> None:
        """A line, and its first words beside the bar."""
        self._bar.console.print(line, markup=False, highlight=False)
        self._bar.update(self._task, description=line[:WIDTH])

    def left(self, seconds: float) -> None:
        """The bar by what has passed of what has passed and is left, and when it is to end."""
        now = time.monotonic()
        passed = now - self._began
        self._bar.update(self._task, completed=passed, total=passed + seconds, ends=now + seconds)


def _left_column() -> "ProgressColumn":
    """The time left, counting down between one telling and the next."""
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    class Left(ProgressColumn):
        def render(self, task: Task) -> Text:
            ends = task.fields["ends"]
            return Text("" if ends is None else left_in_words(ends - time.monotonic()))

    return Left()


class Plain:
    """A line for each thing done; of the time left a line at most every few seconds."""

    def __init__(
        self,
        say: Callable[[str], None] = say,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._say, self._now = say, now
        self._next = now() + BETWEEN_S

    def __call__(self, line: str) -> None:
        """A line, as it is."""
        self._say(line)

    def left(self, seconds: float) -> None:
        """The time left, where there is enough of it and a while has passed since it was said."""
        if seconds >= WORTH_SAYING_S and self._now() >= self._next:
            self._next = self._now() + BETWEEN_S
            self._say(left_in_words(seconds))


def left_in_words(seconds: float) -> str:
    """`about 12 s left`; no finer than is known: fives above half a minute, then minutes."""
    if seconds < 1:
        return "almost done"
    if seconds <= 30:
        return f"about {seconds:.0f} s left"
    if seconds < 90:
        return f"about {5 * round(seconds / 5)} s left"
    return f"about {seconds / 60:.0f} min left"
