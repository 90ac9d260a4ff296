"""Kernels with the libraries already loaded: a server forks one real ipykernel for each request.

One clean process a notebook, as a cold kernel is, but started in a tenth of a second. It knows
nothing of the rest of the package, and imports jupyter_client and ipykernel only where they are
used.
"""

from peerpack.kernels.owner import COLD, KERNELS, Serving, cold_because, serving, short_folder
from peerpack.kernels.spec import SPEC, install, wrong_with_spec

__all__ = [
    "COLD",
    "KERNELS",
    "SPEC",
    "Serving",
    "cold_because",
    "install",
    "serving",
    "short_folder",
    "wrong_with_spec",
]
