"""The position statement: text and a pack's records to a resolved statement, or to its faults."""

from peerpack.statement.resolve import FILE, statement

__all__ = ["FILE", "statement"]
