"""Words a person types; errors to exit codes and one readable paragraph.

A file per command or few, each of which only says its words and calls what does the work. They are
listed by `--help` in the order in which they are imported here.
"""

# isort: off
from peerpack.cli import build, reproduce, export, trace, diff, review, audit  # noqa: F401
from peerpack.cli import statement, begin  # noqa: F401
from peerpack.cli.app import app, main

# isort: on
__all__ = ["app", "main"]
