"""What is said first of a pack: which findings, which gap, what moved, what is missing."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from peerpack.catalogue.models import Council, Indicator
from peerpack.handover.changes import Changes, FigureMoved, FigureNamed
from peerpack.handover.evidence import (
    COMPARATOR_COLUMNS,
    EVIDENCE_COLUMNS,
    LINEAGE_COLUMNS,
    NUMBER_COLUMNS,
)
from peerpack.handover.pack import NotebookPage, PackContents, Withheld
from peerpack.handover.receipt import Receipt
from peerpack.handover.records import Finding
from peerpack.measures.compare import gap
from peerpack.packs.briefing import briefing, furthest_behind
from peerpack.vocab import THEMES

NAN = float("nan")
NEIGHBOURS = {"comparator": "11 neighbours", "comparator_statistic": "median"}


def row(id_, value=2.0, beside=None, **said):
    blank = {c: NAN if c in NUMBER_COLUMNS else "" for c in EVIDENCE_COLUMNS}
    usual = {"evidence_id": id_, "kind": "indicator", "indicator": id_.partition("/")[0],
             "title": f"Title of {id_}", "value": value, "unit": "%", "display": f"{value}%",
             "period": "2024-04-01 to 2024-06-30", "theme": "T4"}  # fmt: skip
    group = NEIGHBOURS | {"comparator_value": beside} if beside is not None else {}
    return blank | usual | group | said


def hidden(id_, **said):
    return row(id_, NAN, display="[c]", status="c", **said)


def frame(*rows):
    return pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS))


def indicator(id_, polarity="lower"):
    return Indicator(
        id=id_, title=id_, formula="-", numerator="-", denominator="-", unit="%", decimals=1,
        polarity=polarity, theme="T4", source="-", comparator_rule="-", pitfalls="-",
    )  # fmt: skip


KNOWN = {id_: indicator(id_) for id_ in ("KF01", "KF02", "KF03", "KF04", "KF05")}
KNOWN["KF09"] = indicator("KF09", "context")


def finding(text, *ids, theme="T4"):
    return Finding(text=text, theme=theme, evidence_ids=ids, cell="says")


def pack(*rows, findings=(), withheld=(), notebooks=(), receipts=()):
    none = (pd.DataFrame(columns=list(c)) for c in (COMPARATOR_COLUMNS, LINEAGE_COLUMNS))
    return PackContents(
        Council(slug="a", name="A"), "2024-25-Q1", date(2024, 7, 1), frame(*rows), *none,
        exhibits=(), findings=tuple(findings), receipts=receipts, notebooks=tuple(notebooks),
        withheld=tuple(withheld), not_used=(), indicators=KNOWN,
    )  # fmt: skip


def of_t4(contents):
    return briefing(contents).of("T4")


def named(id_, of="whole", theme="T4"):
    return FigureNamed(id_, f"Title of {id_}", theme, of)


def moved(id_, then="1.0%", how="worse", **said):
    period = "2024-01-01 to 2024-03-31"
    return FigureMoved(named(id_, **said), then, "2.0%", period, "2024-04-01 to 2024-06-30", "+1",
                       how)  # fmt: skip


def since(*figures, came=(), went=(), hidden=()):
    return Changes("2023-24-Q4", "0" * 64, figures, came, went, hidden, 0, ())


def read_first(*rows, findings):
    return [each.text for each in of_t4(pack(*rows, findings=findings)).findings]


def test_an_empty_pack_has_five_themes_of_which_nothing_is_said():
    told = briefing(pack())
    assert [each.theme for each in told.themes] == list(THEMES)
    assert {each.worst_said for each in told.themes} == {
        "No figure has a like-for-like comparator."
    }
    assert told.facts[-1].number == "0 of 0"


def test_the_worst_gap_is_the_largest_for_its_size_whatever_its_unit():
    days = row("KF02", 4.0, 2.0, unit="days")
    told = of_t4(pack(row("KF01", 90.0, 60.0), days, row("KF03", 1.0, 9.0)))
    assert (told.worst, told.worst_said) == ("KF02", "2.0 days higher than the median of 11 "
                                             "neighbours, 2.0 days")  # fmt: skip


def test_of_equal_gaps_the_first_by_id_is_told():
    both = {id_: gap(3, NAN, NAN, 2, "lower") for id_ in ("KF02", "KF01")}
    assert furthest_behind(both) == "KF01"
    assert furthest_behind({}) == furthest_behind({"KF01": None}) == ""


@pytest.mark.parametrize(
    "said",
    [
        {"lower": 1.0, "upper": 3.0},
        {"status": "u"},
        {"comparator_value": NAN},
        {"value": 1.0},
        {"indicator": "KF09"},
        {"evidence_id": "KF01/team=A", "breakdown": "team"},
        {"kind": "claim"},
    ],
    ids=["within its interval", "low reliability", "no comparator", "on the better side",
         "context", "a part", "a published figure"],
)  # fmt: skip
def test_no_worst_gap_is_told_of(said):
    assert of_t4(pack(row("KF01", 2.0, 1.5))).worst == "KF01"
    assert of_t4(pack(row("KF01", 2.0, 1.5) | said)).worst == ""


def test_an_estimate_from_a_survey_is_behind_only_with_an_interval():
    survey = (Receipt.model_construct(dataset="resident_survey", base_of="survey"),)
    asked = {"dataset": "resident_survey"}
    (figure,) = of_t4(pack(row("KF01", 2.0, 1.5, **asked), receipts=survey)).figures
    assert (figure.adverse, figure.gap[:21]) == (False, "not clearly different")
    sure = row("KF01", 2.0, 1.5, lower=1.8, upper=2.2, **asked)
    assert of_t4(pack(sure, receipts=survey)).worst == "KF01"


def test_a_suppressed_figure_has_no_gap_and_does_not_move():
    told = of_t4(pack(hidden("KF01", comparator_value=1.0, **NEIGHBOURS)))
    assert (told.figures[0].gap, told.figures[0].moved, told.figures[0].before) == ("", "", "")


def test_findings_that_miss_a_target_come_first_then_the_furthest_behind():
    rows = [row("KF01"), row("KF02", 3.0, 2.9), row("KF03", 3.0, 1.0), row("KF04", rag="amber"),
            row("KF05", rag="red")]  # fmt: skip
    said = [finding(id_, id_) for id_ in ("KF01", "KF02", "KF03", "KF04", "KF05")]
    assert read_first(*rows, findings=said) == ["KF05", "KF04", "KF03"]


def test_a_second_finding_of_a_figure_waits_for_those_of_others():
    rows = [row("KF01", rag="red"), row("KF02"), row("KF03")]
    said = [finding("first", "KF01"), finding("again", "KF01"), finding("other", "KF02")]
    assert read_first(*rows, findings=said) == ["first", "other", "again"]


def test_a_finding_that_rests_only_on_suppressed_figures_is_never_read_first():
    part = hidden("KF01/team=A", breakdown="team", group="A")
    said = [finding("hidden", "KF01/team=A"), finding("both", "KF01/team=A", "KF02")]
    assert read_first(part, row("KF02"), findings=said) == ["both"]


def test_a_finding_without_a_value_comes_after_those_with_one():
    unknown = row("KF01", NAN, display="[x]", status="x")
    said = [finding("not known", "KF01"), finding("known", "KF02")]
    assert read_first(unknown, row("KF02"), findings=said) == ["known", "not known"]


def test_in_a_first_pack_nothing_has_moved():
    told = briefing(pack(row("KF01")))
    assert (told.previous, told.of("T4").moved, told.facts[2].number) == ("", (), "First pack")


@pytest.mark.parametrize(
    ("now", "changes", "became"),
    [
        (row("KF01"), since(moved("KF01")), "worse"),
        (row("KF01"), since(moved("KF01", how="no clear change")), "no clear change"),
        (row("KF01"), since(moved("KF01", how="")), "the same"),  # its target moved, it did not
        (row("KF01"), since(), "the same"),
        (row("KF01", status="p;r"), since(moved("KF01")), "revised"),
        (row("KF01"), since(moved("KF01", "[x]")), "new"),
        (row("KF01"), since(came=(named("KF01"),)), "new"),
        (row("KF01"), since(hidden=(named("KF01"),)), "new"),
    ],
)
def test_what_became_of_a_figure_since_the_pack_before(now, changes, became):
    (figure,) = of_t4(replace(pack(now), changes=changes)).figures
    assert figure.moved == became
    said = became in ("worse", "no clear change", "revised")
    assert not said or figure.before == "1.0%, 1 January 2024 to 31 March 2024"


def test_a_headline_no_longer_shown_is_told_with_its_reason_and_without_its_number():
    changes = since(
        moved("KF05"), moved("KF04", "[x]"), hidden=(named("KF01"), named("KF02")),
        went=(named("KF03"), named("KF03/team=A", "part"), named("L05", "published"),
              named("KF09", theme="T1")),
    )  # fmt: skip
    unknown = [row(id_, NAN, display="[x]", status="x") for id_ in ("KF04", "KF05")]
    told = of_t4(replace(pack(hidden("KF01"), row("KF02"), *unknown), changes=changes))
    assert [(g.evidence_id, g.why) for g in told.gone] == [
        ("KF05", "not available"), ("KF01", "too few people to show"), ("KF03", "not in this pack"),
    ]  # fmt: skip
    assert "1.0" not in str(told.gone)
    assert told.moved[-1].words == "3 gone"


def test_what_is_not_evidenced_is_named_with_its_reason():
    told = of_t4(pack(
        row("KF01", NAN, display="[x]", status="p;x"), hidden("KF02"),
        row("KF03", NAN, display="[x]", status="z"),
        withheld=[Withheld("03", "Are savings real?", "T4", "Two weeks are missing."),
                  Withheld("05", "Who is off sick?", "T5", "no evidence supplied")],
        notebooks=[NotebookPage("02", "Where?", "T4", ("Reserves: no evidence supplied",))],
    ))  # fmt: skip
    assert [(m.kind, m.what, m.why) for m in told.not_evidenced] == [
        ("withheld", "Are savings real?", "Two weeks are missing."),
        ("source", "Reserves", "no evidence supplied"),
        ("figure", "Title of KF01", "not available"),
        ("figure", "Title of KF02", "too few people to show"),
    ]
    assert told.missing == "1 question withheld, 1 source, 2 figures"


def test_the_facts_count_headline_figures_over_all_themes():
    rows = [row("KF01", 3.0, 2.0, rag="red"), row("KF02", 1.0, 2.0, rag="green", theme="T1"),
            row("KF01/team=A", 9.0, 1.0, breakdown="team", rag="red")]  # fmt: skip
    claims = [row(f"L{n}", kind="claim", agreement=said, rag="red")
              for n, said in enumerate(("cannot be", "agrees", "agrees"))]  # fmt: skip
    said = [(f.number, f.words) for f in briefing(pack(*rows, *claims)).facts]
    assert said[:2] == [("1 of 2", "figures with a target miss it"),
                        ("1 of 2", "figures with a comparator are clearly worse")]  # fmt: skip
    assert said[-1] == ("1 of 3", "published figures tested contradict the others")
