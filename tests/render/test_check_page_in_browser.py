"""The page of a check in a real browser: asks for nothing, and fits a phone."""

from peerpack import render
from peerpack.handover.check import QuarterChecked, ReturnChecked


def test_it_asks_for_nothing_and_never_scrolls_sideways_on_a_phone(rows, opened, tmp_path):
    receipt = rows.receipt()
    told = ReturnChecked(dataset="budget", title=receipt.title, owner="Finance", personal=False,
                         holds={}, receipt=receipt)  # fmt: skip
    checked = QuarterChecked(council="n", council_name="Northborough", invented=True,
                             quarter="2024-25-Q1", returns=(told,), not_used=())  # fmt: skip
    where = tmp_path / "check.html"
    where.write_bytes(render.check_page(checked))
    with opened(where, width=320) as page:
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert (page.asked, page.said) == ([where.as_uri()], [])
