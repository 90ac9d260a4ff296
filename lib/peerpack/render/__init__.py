"""Pages from the records of a pack: arranged, spelt out and escaped. Computes no value."""

from peerpack.render.page import pages, status_page

__all__ = ["pages", "status_page"]
