"""A pack is approved by three people or not at all, and its log cannot be changed unseen."""

import contextlib
import json
import os
import re
import shutil
import tomllib
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from reviewing import (
    ANN,
    BOB,
    CAT,
    NOON,
    PEOPLE,
    WHO,
    brought_to,
    copied_pack,
    filled_form,
    step,
)
from typer.main import get_command
from workbench import LIVERPOOL, ROOT, run

from peerpack.cli.commands import app
from peerpack.errors import NotFound, PackTampered, ReviewRefused, UsageError
from peerpack.packs.build import build
from peerpack.packs.review.exhibits import _text
from peerpack.packs.review.keeping import finish, write_page
from peerpack.packs.review.lines import Line
from peerpack.packs.review.log import (
    LineFault,
    Log,
    Subject,
    log_file,
    read,
    state_of,
    subject,
)
from peerpack.packs.review.page import page
from peerpack.packs.review.standing import PENDING, anchors, logs, quarterly, standing_of
from peerpack.packs.review.steps import Asked, take
from peerpack.packs.review.table import ROLES, STATES, STEPS, TABLE, steps_from, transition
from peerpack.packs.review.told import as_fields, standing_lines
from peerpack.packs.versions import versions

DIGEST = "0" * 64
EMPTY = Subject(DIGEST, frozenset())


@pytest.fixture
def pack(tmp_path):
    return copied_pack(tmp_path)


@pytest.fixture(scope="module")
def at(tmp_path_factory):
    """`at(state)`: a pack in that state, made once; tests copy its folder."""
    made = {}

    def bring(state):
        if state not in made:
            made[state] = brought_to(copied_pack(tmp_path_factory.mktemp(state)), state)
        return made[state]

    return bring


@pytest.fixture
def approved(at, tmp_path):
    """An approved pack of this test's own, with its log and its page."""
    return copied_with_log(at("approved"), tmp_path)


def copied_with_log(pack, to):
    shutil.copytree(pack.parents[2], to, dirs_exist_ok=True)
    return to / pack.relative_to(pack.parents[2])


def refused(pack, name, match, **more):
    before = log_file(pack).read_bytes() if log_file(pack).exists() else None
    with pytest.raises(ReviewRefused, match=match) as caught:
        step(pack, name, **more)
    assert caught.value.exit_code == 50
    assert before == (log_file(pack).read_bytes() if log_file(pack).exists() else None)


def tampered(pack, match):
    """Everyone who reads the log says so: verify, a build, a step."""
    with pytest.raises(PackTampered, match=match) as caught:
        standing_of(pack)
    assert caught.value.exit_code == 40
    with pytest.raises(PackTampered):
        logs(quarterly(pack))
    with pytest.raises(PackTampered):
        step(pack, "withdraw")


# --- the table


@pytest.mark.parametrize("state", STATES)
def test_every_step_is_taken_or_refused_as_the_table_says(at, tmp_path, state):
    first = at(state)
    for name in WHO:
        row = transition(state, name)
        if row:
            pack = copied_with_log(first, tmp_path / name)
            assert step(pack, name).state == row.next
            assert state_of(pack) == row.next
        else:
            refused(first, name, f"v001 is {state}: {name} is no step from there")
    assert standing_of(first).log.state == state


def test_every_state_can_be_reached_and_only_two_are_final():
    reached = {"draft"}
    for _ in STATES:
        reached |= {row.next for row in TABLE if row.state in reached}
    assert reached == set(STATES)
    assert [state for state in STATES if not steps_from(state)] == ["superseded", "withdrawn"]


def test_the_table_says_one_thing_of_a_state_and_a_step():
    assert len({(row.state, row.step) for row in TABLE}) == len(TABLE)


def test_the_page_in_docs_is_the_one_the_table_prints():
    said = (ROOT / "docs" / "reference" / "review.md").read_text(encoding="utf-8")
    assert said == page(), "python -m peerpack.packs.review.page prints it"


def test_the_drawing_and_the_table_in_words_say_the_same():
    drawn, told = page().split("```\n")
    arrows = {line.strip() for line in drawn.splitlines() if "-->" in line and "[*]" not in line}
    rows = [line.strip("| ").split(" | ") for line in told.splitlines() if line.startswith("| ")]
    assert {f"{r[0]} --> {r[2]}: {r[1].strip('`')} ({r[3]})" for r in rows[1:]} == arrows


def test_nobody_supersedes_by_hand(at, tmp_path):
    pack = copied_with_log(at("approved"), tmp_path)
    refused(pack, "supersede", "approve the later version", by=CAT)


# --- people


@pytest.mark.parametrize(
    "again",
    [
        "Ann Analyst <other@example.org>",
        "ANN  ANALYST <other@example.org>",
        "AnnAnalyst <other@example.org>",
        "Ａnn Analyst <other@example.org>",
        "Somebody Else <ann@example.org>",
        "Somebody Else <ANN@Example.org>",
        "Somebody Else <ann+review@example.org>",
    ],
)
def test_the_analyst_is_never_the_assurer_however_the_name_is_typed(at, tmp_path, again):
    pack = copied_with_log(at("submitted"), tmp_path)
    refused(pack, "review", "the same person is analyst in line 1", by=again)


@pytest.mark.parametrize(("by", "role"), [(ANN, "analyst"), (BOB, "assurer")])
def test_the_approver_is_neither(at, tmp_path, by, role):
    pack = copied_with_log(at("reviewed"), tmp_path)
    refused(pack, "approve", f"would be approver, and the same person is {role}", by=by)


def test_an_assurer_of_the_first_round_does_not_submit_the_second(at, tmp_path):
    pack = copied_with_log(at("returned"), tmp_path)
    refused(pack, "submit", "would be analyst, and the same person is assurer", by=BOB)
    assert step(pack, "submit").state == "submitted"


def test_whoever_has_a_role_withdraws_in_it(at, tmp_path):
    for role, by in PEOPLE.items():
        pack = copied_with_log(at("approved"), tmp_path / role)
        assert step(pack, "withdraw", by=by).lines[-1].role == role


# --- what a step needs


@pytest.mark.parametrize(("state", "name"), [("submitted", "return"), ("draft", "withdraw")])
def test_returning_and_withdrawing_need_a_reason(at, tmp_path, state, name):
    pack = copied_with_log(at(state), tmp_path)
    with pytest.raises(ReviewRefused, match=f"{name} needs a reason"):
        take(pack, Asked(name, BOB))


def test_a_pack_is_not_submitted_before_each_exhibit_has_context_and_controls(pack):
    refused(pack, "submit", "compared-by-theme: context is empty", exhibits=None)
    half = filled_form(pack, controls="")
    with pytest.raises(ReviewRefused) as caught:
        step(pack, "submit", exhibits=half)
    said = str(caught.value)
    assert "compared-by-theme: controls is empty" in said
    assert "published-beside-comparators: controls is empty" in said
    assert "context" not in said.partition(". Print")[0]


def test_the_form_lists_each_exhibit_with_its_words_and_what_was_hidden(pack):
    form = filled_form(pack).read_text(encoding="utf-8")
    assert (
        'title = "11 published percentages: furthest from its comparator, 20.7% beside 48.8%"'
        in form
    )
    assert (
        'alt = "11 pairs of dots, printed figures from 4% to 86%, the furthest apart first.' in form
    )
    assert "Counts of people from 1 to 7 are not shown." in form
    assert "0 of its 2 figures suppressed." in form


@given(st.text(st.characters()))
def test_a_title_of_any_letters_is_one_string_of_the_form(text):
    written = _text(text)
    assert written.isprintable()
    assert tomllib.loads(f"title = {written}")["title"] == re.sub("[\ud800-\udfff]", "\ufffd", text)


def test_a_council_that_no_data_root_knows_takes_no_step(pack, monkeypatch, tmp_path):
    (tmp_path / "data" / "reference").mkdir(parents=True)
    monkeypatch.setenv("PEERPACK_ROOT", str(tmp_path))
    with pytest.raises(NotFound, match=r"no data root holds liverpool/council\.toml"):
        step(pack, "withdraw")
    assert not log_file(pack).exists()


def test_a_folder_that_cannot_be_written_to_is_said(pack):
    (pack.parents[2] / ".locks").write_text("no folder")
    with pytest.raises(UsageError, match="Cannot write to"):
        step(pack, "withdraw")


def test_what_was_said_of_exhibits_stands_in_the_log_and_on_the_page(pack):
    log = step(pack, "submit", exhibits=filled_form(pack, context="For scrutiny <b>&</b> peers"))
    assert log.lines[0].exhibits["compared-by-theme"].context == "For scrutiny <b>&</b> peers"
    shown = (pack.parent / "index.html").read_text(encoding="utf-8")
    assert "For scrutiny &lt;b&gt;&amp;&lt;/b&gt; peers" in shown


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda form: form.replace('pack = "', 'pack = "0'), "no form of this pack"),
        (lambda form: form + '[exhibits."other"]\n', "other: the pack has no such exhibit"),
        (lambda form: form.replace("[exhibits", "exhibits["), "is not TOML"),
        (lambda form: form[:-40], "is not TOML|is empty"),
        (lambda form: "", "no form of this pack"),
        (lambda form: "a = " + "[" * 100_000, "is not TOML"),
        (lambda form: form.partition("\n[")[0] + "\nexhibits = 7\n", "context is empty"),
        (lambda form: form.replace('"Shown to scrutiny"', "7"), "context is empty"),
        (lambda form: form.replace("Shown", "Sh\\u202Eown"), r"cannot be seen .*U\+202E"),
        (lambda form: form.replace("Shown", "Shown" * 300), "has 1,512 characters"),
        (lambda form: form.replace("Shown", "\\nShown"), "begins or ends|cannot be seen"),
    ],
)  # fmt: skip
def test_a_form_that_is_not_one_is_refused(pack, change, match):
    path = filled_form(pack)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    refused(pack, "submit", match, exhibits=path)


def test_a_form_that_is_not_there_is_said(pack):
    with pytest.raises(NotFound, match="there is no file nowhere"):
        step(pack, "submit", exhibits=pack / "nowhere.toml")


HOSTILE = [
    "", " ", "a\nb", "a\x1b[31m", "a\u202eb", "a\u200bb", "a\u2028b", "a\x00b", "a\ud800b",
    "a" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE[1:], ids=ascii)
def test_a_reason_that_a_terminal_or_a_log_would_trip_over_is_refused(pack, text):
    with pytest.raises(ReviewRefused, match="--reason"):
        take(pack, Asked("withdraw", ANN, text))


@pytest.mark.parametrize("text", [f"{t} <a@example.org>" for t in HOSTILE] + [
    "Ann", "<ann@example.org>", "Ann <ann>", "Ann <ann@ex ample.org>", "Ann <-f@example.org>",
    "Ann <a@b> <c@d>", "<b>Ann</b> <ann@example.org>", "Ann <*@example.org>", "Ann <a@b,c@d>",
], ids=ascii)  # fmt: skip
def test_a_name_that_is_none_is_refused(pack, text):
    with pytest.raises(ReviewRefused, match="--by"):
        take(pack, Asked("withdraw", text, "Wrong"))


def test_markup_in_a_reason_is_words_on_the_page_and_in_the_terminal(pack):
    step(pack, "withdraw", reason='<script>alert("x")</script> [red]\\')
    shown = (pack.parent / "index.html").read_text(encoding="utf-8")
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    told = list(standing_lines(standing_of(pack)))
    assert told[0].startswith("WITHDRAWN by Cat Approver <cat@example.org> on 2024-07-02")
    assert told[0].endswith('<script>alert("x")</script> [red]\\')


def test_no_step_is_taken_of_a_pack_that_does_not_verify(at, tmp_path):
    pack = copied_with_log(at("submitted"), tmp_path)
    (pack / "note.txt").write_text("added")
    with pytest.raises(PackTampered, match=r"note\.txt added"):
        step(pack, "review")


def test_a_copy_elsewhere_has_no_review_of_its_own(pack, tmp_path):
    shutil.copytree(pack, tmp_path / "v001")
    with pytest.raises(UsageError, match="not a copy"):
        step(tmp_path / "v001", "withdraw")
    assert standing_of(tmp_path / "v001").log.state == "draft"


# --- versions


def test_approving_a_version_supersedes_the_approved_one_and_both_say_so(approved):
    second = brought_to(copied_pack(approved.parents[2], "v002"), "approved")
    found = logs(quarterly(second))
    assert (found["v001"].state, found["v002"].state) == ("superseded", "approved")
    assert found["v001"].lines[-1].superseded_by == "v002"
    assert found["v002"].lines[-1].supersedes == ["v001"]
    shown = (approved.parent / "index.html").read_text(encoding="utf-8")
    assert "Superseded by v002, which was approved" in shown
    assert "Approved; supersedes v001" in shown


def test_the_approver_of_the_next_version_may_have_been_the_analyst_of_this(approved):
    second = copied_pack(approved.parents[2], "v002")
    for name, by in (("submit", CAT), ("review", BOB), ("approve", ANN)):
        step(second, name, by=by)
    assert state_of(approved) == "superseded"


def test_an_earlier_version_is_not_approved_over_a_later_one(at, tmp_path):
    pack = copied_with_log(at("reviewed"), tmp_path)
    brought_to(copied_pack(tmp_path, "v002"), "approved")
    refused(pack, "approve", "v002 is later than v001 and approved. Withdraw that first")


def test_a_new_version_starts_without_approvals(approved):
    second = copied_pack(approved.parents[2], "v002")
    assert state_of(second) == "draft"
    assert not log_file(second).exists()


def test_a_version_that_was_taken_away_keeps_its_log_its_place_and_its_number(at, tmp_path):
    pack = copied_with_log(at("withdrawn"), tmp_path)
    second = copied_pack(tmp_path, "v002")
    shutil.rmtree(pack)
    assert step(second, "submit").state == "submitted"
    shown = (second.parent / "index.html").read_text(encoding="utf-8")
    assert "v001 (taken away)" in shown
    assert anchors(second.parent)["v001"][0] == 1


# --- the log


@pytest.fixture(scope="module")
def written(at):
    """An approved pack's log as text, and the pack it is of."""
    pack = at("approved")
    return log_file(pack).read_bytes(), subject(pack)


def accepted(text, written):
    """What a reader makes of a text, holding it against the count and head of the true log."""
    true = read(*written, None)
    try:
        log = read(text, written[1], None)
    except LineFault:
        return False
    return (len(log.lines), log.head) == (len(true.lines), true.head)


@settings(max_examples=100)
@given(data=st.data())
def test_any_byte_changed_is_noticed(written, data):
    text = written[0]
    place = data.draw(st.integers(0, len(text) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != text[place]))
    assert accepted(text, written)
    assert not accepted(text[:place] + bytes([byte]) + text[place + 1 :], written)


def test_any_lines_taken_out_repeated_or_moved_are_noticed(written):
    lines = written[0].splitlines(keepends=True)
    for n in range(len(lines)):
        assert not accepted(b"".join(lines[:n] + lines[n + 1 :]), written)
        assert not accepted(b"".join([*lines[:n], lines[n], *lines[n:]]), written)
    assert not accepted(b"".join(reversed(lines)), written)
    assert not accepted(written[0][:-1], written)
    assert not accepted(b"", written)


def change_line(pack, number, **fields):
    lines = log_file(pack).read_bytes().splitlines()
    said = json.loads(lines[number - 1]) | fields
    kept = {name: value for name, value in said.items() if value is not None}
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    lines[number - 1] = text.encode()
    log_file(pack).write_bytes(b"".join(line + b"\n" for line in lines))


def test_a_line_changed_is_named_by_the_line_that_no_longer_follows_it(approved):
    change_line(approved, 2, reason="Looked at twice")
    tampered(approved, r"v001\.review\.jsonl, line 3: it does not follow line 2: that was changed")


def test_a_line_taken_out_of_the_middle_is_named(approved):
    lines = log_file(approved).read_bytes().splitlines(keepends=True)
    log_file(approved).write_bytes(lines[0] + lines[2])
    tampered(approved, r"line 2: it does not follow line 1: .* taken out")


def test_the_last_line_changed_or_taken_out_is_held_against_the_page(approved):
    whole = log_file(approved).read_bytes()
    log_file(approved).write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    tampered(approved, "has 2 lines; index.html counted 3 lines: the last was taken out")
    log_file(approved).write_bytes(whole)
    change_line(approved, 3, by="Dan <dan@example.org>")
    tampered(approved, "line 3 was another then")
    log_file(approved).unlink()
    tampered(approved, "has 0 lines; index.html counted 3 lines")


def test_a_line_added_by_hand_is_held_against_the_page(approved):
    head = read(log_file(approved).read_bytes(), None, None).head
    line = Line(
        previous=head, at="2025-01-01T00:00:00Z", by=ANN, role="analyst", step="withdraw",
        state="withdrawn", reason="Forged",
    )  # fmt: skip
    with log_file(approved).open("ab") as file:
        file.write(line.written() + b"\n")
    tampered(approved, "line 4 was added by another hand")


@pytest.mark.parametrize(
    ("number", "fields", "match"),
    [
        (1, {"previous": DIGEST}, "line 1: it is of another pack"),
        (1, {"exhibits": None}, "line 1: submit says something of each exhibit"),
        (1, {"exhibits": {}}, "line 1: submit says something of each exhibit"),
        (1, {"by": BOB}, "line 2: it does not follow line 1"),
        (3, {"by": BOB}, "line 3: .* the same person is assurer in line 2"),
        (3, {"role": "analyst"}, "line 3: approve from reviewed is for approver, not for analyst"),
        (3, {"state": "withdrawn"}, "line 3: approve to withdrawn is no step from reviewed"),
        (3, {"state": "published"}, "line 3: state: Input should be"),
        (3, {"step": "return", "state": "returned"}, "line 3: return needs a reason"),
        (3, {"at": "2024-02-30T00:00:00Z"}, "line 3: at: "),
        (3, {"at": "2024-07-02T11:59:59Z"}, "line 3: its time, .* is before"),
        (3, {"superseded_by": "v002"}, "line 3: approve: the later version is named by supersede"),
        (3, {"supersedes": ["../v002"]}, "line 3: supersedes: "),
        (3, {"exhibits": {}}, "line 3: approve says nothing of exhibits"),
        (3, {"reason": "a\u202eb"}, "line 3: reason: .*cannot be seen"),
        (3, {"reason": 7}, "line 3: reason: Input should be a valid string"),
        (3, {"\u202e<b>": 7}, "line 3: a field that no line has"),
        (3, {"step": None}, "line 3: step: Field required"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_named_with_the_reason(approved, number, fields, match):
    change_line(approved, number, **fields)
    tampered(approved, match)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (b"", "line 0: a log has 1 to 200 lines"),
        (b"\n", "line 1: it is not JSON"),
        (b"{}\n", "line 1: previous: Field required"),
        (b"[]\n", "line 1: a field that no line has"),
        (b"\xff\n", "line 1: it is not JSON"),
        (b'{"at":"\\ud800"}\n', "line 1: "),
        (b"[" * 100_000 + b"\n", "line 1: it is not JSON"),
        (b"1" * 10_000 + b"\n", "line 1: it is not JSON"),
        (b"\n" * 201, "line 201: a log has 1 to 200 lines"),
        (b"x" * 5_000_001, "larger than 5,000,000 bytes"),
    ],
)
def test_a_log_that_is_none_is_refused(approved, text, match):
    log_file(approved).write_bytes(text)
    tampered(approved, match)


def test_json_with_a_key_twice_or_a_space_more_is_not_a_line(approved):
    text = log_file(approved).read_bytes()
    for other in (text.replace(b'{"at"', b'{"at":"2020-01-01T00:00:00Z","at"', 1),
                  text.replace(b":", b": ", 1)):  # fmt: skip
        log_file(approved).write_bytes(other)
        tampered(approved, "line 1: it is not written as a log writes it")


def test_a_log_that_is_a_link_a_folder_or_a_pipe_is_refused(approved, tmp_path):
    path = log_file(approved)
    path.rename(tmp_path / "same bytes")
    path.symlink_to(tmp_path / "same bytes")
    tampered(approved, "is a link, no file")
    path.unlink()
    path.mkdir()
    tampered(approved, "is a link, no file")
    path.rmdir()
    os.mkfifo(path)
    tampered(approved, "is a link, no file")


# --- log and page together


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (None, r"index\.html is missing, or is no page of versions"),
        ("<table></table>", r"index\.html is missing, or is no page of versions"),
        ("<table data-review></table>", "has 3 lines; index.html counted 0 lines"),
    ],
)
def test_a_page_that_is_missing_or_another_stops_a_build_and_a_step(approved, text, match):
    page = approved.parent / "index.html"
    page.unlink() if text is None else page.write_text(text)
    with pytest.raises(PackTampered, match=match):
        logs(quarterly(approved))
    with pytest.raises(PackTampered, match=match):
        step(approved, "withdraw")


def test_a_build_is_refused_before_it_begins_and_heals_nothing(approved):
    lines = log_file(approved).read_bytes().splitlines(keepends=True)
    log_file(approved).write_bytes(b"".join(lines[:2]))
    page = (approved.parent / "index.html").read_bytes()
    with pytest.raises(PackTampered, match="the last was taken out"):
        build(*LIVERPOOL, reports=approved.parents[2], tell=pytest.fail)
    assert (approved.parent / "index.html").read_bytes() == page
    assert not (approved.parents[2] / ".scratch").exists()


def test_a_page_written_anew_from_the_same_logs_is_the_same(approved):
    page = (approved.parent / "index.html").read_bytes()
    (approved.parent / "index.html").write_bytes(page + b" ")
    write_page(quarterly(approved), logs(quarterly(approved)))
    assert (approved.parent / "index.html").read_bytes() == page


def test_a_log_is_replaced_whole_and_never_written_into(at, tmp_path):
    pack = copied_with_log(at("submitted"), tmp_path)
    before = log_file(pack).read_bytes()
    (tmp_path / "the same file").hardlink_to(log_file(pack))
    step(pack, "review")
    assert (tmp_path / "the same file").read_bytes() == before


def test_a_file_laid_as_a_link_is_not_written_through(at, tmp_path):
    pack = copied_with_log(at("submitted"), tmp_path)
    (tmp_path / "kept.txt").write_text("kept")
    for name in (".v001.review.jsonl.new", ".index.html.new", f".{PENDING}.new"):
        (pack.parent / name).symlink_to(tmp_path / "kept.txt")
    step(pack, "review")
    assert (tmp_path / "kept.txt").read_text() == "kept"
    assert state_of(pack) == "reviewed"


def test_a_reviewer_without_the_page_is_told_what_cannot_be_noticed(approved):
    (approved.parent / "index.html").unlink()
    found = standing_of(approved)
    assert found.log.state == "approved"
    assert any("a last step taken out cannot be noticed" in each for each in found.remarks)


@pytest.mark.parametrize("said", ["-1", "x", "4", "2", "99999", ""])
def test_a_page_that_counts_otherwise_is_refused(approved, said):
    page = approved.parent / "index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace('data-review-lines="3"', f'data-review-lines="{said}"'))
    tampered(approved, "index.html counted")


NAMES = ("v001.review.jsonl", "v002.review.jsonl", "index.html")


@pytest.fixture(scope="module")
def second_approved(at, tmp_path_factory):
    """A quarter's files before and after approving v002, which supersedes v001."""
    pack = copied_with_log(at("approved"), tmp_path_factory.mktemp("second"))
    second = brought_to(copied_pack(pack.parents[2], "v002"), "reviewed")
    before = {name: (pack.parent / name).read_bytes() for name in NAMES}
    step(second, "approve")
    return pack, before, {name: (pack.parent / name).read_bytes() for name in NAMES}


def cut_off(second_approved, to, written_n):
    """What is on the disk when approving v002 is cut off after so many files were written."""
    pack, before, after = second_approved
    pack = copied_with_log(pack, to)
    for name in NAMES[written_n:]:
        (pack.parent / name).write_bytes(before[name])
    note = {name[:4]: after[name].decode() for name in NAMES[:2]}
    (pack.parent / PENDING).write_text(json.dumps(note))
    return pack, after


@pytest.mark.parametrize("written_n", [0, 1, 2, 3])
def test_a_step_cut_off_anywhere_is_finished_by_the_next_command(
    second_approved, tmp_path, written_n
):
    pack, after = cut_off(second_approved, tmp_path, written_n)
    finish(quarterly(pack))
    assert {name: (pack.parent / name).read_bytes() for name in NAMES} == after
    assert not (pack.parent / PENDING).exists()
    assert state_of(pack) == "superseded"


def test_until_then_verify_says_that_a_step_was_interrupted(second_approved, tmp_path):
    pack, _ = cut_off(second_approved, tmp_path, 1)
    with pytest.raises(PackTampered, match="A step was interrupted: peerpack review v001 status"):
        standing_of(pack)


@pytest.mark.parametrize(
    "note", ["", "[]", "7", '{"../x": ""}', '{"v001": ""}', '{"v001": "{}\\n"}', '{"v001": 7}', "{"]
)
def test_a_note_that_no_step_left_is_refused_and_writes_nothing(approved, note):
    (approved.parent / PENDING).write_text(note)
    before = log_file(approved).read_bytes()
    with pytest.raises(PackTampered, match=r"\.review\.pending is not what an interrupted step"):
        step(approved, "withdraw")
    assert log_file(approved).read_bytes() == before


def test_a_note_may_not_change_what_was_logged(approved):
    true = log_file(approved).read_text(encoding="utf-8")
    change_line(approved, 3, by="Dan <dan@example.org>")
    forged = log_file(approved).read_text(encoding="utf-8")
    log_file(approved).write_text(true, encoding="utf-8")
    (approved.parent / PENDING).write_text(json.dumps({"v001": forged}))
    with pytest.raises(PackTampered, match="v001 has another log by now"):
        finish(quarterly(approved))


def test_of_two_who_take_the_same_step_at_once_one_is_refused(at, tmp_path):
    pack = copied_with_log(at("submitted"), tmp_path)
    told = []

    def go(by):
        try:
            told.append(step(pack, "review", by=by).state)
        except ReviewRefused as stop:
            told.append(str(stop))

    both = [Thread(target=go, args=(by,)) for by in (BOB, CAT)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert "reviewed" in told
    assert any("review is no step from there" in each for each in told)
    assert len(log_file(pack).read_bytes().splitlines()) == 2


def test_nothing_is_left_beside_the_pack_but_its_log_and_the_page(approved):
    assert sorted(path.name for path in approved.parent.iterdir()) == [
        "index.html", "v001", "v001.review.jsonl",
    ]  # fmt: skip
    assert [each.name for each in versions(approved.parent)] == ["v001"]


# --- a random walk


ALL = (
    ANN, "ANN ANALYST <a@example.org>", "Zed <Ann+x@example.org>", BOB, "Bob  Assurer <b@b.org>",
    "Dan <bob@example.org>", CAT, "cat approver <c@example.org>", "Eve <eve@example.org>",
)  # fmt: skip


class AnyLines(RuleBasedStateMachine):
    """Lines are offered to the reader, well chained and mostly likely; what it takes, it keeps."""

    def __init__(self):
        super().__init__()
        self.log = Log()

    @rule(data=st.data(), likely=st.sampled_from((True, True, True, False)))
    def offer(self, data, likely):
        onward = [row for row in TABLE if row.state == self.log.state and row.step != "withdraw"]
        row = data.draw(st.sampled_from((likely and onward) or TABLE))
        role = data.draw(st.sampled_from(row.who if likely else ROLES))
        by = data.draw(st.sampled_from(ALL) | st.just(PEOPLE[role]))
        line = Line.model_construct(
            previous=self.log.head or DIGEST,
            at=NOON.strftime("%Y-%m-%dT%H:%M:%SZ"),
            by=by,
            role=role,
            step=row.step if likely else data.draw(st.sampled_from(STEPS)),
            state=row.next,
            reason="Why",
            superseded_by="v002" if row.step == "supersede" else None,
        )
        with contextlib.suppress(LineFault):
            self.log = read(
                self.log.text + line.written() + b"\n", Subject(DIGEST, frozenset()), None
            )

    @invariant()
    def no_approval_is_without_three_people(self):
        said = {line.step: line for line in self.log.lines}
        if "approve" in said:
            three = [said[name].person.marks for name in ("submit", "review", "approve")]
            assert not (three[0] & three[1] or three[0] & three[2] or three[1] & three[2])

    @invariant()
    def nobody_has_two_roles(self):
        own = [line for line in self.log.lines if line.step != "supersede"]
        for line in own:
            for other in own:
                assert line.role == other.role or not line.person.marks & other.person.marks

    @invariant()
    def nothing_follows_a_final_state(self):
        assert all(steps_from(line.state) for line in self.log.lines[:-1])


AnyLines.TestCase.settings = settings(max_examples=20, stateful_step_count=12)
TestAnyLines = AnyLines.TestCase


# --- the command


def said_by(capsys, *words):
    """What the command line prints, in this process."""
    get_command(app).main([str(word) for word in words], "peerpack", standalone_mode=False)
    return capsys.readouterr().out


def test_the_command_takes_a_step_and_verify_tells_it(pack, capsys):
    form = said_by(capsys, "review", pack, "form")
    path = pack.parents[2] / "form.toml"
    path.write_text(form.replace('= ""', '= "Said"'), encoding="utf-8")
    words = ("review", pack, "submit", "--exhibits", path)
    with pytest.raises(UsageError, match="say who takes the step"):
        said_by(capsys, *words)
    assert said_by(capsys, *words, "--by", ANN).startswith(f"submitted by {ANN} on ")
    found = json.loads(said_by(capsys, "verify", pack, "--json"))
    assert found["state"] == "submitted"
    assert found["review"][0]["by"] == ANN


def test_verify_of_a_withdrawn_pack_ends_with_0_and_says_so(at, tmp_path):
    pack = copied_with_log(at("withdrawn"), tmp_path)
    found = standing_of(pack)
    assert next(standing_lines(found)).startswith("WITHDRAWN by")
    assert as_fields(found)["state"] == "withdrawn"
    assert run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=pack).returncode == 0
