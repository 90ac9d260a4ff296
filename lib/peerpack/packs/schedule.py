"""Several notebooks at once: each as soon as it may begin, and of those that wait the longest."""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import count
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from peerpack.notebooks.shape import Value
from peerpack.packs import run
from peerpack.packs.run import Job

if TYPE_CHECKING:
    from nbformat import NotebookNode

Done = Callable[[Job, "NotebookNode"], object]
Around = Callable[[Job], AbstractContextManager[object]]


class Runs:
    """Notebooks that run in threads, and those that wait for one.

    When one fails, those that run come to their end and the others do not begin.
    """

    def __init__(self, pool: ThreadPoolExecutor, done: Done, around: Around) -> None:
        self.stop = Event()
        self._pool, self._done, self._around = pool, done, around
        self._waiting: list[tuple[float, int, Job]] = []
        self._number, self._lock = count(), Lock()
        self._begun: list[Future[None]] = []
        self._ran: dict[int, NotebookNode] = {}
        self._failure: BaseException | None = None

    def begin(self, job: Job) -> None:
        """Run a notebook as soon as a thread is free; raise at once what made another fail."""
        self._refuse_after_failure()
        with self._lock:
            heapq.heappush(self._waiting, (-job.weight, next(self._number), job))
        self._begun.append(self._pool.submit(self._run_heaviest))

    def finished(self) -> list["NotebookNode"]:
        """Every notebook as executed, in the order in which they were given; the first failure."""
        wait(self._begun)
        self._refuse_after_failure()
        return [self._ran[number] for number in sorted(self._ran)]

    def _run_heaviest(self) -> None:
        with self._lock:
            _, number, job = heapq.heappop(self._waiting)
        if self._failure:
            return
        try:
            with self._around(job):
                self._ran[number] = run.run_job(job, self.stop)
            self._done(job, self._ran[number])
        except BaseException as failure:
            self._failure = self._failure or failure

    def _refuse_after_failure(self) -> None:
        if self._failure:
            raise self._failure


@contextmanager
def running(
    workers: int, done: Done = lambda *_: None, around: Around = lambda _: nullcontext()
) -> Iterator[Runs]:
    """Run what is begun within, in so many threads; `done` is called in them as each one ends.

    Each runs within what `around` gives for it, which may time it.
    Whatever is raised within, an interrupt too, stops every kernel within about a second.
    """
    with ThreadPoolExecutor(workers, thread_name_prefix="notebook") as pool:
        runs = Runs(pool, done, around)
        try:
            yield runs
        except BaseException:
            runs.stop.set()
            pool.shutdown(cancel_futures=True)
            raise


def run_all(
    jobs: Sequence[Job], workers: int, done: Done = lambda *_: None
) -> list["NotebookNode"]:
    """Run notebooks, the heaviest first; give the executed ones in the given order."""
    heaviest_first = sorted(jobs, key=lambda job: -job.weight)
    with running(workers, done) as runs:
        for job in heaviest_first:
            runs.begin(job)
        ran = dict(zip(map(id, heaviest_first), runs.finished(), strict=True))
    return [ran[id(job)] for job in jobs]


def run_notebook(
    source: Path,
    parameters: Mapping[str, Value],
    kept: Path,
    timeout_s: int,
    **kernel: Any,
) -> "NotebookNode":
    """Run one notebook as `run.run_job` does; `kernel` is what else a `Job` may say."""
    # In a thread of its own, because the caller's may be running an event loop: JupyterLab's does.
    return run_all([Job(source, parameters, kept, timeout_s, **kernel)], workers=1)[0]
