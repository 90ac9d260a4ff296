"""Text of others as a document may hold it: all of it to be seen, none of it obeyed."""

import re
from typing import Any

from markupsafe import Markup

from peerpack.render.seen import seen

LONGEST_WORD = 30
LONGEST_NAME = 80
PIECE = 5
"""So many letters of a long word stay together: they fit the narrowest column."""
_BREAK = "\u200b"
_PIECE = re.compile(rf".{{1,{PIECE}}}")
_LONG_WORD = re.compile(rf"(?![0-9a-f]{{64}}(?!\S))\S{{{LONGEST_WORD + 1},}}")


def harmless(said: Any) -> Any:
    """A text whose unseen signs are shown as � and whose long words may break; all else unchanged.

    A mark of direction could turn the sentence around it; a control or an unassigned sign is
    refused by Word, and by the PDF that is accessible to all. A sha256 stays whole, to be copied.
    """
    if not isinstance(said, str) or isinstance(said, Markup):
        return said
    return _LONG_WORD.sub(lambda word: _BREAK.join(_PIECE.findall(word[0])), seen(said))


def short(name: str) -> str:
    """A name for the head of every page: its first letters, where it is longer than a line."""
    text = " ".join(name.split())
    return harmless(text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME].rstrip()}…")
