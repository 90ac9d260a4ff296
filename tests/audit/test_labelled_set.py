"""What the audit says of the labelled documents stays at least as good as was measured.

The floors stand somewhat below what docs/explanation/audit.md reports, except two that are the
promise: what it calls impossible is impossible, and no number that is no claim is accused.
"""

import shutil
from collections import Counter

import evaluate
import forms
import pytest

OURS = evaluate.read_labels(evaluate.LABELS / "northborough-review.yml")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PRECISION = {"supported": 0.95, "within_rounding": 0.9, "ambiguous": 0.8, "no_comparator": 0.9,
             "not_checkable": 0.95}  # fmt: skip
RECALL = {"supported": 0.6, "within_rounding": 0.4, "cannot_be": 0.8, "ambiguous": 0.8,
          "no_comparator": 0.6, "not_checkable": 0.85}  # fmt: skip


@pytest.fixture(scope="module")
def evaluated():
    sets = list(evaluate.labelled_sets())
    return [evaluate.evaluate(each, evaluate.claims_of(each.path)) for each in sets]


@pytest.fixture(scope="module")
def tallied(evaluated):
    if len(evaluated) < len(list(evaluate.LABELS.glob("*.yml"))):
        pytest.skip("the sources stand outside the checkout, in ../shared/sources")
    return evaluate.tally(evaluated)


def test_what_is_called_impossible_is_impossible(evaluated):
    counts = evaluate.tally(evaluated)["cannot_be"]
    assert counts["said"] > 0
    assert evaluate.precision(counts) == 1.0


def test_no_number_that_is_no_claim_is_accused(evaluated):
    accused = [each for one in evaluated for each in one.spurious
               if each.claim["verdict"] in evaluate.ACCUSING]  # fmt: skip
    assert [evaluate.told(each) for each in accused] == []


@pytest.mark.parametrize("verdict", PRECISION)
def test_a_verdict_is_as_precise_as_was_measured(tallied, verdict):
    assert evaluate.precision(tallied[verdict]) >= PRECISION[verdict]


@pytest.mark.parametrize("verdict", RECALL)
def test_a_verdict_is_seen_as_often_as_was_measured(tallied, verdict):
    assert evaluate.recall(tallied[verdict]) >= RECALL[verdict]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The report in each form, written once."""
    folder = tmp_path_factory.mktemp("forms")
    markdown = OURS.path.read_text(encoding="utf-8")
    page = forms.as_html(markdown)
    (folder / "review.html").write_text(page, encoding="utf-8")
    forms.write_word(markdown, folder / "review.docx")
    if CHROMIUM:
        forms.write_pdf(page, folder / "review.pdf", CHROMIUM)
    return folder


def accusations(claims):
    return Counter(
        (each["value"], each["verdict"]) for each in claims if each["verdict"] in evaluate.ACCUSING
    )


@pytest.fixture(scope="module")
def expected(evaluated):
    ours = next(one for one in evaluated if one.labelled.document == OURS.document)
    return accusations(each.claim for each in ours.judged)


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_the_same_report_is_accused_of_the_same_in_every_form(written, expected, ending):
    assert accusations(evaluate.claims_of(written / f"review.{ending}")) == expected


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (apt install chromium)")
def test_the_report_printed_is_accused_of_nothing_else_and_of_most(written, expected):
    said = accusations(evaluate.claims_of(written / "review.pdf"))
    assert said <= expected
    assert said.total() >= 0.8 * expected.total()
