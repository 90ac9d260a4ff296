"""What a page must be that no general checker asks: each rule gives the faults of pages, in words.

A page is its parsed HTML (lxml). A site is its folder, and its pages by path within it.
"""

import re
from collections import Counter
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from lxml import html

POLICY = {
    "default-src": "'none'", "style-src": "'self'", "script-src": "'self'",
    "img-src": "'self' data:", "base-uri": "'none'", "form-action": "'self'",
}  # fmt: skip
HEAVIEST_FIRST_PAGE = 300_000
_PLACEHOLDER = re.compile(r"no description|^(chart|figure|image|plot|graph)\W*$", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_NOTHING = re.compile(r"no \w+ can be shown")
_REFERS = ("popovertarget", "aria-labelledby", "aria-describedby", "aria-controls", "for", "list")


def pages_of(folder):
    """The pages of a pack by path, without its documents."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return {
        path: html.document_fromstring((folder / path).read_bytes())
        for path in paths
        if not path.startswith("documents/")
    }


def words(element):
    return " ".join(element.text_content().split())


def wordless_charts(page):
    """Charts whose description does not say what is seen, from which value to which.

    A picture with an empty alternative is an ornament, such as the crest beside the council's name.
    """
    drawings = page.xpath("//*[local-name()='svg'][@role='img'] | //img[not(@alt='')]")
    return [f"{title}: {said}" for title, said in map(_told, drawings) if not _tells(title, said)]


def _told(drawing):
    if drawing.tag == "img":
        return drawing.get("title", ""), drawing.get("alt") or ""
    return drawing.findtext("title") or "", drawing.findtext("desc") or ""


def _tells(title, said):
    enough = len(set(_NUMBER.findall(said))) > 1 or _NOTHING.search(said)
    return bool(enough) and said.strip() != title.strip() and not _PLACEHOLDER.search(said)


def charts_without_numbers(page):
    """Charts with no table of their numbers and no file of them beside the drawing."""
    return [
        words(figure)[:80]
        for figure in page.xpath("//figure[.//*[local-name()='svg'][@role='img']]")
        if not figure.xpath(".//table") or not figure.xpath(".//a[contains(@href, '.csv')]")
    ]


def unheaded_tables(page):
    """Tables without a caption, or whose heads do not say which cells they head."""
    return [f"{said}: {words(t)[:60]}" for t in page.iter("table") if (said := _lacks(t))]


def _lacks(table):
    heads = list(table.iter("th"))
    if not words(next(table.iter("caption"), html.Element("caption"))):
        return "no caption"
    if any(head.get("scope") not in ("col", "row", "colgroup", "rowgroup") for head in heads):
        return "a head without scope"
    if not any(head.get("scope") == "col" and words(head) for head in heads):
        return "no column head"
    if table.xpath(".//tbody/tr[not(th[@scope='row' or @scope='rowgroup'])]"):
        return "a row without a head"
    return ""


def misordered_headings(page):
    """More or fewer than one h1, or a level that is skipped on the way down."""
    levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    skips = [b for a, b in zip([0, *levels], levels, strict=False) if b > a + 1]
    return [f"levels {levels}"] if levels.count(1) != 1 or skips else []


def nameless(page):
    """A page without language, title or a first heading."""
    named = {
        "lang": page.get("lang"),
        "title": page.findtext("head/title"),
        "h1": "".join(map(words, page.iter("h1"))),
    }
    return [name for name, said in named.items() if not (said or "").strip()]


def colour_alone(page):
    """Badges that say nothing without their colour: no words, or no shape."""
    badges = page.xpath("//*[contains(concat(' ', @class, ' '), ' badge ')]")
    return [html.tostring(b)[:120] for b in badges if not words(b) or not b.xpath(".//*[@href]")]


def same_shape(page):
    """Shapes that stand for two colours: without colour the badges would look alike."""
    found = {}
    for badge in page.xpath("//*[contains(concat(' ', @class, ' '), ' badge ')]"):
        tone = badge.get("class").split()[-1]
        found.setdefault(badge.xpath("string(.//@href)").rpartition("#")[2], set()).add(tone)
    return [f"{shape}: {sorted(tones)}" for shape, tones in found.items() if len(tones) > 1]


def loose_policy(page):
    """A page whose policy is not the one agreed, or that needs more than it allows."""
    found = page.xpath("/html/head/meta[@http-equiv='Content-Security-Policy']/@content")
    said = [dict(part.strip().split(" ", 1) for part in each.split(";")) for each in found]
    faults = [] if said == [POLICY] else [f"policy {found}"]
    inline = page.xpath(
        "//style | //script[not(@src)] | //@style | //@*[starts-with(name(), 'on')]"
    )
    return faults + [f"inline: {str(each)[:60]}" for each in inline]


def lost_references(page):
    """Attributes that point at an id of the same page that is not there, or is there twice."""
    ids = Counter(page.xpath("//@id"))
    said = [(n, t) for n in _REFERS for each in page.xpath(f"//@{n}") for t in each.split()]
    lost = [f"{name}={to}" for name, to in said if not ids[to]]
    return lost + [f"id {each} {n} times" for each, n in ids.items() if n > 1]


def destinations(path, page):
    """Where a page's links and resources lead: (what is written, path in the site, fragment).

    Addresses of other sites are none of the folder's, and are left out only from `a`.
    """
    for element, attribute, said, _ in page.iterlinks():
        parts = urlsplit(said)
        if parts.scheme == "data" or (element.tag == "a" and parts.scheme in ("http", "https")):
            continue
        if attribute != "archive":
            here = PurePosixPath(path).parent.as_posix()
            to = normpath(f"{here}/{unquote(parts.path)}") if parts.path else path
            yield said, to, parts.fragment, parts.scheme or parts.netloc


def broken_links(folder, pages):
    """Links of a whole site that leave the folder, or lead to no file or no place of a page."""
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    faults = []
    for path, page in pages.items():
        for said, to, fragment, elsewhere in destinations(path, page):
            outside = elsewhere or to.startswith("..") or not (folder / to).is_file()
            lost = fragment and not {fragment, unquote(fragment)} & ids.get(to, {fragment})
            if outside or lost:
                faults.append(f"{path}: {said}")
    return faults


def unreached(pages, first="index.html"):
    """Pages that no walk along links from the first page comes to."""
    seen, ahead = {first}, [first]
    while ahead:
        path = ahead.pop()
        links = {to for _, to, _, _ in destinations(path, pages[path])} & pages.keys()
        ahead += links - seen
        seen |= links
    return sorted(pages.keys() - seen)


def no_way_back(pages, first="index.html"):
    """Pages without a link to the first."""
    return [
        path
        for path, page in pages.items()
        if path != first and first not in {to for _, to, _, _ in destinations(path, page)}
    ]


def numbers_of_two_homes(pages):
    """Numbers whose place of their own stands twice in a site."""
    homes = Counter(i for page in pages.values() for i in page.xpath("//@id[starts-with(., 'e-')]"))
    return [each for each, n in homes.items() if n > 1]


def weight(folder, page, path="index.html"):
    """Bytes of a page with all that a browser fetches for it."""
    fetched = {
        to for said, to, _, _ in destinations(path, page) if to != path and _is_fetched(page, said)
    }
    return sum((folder / each).stat().st_size for each in {path} | fetched)


def _is_fetched(page, said):
    return bool(page.xpath("//link[@href=$said] | //*[@src=$said]", said=said))
