"""A fork's own dataset needs no drawn frame while its suite has only checks that are drafted."""

import json

import pandas as pd
import pytest
from drafted_frames import Again, good_frame, poison
from drawn_frames import with_rows

from peerpack import gates
from peerpack.catalogue.models import Column, Dataset
from peerpack.drafting.suite import suite_of


def column(name, kind, **more):
    return Column(name=name, kind=kind, description="", synonyms=(name.title(),), **more)


PERMITS = Dataset(
    dataset="permits", title="", description="", grain="", covers="snapshot", personal=False,
    owner="", keys=("permit_ref", "zone"), columns=(
        column("permit_ref", "code", nullable=False),
        column("zone", "label", nullable=False, allowed=("North", "South")),
        column("status", "label", allowed=("Open", "Shut")),
        column("issued_date", "date", nullable=False),
        column("fee_gbp", "money", nullable=False, statuses=True),
        column("paid_pct", "percentage"),
        column("remark", "text"),
    ),
)  # fmt: skip
ALONE = PERMITS.model_copy(update={"keys": ("permit_ref",)})


def judged(contract, frame, folder):
    """The checks that a frame fails, by the suite drafted for a contract."""
    path = folder / "permits.json"
    path.write_text(json.dumps(suite_of(contract, good_frame(contract))), encoding="utf-8")
    checks = gates.judge(with_rows(frame), "permits", path).checks
    return [check.id for check in checks if not check.passed]


def poisoned(frame, cells):
    if isinstance(cells, Again):
        return pd.concat([frame, frame.head(1)], ignore_index=True)
    for name, cell in cells.items():
        frame.loc[0, name] = cell
    return frame


@pytest.mark.parametrize("contract", [PERMITS, ALONE], ids=["two keys", "one key"])
def test_the_derived_frame_passes_the_drafted_suite(contract, tmp_path):
    assert judged(contract, good_frame(contract), tmp_path) == []


@pytest.mark.parametrize(("contract", "check"), [
    *((PERMITS, entry) for entry in suite_of(PERMITS, good_frame(PERMITS))["expectations"]),
    (ALONE, suite_of(ALONE, good_frame(ALONE))["expectations"][-1]),
], ids=lambda each: each["type"] if isinstance(each, dict) else "")  # fmt: skip
def test_the_derived_poison_fails_its_check_and_no_other(contract, check, tmp_path):
    frame = poisoned(good_frame(contract), poison(check))
    assert judged(contract, frame, tmp_path) == [check["meta"]["id"]]


def test_a_check_that_is_not_drafted_has_no_derived_poison():
    assert poison({"type": "expect_column_sum_to_be_between", "kwargs": {"column": "a"}}) is None
