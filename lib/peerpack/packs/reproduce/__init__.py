"""Reproduce a pack: build it again from what its manifest records, and hold the bytes together."""

from peerpack.packs.reproduce.reproduce import Reproduction, refuse, reproduce
from peerpack.packs.reproduce.told import as_json, lines

__all__ = ["Reproduction", "as_json", "lines", "refuse", "reproduce"]
