"""What of a document is left to make, once its words are known: work for another thread."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future

Making = Iterator[tuple[str, Callable[[], bytes]]]
"""Files by their names, each with the work that gives its bytes. It waits for other programs or
packs archives; what says its words was done when the name was given."""


def begun(making: Making, pool: Executor) -> Iterator[tuple[str, Future[bytes]]]:
    """Each file with its bytes to come. What refuses to say its words is a file that failed."""
    try:
        for name, work in making:
            yield name, pool.submit(work)
    except Exception as fault:
        failed: Future[bytes] = Future()
        failed.set_exception(fault)
        yield "", failed
