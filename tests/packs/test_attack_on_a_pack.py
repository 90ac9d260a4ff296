"""What a pack gives away beyond one table: other indicators, bounds, and the pack before."""

import pandas as pd
import pytest

from peerpack.catalogue.models import Regime
from peerpack.errors import RecordRefused
from peerpack.handover.evidence import EVIDENCE_COLUMNS, NUMBER_COLUMNS
from peerpack.packs.attack import refuse_leaks

Q1, YEAR = "2024-04-01 to 2024-06-30", "2024-04-01 to 2024-09-30"


def drawn(text, period=Q1, quarter="2024-25-Q1"):
    """Evidence as `id | numerator | denominator | base_n`; `[c]` is hidden, blank is not said."""
    blank = {c: None if c in NUMBER_COLUMNS else "" for c in EVIDENCE_COLUMNS}
    rows = []
    for line in text.strip().splitlines():
        id_, *told = (cell.strip() for cell in line.split("|"))
        hidden = told == ["[c]"]
        numbers = [] if hidden else [float(n) if n else None for n in told]
        rows.append(blank | {
            "evidence_id": id_, "indicator": id_.partition("/")[0], "kind": "indicator",
            "period": period, "quarter": quarter, "unit": "%", "dataset": "spells",
            "status": "c" if hidden else "",
        } | dict(zip(("numerator", "denominator", "base_n"), numbers, strict=False)))  # fmt: skip
    return pd.DataFrame(rows).astype(dict.fromkeys(NUMBER_COLUMNS, "float64"))


def test_what_one_indicator_hides_and_another_divides_by_is_refused():
    days = "KW01 | 90.5\nKW01/d=A | 40.25\nKW01/d=B | [c]\nKW01/d=C | [c]"
    reasons = "KW05 | 12.5 | 90.5\nKW05/d=A | 5 | 40.25\nKW05/d=B | 4 | 21"
    with pytest.raises(RecordRefused, match=r"KW01: .*'B'.* is shown by KW05.*also_hide"):
        refuse_leaks(drawn(f"{days}\n{reasons}"))
    refuse_leaks(drawn(f"{days}\n{reasons.replace('KW05/d=A | 5 | 40.25', 'KW05/d=A | 5 | 44')}"))


def test_a_base_of_many_may_stand_beside_a_hidden_figure_of_the_same_people():
    hidden = "KR01 | 60 | 121 | 121\nKR01/w=A | 20 | 40.5 | 42\nKR01/w=B | [c]\nKR01/w=C | [c]"
    shown = "KR02 | 61 | 121 | 121\nKR02/w=A | 21 | 40.5 | 42\nKR02/w=B | 9 | 30 | 31"
    refuse_leaks(drawn(f"{hidden}\n{shown}\nKR02/w=C | 31 | 50.5 | 48"))


def test_two_questions_that_agree_on_one_whole_number_are_two_questions():
    hidden = "KR01 | 60\nKR01/w=A | 20\nKR01/w=B | [c]\nKR01/w=C | [c]"
    refuse_leaks(drawn(f"{hidden}\nKR02 | 60\nKR02/w=A | 20\nKR02/w=B | 9\nKR02/w=C | 31"))


def test_a_hidden_row_that_follows_from_two_indicators_together_is_refused():
    """One hides B and C, the other B and D of what is the same: each shows what the other lacks."""
    first = "KW01 | 71.5\nKW01/w=A | 20.5\nKW01/w=B | [c]\nKW01/w=C | [c]\nKW01/w=D | 17"
    other = "KW05 | 71.5\nKW05/w=A | 20.5\nKW05/w=B | [c]\nKW05/w=C | 25\nKW05/w=D | [c]"
    refuse_leaks(drawn(first))
    refuse_leaks(drawn(other))
    with pytest.raises(RecordRefused, match=r"KW01: .*'C'.* is shown by KW05"):
        refuse_leaks(drawn(f"{first}\n{other}"))


LOOSE = """
KR01 | 61
KR01/w=A | 33
KR01/w=B | 28
KR01/s=M | 45
KR01/s=F | 16
KR01/w=A&s=M | [c]
KR01/w=A&s=F | [c]
KR01/w=B&s=M | [c]
KR01/w=B&s=F | [c]
"""


def test_a_count_that_two_totals_leave_few_values_is_refused():
    refuse_leaks(drawn(LOOSE))
    tight = LOOSE.replace("s=M | 45", "s=M | 57").replace("s=F | 16", "s=F | 4")
    with pytest.raises(RecordRefused, match=r"KR01: .* lies between 0 and 4 by those shown"):
        refuse_leaks(drawn(tight))
    refuse_leaks(drawn(tight), regime=Regime(threshold=5))


def test_of_nobody_nobody_is_no_secret():
    refuse_leaks(drawn(LOOSE.replace("w=B | 28", "w=B | 0").replace("w=A | 33", "w=A | 61")))


def test_a_figure_that_follows_with_the_pack_before_is_refused():
    """Of one survey wave the pack before hid B and C; this one hides B and D."""
    before = drawn("KR01 | 71\nKR01/w=A | 20\nKR01/w=B | [c]\nKR01/w=C | [c]\nKR01/w=D | 17")
    now = drawn("KR01 | 71\nKR01/w=A | 20\nKR01/w=B | [c]\nKR01/w=C | 25\nKR01/w=D | [c]",
                quarter="2024-25-Q2")  # fmt: skip
    refuse_leaks(now)
    with pytest.raises(RecordRefused, match=r"KR01: .*'B'.* follows .* with those of 2024-25-Q1"):
        refuse_leaks(now, before)
    refuse_leaks(now, before.assign(period=YEAR))


def test_what_the_pack_before_showed_is_no_longer_a_secret():
    before = drawn("KR01 | 71\nKR01/w=A | 20\nKR01/w=B | 34\nKR01/w=C | 17")
    now = drawn("KR01 | 71\nKR01/w=A | 20\nKR01/w=B | [c]\nKR01/w=C | [c]", quarter="2024-25-Q2")
    refuse_leaks(now, before)


@pytest.mark.parametrize(
    ("then", "is_refused"), [(40, True), (45, False), (33, False), (41.5, False)]
)
def test_a_year_to_date_count_of_few_more_than_before_is_refused(then, is_refused):
    before = drawn(f"KW99/team=Parks | {then}")
    now = drawn("KW99/team=Parks | 45", YEAR, "2024-25-Q2")
    refuse_leaks(now, before)  # nobody said that it is of people
    if not is_refused:
        refuse_leaks(now, before, personal=["spells"])
        return
    with pytest.raises(RecordRefused, match=r"KW99/team=Parks: .* pack of 2024-25-Q1.*small count"):
        refuse_leaks(now, before, personal=["spells"])


def test_a_pack_without_earlier_one_or_hidden_row_is_let_through():
    refuse_leaks(drawn("KW01 | 90\nKW01/d=A | 40\nKW01/d=B | 50"), drawn("KF01 | 3"))
