"""What `peerpack check` tells the owner of a return: the page, and the same as lines."""

from collections import Counter

import pytest

from peerpack import render
from peerpack.handover.check import FileLeft, QuarterChecked, ReturnChecked, Since
from peerpack.handover.receipt import (
    Check,
    ColumnsChanged,
    FileRead,
    HeaderUsed,
    HeadingNotRead,
    Noticed,
    Quarantined,
    Renamed,
    Repeats,
    SetAside,
    Verdict,
)

HOSTILE = '<script>alert("x")</script>\'"'
ESCAPE = "\x1b[31mred\x07"
SHA = "0123456789abcdef" * 4


def failing(rows=(1_000_000_019,), severity="warn", n=None, found=""):
    return Check(id="B1", why="Every service has a budget.", severity=severity, passed=False,
                 failing_n=n or len(rows) or 1, failing_rows=tuple(rows), found=found)  # fmt: skip


def verdict(*checks):
    stop = any(check.severity == "stop" for check in checks)
    return Verdict(outcome="stop" if stop else "warn" if checks else "pass", checks=checks)


def bad_cell(row=19, found="n/k", file="Budget P3.xlsx"):
    return Quarantined(file=file, sheet="Q1", row=row, column="budget_gbp", found=found,
                       expected="an amount", what_to_do="Ask Finance.")  # fmt: skip


@pytest.fixture
def returned(rows):
    """A return as checked, its receipt drawn with what is said."""

    def returned(name="budget", since=None, personal=False, **said):
        quiet = {"verdict": verdict(), "quarantined": (), "reconciliations": (), "corrections": ()}
        receipt = rows.receipt(dataset=name, title=name.title(), personal=personal, **quiet | said)
        return ReturnChecked(
            dataset=name, title=name.title(), owner="Finance", personal=personal,
            holds={"budget_gbp": "money, GBP"}, receipt=receipt, since=since,
        )  # fmt: skip

    return returned


def refused(name="payroll", why="payroll.csv: cannot be read.", code=11):
    return ReturnChecked(dataset=name, title=name.title(), owner="HR", personal=True, holds={},
                         refused=why, exit_code=code)  # fmt: skip


def quarter(*returns, **said):
    usual = {"council": "northborough", "council_name": "Northborough", "invented": True,
             "quarter": "2024-25-Q1", "returns": returns, "not_used": ()}  # fmt: skip
    return QuarterChecked(**usual | said)


def lines(checked):
    return [line.text.strip() for line in render.report_lines(checked)]


def text(checked):
    return "\n".join(lines(checked))


def test_the_summary_comes_first_and_counts_what_each_return_came_to(returned, parse):
    checked = quarter(
        returned("a"), returned("b", verdict=verdict(failing())), refused(),
        returned("c", verdict=verdict(failing(severity="stop"))), returned("d"),
    )  # fmt: skip
    summary = "5 returns: 2 pass, 1 warn, 1 stop, 1 refused"
    assert render.summary_line(checked) == summary
    assert lines(checked)[0] == f"Northborough, 2024-25-Q1. {summary}"
    page = parse(render.check_page(checked))
    assert page.text.index(summary) < page.text.index("Every return: its verdict")
    titles = [title for _, (title, *_) in render.overview(checked)]
    assert titles == ["Payroll", "C", "B", "A", "D"]


def test_a_quarter_of_refused_files_alone_still_has_its_page(parse):
    left = FileLeft(name="a.csv", why="it fits two datasets", exit_code=11)
    checked = quarter(not_used=(left,))
    assert render.summary_line(checked) == "0 returns: 0 pass, 0 warn, 0 stop; 1 file refused"
    assert "a.csv: refused. it fits two datasets" in parse(render.check_page(checked)).text


def test_a_refused_return_says_why_and_hides_no_other(returned, parse):
    checked = quarter(refused(), returned("a"))
    page = parse(render.check_page(checked)).text
    assert "payroll.csv: cannot be read." in page
    assert "42 admitted + 7 set aside" in page
    assert lines(checked).count("verdict: refused") == lines(checked).count("verdict: pass") == 1


def test_what_was_understood_names_headings_scale_header_row_and_what_was_not_read(returned):
    head = {"file": "Budget P3.xlsx", "sheet": "Q1"}
    told = text(quarter(returned(
        headers=(HeaderUsed(column="budget_gbp", heading="Budget £000", scale=1000, **head),),
        not_read=(HeadingNotRead(heading="Notes", **head),),
        set_aside=(SetAside(reason="header", lines=(6, 7), **head),
                   SetAside(reason="blank", lines=(9, 11, 12, 13), **head)),
    )))  # fmt: skip
    assert "Budget P3.xlsx, sheet Q1, spreadsheet, headings in rows 6 to 7" in told
    assert "'Budget £000' as budget_gbp (money, GBP, times 1,000)" in told
    assert "headings not read: 'Notes'" in told
    assert "set aside, blank: Budget P3.xlsx, sheet Q1, rows 9, 11 to 13" in told


def test_of_very_many_headings_not_read_the_report_names_twelve_and_the_page_all(returned, parse):
    head = {"file": "Budget P3.xlsx", "sheet": "Q1"}
    unread = tuple(HeadingNotRead(heading=f"Line {n}", **head) for n in range(1, 451))
    checked = quarter(returned(not_read=unread))
    assert text(checked).count("'Line ") == 12
    assert "'Line 12', and 438 more" in text(checked)
    assert "Line 450" in parse(render.check_page(checked)).text


def test_what_the_cells_of_a_column_say_together_is_told_as_in_doubt(returned, parse):
    seen = Noticed(file="a.csv", sheet="", column="paid_on", row=7, rows_n=3, words="two styles.")
    checked = quarter(returned(noticed=(seen,)))
    assert "in doubt: a.csv, paid_on, 3 rows from row 7: two styles." in text(checked)
    assert (
        "a.csv, paid_on, 3 rows from row 7: two styles." in parse(render.check_page(checked)).text
    )


def test_twelve_files_with_the_same_headings_are_told_once(returned, parse):
    files = [FileRead(number=n, name=f"{n}.csv", sha256=SHA, sheet="", encoding="", rows_in=1)
             for n in range(1, 13)]  # fmt: skip
    heads = [HeaderUsed(file=f.name, sheet="", column="a", heading="A") for f in files]
    checked = quarter(returned(files=tuple(files), headers=tuple(heads)))
    assert text(checked).count("'A' as a") == 1
    assert parse(render.check_page(checked)).text.count("Headings of 1.csv; 2.csv") == 1


def test_a_failing_check_names_its_rows_by_file_and_line(returned):
    rows = [1_000_000_003, 1_000_000_004, 1_000_000_009]
    told = text(quarter(returned(verdict=verdict(failing(rows)))))
    assert "Found: 3 rows. Rows: Budget P3.xlsx, sheet Q1, rows 3 to 4, 9." in told


def test_of_many_failing_rows_the_first_fifty_are_named_and_the_rest_counted(returned):
    rows = range(1_000_000_001, 1_000_001_001)
    told = text(quarter(returned(verdict=verdict(failing(rows, n=2_000)))))
    assert "rows 1 to 50. And 1,950 more." in told


def test_a_check_of_the_whole_return_says_what_was_found(returned, parse):
    checked = quarter(returned(verdict=verdict(failing((), found="No row is dated in 2024-05."))))
    assert "Found: No row is dated in 2024-05." in text(checked)
    page = parse(render.check_page(checked)).text
    assert "No row is dated in 2024-05 the return as a whole" in page


def test_of_many_rows_in_quarantine_the_first_fifty_are_shown_and_the_rest_counted(returned, parse):
    cells = tuple(bad_cell(row, found=f"bad{row}") for row in range(1, 61))
    checked = quarter(returned(quarantined=cells))
    for told in (text(checked), parse(render.check_page(checked)).text):
        assert "bad50" in told
        assert "bad51" not in told
        assert "nd 10 more" in told


def test_repeats_are_told_with_what_is_at_stake_and_change_no_verdict(returned):
    repeats = Repeats(but="ref", groups_n=2, rows_n=5, at_stake_gbp=1240.5, runs_n=1,
                      runs=((1_000_000_003, 1_000_000_007),))  # fmt: skip
    told = text(quarter(returned(repeats=(repeats,))))
    assert (
        "repeats: 5 rows in 2 groups are alike in every column read but ref; £1,240.50 stands in "
        "those beyond the first of each group. They are kept: Budget P3.xlsx, sheet Q1, rows 3 to 7"
    ) in told
    assert "verdict: pass" in told


SINCE = Since(
    quarter="2023-24-Q4", rows_admitted=40, outcome="warn", files_new=("b.csv",),
    files_gone=("a.csv",), newly_failing=("n1",), mended=("m1",), checks=(failing(()),),
    columns=ColumnsChanged(
        renamed=(Renamed(column="c", before="Old", now="New"),),
        new=("X",), gone=("Y",), columns_gone=(),
    ),
)  # fmt: skip


def test_what_changed_since_last_quarter_is_told_and_its_warning_counts(returned, parse):
    checked = quarter(returned(since=SINCE))
    assert render.summary_line(checked) == "1 return: 0 pass, 1 warn, 0 stop"
    for words in (
        "40 rows admitted then, 42 now", "Verdict pass, warn then", "did not then: n1",
        "do not now: m1", "new name: b.csv", "not here: a.csv", "that are new: X",
        "that are gone: Y", "renamed: Old is now New",
    ):  # fmt: skip
        assert words in text(checked)
        assert words in parse(render.check_page(checked)).text


def test_a_return_that_was_refused_last_quarter_says_so_and_compares_nothing(returned):
    since = Since(quarter="2023-24-Q4", refused="a.csv is damaged.")
    told = text(quarter(returned(since=since)))
    assert "No comparison with 2023-24-Q4: its own return was refused. a.csv is damaged." in told
    assert "then" not in told


def test_a_dataset_that_nobody_gave_again_is_told(returned, parse):
    checked = quarter(returned(), not_supplied=("Payroll",), quarter_before="2023-24-Q4")
    assert "supplied in 2023-24-Q4 and not now: Payroll" in text(checked)
    page = parse(render.check_page(checked)).text
    assert "Supplied in 2023-24-Q4 and not this time: Payroll." in page


def test_of_personal_data_no_cell_and_no_amount_is_shown(returned, rows, parse):
    total = rows.receipt().reconciliations[0]
    repeats = Repeats(but="", groups_n=1, rows_n=2, at_stake_gbp=9.0, runs=(), runs_n=0)
    secret = bad_cell(found="Ann Other")
    checked = quarter(returned(personal=True, quarantined=(secret,), repeats=(repeats,),
                               reconciliations=(total,)))  # fmt: skip
    page = parse(render.check_page(checked)).text
    for told in (page, text(checked)):
        assert "Ann Other" not in told
        assert "Total Adults" not in told
        assert "100" not in told
        assert "£9" not in told


def test_hostile_names_and_cells_are_shown_as_text(returned, parse):
    cell = bad_cell(found=HOSTILE, file=HOSTILE)
    checked = quarter(
        returned(quarantined=(cell,), not_read=(HeadingNotRead(file="f", sheet="", heading="h"),)),
        refused(why=HOSTILE), council_name=HOSTILE, not_used=(FileLeft(name=HOSTILE, why=HOSTILE),),
    )  # fmt: skip
    page = parse(render.check_page(checked))
    assert "script" not in {tag for tag, _ in page.tags}
    assert page.text.count('<script>alert("x")</script>') > 5


def test_no_control_character_of_a_file_reaches_a_terminal(returned):
    checked = quarter(refused(why=ESCAPE), not_used=(FileLeft(name=ESCAPE, why=ESCAPE),))
    assert all(line.text.isprintable() for line in render.report_lines(checked))


def test_a_colour_only_repeats_what_the_words_say(returned):
    checked = quarter(refused(), returned("a", verdict=verdict(failing(severity="stop"))))
    toned = [line for line in render.report_lines(checked) if line.tone == "bad"]
    assert [line.text.strip() for line in toned] == ["verdict: refused", "verdict: stop"]


def test_the_page_has_one_heading_landmarks_captions_and_scoped_headers(returned, parse):
    cells = (bad_cell(),)
    checked = quarter(returned(quarantined=cells, verdict=verdict(failing()), since=SINCE),
                      refused())  # fmt: skip
    page = parse(render.check_page(checked))
    tags = Counter(tag for tag, _ in page.tags)
    assert [tags[tag] for tag in ("h1", "main", "header", "footer")] == [1, 1, 1, 1]
    assert tags["table"] == tags["caption"]
    assert all("scope" in said for tag, said in page.tags if tag == "th")
    ids = page.all("id")
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    links = [link[1:] for link in page.all("href") if link.startswith("#")]
    assert {*links, *" ".join(page.all("aria-labelledby")).split()} <= set(ids)


def test_the_page_asks_for_nothing_and_runs_nothing(returned, parse):
    page = parse(render.check_page(quarter(returned())))
    assert {"script", "img", "iframe", "form"} & {tag for tag, _ in page.tags} == set()
    assert [h for h in page.all("href") if not h.startswith(("#", "data:"))] == []
    assert "default-src 'none'" in page.all("content")[0]
