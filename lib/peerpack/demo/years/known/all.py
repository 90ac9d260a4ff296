"""All true figures of a council, quarter by quarter, from the rows that the intake must admit."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from peerpack.catalogue.places import project_root
from peerpack.demo.years.known import beside, cases, money, staff, surveys
from peerpack.demo.years.known.figures import Figures, Rows
from peerpack.demo.years.truth import Delivery, reports
from peerpack.demo.years.world import World
from peerpack.vocab import Quarter

Delivered = Mapping[Quarter, Mapping[str, Delivery]]
BACK_N = 3


def indicators(world: World, delivered: Delivered) -> dict[str, dict[str, Any]]:
    """The true figures of each quarter, by evidence id.

    A dataset that is refused, or stopped at its gate, gives none; nor does a row in quarantine.
    """
    usable = {quarter: dict(_usable(own)) for quarter, own in delivered.items()}
    return {
        str(quarter): {
            name: figure.as_truth()
            for name, figure in sorted(_of_quarter(world, quarter, usable).items())
        }
        for quarter in delivered
    }


def comparators(delivered: Delivered) -> dict[str, dict[str, dict[str, float]]]:
    """What the neighbours' figures of each quarter come to, by indicator."""
    listed = {q: dict(_usable(own)).get("neighbour_figures", []) for q, own in delivered.items()}
    return {str(quarter): dict(beside.medians(rows, quarter)) for quarter, rows in listed.items()}


def _usable(own: Mapping[str, Delivery]) -> list[tuple[str, Rows]]:
    """The rows of each dataset that a notebook may use."""
    rows = {
        name: [dict(line.read) for file in delivery.read for line in file.admitted()]
        for name, delivery in own.items()
        if not _stops(delivery)
    }
    return [(name, each) for name, each in rows.items() if each]


def _stops(delivery: Delivery) -> bool:
    failing = reports(delivery, None)["checks"]
    return bool(failing.keys() & stopping_checks(delivery.export.dataset))


@lru_cache
def stopping_checks(dataset: str) -> frozenset[str]:
    """The checks of a dataset that stop it: those its suite calls critical."""
    path = project_root() / "expectations" / f"{dataset}.json"
    suite = json.loads(path.read_text(encoding="utf-8"))
    return frozenset(
        each["meta"]["id"] for each in suite["expectations"] if each["severity"] == "critical"
    )


def _of_quarter(
    world: World, quarter: Quarter, usable: Mapping[Quarter, Mapping[str, Rows]]
) -> Figures:
    own = usable[quarter]
    before: list[Mapping[str, Rows]] = []
    each = quarter
    for _ in range(BACK_N):
        each = each.previous()
        before.insert(0, usable.get(each, {}))
    midyear = before[-2].get("budget_monitoring") if quarter.number == 4 else None
    found = money.figures(own, quarter, midyear) | staff.figures(own, quarter, before)
    log = own.get("complaints_and_requests")
    found |= cases.figures(log, quarter) if log else {}
    wave, staff_wave = own.get("resident_survey"), own.get("staff_survey")
    return found | surveys.figures(wave, staff_wave, quarter, world.events)
