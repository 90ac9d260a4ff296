"""The table under a chart: every number that the chart draws, in words."""

from peerpack.render.charts import chart


def test_published_figures_are_known_by_their_titles_and_shown_as_printed_beside_comparators(rows):
    table = (
        "evidence_id,title,group,display,stated_value,comparator_value,status\n"
        "L05,Tax collected,,[x],86.0,93.0,x\nL07/part=a,Roads,a,4%,5.0,,\n"
    )
    told = chart(rows.exhibit(table=table), 1)
    assert [c.name for c in told.columns] == [
        "title", "as printed", "comparator", "figure", "marks",
    ]  # fmt: skip
    assert told.rows == (("Tax collected", "86", "93", "[x]", "x"), ("Roads", "5", "", "4%", ""))


def test_parts_are_known_by_their_names_and_the_whole_is_overall(rows):
    table = (
        "evidence_id,title,group,display,base_n,comparator_value\n"
        "KF01,V,,3%,20.0,1.4\nKF01/ward=North,V: North,North,2%,12.0,\n"
    )
    told = chart(rows.exhibit(table=table), 1)
    assert [c.name for c in told.columns] == ["group", "figure", "people or answers", "comparator"]
    assert told.rows == (("Overall", "3%", "20", "1.4"), ("North", "2%", "12", ""))
