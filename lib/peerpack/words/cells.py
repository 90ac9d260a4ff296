"""Text as a spreadsheet may hold it: never as a formula."""

import re

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_PLAIN_NUMBER = re.compile(r"[+-]£?[\d.,]+(%|m| ?[A-Za-z ]+)?\Z")


def inert(text: object) -> object:
    """A text that a spreadsheet would run, with an apostrophe before it; all else unchanged."""
    if isinstance(text, str) and _FORMULA.match(text) and not _PLAIN_NUMBER.match(text):
        return f"'{text}"
    return text


def visible(text: str) -> str:
    """A text with `�` for what no reader can see; its lines stay lines.

    That is controls, halves of characters, and marks that turn the words after them around.
    """
    return _UNSEEN.sub("�", text.replace("\r\n", "\n"))
