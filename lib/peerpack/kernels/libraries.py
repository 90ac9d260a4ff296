"""What a server loads before it forks, and what only a process that starts anew can honour.

Measured: none of these leaves a thread behind that a fork would lose. polars, svy and Great
Expectations do, and matplotlib's inline backend must find the shell of its own kernel, so they
are loaded by the kernel that needs them.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

LIBRARIES = (
    "IPython.core.completer",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "debugpy.server",
    "ipykernel.debugger",
    "numpy",
    "pandas",
    "pandas.core.arrays.arrow.extension_types",
    "pandas.io.formats.csvs",
    "pandas.io.formats.string",
    "pandas.io.formats.style",
    "pyarrow.dataset",
    "pyarrow.ipc",
    "pyarrow.parquet",
    "pydantic",
    "yaml",
    "scipy.stats",
    "matplotlib.patheffects",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "seaborn",
    "pytest",
)
NEVER = ("polars", "svy", "great_expectations", "matplotlib_inline.backend_inline")

MPLBACKEND = "module://matplotlib_inline.backend_inline"
"""What a kernel itself sets where nothing is set; libraries read it as they are imported."""


def with_backend(env: Mapping[str, str]) -> dict[str, str]:
    """An environment with the backend that a kernel would set for itself."""
    return {"MPLBACKEND": MPLBACKEND, **env}


_READ_ONCE = (
    "ARROW_", "DEBUGPY_", "GLIBC_", "JE_", "LANG", "LC_", "LD_", "MALLOC_", "MATPLOTLIB", "MKL_",
    "MPL", "NPY_", "NUMEXPR_", "OMP_", "OPENBLAS_", "PANDAS_", "PYDANTIC_", "PYDEVD_", "PYTHON",
    "SCIPY_", "XDG_",
)  # fmt: skip
_READ_ONCE_WHOLE = ("HOME",)


def read_once(env: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment that an interpreter or a library reads once, as it starts."""
    return {
        name: value
        for name, value in env.items()
        if name.startswith(_READ_ONCE) or name in _READ_ONCE_WHOLE
    }


def read_in_folder(env: Mapping[str, str], folder: str) -> bool:
    """Whether a process would load something else, or otherwise, because it starts in a folder."""
    paths = env.get("PYTHONPATH", "").split(os.pathsep)
    relative = any(path and not Path(path).is_absolute() for path in paths)
    return relative or Path(folder, "matplotlibrc").exists()


@contextmanager
def without_array_notes() -> Iterator[None]:
    """Load SciPy without the note on other array libraries that it writes into 300 docstrings.

    That is a third of a second of each start, and touches no function.
    """
    try:
        from scipy._lib import _array_api as notes

        writes = notes.xp_capabilities
    except (ImportError, AttributeError):
        yield
        return
    notes.xp_capabilities = lambda **_: lambda function: function
    try:
        yield
    finally:
        notes.xp_capabilities = writes
