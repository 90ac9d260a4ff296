"""What is said while long work goes on: a bar on a terminal, plain lines elsewhere, time left."""

import os
import pty
import subprocess
import sys

import pytest

from peerpack.cli.progress import Plain, left_in_words


class Clock:
    """Seconds that pass only when told."""

    def __init__(self):
        self.at = 0.0

    def __call__(self):
        return self.at


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "almost done"), (0.9, "almost done"), (1, "about 1 s left"), (12.4, "about 12 s left"),
        (30, "about 30 s left"), (33, "about 35 s left"), (89, "about 90 s left"),
        (90, "about 2 min left"), (600, "about 10 min left"),
    ],
)  # fmt: skip
def test_the_time_left_is_said_no_finer_than_it_is_known(seconds, words):
    assert left_in_words(seconds) == words


def test_plain_lines_tell_the_time_left_now_and_then_and_not_at_the_end():
    said, clock = [], Clock()
    tell = Plain(said.append, clock)
    for at, left in ((0, 60), (4.9, 55), (5, 55), (7, 50), (11, 40), (30, 4)):
        clock.at = at
        tell.left(left)
    tell("ran 02")
    assert said == ["about 55 s left", "about 40 s left", "ran 02"]


ON_A_TERMINAL = """
import time
from peerpack.cli.progress import progress
with progress("building") as tell:
    tell("northby: [bold]ran[/bold] 02")
    tell.left(12.4)
    time.sleep(0.3)
"""


def test_on_a_terminal_a_bar_counts_the_time_left_and_lines_stand_as_they_are():
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", ON_A_TERMINAL], check=True, stdout=subprocess.DEVNULL,
        stderr=theirs, env=os.environ | {"TERM": "xterm", "COLUMNS": "120"},
    )  # fmt: skip
    os.close(theirs)
    said = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert "northby: [bold]ran[/bold] 02" in said
    assert "about 12 s left" in said
