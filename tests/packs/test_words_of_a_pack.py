"""The words of built pages: who meets a word of ours for the first time is led to what it means."""

from html.parser import HTMLParser

from peerpack.catalogue.load import glossary
from peerpack.render.glossed import Glossed

PROSE = {"p", "li", "dd"}
NO_PROSE = {
    "a", "abbr", "button", "caption", "code", "details", "dt", "figcaption", "footer", "h1", "h2",
    "h3", "h4", "header", "nav", "script", "small", "style", "svg", "td", "th", "title",
}  # fmt: skip
NO_SENTENCE = {"as-supplied", "chart-title", "hash", "hidden", "id", "refs"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta"}
WORDLESS = {"glossary.html", "search.html"}
"""The glossary itself, and the list of everything, which is names and links."""


class Prose(HTMLParser):
    """The sentences of a page, outside headings, tables, links and evidence cards; its links."""

    def __init__(self, html):
        super().__init__()
        self.open, self.sentences, self.led_to = [], [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        classes = set((said.get("class") or "").split())
        if "term" in classes:
            self.led_to.add(said["href"].partition("#")[2])
        if tag not in VOID:
            silent = tag in NO_PROSE or "popover" in said or not NO_SENTENCE.isdisjoint(classes)
            self.open.append((tag, silent))

    def handle_startendtag(self, tag, attrs):
        """A drawing's parts say nothing."""

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        silent = any(silent for _, silent in self.open)
        if not silent and not PROSE.isdisjoint(tag for tag, _ in self.open):
            self.sentences.append(data)


def not_led_to(page):
    """The words of the glossary that stand in a page's sentences and lead nowhere."""
    prose, met = Prose(page), Glossed(glossary())
    found = "".join(str(met(sentence)) for sentence in prose.sentences)
    return sorted(Prose(found).led_to - prose.led_to)


def test_a_word_without_a_link_is_found_in_prose_and_nowhere_else():
    assert not_led_to("<p>The median</p>") == ["median"]
    assert not_led_to('<p>The <a class="term" href="../glossary.html#median">median</a></p>') == []
    for quiet in ("<h2>Median</h2>", "<li><a>Median</a></li>", "<div popover><p>Median</p></div>",
                  '<p class="as-supplied">Median</p>'):  # fmt: skip
        assert not_led_to(quiet) == []


def test_on_every_page_each_word_of_the_glossary_is_led_to_where_it_stands(northborough):
    pages = [p for p in northborough.rglob("*.html") if p.name not in WORDLESS]
    pages = [p for p in pages if p.parent.name != "documents"]
    lost = {p.name: not_led_to(p.read_text(encoding="utf-8")) for p in pages}
    assert len(pages) > 20
    assert {name: words for name, words in lost.items() if words} == {}
