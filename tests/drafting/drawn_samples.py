"""Drawn samples: a table of permits, a ledger with titles and totals, a list of staff."""

PERMITS = [
    "Permit Ref | Zone  | Issued     | Fee      | % Paid Online | Number of Visits | Days Open",
    "01234      | North | 02/04/2024 | £60.00   | 86.5%         | 3                | 4",
    "01235      | South | 03/04/2024 | £1,060   | 90%           | 12               | 1",
    "01236      | North | 30/04/2024 | (£60.00) | 12.5%         | 0                | 9",
    "01237      | South | 01/05/2024 | £60.00   | 50%           | 4                | 2",
    "01238      | North | 28/06/2024 | £60.00   | 100%          | 4                | 2",
    "01239      | South | 28/06/2024 | £75.00   |               | 4                | 2",
    "01240      | North | 28/06/2024 | £75.00   | 99%           | 4                | 2",
    "01241      | South | 28/06/2024 | £75.00   | 98%           | 4                | 2",
    "01242      | North | 28/06/2024 | £75.00   | 97%           | 4                | 2",
    "01243      | South | 28/06/2024 | £75.00   | 96%           | 4                | 2",
]
LEDGER = [
    ["Permits by ward"],
    ["Run date 07/07/2024 08:14"],
    [None, None, None, "Income", None, "Refunds", None],
    ["Ward", "Permit Type", "Permit Code", "Budget", "Actual", "Budget", "Actual"],
    ["Docks", "Resident", "0101", 5000, "4,200", "(50)", "-"],
    [None, "Visitor", "0102", 100, "[x]", "(10)", -20],
    [None, "Trade", "0103", 100, 90, "(10)", -20],
    ["Total Docks", None, None, 5200, 4290, -70, -40],
    ["Hill", "Resident", "0201", 800, 900, "(5)", "-"],
    [None, "Visitor", "0202", 10, "[c]", "-", "-"],
    [None, "Trade", "0203", 10, 15, "-", "-"],
    ["Total Hill", None, None, 820, 915, -5, 0],
    ["Grand Total", None, None, 6020, 5205, -75, -40],
]
STAFF = [
    "Personal Reference | Surname | Work Email | Department | Grade | Started    | Sickness Days",
    "P00071 | Quillfeather | q@town.gov.uk | Museums  | G7 | 02/04/2019 | 4",
    "P00072 | Oxenbridge   | o@town.gov.uk | Museums  | G7 | 03/04/2019 | 0",
    "P00073 | Thistlewood  | t@town.gov.uk | Museums  | G9 | 30/04/2021 | 2",
    "P00074 | Underhay     | u@town.gov.uk | Archives | G9 | 01/05/2022 | 2.5",
    "P00075 | Venn         | v@town.gov.uk | Archives | G9 | 28/06/2023 | 11",
]
VALUES_OF_STAFF = [
    "P0007", "Quill", "Oxen", "Thistle", "Under", "Venn", "@", "Museum", "Archive", "G7", "G9",
    "2019", "2023",
]  # fmt: skip
