"""What a peer types into the search of the invented council's pack, and what must come first."""

from pathlib import Path

import pytest

SEARCHES = Path(__file__).with_name("searches.tsv").read_text(encoding="utf-8").splitlines()
FIND = """words => {
  const field = document.getElementById("q");
  const results = document.getElementsByClassName("results")[0];
  return words.map(each => {
    field.value = each;
    field.dispatchEvent(new Event("input"));
    return [...results.querySelectorAll("a")].slice(0, 5).map(a => a.getAttribute("href"));
  });
}"""


@pytest.fixture(scope="module")
def found(northborough, opened):
    """The first five results of every search, beside the places that were wanted."""
    asked = [line.split("\t") for line in SEARCHES]
    with opened(northborough / "search.html") as page:
        results = page.evaluate(FIND, [words for words, _ in asked])
    return [(five, wanted.split("|")) for five, (_, wanted) in zip(results, asked, strict=True)]


def is_wanted(place, wanted):
    """The very place; or below it, where what is wanted is a page, a cut or a part of its name."""
    whole = wanted.endswith(".html") and not wanted.startswith("indicators/")
    head = "#e-" in wanted and "%" not in wanted
    return place == wanted or (not whole and not head and place.startswith(wanted))


def share(found, first_n):
    hits = [any(is_wanted(p, w) for p in five[:first_n] for w in want) for five, want in found]
    return sum(hits) / len(hits)


def test_what_is_wanted_stands_first_in_most_searches_and_among_five_in_nearly_all(found):
    assert len(found) > 100
    assert share(found, 1) >= 0.8
    assert share(found, 5) >= 0.95
