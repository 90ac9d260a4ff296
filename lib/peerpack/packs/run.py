"""Run a notebook in a kernel of its own, and believe only what can be seen to have run.

The one importer of papermill. papermill marks a notebook as finished whose kernel was killed or
whose cell ran out of time, and takes `sys.exit(0)` for success; so a run counts only when nothing
was raised and every cell has run.
"""

import asyncio
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from contextvars import Context, ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from peerpack import kernels, spare_iri_grammar
from peerpack.errors import CellFailed, NotebookIncomplete, PeerpackError
from peerpack.handover.records import WHOLE_LINEAGE
from peerpack.notebooks.normalise import strip, to_text
from peerpack.notebooks.shape import Value, read, validate

if TYPE_CHECKING:
    from jupyter_client.manager import KernelManager
    from nbformat import NotebookNode

START_TIMEOUT_S = 60
BACK_OFF_S = 0.5
KERNEL_ENV = {
    "PYTHONHASHSEED": "0",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "",
    WHOLE_LINEAGE: "",
}
"""What an output could otherwise depend on: order of sets, backend, time zone, locale.

And what no pack may hold: a lineage that names every row, whatever the environment asks for.
"""

NO_HISTORY = ("--HistoryManager.enabled=False",)
"""Nobody recalls what a batch has typed, and each cell would be written to a database."""
AHEAD = "peerpack.catalogue.ahead"
STAGES = ("figures", "intake", "measures", "records", "words")

# With no handler at all, Python itself prints what papermill and traitlets log.
for _name in ("papermill", "traitlets"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Job:
    """One notebook to run; the heavier of two begins first."""

    source: Path
    parameters: Mapping[str, Value]
    kept: Path
    timeout_s: int
    weight: float = 0.0
    kernel_name: str = "python3"
    start_attempts: int = 3
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass
class _Progress:
    """How far a run has come, and whether it is to be stopped."""

    notebook: "NotebookNode"
    stop: Event
    started: bool = False
    cell: str = ""
    log: str = ""

    def on_notebook_start(self, notebook: "NotebookNode") -> None:
        """Called by nbclient once the kernel answers."""
        self.started, self.notebook = True, notebook

    def on_cell_execute(self, cell: "NotebookNode", cell_index: int) -> None:  # noqa: ARG002
        """Called by nbclient as it sends a cell to the kernel."""
        self.cell = cell["id"]


def run_job(job: Job, stop: Event) -> "NotebookNode":
    """Execute one notebook by papermill, and give it back as executed; `stop` ends it.

    A notebook that fails is left at `job.kept`, as far as it came, for its author alone to read;
    one that succeeds leaves nothing there. A kernel that fails to start is tried again; a cell that
    fails is not. Raises CellFailed, NotebookIncomplete.
    """
    nb = read(job.source)
    name = job.source.name
    given = validate(job.parameters, nb, name)
    progress = _Progress(strip(nb), stop)
    for attempt in range(1, job.start_attempts + 1):
        failure = Context().run(_execute, job, given, progress)
        if progress.started or stop.is_set() or attempt == job.start_attempts:
            break
        time.sleep(BACK_OFF_S * attempt)
    progress.notebook.metadata.pop("papermill", None)
    fault = _fault(name, job, progress, failure)
    if fault is None:
        job.kept.unlink(missing_ok=True)
        return progress.notebook
    _keep(progress.notebook, job.kept)
    raise fault


def _execute(job: Job, given: Mapping[str, Value], progress: _Progress) -> Exception | None:
    """One attempt, in an event loop of its own; what went wrong is given back, not raised."""
    spare_iri_grammar()
    from jupyter_core.utils import ensure_event_loop
    from papermill.execute import execute_notebook

    loop = ensure_event_loop()
    try:
        with _kernel(job, progress) as manager:
            execute_notebook(
                progress.notebook,
                None,
                parameters=dict(given),
                kernel_name=job.kernel_name,
                progress_bar=False,
                start_timeout=START_TIMEOUT_S,
                execution_timeout=job.timeout_s,
                iopub_timeout=job.timeout_s,
                km=manager,
                on_notebook_start=progress.on_notebook_start,
                on_cell_execute=progress.on_cell_execute,
                force_raise_errors=True,
                record_timing=False,
                store_widget_state=False,
                coalesce_streams=True,
            )
    except Exception as failure:
        return failure
    finally:
        _close(loop)
    return None


_SHARED: ContextVar[Callable[[], Mapping[str, str]] | None] = ContextVar("shared", default=None)


@contextmanager
def warm_kernels(tell: Callable[[str], None] = lambda _: None) -> Iterator[Mapping[str, str]]:
    """For `env` of jobs: kernels are forked from a server that loads now, in the background.

    With the libraries it loads this package: its code is the build's own. Where kernels were cold
    all the same, `tell` is given the reason at the end, in a line. Within `one_server` it is that
    server.
    """
    shared = _SHARED.get()
    with _server(tell) if shared is None else nullcontext(shared()) as env:
        yield env


@contextmanager
def one_server(tell: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Several builds within have one server of kernels, which the first that runs any starts."""
    with ExitStack() as stack:
        before = _SHARED.set(cache(lambda: stack.enter_context(_server(tell))))
        try:
            yield
        finally:
            _SHARED.reset(before)


@contextmanager
def _server(tell: Callable[[str], None]) -> Iterator[Mapping[str, str]]:
    with kernels.serving(_own_modules(), {**os.environ, **KERNEL_ENV}) as server:
        yield server.env if server else {kernels.KERNELS: kernels.COLD}
        if why := kernels.cold_because(server):
            tell(f"kernels were cold, which is slower and changes nothing else: {why}")


def _own_modules() -> list[str]:
    """The stages that meet in a notebook, whole, and the contracts read.

    Each imports what is heavy only when called.
    """
    package = Path(__file__).parents[1]
    files = (file for stage in STAGES for file in sorted((package / stage).glob("*.py")))
    parts = (file.relative_to(package.parent).with_suffix("").parts for file in files)
    return [*(".".join(each).removesuffix(".__init__") for each in parts), AHEAD]


def _close(loop: asyncio.AbstractEventLoop) -> None:
    """End what a broken run left waiting; jupyter_core itself never closes a loop."""
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
    asyncio.set_event_loop(None)


@contextmanager
def _kernel(job: Job, progress: _Progress) -> Iterator["KernelManager"]:
    """A started kernel with a folder of its own, for its sockets and settings; both end with it.

    Ports can be taken by another kernel between the choosing and the binding; sockets in a fresh
    folder cannot.
    """
    from jupyter_core.utils import run_sync

    folder = kernels.short_folder(job.env)
    manager = _manager(job, folder, progress.stop)
    own = {**os.environ, **KERNEL_ENV, "IPYTHONDIR": str(folder / "ipython"), **job.env}
    try:
        with (folder / "log").open("wb") as log:
            run_sync(manager.start_kernel)(
                env=own, stdout=log, stderr=log, extra_arguments=list(NO_HISTORY)
            )
        yield manager
    finally:
        run_sync(manager.end)()
        progress.log = (folder / "log").read_text(errors="replace")
        shutil.rmtree(folder, ignore_errors=True)


def _manager(job: Job, folder: Path, stop: Event) -> Any:
    """The manager of one kernel, which takes it for dead once its run is to be stopped."""
    from jupyter_client.manager import AsyncKernelManager

    from peerpack.kernels.prompt import PromptClient
    from peerpack.kernels.provisioner import WarmProvisioner

    class Stoppable(AsyncKernelManager):
        async def _async_is_alive(self) -> bool:
            return not stop.is_set() and await super()._async_is_alive()

        is_alive = _async_is_alive

        def client(self, **kwargs: Any) -> Any:
            self.one_client = super().client(**kwargs)
            return self.one_client

        async def end(self) -> None:
            """Kill the kernel and all it started: a notebook leaves nothing to be saved."""
            if hasattr(self, "one_client"):
                self.one_client.stop_channels()
            await self.shutdown_kernel(now=True)

    manager = Stoppable(
        kernel_name=job.kernel_name,
        client_factory=PromptClient,
        transport="ipc",
        ip=str(folder / "k"),
        connection_file=str(folder / "kernel.json"),
    )
    if kernels.KERNELS in job.env:
        # Not by the kernelspec's name: a build needs neither it nor the entry point installed.
        spec = manager.kernel_spec
        manager.provisioner = WarmProvisioner(kernel_spec=spec, parent=manager)
    return manager


def _fault(
    name: str, job: Job, progress: _Progress, failure: Exception | None
) -> PeerpackError | None:
    """What went wrong, in words; nothing when every cell has run."""
    where = f"{name}, cell `{progress.cell}`"
    left = f"As far as it came: {job.kept}"
    if failure and progress.stop.is_set():
        return CellFailed(f"{where}: stopped, because the run was interrupted. {left}")
    if failure and not progress.started:
        return CellFailed(f"{name}: {_not_started(job, progress, failure)} {left}")
    if failure:
        return CellFailed(f"{where}: {_reason(failure, job)} {left}")
    unrun = _unrun(progress.notebook)
    return NotebookIncomplete(f"{name}: {unrun} {left}") if unrun else None


def _not_started(job: Job, progress: _Progress, failure: Exception) -> str:
    said = next((line for line in reversed(progress.log.splitlines()) if line.strip()), "")
    return (
        f"its kernel {job.kernel_name!r} did not start: {_one_line(said or str(failure))} "
        "No cell has run. Run `make setup` again, then `peerpack doctor`."
    )


def _reason(failure: Exception, job: Job) -> str:
    """Why a cell failed and what to do; of what the cell worked on, only what it raised."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    match failure:
        case PapermillExecutionError(ename=kind, evalue=text):
            return f"{_one_line(f'{kind}: {text}')} Run the notebook in JupyterLab up to this cell."
        case CellTimeoutError():
            return f"it ran for more than {job.timeout_s} s and was stopped. Find what is slow."
        case DeadKernelError():
            return "its kernel died, often for want of memory. Close other programs and run again."
    return f"{_one_line(f'{type(failure).__name__}: {failure}')} Run it again."


def _one_line(text: str) -> str:
    line = " ".join(text.split())[:500]
    return line if line.endswith(".") else f"{line}."


def _unrun(nb: "NotebookNode") -> str:
    """Which cell did not come to its end, though papermill saw no failure."""
    code = [cell for cell in nb.cells if cell.cell_type == "code" and cell.source.strip()]
    for cell in code:
        if cell.execution_count is None or _has_error(cell):
            return (
                f"it ended at cell `{cell.id}`, before its `record` cell. "
                "Remove what ends it early, such as sys.exit()."
            )
    if not code or code[-1].id != "record":
        return "it has no cell `record` at its end. Add one that holds record.close()."
    return ""


def _has_error(cell: "NotebookNode") -> bool:
    return any(output.output_type == "error" for output in cell.outputs)


def _keep(nb: "NotebookNode", kept: Path) -> None:
    """Leave a partial notebook where only its author can read it, whole or not at all."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.parent.chmod(0o700)
    with tempfile.NamedTemporaryFile("w", dir=kept.parent, encoding="utf-8", delete=False) as new:
        new.write(to_text(nb))
    Path(new.name).replace(kept)
