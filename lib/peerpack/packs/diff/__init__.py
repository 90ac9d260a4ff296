"""What is not the same in two packs, by how much, why, and in which rows."""

from peerpack.packs.diff.asked import opened, write_page
from peerpack.packs.diff.compare import difference

__all__ = ["difference", "opened", "write_page"]
