"""Who took a step, and what of a person's typing may enter a log, a page or a terminal."""

import re
import unicodedata
from dataclasses import dataclass

NAME_LENGTH = 100
TEXT_LENGTH = 1000
_WRITTEN = re.compile(r"(?P<name>[^<>]+) <(?P<mail>[^<>\s]+)>\Z")
_MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9][A-Za-z0-9.-]*\Z")
# Controls and line ends break a terminal or a log; format characters turn the order of letters.
_REFUSED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def one_line(text: str, longest: int = TEXT_LENGTH) -> str:
    """The text, if it is words on one line; else a ValueError that says what is wrong with it."""
    if not text.strip():
        raise ValueError("is empty")
    if text != text.strip():
        raise ValueError("begins or ends with a space")
    if len(text) > longest:
        raise ValueError(f"has {len(text):,} characters, {longest:,} are allowed")
    strange = sorted({f"U+{ord(c):04X}" for c in text if unicodedata.category(c) in _REFUSED})
    if strange:
        raise ValueError(f"holds characters that cannot be seen or end a line: {strange[0]}")
    return text


@dataclass(frozen=True)
class Person:
    """A name and an e-mail address, as `Ann Analyst <ann@example.gov.uk>`."""

    name: str
    mail: str

    @classmethod
    def parse(cls, text: str) -> "Person":
        """Read `Name <mail>`; a ValueError says what is wrong."""
        found = _WRITTEN.match(one_line(text, 2 * NAME_LENGTH))
        if not found or not _MAIL.match(found["mail"]):
            raise ValueError("is not a name and an address, such as Ann Analyst <ann@example.org>")
        one_line(found["name"], NAME_LENGTH)
        return cls(found["name"], one_line(found["mail"], NAME_LENGTH))

    def __str__(self) -> str:
        return f"{self.name} <{self.mail}>"

    @property
    def marks(self) -> frozenset[str]:
        """What tells this person from another: the name, and the mailbox, however typed."""
        box, _, host = self.mail.casefold().partition("@")
        letters = unicodedata.normalize("NFKC", self.name).casefold()
        return frozenset(
            {f"name {''.join(letters.split())}", f"mail {box.partition('+')[0]}@{host}"}
        )
