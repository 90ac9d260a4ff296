"""Text of others as it may stand: in a spreadsheet never as a formula, on a page all of it seen."""

import re
import unicodedata

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"[+-]£?[\d.,]+(%|m| ?[A-Za-z ]+)?\Z")

_UNSEEN = ("Cc", "Cf", "Co", "Cn")


def is_unseen(character: str) -> bool:
    """Whether nobody sees it, or it turns the order of what stands around it; a tab is seen."""
    return unicodedata.category(character) in _UNSEEN and character != "\t"


def visible(text: str) -> str:
    """A text in which a character that nobody sees shows as `�`; lines stay lines."""
    return "".join("�" if is_unseen(c) and c != "\n" else c for c in text)


def inert(text: object) -> object:
    """A text that a spreadsheet would run, with an apostrophe before it; all else unchanged."""
    if isinstance(text, str) and _FORMULA.match(text) and not _PLAIN_NUMBER.match(text):
        return f"'{text}"
    return text
