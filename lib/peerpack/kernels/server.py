"""The server: loads the libraries, then forks a kernel for each request until its owner ends.

    python -m peerpack.kernels.server FD MODULE …

FD is a socket that listens in a folder of mode 0700, which is the server's own: it is removed at
the end, with the folders of kernels whose clients were killed. Standard input is the lifeline:
once it closes, every kernel is killed. The connection of a client is the lease of its kernel: once
it closes, that kernel is killed, with its children, those in other sessions too.
"""

import contextlib
import gc
import os
import selectors
import shutil
import signal
import socket
import struct
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path

from peerpack.kernels.libraries import read_in_folder, read_once, without_array_notes
from peerpack.kernels.process import adopt_orphans, children, lost_by_a_fork, resident_mb
from peerpack.kernels.request import LONGEST, Refused, Request, parsed, parsed_signal, to_line

LAST_WAIT_S = 5.0


@dataclass(eq=False)
class Lease:
    """One client: what it has sent so far, and its kernel once that is forked."""

    client: socket.socket
    sent: bytearray = field(default_factory=bytearray)
    fds: list[int] = field(default_factory=list)
    pid: int = 0

    def tell(self, **message: object) -> None:
        """Send a message; a client that has gone, or does not read, is not waited for."""
        with contextlib.suppress(OSError):
            self.client.send(to_line(message))

    def close(self) -> None:
        """Let go of the connection, and of what came over it."""
        self.client.close()
        for fd in self.fds:
            os.close(fd)
        self.fds.clear()


@dataclass(frozen=True)
class Born:
    """What the forked process begins with."""

    request: Request
    lease: Lease


class Server:
    """Forks kernels, reports their ends, and kills what they leave."""

    def __init__(self, listener: socket.socket, begun_with: Mapping[str, str], unfit: str) -> None:
        self.unfit = unfit  # why no kernel can be forked here, or nothing
        self.read_once = read_once(begun_with)
        self.folder = str(Path.cwd())
        self.added = {k: v for k, v in os.environ.items() if k not in begun_with}
        self.listener = listener
        self.kernels: dict[int, Lease] = {}
        self.ended: list[tuple[Lease, int]] = []
        self.wakes, self.wakened = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self.owner = os.pidfd_open(os.getppid())
        self.leases: set[Lease] = set()
        self.selector = selectors.DefaultSelector()
        for source in (listener, self.wakes, self.owner, sys.stdin):
            self.selector.register(source, selectors.EVENT_READ)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, _noted)
        signal.set_wakeup_fd(self.wakened)

    def serve(self) -> Born | None:
        """Serve until the owner ends; in a forked process, at once what it is to become."""
        while True:
            for key, _ in self.selector.select():
                match key.fileobj:
                    case self.listener:
                        self._accept()
                    case self.wakes:
                        if signal.SIGTERM in os.read(self.wakes, 4096):
                            return None
                        self._reap()
                    case self.owner | sys.stdin:
                        return None
                    case _:
                        born = self._hear(key.data)
                        if born:
                            return born

    def _accept(self) -> None:
        client, _ = self.listener.accept()
        client.setblocking(False)
        lease = Lease(client)
        if peer(client) != os.getuid():
            self._refuse(lease, "Another user.")
            return
        self.leases.add(lease)
        self.selector.register(client, selectors.EVENT_READ, lease)

    def _hear(self, lease: Lease) -> Born | None:
        """Take in what a client has sent; no more than one message of it is acted upon."""
        try:
            data, fds, _, _ = socket.recv_fds(lease.client, 65536, 16)
        except BlockingIOError:
            return None
        except OSError:
            data, fds = b"", []
        lease.fds += fds
        lease.sent += data
        if not data:
            self._leave(lease)
            return None
        try:
            return self._act(lease)
        except Refused as why:
            self._refuse(lease, str(why))
            return None

    def _act(self, lease: Lease) -> Born | None:
        if len(lease.sent) > LONGEST or len(lease.fds) > 2:
            raise Refused("More than a request can be.")
        while b"\n" in lease.sent:
            line, _, rest = bytes(lease.sent).partition(b"\n")
            lease.sent = bytearray(rest)
            if lease.pid:
                self._signal(lease.pid, parsed_signal(line))
            elif born := self._fork(lease, self._honoured(lease, line)):
                return born
        return None

    def _honoured(self, lease: Lease, line: bytes) -> Request:
        """The request, if a forked kernel would be what a new process would be."""
        if self.unfit:
            raise Refused(self.unfit)
        request = parsed(line)
        if len(lease.fds) != 2:
            raise Refused("Expected standard output and standard error.")
        asked = read_once(request.env)
        moved = sorted({name for name, _ in asked.items() ^ self.read_once.items()})
        if moved:
            raise Refused(f"{', '.join(moved)}: not as when the libraries were loaded.")
        if request.cwd != self.folder and read_in_folder(request.env, request.cwd):
            raise Refused("The folder it is to start in has a say in what is loaded.")
        return replace(request, env=self.added | request.env)

    def _fork(self, lease: Lease, request: Request) -> Born | None:
        pid = os.fork()
        if pid == 0:
            self._abandon(lease)
            return Born(request, lease)
        lease.pid = pid
        self.kernels[pid] = lease
        for fd in lease.fds:
            os.close(fd)
        lease.fds.clear()
        lease.tell(pid=pid)
        return None

    def _abandon(self, own: Lease) -> None:
        """In the forked process: nothing of the server's but the one connection."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self.selector.close()
        self.listener.close()
        for fd in (self.wakes, self.wakened, self.owner):
            os.close(fd)
        for lease in self.leases - {own}:
            lease.close()

    def _signal(self, pid: int, number: int) -> None:
        """Signal a kernel and what stands in its group; one that has ended is past hearing."""
        if pid not in self.kernels:
            return
        try:
            os.killpg(pid, number)
        except ProcessLookupError:  # forked so lately that it has no group yet
            os.kill(pid, number)

    def _refuse(self, lease: Lease, why: str) -> None:
        _say(f"refused: {why}")
        lease.tell(refused=why)
        self._leave(lease)

    def _leave(self, lease: Lease) -> None:
        """The lease is over: its kernel is killed."""
        self._signal(lease.pid, signal.SIGKILL)
        if lease in self.leases:
            self.leases.remove(lease)
            self.selector.unregister(lease.client)
        lease.close()

    def _reap(self) -> None:
        """Note every child that has ended, kill what ended kernels left, then report their ends.

        An end is reported only once nothing is left of any: a client that hears of it may rely on
        it. As each kernel adopts its own orphans, a stranger among the children comes from one
        that has ended.
        """
        while (child := _ended_child()) is not None:
            with contextlib.suppress(ProcessLookupError):
                # Before it is reaped: until then no other process can be given its number.
                os.killpg(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            if child in self.kernels:
                code = os.waitstatus_to_exitcode(status)
                self.ended.append((self.kernels.pop(child), code))
        strays = children() - set(self.kernels)
        for stray in strays:
            os.kill(stray, signal.SIGKILL)
        if not strays:
            for lease, code in self.ended:
                lease.tell(exit=code)
            self.ended.clear()

    def end(self) -> None:
        """Kill every kernel and wait for it, for five seconds at most; then remove the folder."""
        for pid in tuple(self.kernels):
            self._signal(pid, signal.SIGKILL)
        given_up = time.monotonic() + LAST_WAIT_S
        while children() and time.monotonic() < given_up:
            self._reap()
            time.sleep(0.002)
        folder = Path(self.listener.getsockname()).parent
        shutil.rmtree(folder, ignore_errors=True)


def peer(connection: socket.socket) -> int:
    """The user at the other end of a connection, as the system knows it."""
    size = struct.calcsize("3i")
    told = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    return int(struct.unpack("3i", told)[1])


def _ended_child() -> int | None:
    try:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None
    return ended.si_pid if ended else None


def _noted(number: int, frame: object) -> None:
    """Heard through the wakeup pipe."""


def _say(line: str) -> None:
    """A line for the log, which stands in the folder."""
    print(line, file=sys.stderr, flush=True)


def load(modules: Sequence[str]) -> None:
    """Import libraries, and compute nothing; one that cannot be is left to the kernel that asks."""
    begun = time.process_time()
    gc.disable()  # as libraries load, a tenth of the time goes into looking for what is not there
    with without_array_notes():
        for name in modules:
            try:
                import_module(name)
            except ImportError as fault:
                _say(f"not loaded: {name}: {fault}")
    # What is there now is never looked through again, so its pages stay shared with every kernel.
    gc.collect()
    gc.freeze()
    gc.enable()
    _say(f"loaded in {time.process_time() - begun:.1f} s, {resident_mb()} MB")


def main(arguments: Sequence[str]) -> None:
    """Load, serve, and either end as the server or go on as a kernel."""
    begun_with = dict(os.environ)
    listener = socket.socket(fileno=int(arguments[0]))
    adopt_orphans()
    load(arguments[1:])
    lost = lost_by_a_fork()
    unfit = f"Threads would be lost by a fork: {', '.join(lost)}." if lost else ""
    server = Server(listener, begun_with, unfit)
    born = server.serve()
    if born is None:
        server.end()
        os._exit(0)
    from peerpack.kernels.kernel import become

    become(born.request, born.lease.client, born.lease.fds, keep=arguments[1:])


if __name__ == "__main__":
    # The folder it was started in is no place to find libraries, as for ipykernel's launcher.
    if sys.path[0] in ("", str(Path.cwd())):
        del sys.path[0]
    main(sys.argv[1:])
