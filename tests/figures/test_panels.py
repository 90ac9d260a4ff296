"""Small multiples: a panel for each part, and in it a bar for each part within that."""

from test_bars import shown

from peerpack.figures.panels import panels


def head(name, value):
    return {"breakdown": "directorate", "group": name, "value": value, "display": f"{value} days",
            "evidence_id": f"KW01/directorate={name}"}  # fmt: skip


def team(directorate, name, value, **said):
    return {"breakdown": "directorate&team", "group": name, "value": value,
            "display": f"{value} days",
            "evidence_id": f"KW01/directorate={directorate}&team={name}"} | said  # fmt: skip


WHOLE = {"value": 2.0, "display": "2.0 days"}
HIDDEN = {"value": float("nan"), "display": "[c]", "status": "c"}


def drawn(figure):
    """What each panel says, and the widths of its bars."""
    return {
        axes.get_title(loc="left"): (
            [label.get_text() for label in axes.get_yticklabels()],
            [round(float(bar.get_width()), 6) for bar in axes.patches],
            [text.get_text() for text in axes.texts],
        )
        for axes in figure.axes
        if axes.axison
    }


def test_the_highest_panel_comes_first_and_its_bars_are_its_own():
    figure = panels(
        shown(WHOLE, head("Adults", 1.5), team("Adults", "Care", 1.5), head("Place", 2.5),
              team("Place", "Roads", 1.0), team("Place", "Parks", 4.0)),
        "Days", "directorate", "team",
    )  # fmt: skip
    assert drawn(figure) == {
        "Place\n2.5 days overall": (["Parks", "Roads"], [4.0, 1.0], ["4.0 days", "1.0 days"]),
        "Adults\n1.5 days overall": (["Care"], [1.5], ["1.5 days"]),
    }
    assert list(drawn(figure)) == ["Place\n2.5 days overall", "Adults\n1.5 days overall"]


def test_a_part_that_may_not_be_shown_is_counted_and_has_no_bar():
    figure = panels(
        shown(WHOLE, head("Place", 2.5), team("Place", "Tiny", None) | HIDDEN,
              *[team("Place", f"T{n}", float(n)) for n in range(1, 9)],
              head("Gone", 1.0) | HIDDEN),
        "Days", "directorate", "team",
    )  # fmt: skip
    ((labels, widths, said),) = drawn(figure).values()
    assert labels == ["T8", "T7", "T6", "T5", "T4", "T3"]
    assert widths == [8.0, 7.0, 6.0, 5.0, 4.0, 3.0]
    assert said[-1] == "2 lower, 1 not shown [c]"


def test_without_a_part_to_show_there_is_no_panel():
    figure = panels(shown(WHOLE, head("Gone", 1.0) | HIDDEN), "Days", "directorate", "team")
    assert figure.axes[0].texts[0].get_text() == "No panel can be shown"
