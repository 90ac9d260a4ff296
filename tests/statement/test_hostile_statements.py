"""A statement is hostile until parsed: no HTML, no link elsewhere, no value read as markup."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpack import render
from peerpack.catalogue.places import reference_folder
from peerpack.errors import StatementRefused
from peerpack.handover.statement import FILE, Statement
from peerpack.render.statement import markdown
from peerpack.statement import statement
from peerpack.statement.markup import parsed, pieces_of

MARKUP = "<script>alert(1)</script>**x** [y](javascript:z) | # {{ KF17 }} & `c` _u_\n- 1. <b>"
WORDS = st.text(alphabet="abc xyz,.;:'()!?*_`~#>-+=|[]\\&/", max_size=60)


class Page(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.links, self.text, self._in_main = [], [], "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self._in_main |= tag == "main"
        if self._in_main:
            self.tags.append(tag)
            self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        self._in_main &= tag != "main"

    def handle_data(self, data):
        self.text += data if self._in_main else ""


def pages(text, contents, own=True):
    made = statement(text.encode(), contents, own=own)
    return {name: bytes(page).decode() for name, page in
            render.pages(replace(contents, statement=made)).items()}  # fmt: skip


REFUSED = {
    "<b>Bold</b> words": "HTML is not read",
    "<!-- a note -->": "HTML is not read",
    "<script src=x>": "HTML is not read",
    "<?php ?>": "HTML is not read",
    "[x](javascript:alert)": "a link may lead to https:// or to an anchor",
    "[x](http://example.org)": "a link may lead to https://",
    "[x](//example.org)": "a link may lead to https://",
    "[x](data:text/html,x)": "a link may lead to https://",
    "![x](file:///etc/passwd)": "a link may lead to https://",
    "[x](../secret.html)": "a link may lead to https://",
    "[x](#e-KF71)": "no such anchor in this pack",
    "eight\u200bsix": "U+200B",
    "six\u202eeight": "U+202E",
    "six&#x200B;eight": "U+200B",
}


@pytest.mark.parametrize("text", REFUSED)
def test_markup_that_is_not_read_stops_the_build(text, faults):
    assert REFUSED[text] in "\n".join(faults(text))


def test_links_lead_outside_by_https_and_to_anchors_of_the_pack(draw):
    page = Page(pages("[plan](https://example.org/a?b=1&c) and [tax](#e-KF17)", draw.pack())
                ["position-statement.html"])  # fmt: skip
    assert page.links == [
        "index.html",
        "https://example.org/a?b=1&c",
        "indicators/KF17.html#e-KF17",
    ]


def test_a_value_with_markup_never_becomes_markup(draw):
    rows = [draw.row("KF17", 86.0, MARKUP, title=MARKUP)]
    told = [each.model_copy(update={"text": MARKUP}) for each in draw.findings]
    pack = draw.pack(rows=rows, findings=tuple(told))
    text = "{{ KF17 }} in *{{ KF17.display }}* or {{ finding:savings }}\n\n{{ findings:T4 }}\n\n" \
           "| {{ KF17 }} |\n|---|\n| {{ KF17 }} |"  # fmt: skip
    made = pages(text, pack)
    page = Page(made["position-statement.html"])
    assert set(page.tags) <= {
        "main", "p", "a", "em", "ul", "li", "div", "table", "caption", "thead", "tr", "th",
        "tbody", "td",
    }  # fmt: skip
    assert {link.partition("#")[0] for link in page.links} == {"index.html", "indicators/KF17.html"}
    assert page.text.count("<script>alert(1)</script>**x**") == 7
    again, _ = parsed(made[FILE])
    assert not [
        p for p in pieces_of(again) if p.href and not p.href.startswith("indicators/KF17.html#")
    ]
    assert not [piece for piece in pieces_of(again) if piece.is_reference]


@given(words=WORDS)
@settings(max_examples=40)
def test_text_without_numbers_references_and_claim_words_is_never_refused(words, drawn_pack):
    assert isinstance(statement(f"{words}\n".encode(), drawn_pack), Statement)


@given(lines=st.lists(WORDS, max_size=4))
@settings(max_examples=40)
def test_the_markdown_of_a_pack_reads_as_its_page_does(lines, drawn_pack):
    first = markdown(statement("\n\n".join(lines).encode(), drawn_pack).blocks)
    assert markdown(statement(first.encode(), drawn_pack).blocks) == first


@given(written=st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
@settings(max_examples=40)
def test_whatever_a_file_holds_it_is_resolved_or_refused(written, drawn_pack):
    try:
        assert isinstance(statement(written, drawn_pack), Statement)
    except StatementRefused as stop:
        assert str(stop).startswith("position-statement.md: ")


def test_text_that_is_not_utf_8_is_refused_with_its_line(draw):
    with pytest.raises(StatementRefused, match="line 2: “”: not UTF-8"):
        statement("All well.\nCaf\xe9.".encode("latin-1"), draw.pack())


def test_a_very_long_statement_is_refused_before_it_is_read(draw):
    with pytest.raises(StatementRefused, match="longer than 100,000 characters"):
        statement(b"- " * 100_001, draw.pack())


@pytest.mark.parametrize("words", ["rose ", "7 ", "above the median "])
def test_a_very_long_paragraph_is_refused_and_not_weighed_word_by_word(words, faults):
    assert "over 4,000 characters. Part it" in faults(words * 2100)[-1]


def test_the_default_resolves_against_any_pack_and_says_that_nobody_wrote_it(draw):
    text = (reference_folder() / FILE).read_text(encoding="utf-8")
    full = pages(text, draw.pack(), own=False)
    empty = pages(text, draw.pack(rows=(), findings=(), withheld=()), own=False)
    for made in (full, empty):
        page = Page(made["position-statement.html"])
        assert "Nobody at the council wrote this." in page.text
        assert "nobody at the council has written one" in made["index.html"]
    assert Page(empty["position-statement.html"]).text.count("No evidence was supplied for") == 5
    assert "£5m of savings were made." in Page(full["position-statement.html"]).text


def test_headings_lists_and_tables_are_marked_up_for_everyone(draw):
    text = "# One\n\n## Two\n\n3. a\n4. b\n\n| x | y |\n|---|---|\n| {{ KF17 }} | z |"
    page = pages(text, draw.pack())["position-statement.html"]
    found = Page(page)
    assert [tag for tag in found.tags if re.fullmatch("h[1-6]", tag)] == ["h2", "h3"]
    assert 'start="3">' in page
    assert "<caption>Two</caption>" in page
    assert page.count('<th scope="col">') == 2
    assert page.count('<th scope="row">') == 1
    assert "Nobody at the council" not in found.text
