"""Which faults a dataset's files can have, and how many are put into one file."""

import random
from collections.abc import Sequence

from peerpack.demo.years import faults
from peerpack.demo.years.faults import Fault, Put
from peerpack.demo.years.printed import Line, Printed
from peerpack.demo.years.savings import PLANNED


def _planned(line: Line) -> bool:
    """Of what stands in for a saving, other checks would fail as well."""
    return line.read["category"] == PLANNED


def _closed_by_due(line: Line) -> bool:
    """The day it was due still places it in the quarter, whatever becomes of its end."""
    return str(line.read["closed_date"]) <= str(line.read["due_date"])


def _closed_after_due(line: Line) -> bool:
    """Its end still places it in the quarter, whatever becomes of the day it was due."""
    return line.read["closed_date"] is None or not _closed_by_due(line)


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
    "savings_tracker": (
        faults.missing("saving_ref"),
        faults.missing("title"),
        faults.missing("delivered_gbp", "delivered-given"),
        faults.below("forecast_gbp", "delivered_gbp", "forecast-not-below-delivered"),
        faults.other("category", "Wishful thinking", "category-known", where=_planned),
        faults.other("recurrent", "Perhaps", "recurrent-known", where=_planned),
        faults.other("rag", "Pink", "rag-known"),
        faults.repeated("one-row-per-saving", ("saving_ref",)),
        faults.note("title"),
        *faults.TOTALS_OFF,
    ),
    "reserves": (
        faults.missing("reserve_name"),
        faults.missing("opening_gbp", "opening-given"),
        faults.off("closing_gbp", "closing-is-opening-plus-in-less-out"),
        faults.negative(
            "transfers_out_gbp",
            "transfers-out-not-negative",
            ("closing-is-opening-plus-in-less-out",),
        ),
        faults.repeated("one-row-per-reserve", ("reserve_ref",)),
        faults.note("reserve_name"),
        *faults.TOTALS_OFF,
    ),
    "council_tax_collection": (
        faults.missing("net_collectable_debit_gbp", "net-collectable-debit-given"),
        faults.missing("receipts_current_year_gbp", "receipts-current-year-given"),
        faults.number("percentage over 100", "in_year_collection_pct", 10_450,
                      "in-year-collection-within-bounds", ("rate-is-receipts-over-debit",)),
        faults.negative("refunds_gbp", "refunds-not-negative"),
        faults.negative("write_offs_gbp", "write-offs-not-negative"),
        faults.above("receipts_current_year_gbp", "net_collectable_debit_gbp",
                     "receipts-within-debit", ("rate-is-receipts-over-debit",)),
        faults.beyond("period_end", 400),
        faults.repeated("one-row-per-tax-and-period", ("period_end",)),
    ),
    "occupational_health_referrals": (
        faults.missing("referral_ref"),
        faults.missing("person_ref"),
        faults.missing("directorate"),
        faults.missing("reason"),
        faults.other("mode", "Pigeon", "mode-known"),
        faults.ends_early("closed_date", "referral_date", "closed-not-before-referral"),
        faults.beyond("referral_date", -400),
        faults.repeated("one-row-per-referral", ("referral_ref",)),
        faults.note(
            "referral_ref",
            ("person-ref-given", "referral-date-given", "directorate-given", "reason-given"),
        ),
    ),
    "neighbour_figures": (
        faults.missing("indicator"),
        faults.missing("statistic_basis"),
        faults.missing("unit"),
        faults.repeated("one-row-per-area-indicator-period", ("area",)),
        faults.note(
            "area",
            ("indicator-given", "period-given", "unit-given", "statistic-basis-given",
             "value-or-reason"),
        ),
    ),
    "staff_survey": (
        faults.missing("respondent_id"),
        faults.missing("directorate"),
        faults.missing("submitted"),
        faults.other("q4_morale_good", "Ask me later", "q4-morale-good-known"),
        faults.other("completed", "Half", "completed-known"),
        faults.repeated("one-row-per-response", ("respondent_id",)),
    ),
    "complaints_and_requests": (
        faults.missing("case_ref"),
        faults.missing("case_type"),
        faults.missing("service"),
        faults.missing("due_date", where=_closed_after_due),
        faults.other("case_type", "Moan", "case-type-known"),
        faults.other("upheld", "Perhaps", "upheld-known"),
        faults.other("extended", "Perhaps", "extended-known"),
        faults.other("stage", "Stage 9", "stage-known"),
        faults.ends_early("closed_date", "received_date", "closed-not-before-received",
                          where=_closed_by_due),
        faults.repeated("one-row-per-case-and-stage", ("case_ref", "stage")),
        faults.note(
            "case_ref",
            ("case-type-given", "received-date-given", "due-date-given", "service-given"),
        ),
    ),
}  # fmt: skip


def spoilt(rng: random.Random, file: Printed, most_n: int = 3) -> list[Fault]:
    """A few faults in one file, of different kinds."""
    able: Sequence[Put] = [
        *map(faults.spoil, faults.SPOILT),
        faults.month_first,
        faults.shifted,
        *OF_DATASET.get(file.export.dataset, ()),
    ]
    drawn = rng.sample(able, rng.randrange(most_n + 1))
    return [fault for put in drawn if (fault := put(rng, file))]
