"""Kernels of a server that has loaded little, and cold ones, started as Jupyter starts them."""

import ast
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
from jupyter_client.manager import KernelManager

from peerpack.kernels.owner import COLD, KERNELS
from peerpack.kernels.provisioner import WarmProvisioner

HERE = Path(__file__).parent
PATHS = (str(HERE), *(str(Path(p).resolve()) for p in sys.path if p.endswith("lib")))
ENV = os.environ | {"PYTHONPATH": os.pathsep.join(PATHS)}
COLD_ONE = {KERNELS: COLD}
LITTLE = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "numpy.random")


class Kernel:
    """A started kernel: `shows(code)` is the value of the last line, `run(code)` all messages."""

    def __init__(self, manager):
        self.manager = manager
        self.connect()

    def connect(self):
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, code):
        said = []
        reply = self.client.execute_interactive(code, timeout=60, output_hook=said.append)
        return reply["content"], [each["content"] for each in said]

    def shows(self, code):
        reply, said = self.run(code)
        assert reply["status"] == "ok", reply
        return ast.literal_eval(next(s["data"]["text/plain"] for s in said if "data" in s))

    @property
    def cold(self):
        return self.manager.provisioner.cold


@contextmanager
def started(found=COLD_ONE, env=ENV, **launched):
    """A kernel as Jupyter starts it, `launched` as for `start_kernel`.

    `found`: what of its environment names a server; nothing, for the server of this process.
    """
    manager = KernelManager(kernel_name="python3")
    manager.provisioner = WarmProvisioner(kernel_spec=manager.kernel_spec, parent=manager)
    manager.start_kernel(env={**env, **found}, **launched)
    kernel = Kernel(manager)
    try:
        yield kernel
    finally:
        kernel.client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.context.term()


def gone(*pids, within=10.0):
    """Whether none of these processes runs, after a while at most."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not any(psutil.pid_exists(p) and alive(p) for p in pids):
            return True
        time.sleep(0.02)
    return False


def alive(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
