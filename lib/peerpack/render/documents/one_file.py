"""The whole site as one HTML file, for e-mail: no file beside it, no request, links within it.

Made of the site's own pages: each becomes a section, its headings a level lower, its ids its own.
A chart stands where it is first met and is linked to from there on. Search and the files of the
pack stay behind: a browser finds words in a page by itself, and there is no pack beside a mail.
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from posixpath import dirname, join, normpath

from markupsafe import Markup

from peerpack.catalogue.branding import Branding
from peerpack.errors import OurFault
from peerpack.handover.pack import PackContents
from peerpack.render import places
from peerpack.render.documents.making import Making
from peerpack.render.site import site
from peerpack.render.site.assets import own, style
from peerpack.render.site.page import Site
from peerpack.render.templating import rendered, templates
from peerpack.words.numbers import day_in_full, quarter_in_full

TEMPLATE = "documents/one_file.html.j2"
_PARTS = re.compile(r'<div class="wide head">(.*?)</div>\n</header>.*<main[^>]*>(.*)</main>', re.S)
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)
_FIGURE = re.compile(r'<figure\b[^>]*\bid="([^"]+)".*?</figure>', re.S)
_CHART = re.compile(r'<p class="chart-title"[^>]*>(.*?)</p>', re.S)
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.S)
_HEADING = re.compile(r"(</?h)([1-5])\b")
_TAG = re.compile(r"<[a-zA-Z][a-zA-Z0-9]*\s[^>]*>")
_NAMING = re.compile(
    r'(\b(?:id|for|popovertarget|href|aria-(?:labelledby|describedby|controls))=")([^"]*)(")'
)
_ID = re.compile(r'\bid="([^"]+)"')
_OUTSIDE = re.compile(r"[a-z]+:")


@dataclass(frozen=True)
class Section:
    """A page of the site as a part of the one file."""

    id: str
    title: Markup
    body: Markup


def warm(_: Branding | None) -> None:
    """Compile the template of the one file."""
    templates().get_template(TEMPLATE)


def making(whole: Site) -> Making:
    """The one file. Same contents, same bytes."""
    contents, drawn = whole.contents, site(whole)
    name = f"{contents.council.slug}-{contents.quarter}-pack.html"
    yield name, partial(_made, contents, drawn)


def _made(contents: PackContents, drawn: Mapping[str, bytes]) -> bytes:
    pages = {path: page.decode("utf-8") for path, page in drawn.items() if _is_told(path)}
    return _whole(contents, tuple(_sections(pages)))


def _is_told(path: str) -> bool:
    return path.endswith(".html") and path != places.SEARCH


def _whole(contents: PackContents, sections: tuple[Section, ...]) -> bytes:
    look = contents.branding
    css, script = style(look).decode("utf-8"), own("site.js").decode("utf-8")
    return rendered(
        TEMPLATE,
        policy=_policy(css, script),
        css=Markup(css),  # noqa: S704 - a file of ours, and two colours
        script=Markup(script),  # noqa: S704 - a file of ours
        crest=_crest(look),
        council_name=look.name if look else contents.council.name,
        invented=contents.council.invented,
        quarter=contents.quarter,
        period=quarter_in_full(contents.quarter),
        as_at=day_in_full(contents.as_at),
        sections=sections,
    )


def _policy(css: str, script: str) -> str:
    """What the file may do: look as its own style says and run its own script, nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(css)}'; script-src '{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _crest(look: Branding | None) -> str:
    if not look or not look.crest:
        return ""
    kind = "svg+xml" if look.crest_file.endswith("svg") else "png"
    return f"data:image/{kind};base64,{base64.b64encode(look.crest).decode()}"


def _sections(pages: Mapping[str, str]) -> Iterator[Section]:
    """The pages in their order. Their tags are the templates' own: text holds no `<`."""
    met: set[str] = set()
    for path, page in pages.items():
        parts = _PARTS.search(page)
        if parts is None:
            raise OurFault(f"{path} has no head and main part, so that it fits into no one file.")
        body = _charts_once("".join(parts.groups()), met)
        title = _TITLE.search(parts[1])
        words = _Words(path, frozenset(pages), frozenset(met))
        # Markup is right here: the pages were escaped when they were made.
        yield Section(_id_of(path), Markup(title[1] if title else path), words.told(body))  # noqa: S704


def _charts_once(body: str, met: set[str]) -> str:
    """A page's body in which a chart that was met before is a link to it; adds to `met`."""

    def once(found: re.Match[str]) -> str:
        if found[1] in met:
            title = _CHART.search(found[0])
            return f'<p>Chart: <a href="#{found[1]}">{title[1] if title else found[1]}</a></p>'
        met.update(_ID.findall(found[0]))
        return found[0]

    return _FIGURE.sub(once, body)


@dataclass(frozen=True)
class _Words:
    """How a page's tags read in the one file; `whole`: the ids that are of the whole pack."""

    path: str
    pages: frozenset[str]
    whole: frozenset[str]

    def told(self, body: str) -> Markup:
        """A page's body with headings a level lower, its own ids, and links within the file."""
        linked = _HEADING.sub(_lower, _LINK.sub(self._link, body))
        return Markup(_TAG.sub(self._tag, linked))  # noqa: S704 - tags alone are changed

    def _link(self, found: re.Match[str]) -> str:
        """A link to what is in the file, or outside; of what is neither its words alone."""
        outside = _OUTSIDE.match(found[1])
        return found[0] if outside or self._page_of(found[1]) in self.pages else found[2]

    def _tag(self, found: re.Match[str]) -> str:
        return _NAMING.sub(self._naming, found[0])

    def _naming(self, found: re.Match[str]) -> str:
        before, value, after = found.groups()
        if not before.startswith("href"):
            own = " ".join(self._renamed(id_, self.path) for id_ in value.split())
            return f"{before}{own}{after}"
        return found[0] if _OUTSIDE.match(value) else f"{before}#{self._aim(value)}{after}"

    def _aim(self, href: str) -> str:
        page, fragment = self._page_of(href), href.partition("#")[2]
        return self._renamed(fragment, page) if fragment else _id_of(page)

    def _page_of(self, href: str) -> str:
        """The page of the site that a link leads to, by its path in the pack."""
        page = href.partition("#")[0]
        return normpath(join(dirname(self.path), page)) if page else self.path

    def _renamed(self, id_: str, page: str) -> str:
        """An id in the one file: its page stands before it, unless it is of the whole pack."""
        at_home = id_.startswith("e-") and places.place_of_anchor(id_).partition("#")[0] == page
        kept = at_home or id_.startswith("shape-") or id_ in self.whole
        return id_ if kept else f"{_id_of(page)}--{id_}"


def _lower(heading: re.Match[str]) -> str:
    return f"{heading[1]}{int(heading[2]) + 1}"


def _id_of(path: str) -> str:
    return f"p-{path.removesuffix('.html').replace('/', '-')}"
