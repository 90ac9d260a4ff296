"""A recorder of a drawn council, and admissions of drawn datasets."""

import numpy as np
import pandas as pd
import pytest

from peerpack.catalogue.models import Council, Target
from peerpack.handover.receipt import Admission, Receipt, Verdict
from peerpack.measures.table import measured
from peerpack.records import Recorder, recorder

FILE = 1_000_000_000
QUARTER = "2024-25-Q1"


def rows(first, count):
    return np.arange(FILE + first, FILE + first + count)


def admission(dataset, count, **said):
    frame = pd.DataFrame({"source_row": rows(1, count)})
    usual = {
        "dataset": dataset, "title": dataset, "council": "drawn", "quarter": QUARTER,
        "covers": "quarter", "period_start": "2024-04-01", "period_end": "2024-06-30",
        "personal": False, "public": False, "base_of": "", "owner": "", "sha256": "a" * 64,
        "files": (), "headers": (), "rows_in": count, "rows_admitted": count, "set_aside": (),
        "quarantined": (), "reconciliations": (), "corrections": (),
        "verdict": Verdict(outcome="pass", checks=()),
    }  # fmt: skip
    return Admission(frame, Receipt(**usual | said))


class Drawn:
    """What the tests draw with."""

    budget = admission("budget", 100)
    spells = admission("spells", 300, personal=True, base_of="staff")
    posts = admission("posts", 300, personal=True, base_of="staff")
    survey = admission("survey", 300, personal=True, base_of="survey")
    neighbours = admission("neighbours", 20)
    rows = staticmethod(rows)
    admission = staticmethod(admission)

    @staticmethod
    def money(*parts):
        """KF01 of parts (directorate, variance, budget), one line each."""
        lines = [
            {"value": 100 * over / of, "numerator": over, "denominator": of, "directorate": name,
             "numerator_rows": rows(i, 1), "denominator_rows": rows(i, 1)}
            for i, (name, over, of) in enumerate(parts, 1)
        ]  # fmt: skip
        over, of = sum(p[1] for p in parts), sum(p[2] for p in parts)
        own = rows(1, len(parts))
        whole = {"value": 100 * over / of, "numerator": over, "denominator": of,
                 "numerator_rows": own, "denominator_rows": own}  # fmt: skip
        return measured([whole, *lines], ["directorate"])

    @staticmethod
    def sickness(*teams):
        """KW01 of teams (directorate, team, people, spells): a day a spell, one FTE a person."""
        told, at = [], [0, 0]
        for directorate, team, people, spells in teams:
            told.append(
                (directorate, team, people, rows(1 + at[0], spells), rows(1 + at[1], people))
            )
            at = [at[0] + spells, at[1] + people]
        groups = [{}, *({"directorate": d} for d in dict.fromkeys(t[0] for t in told))]
        groups += [{"directorate": t[0], "team": t[1]} for t in told]
        return measured([_sick(told, cut) | cut for cut in groups], ["directorate", "team"])

    @staticmethod
    def satisfied(*wards, **said):
        """KR01 of wards (ward, answers, satisfied), everyone weighing one."""
        told, at = [], 1
        for ward, answers, chosen in wards:
            told.append((ward, rows(at, answers), rows(at, chosen)))
            at += answers
        lines = [_share(base, chosen) | {"ward": ward} for ward, base, chosen in told]
        everyone = (np.concatenate([t[n] for t in told]) for n in (1, 2))
        return measured([_share(*everyone) | said, *lines], ["ward"])


def _sick(told, cut):
    own = [t for t in told if all(t[i] == name for i, name in enumerate(cut.values()))]
    spells, people = (np.concatenate([t[n] for t in own]) for n in (3, 4))
    return {
        "value": len(spells) / len(people), "numerator": float(len(spells)),
        "denominator": float(len(people)), "base_n": sum(t[2] for t in own),
        "numerator_rows": spells, "denominator_rows": people,
    }  # fmt: skip


def _share(base, chosen):
    value = 100 * len(chosen) / len(base) if len(base) else None
    inside = value is not None and 0 < value < 100
    return {
        "value": value, "lower": value - 5 if inside else None,
        "upper": value + 5 if inside else None, "interval": "95% interval",
        "numerator": float(len(chosen)), "denominator": float(len(base)), "base_n": len(base),
        "effective_n": float(len(base)), "numerator_rows": chosen, "denominator_rows": base,
    }  # fmt: skip


@pytest.fixture
def draw():
    return Drawn


@pytest.fixture
def record(monkeypatch):
    """A recorder of the drawn council, with the targets given."""

    def started(*targets):
        council = Council(slug="drawn", name="Drawn Council",
                          targets=[Target(**target) for target in targets])  # fmt: skip
        monkeypatch.setattr(recorder.load, "council", lambda slug, roots=(): council)
        return Recorder("drawn", QUARTER)

    return started
