"""Published figures recomputed: a drawn return in, agreement out; and the shipped returns."""

import pytest
from drawn import drawn, lines

from peerpack import intake
from peerpack.errors import StaleCorrection
from peerpack.measures import claims
from peerpack.measures.claims import recompute

HEADER = (
    "claim_id|part|kind|document|lines|figure_as_printed|stated_value|stated_upper|stated_date|"
    "operator|decimals|unit|period|method|numerator|denominator|not_recomputed_because|comparator|"
    "comparator_statistic|comparator_note|theme|indicator|meaning|caution"
)
COLUMNS = HEADER.split("|")


def figure(id_, value="", decimals="0", unit="GBP m", **said):
    claim, _, part = id_.partition("/")
    usual = {"claim_id": claim, "part": part, "kind": "claim", "document": "S002", "lines": "7",
             "figure_as_printed": "as printed", "stated_value": value, "operator": "=",
             "decimals": decimals, "unit": unit, "theme": "T4", "meaning": "A."}  # fmt: skip
    fields = dict.fromkeys(COLUMNS, "") | usual | said
    return "|".join(fields[c] for c in COLUMNS)


def recomputed(*figures):
    table = recompute(drawn("\n".join(["|".join(COLUMNS), *figures])))
    return table.set_index(
        table["claim_id"] + table["part"].map(lambda p: f"/{p}" if isinstance(p, str) else "")
    )


def share_of_ten(printed, **said):
    """L3, said to be 1.23 over 10."""
    return recomputed(
        figure("L1", "1.23", "2"), figure("L2", "10", "0", "count"),
        figure("L3", printed, unit="%", numerator="L1", denominator="L2",
               **{"decimals": "1", "method": "share"} | said),
    ).loc["L3"]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "said", "agreement"),
    [
        ("12.3", {}, claims.AGREES),
        ("12.25", {"decimals": "2"}, claims.AGREES_WITHIN),  # 12.25 to 12.35 by its operands
        ("12.5", {}, claims.CANNOT_BE),
        ("", {}, claims.NOT_STATED),
        ("12.3", {"method": ""}, claims.CANNOT_BE_RECOMPUTED),
        ("12", {"operator": ">", "decimals": "0"}, claims.AGREES),
        (
            "12.3",
            {"operator": ">"},
            claims.AGREES,
        ),  # just at it
        ("13", {"operator": "<", "decimals": "0"}, claims.AGREES),
        ("12", {"operator": "<", "decimals": "0"}, claims.CANNOT_BE),
        ("14", {"operator": ">", "decimals": "0"}, claims.CANNOT_BE),
        ("12", {"operator": "~", "decimals": "0"}, claims.AGREES),
        ("12", {"operator": "between", "stated_upper": "13"}, claims.AGREES),
        ("13", {"operator": "between", "stated_upper": "14"}, claims.CANNOT_BE),
    ],
)
def test_a_figure_agrees_or_nearly_or_cannot_be(printed, said, agreement):
    assert share_of_ten(printed, **said)["agreement"] == agreement


def test_a_count_printed_plainly_is_exact_and_a_count_printed_about_is_not():
    found = recomputed(
        figure("L1", "40", "0", "count"), figure("L2", "40", "0", "count", operator="~"),
        figure("L3", unit="count", method="sum", numerator="L1 + 2"),
        figure("L4", unit="count", method="sum", numerator="L2 + 2"),
    )  # fmt: skip
    assert found.loc["L3", ["lower", "upper"]].tolist() == [42, 42]
    assert found.loc["L4", ["lower", "upper"]].tolist() == [41.5, 42.5]


def test_an_operand_that_can_be_recomputed_is_taken_at_its_recomputed_range():
    found = recomputed(
        figure("L1", "93", unit="%"), figure("L2", "86", unit="%"),
        figure("L3", "7", unit="pp", method="difference", numerator="L1", denominator="L2"),
        figure("L4", "2.2", "1"),
        figure("L5", "15.4", "1", method="product", numerator="L3", denominator="L4"),
    )  # fmt: skip
    assert found.loc["L5", ["value", "lower", "upper"]].tolist() == [15.4, 12.9, 18.0]
    assert lines(found.loc["L5", "numerator_rows"]) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("method", "start", "end", "value"),
    [
        ("days_between", "2024-10-14", "2024-11-30", 47),
        ("days_inclusive", "2024-10-14", "2024-11-30", 48),
        ("days_inclusive", "2024-10-14", "2024-10-14", 1),
        ("days_between", "2024-10-15", "2024-10-14", -1),
        ("weeks_between", "2024-10-14", "2024-10-28", 2),
        ("months_between", "2024-01-31", "2024-02-29", 1 - 2 / 29),
        ("months_between", "2024-07-16", "2025-03-16", 8),
        ("years_between", "2020-07-16", "2024-07-16", 4),
    ],
)
def test_time_between_two_dates_is_counted_as_the_method_says(method, start, end, value):
    found = recomputed(
        figure("L1", stated_date=start),
        figure("L2", method=method, numerator=end, denominator="L1"),
    )
    assert found.loc["L2", "value"] == pytest.approx(value)


@pytest.mark.parametrize(
    ("printed", "agreement"), [("42.1", claims.AGREES), ("13.4", claims.CANNOT_BE)]
)
def test_a_share_of_whole_things_must_be_reachable_by_a_whole_number(printed, agreement):
    found = recomputed(
        figure("S51", "126", "0", "count"),
        figure("S55", printed, "1", "%", method="whole_share", denominator="S51"),
    )
    assert found.loc["S55", "agreement"] == agreement


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ([figure("L1", method="sum", numerator="L1 + 1")],
         "Published figure L1 rests on L1, which has no number or rests on itself."),
        ([figure("L1", method="sum", numerator="L2"), figure("L2", method="sum", numerator="L1")],
         "rests on L2, which has no number or rests on itself."),
        ([figure("L1"), figure("L2", method="sum", numerator="L1")],
         "Published figure L2 rests on L1, which has no number or rests on itself."),
        ([figure("L1", method="sum", numerator="L9")],
         "Published figure L1 rests on 'L9': neither a number nor a figure of this return."),
        ([figure("L1", "0"), figure("L2", method="ratio", numerator="4", denominator="L1")],
         "Published figure L2 divides by L1, which is or may be zero."),
        ([figure("L1", "0.4"), figure("L2", method="change", numerator="4", denominator="L1")],
         "Published figure L2 divides by L1, which is or may be zero."),
        ([figure("L1", "5", "0", "%", method="whole_share", denominator="0")],
         "Published figure L1 divides by 0, which is or may be zero."),
        ([figure("L1"), figure("L2", method="days_between", numerator="L1", denominator="L1")],
         "Published figure L2: L1 has no date."),
    ],
)  # fmt: skip
def test_a_figure_that_rests_on_nothing_is_refused(figures, message):
    with pytest.raises(StaleCorrection) as caught:
        recomputed(*figures)
    assert message in str(caught.value)
    assert "published_figures.csv" in str(caught.value)


def test_the_comparator_of_a_claim_is_the_other_claim_as_printed():
    row = recomputed(
        figure("L1", "20.7", comparator="L2/group", comparator_statistic="median"),
        figure("L2/group", "48.8", period="2022-23", lines="272"),
    ).loc["L1"]
    assert row["comparator"] == "published figure L2/group"
    assert row["comparator_value"] == 48.8
    assert row["comparator_statistic"] == "median"
    assert row["comparator_source"] == "S002, line 272"


def test_the_note_says_where_and_why_not():
    row = recomputed(figure("L1", not_recomputed_because="no ledger", caution="net")).loc["L1"]
    assert row["note"] == "S002, line 7. Not recomputed: no ledger. Caution: net."


@pytest.fixture(scope="module")
def shipped():
    tables = [
        recompute(intake.admit("published_figures", council, quarter).frame)
        for council, quarter in (("liverpool", "2024-25-Q1"), ("sefton", "2024-25-Q3"))
    ]
    return {row.claim_id: row for t in tables for row in t[t["part"].isna()].itertuples()}


@pytest.mark.parametrize(
    ("claim", "value", "agreement"),
    [
        ("L05", "1.3529", claims.AGREES),
        ("L06", "6.0000", claims.AGREES),
        ("L15", "87.6", claims.NOT_STATED),
        ("L29", "15.4", claims.AGREES),
        ("S03", "-23.784", claims.AGREES),
        ("S53", "28.571", claims.AGREES),
        ("S54", "42.063", claims.AGREES),
        ("S55", "13.492", claims.CANNOT_BE),
    ],
)
def test_the_shipped_claims_come_out_as_the_issue_says(shipped, claim, value, agreement):
    decimals = len(value.partition(".")[2])
    assert f"{shipped[claim].value:.{decimals}f}" == value
    assert shipped[claim].agreement == agreement


def test_seven_points_at_two_million_each_are_between_12_9_and_18_million(shipped):
    assert (shipped["L29"].lower, shipped["L29"].upper) == (12.9, 18.0)
