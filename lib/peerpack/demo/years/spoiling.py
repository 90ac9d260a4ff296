"""Which faults a dataset's files can have, and how many are put into one file."""

import random
from collections.abc import Sequence

from peerpack.demo.years import faults
from peerpack.demo.years.faults import Fault, Put
from peerpack.demo.years.printed import Printed

OF_DATASET: dict[str, tuple[Put, ...]] = {
    "budget_monitoring": (
        faults.missing("revised_budget_gbp"),
        faults.missing("forecast_outturn_gbp"),
        faults.off("variance_gbp", "variance-is-forecast-less-budget"),
        faults.repeated("one-row-per-line", ("cost_centre",)),
        faults.note("cost_centre_name"),
        *faults.TOTALS_OFF,
    ),
    "supplier_spend": (
        faults.missing("organisational_unit"),
        faults.missing("supplier"),
        faults.missing("amount_gbp"),
        faults.beyond("payment_date", 400),
        faults.note("purpose"),
        *faults.TOTALS_OFF,
    ),
    "hr_positions": (
        faults.missing("position_ref"),
        faults.missing("directorate"),
        faults.missing("fte"),
        faults.other("location_type", "Depot", "location-type-known"),
        faults.number("FTE over one", "fte", 150, "fte-within-one"),
        faults.number("FTE as a percentage", "fte", 8_000, "fte-within-one"),
        faults.number("negative where impossible", "fte", -50, "fte-within-one"),
        faults.ends_early("position_end", "position_start", "end-not-before-start"),
        faults.repeated("one-row-per-holding", ("person_ref",)),
        faults.note(
            "person_ref",
            ("position-ref-given", "directorate-given", "team-given", "location-type-given",
             "fte-given", "position-start-given", "post-title-given"),
        ),
    ),
    "absence_spells": (
        faults.missing("person_ref"),
        faults.missing("reason"),
        faults.other("start_part_day", "Half", "start-part-day-known"),
        faults.other("end_part_day", "Morning", "end-part-day-known"),
        faults.negative("days_lost_system", "days-lost-believable"),
        faults.ends_early("absence_end", "absence_start", "end-not-before-start"),
        faults.repeated("one-row-per-spell", ("person_ref",)),
        faults.note(
            "person_ref",
            ("position-ref-given", "reason-given", "absence-start-given", "absence-type-given"),
        ),
    ),
    "resident_survey": (
        faults.missing("respondent_ref"),
        faults.missing("ward"),
        faults.missing("weight"),
        faults.other("q2_council_runs_things", "Quite happy", "q2-council-runs-things-known"),
        faults.negative("weight", "weight-above-nought"),
        faults.repeated("one-row-per-respondent", ("respondent_ref",)),
        faults.note(
            "respondent_ref",
            ("mode-given", "interview-date-given", "ward-given", "weight-given"),
        ),
    ),
}  # fmt: skip


def spoilt(rng: random.Random, file: Printed, most_n: int = 3) -> list[Fault]:
    """A few faults in one file, of different kinds."""
    able: Sequence[Put] = [
        *map(faults.spoil, faults.SPOILT),
        faults.shifted,
        *OF_DATASET.get(file.export.dataset, ()),
    ]
    drawn = rng.sample(able, rng.randrange(most_n + 1))
    return [fault for put in drawn if (fault := put(rng, file))]
