"""The Jupyter kernel provisioner `peerpack-warm`: a forked kernel, or a cold one and why."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from peerpack.kernels.client import Cold, fork
from peerpack.kernels.libraries import with_backend
from peerpack.kernels.owner import KERNELS, named, never_warm, own_server
from peerpack.kernels.request import Request

POLL_S = 0.005
KILL_TIMEOUT_S = 2.0
LAUNCHER = ("-m", "ipykernel_launcher")


class WarmProvisioner(LocalProvisioner):
    """Has the kernel forked by a server; where that cannot be, does as Jupyter itself does.

    The server is the one that the kernel's environment names, else one of this process, which the
    first kernel starts.
    """

    cold = ""
    """Why the kernel is not a forked one; empty while it is."""
    _server: Path | None = None
    _sockets: Path | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Find the server, and have the kernel's sockets in a folder of their own beside it."""
        env = kwargs.get("env") or os.environ
        self._server, self.cold = None, never_warm(env)
        if not self.cold:
            self._server = named(env) or own_server(env).socket
            self._lay_sockets(self._server.parent)
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel, warm if it can be; `cold` says why it is not."""
        # What runs in a kernel has no business with the server.
        env = {name: value for name, value in kwargs.pop("env").items() if name != KERNELS}
        try:
            await self._fork(cmd, env, **kwargs)
        except Cold as why:
            self.cold = str(why)
            self.log.warning("Kernel %s is cold. %s", self.kernel_id, why)
            return await super().launch_kernel(cmd, env=env, **kwargs)
        return self.connection_info

    async def _fork(
        self,
        cmd: list[str],
        env: Mapping[str, str],
        *,
        cwd: str | os.PathLike[str] | None = None,
        stdout: Any = None,
        stderr: Any = None,
        **others: Any,
    ) -> None:
        if self._server is None:
            raise Cold(self.cold)
        if unknown := set(others) - {"extra_arguments", "kernel_id"}:
            raise Cold(f"Only a new process can be given {', '.join(sorted(unknown))}.")
        folder = os.path.abspath(cwd or os.curdir)  # noqa: PTH100 - a link in it stays as it is
        request = Request(_arguments(cmd), with_backend(env), folder, _umask())
        with _streams(stdout, stderr) as fds:
            forked = await fork(self._server, request, fds)
        self.process = cast(subprocess.Popen[Any], forked)
        self.pid, self.pgid, self.cwd = forked.pid, None, folder

    async def wait(self) -> int | None:
        """Wait until the kernel has ended; Jupyter's own looks ten times a second."""
        await self._ended()
        return await super().wait()

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel, and see that it is gone."""
        await super().kill(restart)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ended(), KILL_TIMEOUT_S)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the folder of sockets, unless the kernel is to start again."""
        await super().cleanup(restart)
        if self._sockets and not restart:
            shutil.rmtree(self._sockets, ignore_errors=True)
            self._sockets = None

    async def _ended(self) -> None:
        while self.process is not None and self.process.poll() is None:
            await asyncio.sleep(POLL_S)

    def _lay_sockets(self, folder: Path) -> None:
        """Ports can be taken between the choosing and the binding; sockets in a new folder not."""
        manager = self.parent
        if manager is None or manager.transport != "tcp" or manager.shell_port:
            return
        if not folder.is_dir():  # its server has ended
            return
        self._sockets = Path(tempfile.mkdtemp(prefix="k", dir=folder))
        manager.transport, manager.ip = "ipc", str(self._sockets / "k")
        manager.cache_ports = False


def _arguments(cmd: Sequence[str]) -> tuple[str, ...]:
    """What stands behind `python -m ipykernel_launcher`, if that is what is to be started."""
    python, *rest = cmd
    if python != sys.executable or tuple(rest[:2]) != LAUNCHER:
        raise Cold("The kernelspec starts something else than an ipykernel of this interpreter.")
    return tuple(rest[2:])


def _umask() -> int:
    """The umask of this process; to ask for it by setting it would be felt by other threads."""
    status = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace")
    told = next(line for line in status.splitlines() if line.startswith("Umask:"))
    return int(told.split()[1], 8)


@contextmanager
def _streams(stdout: Any, stderr: Any) -> Iterator[tuple[int, int]]:
    """Descriptors for standard output and errors, given as a `Popen` takes them."""
    with Path(os.devnull).open("wb") as nothing:
        out = _descriptor(stdout, 1, nothing.fileno())
        yield out, out if stderr == subprocess.STDOUT else _descriptor(stderr, 2, nothing.fileno())


def _descriptor(given: Any, inherited: int, nothing: int) -> int:
    if given is None:
        return inherited
    if given == subprocess.DEVNULL:
        return nothing
    if given == subprocess.PIPE:
        raise Cold("Only a new process can be given a pipe.")
    return given if isinstance(given, int) else int(given.fileno())
