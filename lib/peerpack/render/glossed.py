"""Which words of a page lead to the glossary? The first use of each, in prose and nowhere else."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser

from markupsafe import Markup, escape

from peerpack.catalogue.models import Term

_WORD = re.compile(r"\w+", re.ASCII)
_NO_PROSE = frozenset(
    ("a", "button", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "th", "caption",
     "script", "style", "svg", "kbd", "samp", "abbr", "label", "dt")
)  # fmt: skip
_AS_IT_STANDS = frozenset(("script", "style"))
_NO_END = frozenset(("br", "hr", "img", "wbr", "col"))
_Known = dict[str, list[tuple[re.Pattern[str], str]]]


class Glossed:
    """Links the first use of each word of a glossary on one page. Its state is that page's.

    `page`: the link from the page being made to the glossary's.
    """

    def __init__(self, glossary: tuple[Term, ...], page: str = "glossary.html") -> None:
        self._known = _by_first_word(glossary)
        self._page = page
        self._linked: set[str] = set()

    def __call__(self, text: str) -> Markup:
        """A text with its links: plain text is escaped, Markup keeps its tags.

        In Markup nothing is linked inside a link, a button, a heading, a table's headings or code.
        """
        if isinstance(text, Markup):
            return _InMarkup(self).linked(text)
        return Markup("").join(self._parts(str(text)))

    @property
    def used(self) -> frozenset[str]:
        """The ids of the words that are linked so far."""
        return frozenset(self._linked)

    def _parts(self, text: str) -> Iterator[Markup]:
        at = 0
        for word in _WORD.finditer(text):
            found = self._at(text, word) if word.start() >= at else None
            if found is None:
                continue
            end, term = found
            if term not in self._linked:
                self._linked.add(term)
                yield escape(text[at : word.start()])
                yield self._link(term, text[word.start() : end])
            else:
                yield escape(text[at:end])
            at = end
        yield escape(text[at:])

    def _at(self, text: str, word: re.Match[str]) -> tuple[int, str] | None:
        """The longest form that begins at a word: where it ends, and its term."""
        for form, term in self._known.get(word[0].casefold(), ()):
            found = form.match(text, word.start())
            if found:
                return found.end(), term
        return None

    def _link(self, term: str, words: str) -> Markup:
        return Markup('<a class="term" href="{}#{}">{}</a>').format(self._page, term, words)


@lru_cache(maxsize=4)
def _by_first_word(glossary: tuple[Term, ...]) -> _Known:
    """The forms of jargon by their first word, the longest first."""
    forms = [(form, each.id) for each in glossary if each.jargon for form in each.spellings]
    known: _Known = {}
    for form, term in sorted(forms, key=lambda pair: (-len(pair[0]), pair)):
        first = _WORD.search(form)
        if first and form[0].isalnum():
            known.setdefault(first[0].casefold(), []).append((_pattern(form), term))
    return known


def _pattern(form: str) -> re.Pattern[str]:
    """A form as whole words, over a line's end too; one in capitals is met only in capitals."""
    spelt = r"\s+".join(map(re.escape, form.split())).replace("'", "['’]")
    case = 0 if form.isupper() else re.IGNORECASE
    return re.compile(rf"(?<![\w./-]){spelt}(?![\w/]|[.-]\w)", case)


class _InMarkup(HTMLParser):
    """Walks Markup and links the words of its prose; its tags pass as they are."""

    def __init__(self, glossed: Glossed) -> None:
        super().__init__(convert_charrefs=True)
        self._glossed, self._made, self._open = glossed, list[str](), list[str]()

    def linked(self, text: Markup) -> Markup:
        self.feed(str(text))
        self.close()
        return Markup("".join(self._made))  # noqa: S704 - its tags are Markup's own, its text escaped

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as they stand
        self._made.append(self.get_starttag_text() or "")
        if tag not in _NO_END:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - as it stands
        self._made.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._made.append(f"</{tag}>")
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in _AS_IT_STANDS:
            self._made.append(data)
        else:
            prose = _NO_PROSE.isdisjoint(self._open)
            self._made.append(str(self._glossed(data) if prose else escape(data)))

    def handle_comment(self, data: str) -> None:
        """A comment says nothing to a reader."""
