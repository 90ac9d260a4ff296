"""A frame judged by both engines: by Great Expectations, and as a large table is."""

import pytest

from peerpack import gates
from peerpack.errors import GateCannotJudge
from peerpack.gates import verdicts


def judged(frame, dataset, path):
    """What the suite says of the frame, if both engines say the same, refusals and all."""
    small = said(gates.judge, frame, dataset, path)
    large = in_columns(gates.judge, frame, dataset, path)
    assert large == small
    return small


def in_columns(judge, given, dataset, path):
    """What is said of a frame or a file where any table counts as large."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verdicts, "LARGE_ROWS_N", 1)
        return said(judge, given, dataset, path)


def said(judge, given, dataset, path):
    """The verdict, or why there is none."""
    try:
        return judge(given, dataset, path)
    except GateCannotJudge as why:
        return str(why)
