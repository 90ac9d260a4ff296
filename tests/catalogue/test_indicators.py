"""The catalogue of indicators: complete, each defined in words, and strict about spelling."""

import ast
import json
import re
from collections import Counter

import pytest

from peerpack.catalogue.load import checked, indicators, read_yaml
from peerpack.catalogue.models import Indicator
from peerpack.catalogue.places import project_root, reference_folder
from peerpack.errors import StaleCorrection

SERIES = {"KF": 35, "KW": 25, "KR": 10, "KC": 9, "KP": 16, "KG": 17}
UNITS = {
    "%", "pp", "GBP", "GBP m", "GBP per head", "days", "count", "ratio",
    "years", "seconds", "kg", "level", "FTE", "rate",
}  # fmt: skip
OPERATOR_OR_WORD = re.compile(r"[×÷−+]|\b(count|date|level)\b")
OUR_OWN_KEYS = re.compile(r"\[E\d+|\bS00\d\b")

DRAWN = {
    "id": "KF99",
    "title": "Drawn share",
    "formula": "100 × part ÷ whole",
    "numerator": "part",
    "denominator": "whole",
    "unit": "%",
    "decimals": 1,
    "polarity": "higher",
    "theme": "T4",
    "source": "local return",
    "comparator_rule": "None.",
    "pitfalls": "Drawn.",
}


def failing(keep):
    return [each.id for each in indicators().values() if not keep(each)]


def test_no_indicator_is_written_twice():
    written = Counter(entry["id"] for entry in read_yaml(reference_folder() / "indicators.yml"))
    assert [id_ for id_, times in written.items() if times > 1] == []


def test_every_series_is_complete_and_in_order():
    assert list(indicators()) == [
        f"{series}{number:02}" for series, size in SERIES.items() for number in range(1, size + 1)
    ]


def test_every_formula_says_how_the_figure_is_made():
    assert failing(lambda each: OPERATOR_OR_WORD.search(each.formula)) == []


def test_a_bare_phrase_is_no_formula():
    assert not OPERATOR_OR_WORD.search("share of in-year accounts-based discounts")


def test_every_indicator_says_what_it_is_computed_from_or_why_not_yet_and_never_both():
    assert failing(lambda each: bool(each.computed_from) != bool(each.not_yet)) == []


def test_every_indicator_says_how_its_target_is_set_and_context_has_none():
    assert failing(lambda each: each.target_rule) == []
    context = [each for each in indicators().values() if each.polarity == "context"]
    assert [each.id for each in context if "not rated" not in each.target_rule] == []


def test_what_the_notebooks_record_is_computed_from_just_the_datasets_they_take_it_from():
    found = recorded()
    assert {id_: set(indicators()[id_].computed_from) for id_ in found} == found
    assert set(found) == {each.id for each in indicators().values() if each.computed_from}


def recorded():
    """The datasets of each indicator that a notebook of the checkout records."""
    found = {}
    for path in (project_root() / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
        tree = list(ast.walk(ast.parse(code)))
        admitted = {
            node.targets[0].id: node.value.args[0].value
            for node in tree
            if isinstance(node, ast.Assign) and "intake.admit" in ast.unparse(node.value)
        }
        for call in (n for n in tree if isinstance(n, ast.Call)):
            if ast.unparse(call.func) == "record.evidence":
                said = {k.arg: k.value for k in call.keywords}
                of = said.get("indicator") or (call.args[1:] or [None])[0]
                given = [said[name] for name in ("rows", "weights") if name in said]
                names = {n.id for g in given for n in ast.walk(g) if isinstance(n, ast.Name)}
                if of is not None:
                    found.setdefault(of.value, set()).update(admitted[name] for name in names)
    return found


def test_every_unit_is_from_the_closed_list():
    assert failing(lambda each: each.unit in UNITS) == []


def test_a_figure_shows_no_more_than_two_decimals():
    assert failing(lambda each: each.decimals <= 2) == []


def test_every_indicator_belongs_to_one_of_the_five_themes():
    assert failing(lambda each: re.fullmatch("T[1-5]", each.theme)) == []


ALWAYS_SAID = (
    "title", "formula", "numerator", "denominator", "unit", "theme", "source", "comparator_rule",
    "pitfalls",
)  # fmt: skip


def test_no_field_is_left_empty():
    told = failing(lambda each: all(str(getattr(each, name)).strip() for name in ALWAYS_SAID))
    assert told == []


def test_a_figure_divided_by_something_names_its_denominator():
    assert failing(lambda each: "÷" not in each.formula or each.denominator != "none") == []


def test_a_source_is_spelt_out_for_a_reader_who_has_only_the_project():
    assert failing(lambda each: not OUR_OWN_KEYS.search(str(each.model_dump()))) == []


@pytest.mark.parametrize(
    ("id_", "unit", "decimals", "polarity"),
    [
        ("KF01", "%", 1, "lower"),
        ("KF35", "GBP", 2, "context"),
        ("KW01", "days", 2, "lower"),
        ("KR01", "%", 0, "higher"),
    ],
)
def test_the_indicators_of_the_first_packs_print_as_agreed(id_, unit, decimals, polarity):
    found = indicators()[id_]
    assert (found.unit, found.decimals, found.polarity) == (unit, decimals, polarity)


def test_the_drawn_entry_is_sound():
    assert checked(Indicator, DRAWN, "indicators.yml KF99").id == "KF99"


def test_a_misspelt_key_is_refused_by_file_and_field():
    misspelt = {**DRAWN, "denominater": "whole"}
    with pytest.raises(StaleCorrection, match=r"^indicators\.yml KF99: denominater: Extra inputs"):
        checked(Indicator, misspelt, "indicators.yml KF99")


def test_a_missing_key_is_refused_by_file_and_field():
    short = {key: value for key, value in DRAWN.items() if key != "pitfalls"}
    with pytest.raises(StaleCorrection, match=r"^indicators\.yml KF99: pitfalls: Field required"):
        checked(Indicator, short, "indicators.yml KF99")


def test_a_polarity_outside_its_three_words_is_refused():
    with pytest.raises(StaleCorrection, match=r"^indicators\.yml KF99: polarity: Input should be"):
        checked(Indicator, {**DRAWN, "polarity": "H"}, "indicators.yml KF99")


def test_a_figure_of_its_own_is_defined_in_its_own_words_where_it_has_some():
    entry = {**DRAWN, "measures": {"each": {
        "title": "For each", "unit": "GBP", "decimals": 2, "polarity": "lower",
        "formula": "part ÷ things", "denominator": "things",
    }}}  # fmt: skip
    drawn = checked(Indicator, entry, "indicators.yml KF99")
    each, whole = drawn.defined("each"), drawn.defined("")
    assert (each.title, each.formula, each.numerator, each.denominator) == (
        "For each", "part ÷ things", "part", "things",
    )  # fmt: skip
    assert (whole.title, whole.formula) == ("Drawn share", "100 × part ÷ whole")
