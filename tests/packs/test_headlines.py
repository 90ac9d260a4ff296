"""What packs hand on of each headline figure: packs are copies of the reference pack, drawn."""

import pandas as pd
import pytest
from remade import drawn, remade

from peerpack.catalogue import load
from peerpack.handover.evidence import HISTORY_COLUMNS
from peerpack.handover.history import NOT_REPEATED
from peerpack.packs import headlines
from peerpack.packs.versions import Version, sha256_of

Q1, Q2, Q3 = "2024-25-Q1", "2024-25-Q2", "2024-25-Q3"
JUNE, SEPTEMBER, DECEMBER = "2024-06-30", "2024-09-30", "2024-12-31"
OWN = {"evidence_id": "KF17", "indicator": "KF17", "title": "Collected", "theme": "T4"}
KNOWN = load.indicators()
HIDDEN = {"display": "[c]", "status": "c"}


def handed_on(previous, evidence, indicators=KNOWN):
    return headlines.handed_on(previous, evidence, indicators)


def row(value, period, **cells):
    shown = f"{value:.1f}%" if value is not None else ""
    return OWN | {"value": value, "display": shown, "period": period} | cells


@pytest.fixture
def published(tmp_path):
    """`published(quarter, *rows, after=…)`: a pack with this evidence, its history handed on."""

    def make(quarter, *rows, after=None, keeps=True, files=None, **manifest):
        folder = tmp_path / "reports" / "liverpool" / quarter / "v001"
        told = {"quarter": quarter, "definitions": {"KF17": "a" * 64}} | manifest
        remade(folder, edit=lambda _: drawn(*rows, quarter=quarter), manifest=told)
        (folder / "history.csv").unlink(missing_ok=True)
        if keeps:
            before = handed_on(after, drawn(*rows, quarter=quarter)).rows
            before.to_csv(folder / "history.csv", index=False)
        for name, text in (files or {}).items():
            (folder / name).write_text(text)
        return Version(folder, 1)

    return make


def said(told):
    columns = ["evidence_id", "quarter", "value", "display"]
    return [tuple(None if pd.isna(x) else x for x in each)
            for each in told.rows[columns].to_numpy().tolist()]  # fmt: skip


CLAIM = OWN | {"evidence_id": "L05", "indicator": "KF01", "kind": "claim"}
NOW = drawn(row(97.0, DECEMBER), CLAIM, quarter=Q3)


def test_the_first_pack_has_no_history_and_says_that_it_is_the_first():
    told = handed_on(None, NOW)
    assert (told.reach, len(told.rows), tuple(told.rows)) == ("first", 0, HISTORY_COLUMNS)


def test_each_pack_adds_its_predecessors_headlines_to_its_predecessors_history(published):
    part = OWN | {"evidence_id": "KF17/ward=A", "breakdown": "ward", "value": 1.0, "display": "1%"}
    half = OWN | {"evidence_id": "KF17/measure=half", "breakdown": "measure", "value": 2.0,
                  "display": "2%"}  # fmt: skip
    first = published(Q1, row(94.5, JUNE), part, half)
    second = published(Q2, row(95.0, SEPTEMBER), CLAIM,
                       after=first)  # fmt: skip
    told = handed_on(second, NOW)
    assert said(told) == [
        ("KF17", Q1, 94.5, "94.5%"), ("KF17/measure=half", Q1, 2.0, "2%"),
        ("KF17", Q2, 95.0, "95.0%"),
    ]  # fmt: skip
    assert told.reach == "whole"
    assert told.rows["evidence_sha256"].tolist() == [
        *[sha256_of(first.folder / "evidence.csv")] * 2, sha256_of(second.folder / "evidence.csv"),
    ]  # fmt: skip


def test_a_figure_suppressed_then_stays_suppressed(published):
    second = published(Q2, row(95.0, SEPTEMBER), after=published(Q1, row(None, JUNE, **HIDDEN)))
    assert said(handed_on(second, NOW))[0] == ("KF17", Q1, None, "[c]")


def test_what_a_later_pack_hides_of_the_same_period_is_not_repeated(published):
    whole = row(94.5, JUNE, rag="red", target=96.0, comparator_value=95.0)
    first = published(Q1, whole)
    second = published(Q2, row(None, JUNE, **HIDDEN), after=first)
    assert said(handed_on(second, NOW))[0] == ("KF17", Q1, None, NOT_REPEATED)
    hidden_now = handed_on(first, drawn(row(None, JUNE, **HIDDEN)))
    assert said(hidden_now) == [("KF17", Q1, None, NOT_REPEATED)]
    assert (
        hidden_now.rows[["rag", "target", "comparator_value"]].replace("", None).isna().all().all()
    )
    assert said(handed_on(first, drawn(row(None, DECEMBER, **HIDDEN))))[0][2] == 94.5


def test_a_pack_from_before_packs_kept_a_history_hands_on_its_own_figures_alone(published):
    told = handed_on(published(Q2, row(95.0, SEPTEMBER), keeps=False, definitions={}), NOW)
    assert (told.reach, said(told)) == ("kept none", [("KF17", Q2, 95.0, "95.0%")])
    assert told.rows["definition"].tolist() == [""]


HEAD = ",".join(HISTORY_COLUMNS)
LINE = f"KF17,KF17,{Q1},{JUNE},94.5,%,94.5%,,,,,,,"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "evidence_id,quarter\nKF17,2024-25-Q1\n",
        f"{HEAD}\n{LINE.replace('94.5,', 'many,')}\n",
        f"{HEAD}\n{LINE.replace('94.5,', 'inf,')}\n",
        f"{HEAD}\n{LINE.replace(Q1, '2024-26-Q1')}\n",
        f"{HEAD}\n{LINE.replace(Q1, Q2)}\n",
        f"{HEAD}\n{LINE}\n{LINE}\n",
    ],
    ids=[
        "empty",
        "columns",
        "no number",
        "no end",
        "no quarter",
        "its own quarter",
        "a quarter twice",
    ],
)
def test_a_history_that_no_build_wrote_is_left_out_and_said_to_be(published, text):
    told = handed_on(published(Q2, row(95.0, SEPTEMBER), files={"history.csv": text}), NOW)
    assert (told.reach, len(told.rows)) == ("unreadable", 1)
    kept = handed_on(
        published(Q3, row(95.0, DECEMBER), files={"history.csv": f"{HEAD}\n{LINE}\n"}), NOW
    )
    assert (kept.reach, len(kept.rows)) == ("whole", 2)


def test_a_definition_is_another_when_its_formula_or_unit_is_and_not_when_its_title_is():
    def digest(**said):
        told = handed_on(None, NOW, KNOWN | {"KF17": KNOWN["KF17"].model_copy(update=said)})
        assert list(told.definitions) == ["KF17"]
        return told.definitions["KF17"]

    assert digest() == digest(title="x") != digest(formula="x")
    assert digest() != digest(unit="pp")
