"""Two packs' sites as files: the Nu HTML checker, and rules it does not know."""

import pytest
import site_rules as rules


@pytest.fixture(scope="module", params=["northborough", "liverpool"])
def site(request):
    """A pack, and its pages by path."""
    pack = request.getfixturevalue(request.param)
    return pack, rules.pages_of(pack)


@pytest.mark.parametrize(
    "rule",
    [
        rules.wordless_charts, rules.charts_without_numbers, rules.unheaded_tables,
        rules.misordered_headings, rules.nameless, rules.colour_alone, rules.same_shape,
        rules.loose_policy, rules.lost_references,
    ],
)  # fmt: skip
def test_every_page_keeps_each_rule(rule, site):
    _, pages = site
    assert {path: faults for path, page in pages.items() if (faults := rule(page))} == {}


def test_every_link_of_the_site_leads_somewhere_inside_it(site):
    assert rules.broken_links(*site) == []


def test_every_page_can_be_walked_to_and_leads_back(site):
    _, pages = site
    assert (rules.unreached(pages), rules.no_way_back(pages)) == ([], [])


def test_a_number_has_one_home(site):
    _, pages = site
    assert rules.numbers_of_two_homes(pages) == []


def test_no_two_pages_have_the_same_title(site):
    _, pages = site
    titles = [page.findtext("head/title") for page in pages.values()]
    assert len(set(titles)) == len(titles)


def test_the_first_page_is_light(site):
    pack, pages = site
    assert rules.weight(pack, pages["index.html"]) < rules.HEAVIEST_FIRST_PAGE


def test_the_html_checker_finds_no_fault_in_any_page(checked, northborough, liverpool):
    pages = [path for pack in (northborough, liverpool) for path in pack.rglob("*.html")]
    beside = [pack.parent / "index.html" for pack in (northborough, liverpool)]
    assert checked(*pages, *beside) == []


def test_the_html_checker_names_what_is_wrong(checked, tmp_path):
    page = tmp_path / "a.html"
    page.write_text("<!DOCTYPE html><html lang=en><title>a</title><h1 colour=red>a</h1>")
    assert [(kind, words.split(" ")[0]) for _, _, kind, words in checked(page)] == [
        ("error", "Attribute")
    ]
