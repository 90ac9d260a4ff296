import re

import pytest

from peerpack import render
from peerpack.errors import OurFault
from peerpack.render.svg import inlined


def drawing(inside="", root=""):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" {root}>{inside}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onclick="alert(1)"/>',
        '<rect ONLOAD="alert(1)"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<use href="https://example.org/a.svg#x"/>',
        '<image href="https://example.org/a.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<a href="#x"><rect/></a>',
        '<rect style="fill: url(https://example.org/a)"/>',
        "<rect style=\"fill: url('//example.org/a')\"/>",
        r'<rect style="fill: u\72l(x)"/>',
        "<style>@import 'https://example.org'</style>",
        "<style>*{fill: red}</style>",
        '<rect style="behavior: x"/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        "<!-- no end",
    ],
)
def test_a_drawing_that_runs_or_fetches_is_refused(inside):
    with pytest.raises(OurFault, match="Mend the figure that drew it"):
        inlined(drawing(inside), "x1-", "Title", "Alt")


def test_a_style_becomes_attributes_for_no_page_lets_a_style_attribute_act():
    inside = '<rect style="fill: #12436d; stroke-width: 0.8;"/>'
    out = inlined(drawing(inside), "x1-", "Title", "Alt")
    assert '<rect fill="#12436d" stroke-width="0.8"' in out
    assert "style=" not in out


def test_a_drawing_with_an_entity_is_refused():
    with pytest.raises(OurFault, match="an entity declaration"):
        inlined('<!DOCTYPE svg [<!ENTITY a "b">]>' + drawing("&a;"), "x1-", "Title", "Alt")


def test_a_drawing_without_alternative_text_is_refused():
    with pytest.raises(OurFault, match="no alternative text"):
        inlined(drawing(), "x1-", "Title", " ")


def test_ids_and_what_refers_to_them_move_together():
    inside = (
        '<g id="a"/><g clip-path="url(#a)" style="fill: url(\'#a\')"/>'
        '<use xmlns:l="http://www.w3.org/1999/xlink" l:href="#a"/>'
    )
    out = inlined(drawing(inside), "x7-", "Title", "Alt")
    assert out.count("x7-a") == 4
    assert "url(#x7-a)" in out


def test_the_same_drawing_twice_on_a_page_shares_no_id(draw, rows, parse):
    twice = (rows.exhibit(), rows.exhibit(id="again"))
    ids = parse(render.pages(draw(exhibits=twice))["indicators/KF01.html"]).all("id")
    assert len(ids) == len(set(ids))
    assert {"x1-p1", "x2-p1"} <= set(ids)


def test_a_drawing_made_by_matplotlib_is_taken_whole():
    plt = pytest.importorskip("matplotlib.figure")
    figure = plt.Figure(figsize=(3, 2))
    figure.subplots().barh(["<Adults>", "Place"], [1, 2])
    import io

    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    html = inlined(out.getvalue(), "x1-", "Bars & more", "Two bars")
    assert '<title id="x1-title">Bars &amp; more</title>' in html
    assert not re.search(r"<style|metadata|<\?xml|<!DOCTYPE|xmlns|width=\"\d+pt", html)
