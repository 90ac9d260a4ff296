"""A client that is ready as soon as its kernel is."""

import math
import time
from queue import Empty

from jupyter_client.asynchronous import AsyncKernelClient


class PromptClient(AsyncKernelClient):
    """Jupyter's client, but for a wait of a fifth of a second before the first cell."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and is heard to be idle; raises RuntimeError.

        Jupyter's own then listens until nothing has been said for a while. Not needed: what is
        said in answer to another request is told apart by that request.
        """
        given_up = math.inf if timeout is None else time.monotonic() + timeout
        while not await self._answers():
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > given_up:
                raise RuntimeError(f"Kernel didn't respond in {timeout:.0f} seconds")

    async def _answers(self) -> bool:
        """Whether a question is answered on both channels within a second or so."""
        asked = self.kernel_info()
        try:
            await self.shell_channel.get_msg(timeout=1)
            while True:
                said = await self.iopub_channel.get_msg(timeout=0.2)
                idle = said["content"].get("execution_state") == "idle"
                if idle and said["parent_header"].get("msg_id") == asked:
                    return True
        except Empty:
            return False
