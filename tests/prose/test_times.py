"""Days in sentences: what they mean, and which cannot be."""

from datetime import date

import pytest

from peerpack.prose import read

CANNOT_BE = (
    ("on 31 June 2024", "June 2024 has 30 days"),
    ("on 29 February 2023", "February 2023 has 28 days"),
    ("by 31st November", "November has 30 days"),
    ("on Tuesday 6 March 2024", "6 March 2024 was a Wednesday, not a Tuesday"),
    ("in Q5 2024/25", "a year has four quarters, and no quarter 5"),
    ("in 2024/23", "a year that begins in 2024 does not end in 2023"),
)
CAN_BE = (
    "on Wednesday 6 March 2024", "on 29 February 2024", "in 2024/25", "in 2008/9", "Q4 2023/24",
    "Q5 asked who", "on Sunday, 10 November", "in the years 2023/26", "on 30/06/2024", "12/31/2024",
)  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), CANNOT_BE)
def test_a_day_that_cannot_be_says_why(text, fault):
    assert [day.fault for s in read(text) for day in s.days] == [fault]


@pytest.mark.parametrize("text", CAN_BE)
def test_a_day_that_can_be_has_no_fault(text):
    assert {day.fault for s in read(text) for day in s.days} <= {""}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("2nd December 2024", date(2024, 12, 2), date(2024, 12, 2)),
     ("March 2025", date(2025, 3, 1), date(2025, 3, 31)),
     ("2024/25", date(2024, 4, 1), date(2025, 3, 31)),
     ("1.4.23", date(2023, 4, 1), date(2023, 4, 1)),
     ("30 September", None, None)],
)  # fmt: skip
def test_a_time_has_a_first_and_a_last_day(text, first, last):
    (found,) = read(f"It was in {text} then.")[0].days
    assert (found.text, found.first, found.last) == (text, first, last)
