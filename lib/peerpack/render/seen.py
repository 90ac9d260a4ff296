"""What of a text may a reader not see? Signs that turn, end or hide it are shown as �."""

import unicodedata

_UNSEEN = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
_DIRECTIONS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


def seen(text: str) -> str:
    """A text with � for each sign that no reader can see; its lines and tabs stay."""
    return "\n".join(map(_line, text.split("\n")))


def _line(text: str) -> str:
    return text if text.isprintable() else "".join(map(_letter, text))


def _letter(letter: str) -> str:
    if letter == "\t":
        return letter
    unseen = letter in _DIRECTIONS or unicodedata.category(letter) in _UNSEEN
    return "�" if unseen else letter
