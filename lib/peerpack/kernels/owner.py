"""The owner's side: start a server, say where it is, end it."""

import atexit
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from peerpack.kernels.libraries import LIBRARIES, with_backend
from peerpack.kernels.process import can_serve

KERNELS = "PEERPACK_KERNELS"
"""Names the socket of a server; a kernel with it in its environment is forked by that server."""
COLD = "cold"
"""What stands in its place where no kernel is to be forked: for doubts, and to prove that none is
needed."""
LONGEST_FOLDER = 80
"""Bytes; the path of a socket below it may not exceed 107."""
END_TIMEOUT_S = 10.0


class Serving:
    """A server that was started and may still be loading; it ends with this process or `end`."""

    def __init__(
        self, modules: Sequence[str], env: Mapping[str, str], folder: Path | None = None
    ) -> None:
        self.folder = folder or short_folder()
        self.socket = self.folder / "kernels"
        self.socket.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listener, (self.folder / "log").open("wb") as log:
            listener.bind(str(self.socket))
            # It listens before it is served: who asks meanwhile waits until all is loaded.
            listener.listen(64)
            words = [sys.executable, "-m", "peerpack.kernels.server", str(listener.fileno())]
            self.process = subprocess.Popen(  # noqa: S603
                [*words, *modules], env=with_backend(env), pass_fds=[listener.fileno()],
                stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    @property
    def env(self) -> dict[str, str]:
        """What stands in the environment of a kernel that this server is to fork."""
        return {KERNELS: str(self.socket)}

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def said(self) -> list[str]:
        """What it wrote so far: what it loaded, what it refused and why, how it broke."""
        with contextlib.suppress(OSError):
            return (self.folder / "log").read_text(errors="replace").splitlines()
        return []

    def end(self) -> None:
        """Kill its kernels and end the server; nothing of it is left."""
        self.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def wait(self) -> None:
        """Let go of the lifeline, and see that the server is gone."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(END_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def serving(
    preload: Sequence[str] = (), env: Mapping[str, str] | None = None
) -> Iterator[Serving | None]:
    """A server for as long as the context lasts, or None where none can be.

    It loads in the background: nobody waits for it here. `preload`: modules to load beside the
    libraries. `env`: the environment its kernels will have, else os.environ; what of it is read
    only once must be the same in each request.
    """
    if never_warm(os.environ):
        yield None
        return
    server = Serving((*LIBRARIES, *preload), os.environ if env is None else env)
    try:
        yield server
    finally:
        server.end()


def named(env: Mapping[str, str]) -> Path | None:
    """The socket of the server that an environment names."""
    path = Path(env.get(KERNELS, ""))
    return path if path.is_absolute() else None


def never_warm(env: Mapping[str, str]) -> str:
    """Why no kernel of this process can be warm; empty where one can."""
    if env.get(KERNELS) == COLD:
        return f"{KERNELS}={COLD} is set."
    return "" if can_serve() else f"Kernels cannot be forked on {sys.platform}."


def cold_because(server: Serving | None) -> str:
    """Why kernels of a server were cold, in one line; empty where none was."""
    if server is None:
        return never_warm(os.environ)
    said = server.said()
    refused = [line.removeprefix("refused: ") for line in said if line.startswith("refused: ")]
    if not server.alive:
        return f"Their server ended with {server.process.returncode}: {' '.join(said[-1:])}"
    return refused[0] if refused else ""


_lock = Lock()
_own: list[Serving] = []


def own_server(env: Mapping[str, str]) -> Serving:
    """The server of this process, started by the first kernel that wants one, ended at exit.

    One that has died is replaced, in its folder: kernels that start again have their sockets there.
    """
    with _lock:
        if not _own or not _own[0].alive:
            died = _own.pop() if _own else None
            if died:
                died.wait()
                atexit.unregister(died.end)
            _own.append(Serving(LIBRARIES, env, died.folder if died else None))
            atexit.register(_own[0].end)
        return _own[0]


def short_folder(env: Mapping[str, str] | None = None) -> Path:
    """A fresh folder of mode 0700 whose path leaves room for the name of a socket.

    For a kernel that a server is to fork, below the server's folder: with that it is removed, even
    if the client is killed.
    """
    server = named(env or {})
    if server and server.parent.is_dir():
        return Path(tempfile.mkdtemp(prefix="k", dir=server.parent))
    usual = tempfile.gettempdir()
    short = usual if len(os.fsencode(usual)) < LONGEST_FOLDER else "/tmp"  # noqa: S108
    return Path(tempfile.mkdtemp(prefix="pp-", dir=short))
