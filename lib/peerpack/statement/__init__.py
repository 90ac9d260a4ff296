"""The position statement: text and a pack's records to a resolved statement, or to its faults."""

from peerpack.statement.markup import prose
from peerpack.statement.resolve import cited, statement

__all__ = ["cited", "prose", "statement"]
