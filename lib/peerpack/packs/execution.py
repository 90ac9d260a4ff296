"""The notebooks of a plan, executed: what each is given, and where it finds its returns."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from peerpack.catalogue.places import project_root
from peerpack.intake.door import ADMITTED, ANYTHING, READS
from peerpack.notebooks.normalise import normalise
from peerpack.packs.admitting import Tell
from peerpack.packs.plan import Plan, Source
from peerpack.packs.run import Job, warm_kernels
from peerpack.packs.schedule import Runs, running
from peerpack.packs.watch import Watch

if TYPE_CHECKING:
    from nbformat import NotebookNode

Executed: TypeAlias = "tuple[Source, NotebookNode]"
CELL_TIMEOUT_S = 600
WORKERS = 2


class Execution:
    """The notebooks of one build: begun one by one, on the returns laid in `admitted`."""

    def __init__(
        self,
        planned: Plan,
        admitted: Path,
        reports: Path,
        runs: Runs,
        warm: Mapping[str, str],
        watch: Watch,
    ) -> None:
        self._planned, self._admitted, self._reports = planned, admitted, reports
        self._runs, self._warm, self._watch = runs, warm, watch
        self._begun: list[Source] = []

    def begin(self, source: Source) -> None:
        """Run a notebook as soon as there is room for it."""
        self._begun.append(source)
        seconds = self._watch.expected(source.name)
        job = job_of(source, self._planned, self._admitted, self._reports, seconds)
        self._runs.begin(replace(job, env={**job.env, **self._warm}))

    def finished(self) -> list[Executed]:
        """All that were begun, by name, executed and normalised; the first failure is raised."""
        ran = zip(self._begun, self._runs.finished(), strict=True)
        return sorted(((s, normalise(nb)) for s, nb in ran), key=lambda each: each[0].name)


@contextmanager
def execution(
    planned: Plan, admitted: Path, reports: Path, tell: Tell, watch: Watch
) -> Iterator[Execution]:
    """What runs the notebooks of a plan; whatever is raised within stops them all.

    The libraries for their kernels load from here on, beside whatever is done within.
    """

    def done(job: Job, _: "NotebookNode") -> None:
        tell(f"ran {job.source.stem}")

    timed = running(WORKERS, done, lambda job: watch.part(job.source.stem))
    with warm_kernels(tell) as warm, timed as runs:
        yield Execution(planned, admitted, reports, runs, warm, watch)


def job_of(source: Source, planned: Plan, admitted: Path, reports: Path, seconds: float) -> Job:
    """A notebook to run on the returns laid in `admitted`; none but those it names are given.

    `seconds`: what it is expected to take.
    """
    council, quarter = planned.council.slug, str(planned.quarter)
    return Job(
        source.path,
        {"council": council, "quarter": quarter},
        reports / ".runs" / f"{council}-{quarter}" / source.path.name,
        CELL_TIMEOUT_S,
        weight=seconds,
        env={
            ADMITTED: str(admitted),
            READS: ANYTHING if source.reads is None else ",".join(sorted(source.reads)),
            "PEERPACK_ROOT": str(project_root()),
            "PEERPACK_DATA": os.pathsep.join(str(root) for root in planned.roots),
        },
    )
