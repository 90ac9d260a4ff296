"""The forked process: from a copy of the server to a kernel like any other."""

import gc
import os
import random
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec

from peerpack.kernels.process import adopt_orphans, die_with
from peerpack.kernels.request import Request, to_line

OBJECTS_BETWEEN_SEARCHES = 50_000
"""Python looks for unreachable objects so often as if a program were small: tables are not."""
PACKAGE = __name__.partition(".")[0]


def become(
    request: Request, client: socket.socket, fds: Sequence[int], keep: Sequence[str]
) -> None:
    """Be an ipykernel until it is told to end; `client` hears once its sockets are there.

    `keep` names the modules that were to be loaded: of this package no others stay, so that the
    notebook imports the code of today.
    """
    server = os.getppid()
    os.setsid()
    die_with(server)
    adopt_orphans()
    _take_streams(fds)
    _take_surroundings(request)
    _reseed()
    gc.set_threshold(OBJECTS_BETWEEN_SEARCHES)
    if not any(name.partition(".")[0] == PACKAGE for name in keep):
        _forget_package()
    _run(request.arguments, client)


def _take_streams(fds: Sequence[int]) -> None:
    """Standard input is empty, as it is for a cold kernel; output and errors are the client's."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for given, standard in zip((nothing, *fds), (0, 1, 2), strict=True):
        os.dup2(given, standard)
        os.close(given)


def _take_surroundings(request: Request) -> None:
    os.environ.clear()
    os.environ.update(request.env)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    time.tzset()
    tempfile.tempdir = None  # looked up again, for this environment
    os.umask(request.umask)
    os.chdir(request.cwd)


def _reseed() -> None:
    """Random numbers of its own: a copy would otherwise draw what its siblings draw."""
    random.seed()
    if drawing := sys.modules.get("numpy.random"):
        drawing.seed()


def _forget_package() -> None:
    for name in [each for each in sys.modules if each.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def _run(arguments: Sequence[str], client: socket.socket) -> None:
    from ipykernel.kernelapp import IPKernelApp

    launcher = find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), *arguments]
    # ipykernel read the environment when it was imported, which was in the server.
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(list(arguments))
    with client:
        client.setblocking(True)
        client.sendall(to_line({"ready": True}))
    app.start()
