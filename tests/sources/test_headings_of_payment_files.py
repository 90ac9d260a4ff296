"""Headings by which councils publish their payments; the headings are theirs, the rows invented.

Two headings often could be one column: the one that says more is read. `Net` beside `Gross` is the
net amount, and a file with `Gross` alone is not read, for VAT would stand among its payments. In a
ledger's export `(T)` is the text of a code, so `Supplier ID(T)` is a name.
"""

import pytest

from peerpack.catalogue.load import dataset, datasets
from peerpack.sources import fits, read

SPEND = dataset("supplier_spend")

BRADFORD = """
Service Code|Service Label|Expenditure code|Expenditure category|Payment date|Transaction Number|\
Net Amount|Supplier Number|Supplier Name
1|#N/A|9|Repairs|02/01/2018|61|3250.00|17|A Ltd
"""
CALDERDALE = """
Body|Organisation Name|Date|Internal Ref Number|Invoice Number|Net Amount|Irrecoverable VAT|\
Supplier(Beneficiary) Name|Supplier ID|Expense Area|\
Procurement Classification: Council's Procurement Category Name|Source|\
Purpose of Spend (Summary)
http://x.example/00|The Borough|18/05/2021|306|LI|420.00|N/A|A Ltd|S1|Parks|Furniture|IV|Invoices
"""
GATESHEAD = """
Nstrg(T)|Cipfsubj(T)|Cipfsubs(T)|TransNo|Seq no|Period|Supplier ID(T)|Amount|Updated
Schools|Premises|Cleaning|2000|1|202102|A Ltd|-135.00|11/05/2021
"""
HARROGATE = """
Body Name|Expenditure Category|Capital/ Revenue|Service Label|Service Code|Expenditure Code|\
Payment Date|Supplier Name|Transaction No.|Net Amount|Narrative
The Borough|Premises|R|Community|Parks|Rent|14/05/2021|A Ltd|3628|1758.90|Words
"""
SALFORD = """
Authority Name|Date of Payment|Document Number|Gross|VAT|Net|Vendor Name|Service Area|GL Description
The City|04/05/2021|6013|1515.02|252.50|1262.52|A Ltd|Adults|Rents
"""
SHEFFIELD = """
Business Unit Description|Expense Code|Expense Code Description|GL Date|Document No|Invoice No|\
Invoiced Value|Supplier Name|Address Book No|Proclass Details Level 1
PARKING|4190|PERMITS|02/01/2015|3762|ERS|432.00|A Ltd|618|Unclassified
"""
READ = {
    "Bradford": (BRADFORD, ["A Ltd", "2018-01-02", 3250.0, None, "Repairs", "61"]),
    "Calderdale": (CALDERDALE, ["A Ltd", "2021-05-18", 420.0, "Parks", "Invoices", "306"]),
    "Gateshead": (GATESHEAD, ["A Ltd", "2021-05-11", -135.0, "Schools", "Cleaning", "2000"]),
    "Harrogate": (HARROGATE, ["A Ltd", "2021-05-14", 1758.9, "Community", "Premises", "3628"]),
    "Salford": (SALFORD, ["A Ltd", "2021-05-04", 1262.52, "Adults", "Rents", "6013"]),
    "Sheffield": (SHEFFIELD, ["A Ltd", "2015-01-02", 432.0, "PARKING", "PERMITS", "3762"]),
}
COLUMNS = [
    "supplier", "payment_date", "amount_gbp", "organisational_unit", "purpose",
    "transaction_number",
]  # fmt: skip


def laid(folder, text):
    path = folder / "payments.csv"
    path.write_text(text.strip().replace(",", ";").replace("|", ","), encoding="utf-8")
    return path


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ)
def test_the_headings_of_a_council_are_read_each_as_its_column(tmp_path, text, expected):
    path = laid(tmp_path, text)
    assert list(fits([path], datasets(), {}).files) == ["supplier_spend"]
    reading = read([path], SPEND)
    assert reading.quarantined == ()
    found = reading.frame[COLUMNS].astype(object)
    found["payment_date"] = found["payment_date"].map(lambda day: day.date().isoformat())
    assert found.where(found.notna(), None).iloc[0].tolist() == expected


def test_vat_that_is_not_stated_is_a_status_and_no_reason_to_lose_the_payment(tmp_path):
    frame = read([laid(tmp_path, CALDERDALE)], SPEND).frame
    assert frame.irrecoverable_vat_gbp.isna().all()
    assert frame.irrecoverable_vat_gbp_status.tolist() == ["x"]


def test_an_amount_with_vat_in_it_is_not_read_as_a_net_amount(tmp_path):
    path = laid(tmp_path, SALFORD.replace("|Net|", "|Sum|"))
    assert fits([path], datasets(), {}).files == {}
