"""The rules of a site, shown pages that break them one at a time."""

import pytest
import site_rules as rules
from lxml import html

SVG = '<svg role="img"><title>{}</title><desc>{}</desc></svg>'
CHART = SVG.format("Two roads", "Bars, from A at 1% to B at 2%.")
TABLE = (
    "<table><caption>Roads</caption><thead><tr><th scope=col>Road<th scope=col>km</thead>"
    "<tbody><tr><th scope=row>A<td>1</tbody></table>"
)
BADGE = '<p class="badge good"><svg><use href="#shape-tick"/></svg>Good</p>'


def parsed(body):
    return html.document_fromstring(f"<!DOCTYPE html><html><body>{body}")


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        (rules.wordless_charts, CHART, SVG.format("Two roads", "Two roads")),
        (rules.wordless_charts, CHART, SVG.format("Two roads", "Bars of roads.")),
        (rules.wordless_charts, CHART, SVG.format("Roads 1 and 2", "Roads 1 and 2")),
        (rules.wordless_charts, CHART, SVG.format("Roads", "No description of 2 and 3")),
        (rules.wordless_charts, '<img alt="From 1 to 2">', "<img src=x>"),
        (rules.wordless_charts, SVG.format("Roads", "Bars: no bar can be shown."), "<img alt=' '>"),
        (rules.wordless_charts, "<img alt='' src=crest.png>", "<img alt='Crest'>"),
        (rules.charts_without_numbers, f"<figure>{CHART}{TABLE}<a href=a.csv></a></figure>",
         f"<figure>{CHART}{TABLE}</figure>"),
        (rules.charts_without_numbers, "<figure></figure>",
         f"<figure>{CHART}<a href=a.csv></a></figure>"),
        (rules.unheaded_tables, TABLE, TABLE.replace("<caption>Roads</caption>", "")),
        (rules.unheaded_tables, TABLE, TABLE.replace("Roads", " ")),
        (rules.unheaded_tables, TABLE, TABLE.replace("<th scope=row>", "<th>")),
        (rules.unheaded_tables, TABLE, TABLE.replace("<th scope=row>", "<td>")),
        (rules.unheaded_tables, TABLE, TABLE.replace("<th scope=col>", "<td>")),
        (rules.misordered_headings, "<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>", "<h2>b</h2>"),
        (rules.misordered_headings, "<h1>a</h1>", "<h1>a</h1><h1>b</h1>"),
        (rules.misordered_headings, "<h1>a</h1>", "<h1>a</h1><h3>b</h3>"),
        (rules.misordered_headings, "<h1>a</h1>", "<h2>a</h2><h1>b</h1>"),
        (rules.colour_alone, BADGE, BADGE.replace("Good<", "<")),
        (rules.colour_alone, BADGE, '<p class="badge good">Good</p>'),
        (rules.same_shape, BADGE, BADGE + BADGE.replace("good", "bad")),
        (rules.lost_references, '<p id="a" aria-labelledby="a"></p>', '<p aria-labelledby="a">'),
        (rules.lost_references, '<p id="a"></p>', '<p id="a"></p><p id="a"></p>'),
    ],
)  # fmt: skip
def test_each_rule_passes_what_is_right_and_names_what_is_wrong(rule, good, bad):
    assert rule(parsed(good)) == []
    assert rule(parsed(bad))


HEAD = '<html lang="en-GB"><head><title>Roads</title><meta http-equiv="Content-Security-Policy" '
AGREED = "; ".join(f"{name} {source}" for name, source in rules.POLICY.items())


@pytest.mark.parametrize(
    ("policy", "body"),
    [
        (AGREED.replace("style-src 'self'", "style-src 'unsafe-inline'"), ""),
        (AGREED + "; connect-src 'self'", ""),
        (AGREED, "<script>1</script>"),
        (AGREED, '<p onclick="1">'),
        (AGREED, '<p style="top: 1px">'),
        (AGREED, "<style>p { top: 1px }</style>"),
    ],
)
def test_a_policy_is_the_agreed_one_and_nothing_on_the_page_needs_more(policy, body):
    fine = html.document_fromstring(f'{HEAD}content="{AGREED}"></head><body><h1>Roads</h1>')
    assert (rules.loose_policy(fine), rules.nameless(fine)) == ([], [])
    loose = html.document_fromstring(f'{HEAD}content="{policy}"></head><body>{body}')
    assert (len(rules.loose_policy(loose)), rules.nameless(loose)) == (1, ["h1"])


@pytest.fixture
def site(tmp_path):
    """A folder of two pages; what is said is added to the second."""

    def made(more=""):
        (tmp_path / "a").mkdir(exist_ok=True)
        (tmp_path / "site.css").write_text("p { top: 0 }")
        first = '<link rel=stylesheet href="site.css"><a href="a/b.html#e-%2F">b</a>'
        (tmp_path / "index.html").write_text(first)
        (tmp_path / "a" / "b.html").write_text(f'<p id="e-%2F"><a href="../index.html">a</a>{more}')
        return tmp_path, rules.pages_of(tmp_path)

    return made


@pytest.mark.parametrize(
    "more",
    ['<a href="#none">', '<a href="c.html">', '<a href="../index.html#none">',
     '<a href="../../index.html">', '<img src="https://example.org/a.png">',
     '<link rel=stylesheet href="//example.org/a.css">', '<a href="javascript:1">',
     '<form action="none.html"></form>'],
)  # fmt: skip
def test_a_link_that_leads_nowhere_or_out_is_named(site, more):
    folder, pages = site()
    assert rules.broken_links(folder, pages) == []
    assert len(rules.broken_links(*site(more))) == 1


def test_the_law_may_be_linked_to(site):
    assert rules.broken_links(*site('<a href="https://example.org/law">the law</a>')) == []


def test_a_site_is_walked_from_its_first_page(site):
    folder, pages = site()
    assert (rules.unreached(pages), rules.no_way_back(pages)) == ([], [])
    (folder / "c.html").write_text('<p id="e-%2F">')
    pages = rules.pages_of(folder)
    assert (rules.unreached(pages), rules.no_way_back(pages)) == (["c.html"], ["c.html"])
    assert rules.numbers_of_two_homes(pages) == ["e-%2F"]


def test_the_weight_of_a_page_is_what_a_browser_fetches(site):
    folder, pages = site()
    sizes = sum((folder / name).stat().st_size for name in ("index.html", "site.css"))
    assert rules.weight(folder, pages["index.html"]) == sizes
