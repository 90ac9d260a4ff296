"""Text as a spreadsheet may hold it: never as a formula."""

import re

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"[+-]£?[\d.,]+(%|m| ?[A-Za-z ]+)?\Z")


def inert(text: object) -> object:
    """A text that a spreadsheet would run, with an apostrophe before it; all else unchanged."""
    if isinstance(text, str) and _FORMULA.match(text) and not _PLAIN_NUMBER.match(text):
        return f"'{text}"
    return text
