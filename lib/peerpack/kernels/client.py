"""The client's side: ask a server for a kernel, and hold it by the connection."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import stat
from collections.abc import Sequence
from pathlib import Path

from peerpack.kernels.request import Request, to_line
from peerpack.kernels.server import peer

START_TIMEOUT_S = 60.0


class Cold(Exception):
    """No kernel can be forked for this; its text says why."""


class Forked:
    """A kernel that a server forked, held by a connection; in the shape of a `Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.heard = b""
        self.pid = 0
        self.ready = False
        self.returncode: int | None = None

    async def start(self, request: Request, fds: Sequence[int]) -> None:
        """Ask for the kernel and wait until its sockets are there, or it has ended."""
        loop = asyncio.get_running_loop()
        line = request.to_line()
        sent = socket.send_fds(self.connection, [line], list(fds))
        if rest := line[sent:]:
            await loop.sock_sendall(self.connection, rest)
        while not self.ready and self.returncode is None:
            self._hear(await loop.sock_recv(self.connection, 4096))

    def poll(self) -> int | None:
        """Its exit code, or None while it runs."""
        while self.returncode is None:
            try:
                data = self.connection.recv(4096)
            except BlockingIOError:
                break
            except OSError:
                data = b""
            self._hear(data)
        return self.returncode

    def wait(self) -> int | None:
        """Its exit code; who asks has seen by `poll` that it has ended."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Signal the kernel and its group; the server knows whether they are still there."""
        with contextlib.suppress(OSError):
            self.connection.send(to_line({"signal": int(number)}))

    def kill(self) -> None:
        """Kill the kernel and all that it started."""
        self.send_signal(signal.SIGKILL)

    def _hear(self, data: bytes) -> None:
        if not data:
            self._server_died()
            return
        *lines, self.heard = (self.heard + data).split(b"\n")
        for line in lines:
            told = json.loads(line)
            if "refused" in told and not self.pid:
                raise Cold(told["refused"])
            self.pid = told.get("pid", self.pid)
            self.ready = self.ready or "ready" in told
            if "exit" in told:
                self._end(told["exit"])

    def _server_died(self) -> None:
        """Its kernels died with it, but not what they had started."""
        if not self.pid:
            raise Cold("The server died.")
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._end(-signal.SIGKILL)

    def _end(self, code: int) -> None:
        self.returncode = code
        self.connection.close()


async def fork(server: Path, request: Request, fds: Sequence[int]) -> Forked:
    """A kernel whose sockets are there; raises `Cold` where there can be none."""
    connection = socket.socket(socket.AF_UNIX)
    connection.setblocking(False)
    kernel = Forked(connection)
    try:
        _check_folder(server.parent)
        await asyncio.get_running_loop().sock_connect(connection, str(server))
        if peer(connection) != os.getuid():
            raise Cold("The server is another user's.")
        await asyncio.wait_for(kernel.start(request, fds), START_TIMEOUT_S)
    except TimeoutError:
        connection.close()
        raise Cold(f"The server did not answer within {START_TIMEOUT_S:.0f} s.") from None
    except OSError as fault:
        connection.close()
        raise Cold(f"The server cannot be reached: {fault.strerror}.") from None
    except BaseException:
        connection.close()
        raise
    return kernel


def _check_folder(folder: Path) -> None:
    """Nobody else may have laid a socket there."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise Cold("The server's folder is not this user's alone.")
