"""The recorder: what a notebook may show, and the one output by which it says so."""

from peerpack.records.recorder import Recorder

__all__ = ["Recorder"]
