"""Every command, listed by `--help` in the order in which they are imported here."""

# isort: off
from peerpack.cli import build, reproduce, export, trace, diff, review, audit  # noqa: F401
from peerpack.cli import statement, begin  # noqa: F401
from peerpack.cli.app import app

# isort: on
__all__ = ["app"]
