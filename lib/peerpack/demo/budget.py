"""Budget monitoring as a ledger prints it: an XLSX sheet of 59 cost centres and 21 totals."""

import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

import xlsxwriter

from peerpack.demo.council import ADULTS, CHILDREN, HEALTH, PLACE, RESOURCES
from peerpack.demo.files import rezipped
from peerpack.demo.truth import BudgetLine, BudgetTotal, BudgetTruth

FILE = "Budget Monitoring P3 (invented).xlsx"
PRINTED_AT = datetime(2024, 7, 7, 8, 14)  # noqa: DTZ001 (a ledger prints wall-clock time)

# Cost centre, description, net budget of the year in £000; income is negative.
LEDGER: dict[str, dict[str, tuple[tuple[str, str, int], ...]]] = {
    ADULTS: {
        "ASC-Working Age Adults": (
            ("01101", "Learning Disability Residential", 19_900),
            ("01102", "Supported Living", 14_200),
            ("01103", "Direct Payments", 6_900),
            ("01104", "Client Contributions - Working Age", -3_100),
        ),
        "ASC-Mental Health": (
            ("01151", "Mental Health Placements", 7_400),
            ("01152", "Community Mental Health", 3_250),
            ("01153", "Approved Mental Health Practitioners", 1_480),
            ("01154", "Health Partnership Income", -1_350),
        ),
        "ASC-Older People": (
            ("01234", "Day Centre Transport", 104),
            ("01235", "Residential Care", 33_400),
            ("01236", "Homecare", 18_600),
            ("01237", "Nursing Care", 9_900),
            ("01238", "Client Contributions - Older People", -12_300),
        ),
    },
    CHILDREN: {
        "CHS-Looked After Children": (
            ("02101", "Residential Placements", 22_300),
            ("02102", "Fostering", 13_600),
            ("02103", "Leaving Care", 5_300),
            ("02104", "Unaccompanied Children Grant", -2_400),
        ),
        "CHS-Children's Social Work": (
            ("02201", "Assessment and Intervention", 9_600),
            ("02202", "Safeguarding Unit", 3_900),
            ("02203", "Agency Cover", 2_750),
            ("02204", "Legal Proceedings", 2_100),
            ("02205", "Edge of Care", 1_500),
        ),
        "CHS-Education and Early Help": (
            ("02301", "SEND Transport", 11_300),
            ("02302", "Early Help Hubs", 5_400),
            ("02303", "School Improvement Trading", -650),
        ),
    },
    PLACE: {
        "PLA-Highways": (
            ("03101", "Highway Maintenance", 7_800),
            ("03102", "Street Lighting", 4_600),
            ("03103", "Winter Service", 950),
            ("03104", "Parking Income", -6_200),
        ),
        "PLA-Waste and Street Scene": (
            ("03201", "Refuse Collection", 9_700),
            ("03202", "Waste Disposal Levy", 14_300),
            ("03203", "Street Cleansing", 4_100),
            ("03204", "Trade Waste Income", -2_300),
        ),
        "PLA-Planning and Regeneration": (
            ("03301", "Planning Policy", 1_450),
            ("03302", "Development Management", 1_900),
            ("03303", "Planning Fees", -1_750),
            ("03304", "Regeneration", 2_200),
        ),
    },
    RESOURCES: {
        "COR-Revenues and Benefits": (
            ("04101", "Revenues Collection", 5_600),
            ("04102", "Benefits Administration", 4_300),
            ("04103", "Council Tax Support Grant", -1_900),
            ("04104", "Court Costs Recovered", -900),
        ),
        "COR-Customer and Digital": (
            ("04201", "Contact Centre", 3_900),
            ("04202", "ICT Services", 9_200),
            ("04203", "Digital Programme", 1_700),
            ("04204", "Print and Post", 600),
        ),
        "COR-Resilience": (
            ("04301", "Emergency Planning", 340),
            ("04302", "Health and Safety", 520),
            ("04303", "Insurance", 3_595),
            ("", "Suspense - journals awaiting coding", 45),
        ),
    },
    HEALTH: {
        "PHE-Health Improvement": (
            ("05101", "Stop Smoking", 900),
            ("05102", "Weight Management", 700),
            ("05103", "Healthy Child Programme", 5_200),
        ),
        "PHE-Commissioning": (
            ("05201", "Sexual Health", 2_900),
            ("05202", "Substance Misuse", 4_300),
            ("05203", "Public Mental Health", 610),
            ("05204", "Public Health Grant", -12_400),
        ),
        "PHE-Health Protection": (
            ("05301", "Infection Control", 620),
            ("05302", "Screening and Immunisation", 380),
            ("05303", "Health Checks", 240),
        ),
    },
}

# Forecast variance as a share of each directorate's net revised budget.
OVERSPEND = {ADULTS: 0.0237, CHILDREN: 0.0364, PLACE: 0.0051, RESOURCES: -0.0258, HEALTH: 0.0063}

# The line quoted in design.md section 5: sheet row 18, "104,000" and "(1,240)".
QUOTED = "01234"
QUOTED_VARIANCE_GBP = -1_240

# A ledger adds pence and prints pounds, so one subtotal is a pound away from its printed lines.
POUND_OFF = "PLA-Highways"

COMMENTS = {
    "01235": "Fee uplift agreed in May.\nTwo block contracts still to be re-let.",
    "01236": "Demand up since winter;\nreview due P5.\n\nMitigation not yet in forecast.",
    "02101": "See <b>placements panel</b> note, 24 June",
    "02301": '=HYPERLINK("https://northborough.invalid/send","route review")',
    "03104": "Tariff change from 1 July",
    "04302": "Vacancy held",
    "": "To be cleared by P4",
}

AMOUNTS = ("original", "virements", "revised", "forecast", "variance",
           "profiled", "actual", "commitments")  # fmt: skip
HEADINGS = (
    "Directorate", "Service", "Cost Centre", "Cost Centre Desc",
    "Original Budget", "Virements", "Revised Budget", "Forecast Outturn", "Variance",
    "Profiled Budget", "Actual", "Commitments", "Comments",
)  # fmt: skip
TITLES = (
    "Budget Monitoring Report",
    "Northborough Council - INVENTED DATA",
    "Run date 07/07/2024 08:14",
    "User ID NBFIN042",
    "Ledger GL01   Period 3 2024-25, year to date",
)
NOTES = (
    "INVENTED DATA: Northborough does not exist.",
    "Amounts in £. Income is negative.",
    "Variance = Forecast Outturn less Revised Budget; positive is an overspend.",
    "Schools (Dedicated Schools Grant) are not in this report.",
)


def lines(rng: random.Random) -> tuple[BudgetLine, ...]:
    """Every cost centre with its year and its first quarter, whole pounds, in printed order."""
    opened = [
        opening_line(rng, directorate, service, centre)
        for directorate, services in LEDGER.items()
        for service, centres in services.items()
        for centre in centres
    ]
    revised = vired(rng, opened)
    forecast = [
        line for directorate in LEDGER for line in forecast_lines(rng, revised, directorate)
    ]
    return tuple(with_quarter(rng, line) for line in forecast)


def opening_line(
    rng: random.Random, directorate: str, service: str, centre: tuple[str, str, int]
) -> BudgetLine:
    """A cost centre with its original budget, a little off the round thousand."""
    code, desc, net_k = centre
    off_gbp = 0 if code == QUOTED else rng.randrange(-490, 491)
    return BudgetLine(directorate, service, code, desc, net_k * 1000 + off_gbp, 0, 0, 0, 0, 0)


def vired(rng: random.Random, opened: Sequence[BudgetLine]) -> list[BudgetLine]:
    """The lines after ten virements, each from one line to another: together they are nil."""
    moved = dict.fromkeys(opened, 0)
    able = [line for line in opened if line.original_gbp > 500_000]
    for giver, taker in zip(*[iter(rng.sample(able, 20))] * 2, strict=True):
        amount_gbp = rng.randrange(4, 180) * 500
        moved[giver] -= amount_gbp
        moved[taker] += amount_gbp
    return [replace(line, virements_gbp=amount) for line, amount in moved.items()]


def forecast_lines(
    rng: random.Random, revised: Iterable[BudgetLine], directorate: str
) -> list[BudgetLine]:
    """One directorate's lines with their forecasts, which add to its share of OVERSPEND."""
    own = [line for line in revised if line.directorate == directorate]
    target_gbp = OVERSPEND[directorate] * sum(line.revised_gbp for line in own)
    weight = {line: abs(line.revised_gbp) * rng.uniform(-0.4, 2.4) for line in own}
    scale = target_gbp / sum(weight.values())
    variance = {line: round(share * scale) for line, share in weight.items()}
    variance.update({line: QUOTED_VARIANCE_GBP for line in own if line.cost_centre == QUOTED})
    return [replace(line, forecast_gbp=line.revised_gbp + variance[line]) for line in own]


def with_quarter(rng: random.Random, line: BudgetLine) -> BudgetLine:
    """The line with its first quarter; income and suspense lines have no commitments."""
    profiled_gbp = round(line.revised_gbp / 4 * rng.uniform(0.92, 1.08))
    spends = line.revised_gbp > 0 and line.cost_centre
    return replace(
        line,
        profiled_gbp=profiled_gbp,
        actual_gbp=round(profiled_gbp * rng.uniform(0.9, 1.09)),
        commitments_gbp=round(line.revised_gbp * rng.uniform(0.0, 0.15)) if spends else 0,
    )


def amounts(printed: Iterable[BudgetLine]) -> dict[str, int]:
    """The eight printed amounts of some lines, £, by the name of their column."""
    chosen = list(printed)
    return {name: sum(getattr(line, f"{name}_gbp") for line in chosen) for name in AMOUNTS}


def total(chosen: Iterable[BudgetLine]) -> BudgetTotal:
    """Budget, forecast and variance of some lines, £, and the variance as a % of the budget."""
    sums = amounts(chosen)
    pct = 100 * sums["variance"] / sums["revised"]
    return BudgetTotal(sums["revised"], sums["forecast"], sums["variance"], pct)


def truth(ledger: tuple[BudgetLine, ...]) -> BudgetTruth:
    """KF01 overall and by directorate."""
    by_directorate = {
        name: total(line for line in ledger if line.directorate == name) for name in LEDGER
    }
    return BudgetTruth(ledger, total(ledger), by_directorate)


@dataclass(frozen=True)
class Row:
    """One printed row: four labels, eight amounts in £ (none where blank), a comment."""

    labels: tuple[str, str, str, str] = ("", "", "", "")
    amounts: dict[str, int] | None = None
    comment: str = ""


def printed_rows(ledger: Iterable[BudgetLine]) -> list[Row]:
    """The sheet below its header: groups, subtotals, blank rows between, the grand total."""
    ledger = list(ledger)
    rows: list[Row] = []
    for number, (directorate, group) in enumerate(groupby(ledger, lambda x: x.directorate)):
        rows += [Row()] * (0 if number == 0 else 1 + number % 2)
        rows += directorate_rows(directorate, list(group))
    return [*rows, Row(), Row(("Grand Total", "", "", ""), amounts(ledger))]


def directorate_rows(directorate: str, ledger: list[BudgetLine]) -> list[Row]:
    """A directorate's rows; its name stands on the first row only, and in its total."""
    rows: list[Row] = []
    for service, group in groupby(ledger, lambda x: x.service):
        rows += service_rows(service, list(group))
    first = replace(rows[0], labels=(directorate, *rows[0].labels[1:]))
    last = Row((f"Total {directorate}", "", "", ""), amounts(ledger))
    return [first, *rows[1:], last]


def service_rows(service: str, ledger: list[BudgetLine]) -> list[Row]:
    """A service's rows and its subtotal, which names it without the ledger's prefix."""
    rows = [
        Row(
            ("", service if line is ledger[0] else "", line.cost_centre, line.cost_centre_desc),
            amounts([line]),
            COMMENTS.get(line.cost_centre, ""),
        )
        for line in ledger
    ]
    sums = amounts(ledger)
    if service == POUND_OFF:
        sums["forecast"] += 1
    name = service.split("-", 1)[1]
    return [*rows, Row(("", f"Total {name}", "", ""), sums)]


def money_cell(rng: random.Random, amount_gbp: int) -> str | int:
    """An amount as the ledger prints it: text, at times with a trailing minus; or a number."""
    chance = rng.random()
    if amount_gbp == 0:
        return "-"
    if chance < 0.04:
        return amount_gbp
    if amount_gbp > 0:
        return f"{amount_gbp:,}"
    return f"{-amount_gbp:,}-" if chance < 0.25 else f"({-amount_gbp:,})"


def cells(rng: random.Random, row: Row) -> list[str | int]:
    """One row's thirteen cells; the quoted row is all text, two original budgets carry a £."""
    if row.amounts is None:
        return []
    money = [money_cell(rng, row.amounts[name]) for name in AMOUNTS]
    cost_centre = row.labels[2]
    if cost_centre == QUOTED:
        money = [f"({-x:,})" if x < 0 else f"{x:,}" if x else "-" for x in row.amounts.values()]
    if cost_centre in {"02102", "05103"}:
        money[0] = f"£{row.amounts['original']:,}"
    return [*row.labels, *money, row.comment]


def export(rng: random.Random, ledger: Sequence[BudgetLine]) -> bytes:
    """The workbook: sheet `Budget Monitoring` (header in rows 6 and 7) and sheet `Notes`."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": TITLES[0], "subject": "Invented data", "created": PRINTED_AT})
        write_budget_sheet(book, [cells(rng, row) for row in printed_rows(ledger)])
        notes = book.add_worksheet("Notes")
        for number, note in enumerate(NOTES):
            notes.write_string(number, 0, note)
    return rezipped(buffer.getvalue())


def write_budget_sheet(book: xlsxwriter.Workbook, body: Iterable[list[str | int]]) -> None:
    """Five title rows, the two-level header, then the body from row 8."""
    sheet = book.add_worksheet("Budget Monitoring")
    bold = book.add_format({"bold": True})
    centred = book.add_format({"bold": True, "align": "center"})
    for number, title in enumerate(TITLES):
        sheet.write_string(number, 0, title, bold)
    sheet.merge_range("E6:I6", "Full year", centred)
    sheet.merge_range("J6:L6", "Year to date", centred)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(6, column, heading, bold)
    for number, row in enumerate(body, start=7):
        write_row(sheet, number, row)
    sheet.set_column("A:D", 28)
    sheet.set_column("E:L", 15)


def write_row(sheet: xlsxwriter.worksheet.Worksheet, number: int, row: list[str | int]) -> None:
    """Texts as texts, so that no comment becomes a formula; empty cells are not written."""
    for column, cell in enumerate(row):
        if isinstance(cell, int):
            sheet.write_number(number, column, cell)
        elif cell:
            sheet.write_string(number, column, cell)
