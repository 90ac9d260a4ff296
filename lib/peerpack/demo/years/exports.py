"""The exports of the council's systems: their columns, their files and the totals they print."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from peerpack.catalogue.load import dataset, datasets
from peerpack.catalogue.models import Column
from peerpack.demo.years import rows, voices
from peerpack.demo.years.rows import Row
from peerpack.demo.years.world import World
from peerpack.vocab import Quarter

Parts = Iterator[tuple[str, list[Row]]]
PENCE = 2


@dataclass(frozen=True)
class Export:
    """One system's export of a dataset.

    `file` is the name of its files; `sheet` that of its sheet where it is a workbook, else it is
    text. `unread` are columns that no contract knows. `totals` are the columns that it prints
    totals by, outermost first, and `grand` whether one of all. `by` cuts the true sums and
    `counted` are the labels that truth counts. `decimals` are those of numbers that are no money.
    """

    dataset: str
    file: str
    columns: tuple[str, ...]
    parts: Callable[[World, Quarter], Parts]
    sheet: str = ""
    unread: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    grand: bool = False
    by: str = ""
    counted: tuple[str, ...] = ()
    decimals: dict[str, int] = field(default_factory=dict)

    def column(self, name: str) -> Column | None:
        """The contract's column of that name, or nothing for one that is not read."""
        return None if name in self.unread else dataset(self.dataset).column(name)

    def scale(self, name: str) -> int | None:
        """The decimals that whole numbers of a column stand for; nothing for text and dates."""
        column = self.column(name)
        if column is None or column.kind not in ("money", "number", "percentage"):
            return None
        return PENCE if column.kind == "money" else self.decimals.get(name, 0)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns of numbers that are read."""
        return tuple(name for name in self.columns if self.scale(name) is not None)


def _whole(listed: Callable[[World, Quarter], Iterator[Row]], world: World, q: Quarter) -> Parts:
    yield "", list(listed(world, q))


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ALL = (
    Export(
        "budget_monitoring",
        "Budget Monitoring",
        _columns(
            "directorate service cost_centre cost_centre_name original_budget_gbp virements_gbp "
            "revised_budget_gbp forecast_outturn_gbp variance_gbp profiled_budget_gbp actual_gbp "
            "commitments_gbp"
        ),
        partial(_whole, rows.budget_monitoring),
        sheet="Budget Monitoring",
        totals=("directorate", "service"),
        grand=True,
        by="directorate",
        counted=("service",),
    ),
    Export(
        "supplier_spend",
        "payments over 500",
        _columns(
            "organisation payment_date effective_date organisational_unit supplier supplier_id "
            "transaction_number amount_gbp purpose category"
        ),
        rows.supplier_spend,
        grand=True,
        by="organisational_unit",
        counted=("purpose", "category"),
    ),
    Export(
        "hr_positions",
        "hr positions",
        _columns(
            "person_ref position_ref person_name post_title directorate service team "
            "location_type contract_type basis fte position_start position_end working_pattern "
            "leaving_reason sex Salary"
        ),
        partial(_whole, rows.hr_positions),
        unread=("Salary",),
        by="directorate",
        counted=("contract_type", "location_type", "working_pattern", "leaving_reason"),
        decimals={"fte": 2},
    ),
    Export(
        "absence_spells",
        "absence spells",
        _columns(
            "person_ref position_ref absence_type reason absence_start start_part_day absence_end "
            "end_part_day days_lost_system certification"
        ),
        partial(_whole, rows.absence_spells),
        by="reason",
        counted=("start_part_day", "end_part_day", "certification"),
        decimals={"days_lost_system": 2},
    ),
    Export(
        "resident_survey",
        "resident survey",
        ("respondent_ref", "mode", "interview_date", "ward", "age_band", "sex",
         *voices.QUESTIONS, "weight"),
        partial(_whole, rows.resident_survey),
        by="ward",
        counted=("age_band", *voices.QUESTIONS),
        decimals={"weight": 4},
    ),
    Export(
        "staff_survey",
        "staff survey",
        ("respondent_id", "submitted", "directorate", "service", "grade_band",
         *rows.STATEMENTS, "completed"),
        partial(_whole, rows.staff_survey),
        by="directorate",
        counted=(*rows.STATEMENTS, "completed"),
    ),
    Export(
        "occupational_health_referrals",
        "occupational health",
        _columns(
            "referral_ref person_ref referral_date directorate service reason mode outcome "
            "appointment_date closed_date"
        ),
        partial(_whole, rows.occupational_health_referrals),
        by="directorate",
        counted=("reason", "mode", "outcome"),
    ),
    Export(
        "complaints_and_requests",
        "complaints and requests",
        _columns(
            "case_ref case_type stage received_date acknowledged_date due_date closed_date outcome "
            "directorate service exemption extended reviewed upheld"
        ),
        partial(_whole, rows.complaints_and_requests),
        sheet="Cases",
        by="directorate",
        counted=("case_type", "stage", "outcome", "upheld", "extended"),
    ),
    Export(
        "savings_tracker",
        "Savings Tracker",
        _columns(
            "directorate saving_ref title lead financial_year target_gbp delivered_gbp "
            "forecast_gbp category recurrent substitute_for rag"
        ),
        partial(_whole, rows.savings_tracker),
        sheet="Tracker",
        totals=("directorate",),
        grand=True,
        by="directorate",
        counted=("rag", "category", "recurrent"),
    ),
    Export(
        "reserves",
        "Reserves",
        _columns(
            "reserve_class reserve_ref reserve_name purpose opening_gbp transfers_in_gbp "
            "transfers_out_gbp closing_gbp"
        ),
        partial(_whole, rows.reserves),
        sheet="Reserves",
        totals=("reserve_class",),
        grand=True,
        by="reserve_class",
    ),
    Export(
        "council_tax_collection",
        "council tax collection",
        _columns(
            "tax period_end net_collectable_debit_gbp receipts_current_year_gbp "
            "receipts_arrears_gbp prepayments_gbp refunds_gbp write_offs_gbp "
            "arrears_brought_forward_gbp arrears_carried_forward_gbp dwellings_n "
            "lcts_claimants_n in_year_collection_pct"
        ),
        partial(_whole, rows.council_tax_collection),
        by="tax",
        decimals={"in_year_collection_pct": 2},
    ),
    Export(
        "neighbour_figures",
        "neighbour figures",
        _columns("area indicator period statistic_basis value unit"),
        partial(_whole, rows.neighbour_figures),
        by="indicator",
        counted=("area", "period"),
        decimals={"value": 2},
    ),
)  # fmt: skip


def exports() -> tuple[Export, ...]:
    """Every export whose dataset has a contract."""
    return tuple(export for export in _ALL if export.dataset in datasets())
