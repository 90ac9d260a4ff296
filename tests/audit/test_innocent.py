"""What is true is not accused: of anything, in sixty wordings and a page of look-alikes.

Nothing of either is accused so far. What comes to be known is mended, or stands in
docs/explanation/audit.md by name.
"""

import evaluate
import pytest
import true_sentences

KINDS = [pytest.param(kind, id=kind.__name__) for kind in true_sentences.KINDS]


def accused(document):
    lines = document.read_text(encoding="utf-8").split("\n")
    return [
        (lines[claim["line"] - 1], claim["value"], claim["verdict"], claim["reason"])
        for claim in evaluate.claims_of(document)
        if claim["verdict"] in evaluate.ACCUSING
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_true_sentences_drawn_at_random_are_not_accused(tmp_path, kind):
    document = tmp_path / "drawn.md"
    document.write_text(true_sentences.document(1, 20, (kind,)), encoding="utf-8")
    assert accused(document) == []


def test_sentences_that_only_look_like_an_error_are_not_accused():
    assert accused(evaluate.REPORTS / "not-to-accuse.md") == []


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Waste rose from 377 kg to 409 kg, a rise of 20%.", "cannot_be"),
        ("Of 200 replies 90 (45%) were complete and 40 (25%) were late.", "cannot_be"),
        ("There were 60 cases: 40 in Place, 25 in Adults and 9 in Housing.", "cannot_be"),
        ("Of the 12 schools, 85% were open.", "cannot_be"),
        ("The rate was stable and satisfaction rose by 3%.", "ambiguous"),
        ("Collection rose by 0.9% to 97.2%.", "ambiguous"),
        ("Costs rose by 30%.", "ambiguous"),
        ("Collection remains strong at 97%.", "no_comparator"),
        ("A strong 93% of licences were renewed.", "no_comparator"),
    ],
)
def test_what_spares_the_innocent_spares_no_error(tmp_path, text, verdict):
    document = tmp_path / "wrong.md"
    document.write_text(f"{text}\n", encoding="utf-8")
    assert [each[2] for each in accused(document)] == [verdict]


def test_a_table_of_whole_amounts_is_accused_only_beyond_what_rounding_can_do(tmp_path):
    rows = "| Service, {} | Total |\n|---|---:|\n| A | 12 |\n| B | 13 |\n| Total | {} |\n"
    for unit, total, wrong in (("£m", 26, 0), ("£m", 28, 1), ("cases", 26, 1)):
        document = tmp_path / "table.md"
        document.write_text(rows.format(unit, total), encoding="utf-8")
        assert len(accused(document)) == wrong, (unit, total)
