"""The notebooks of a plan, executed: what each is given, and where it finds its returns."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from peerpack.catalogue.places import ONLY, project_root
from peerpack.intake.door import ADMITTED, ANYTHING, READS
from peerpack.packs.kept import Kept
from peerpack.packs.plan import Source
from peerpack.packs.reasons import of_notebook
from peerpack.packs.run import Job, warm_kernels
from peerpack.packs.schedule import Runs, running
from peerpack.packs.work import Work

if TYPE_CHECKING:
    from nbformat import NotebookNode

Executed: TypeAlias = "tuple[Source, NotebookNode]"
CELL_TIMEOUT_S = 600
WORKERS = 2


class Execution:
    """The notebooks of one build, begun one by one on the returns that are laid.

    What is kept of a notebook that ran on the same is taken, and what ran is kept as it ends.
    """

    def __init__(self, work: Work, warm: Mapping[str, str]) -> None:
        self._work, self._warm = work, warm
        self._begun: dict[Path, Source] = {}
        self._done: dict[str, Executed] = {}
        self._kept = Kept(work.planned, work.admitted, work.reports)
        self.runs: Runs

    def begin(self, source: Source) -> None:
        """Run a notebook as soon as there is room for it, unless it ran on all the same before."""
        before = self._kept.look(source)
        self._work.reasons.append(of_notebook(source.name, self._kept.why[source.name]))
        if before:
            self._work.tell(f"not run again {source.name}")
            self._work.watch.spare(source.name)
            self._done[source.name] = (source, before)
            return
        self._begun[source.path] = source
        seconds = self._work.watch.expected(source.name)
        job = job_of(source, self._work, seconds)
        self.runs.begin(replace(job, env={**job.env, **self._warm}))

    def ended(self, job: Job, ran: "NotebookNode") -> None:
        """Keep a notebook that has just run; called in its thread."""
        source = self._begun[job.source]
        self._done[source.name] = (source, self._kept.keep(source, ran))
        self._work.tell(f"ran {source.name}")

    def finished(self) -> list[Executed]:
        """All that were begun, by name, executed and normalised; the first failure is raised."""
        self.runs.finished()
        return [self._done[name] for name in sorted(self._done)]


@contextmanager
def execution(work: Work, warm: Mapping[str, str] | None = None) -> Iterator[Execution]:
    """What runs the notebooks of a plan; whatever is raised within stops them all.

    `warm`: kernels that load already; without it they do from here on, beside what is done within.
    """
    with warm_kernels(work.tell) if warm is None else nullcontext(warm) as found:
        notebooks = Execution(work, found)
        timed = running(WORKERS, notebooks.ended, lambda job: work.watch.part(job.source.stem))
        with timed as notebooks.runs:
            yield notebooks


def job_of(source: Source, work: Work, seconds: float) -> Job:
    """A notebook to run on the returns that are laid; none but those it names are given.

    `seconds`: what it is expected to take.
    """
    planned = work.planned
    council, quarter = planned.council.slug, str(planned.quarter)
    return Job(
        source.path,
        {"council": council, "quarter": quarter},
        work.reports / ".runs" / f"{council}-{quarter}" / source.path.name,
        CELL_TIMEOUT_S,
        weight=seconds,
        env={
            ADMITTED: str(work.admitted),
            READS: ANYTHING if source.reads is None else ",".join(sorted(source.reads)),
            ONLY: f"{council}/{quarter}",
            "PEERPACK_ROOT": str(project_root()),
            "PEERPACK_DATA": os.pathsep.join(str(root) for root in planned.roots),
        },
    )
