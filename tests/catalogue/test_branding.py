"""A council's theme: refused, in a sentence, where it could not be read or could do harm."""

import struct
import zlib

import pytest

from peerpack import render
from peerpack.catalogue import load
from peerpack.catalogue.branding import contrast, plain_png
from peerpack.errors import ReturnRefused, StaleCorrection

THEME = 'name = "Anytown"\ncolour = "#1f5f5b"\naccent = "#c2571a"\n'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'


@pytest.fixture
def themed(tmp_path):
    """`themed(text, crest.svg=…)`: what is loaded of a council with these files."""

    def loaded(text=THEME, **crests):
        home = tmp_path / "anytown"
        home.mkdir(exist_ok=True)
        (home / "theme.toml").write_text(text)
        for kind, content in crests.items():
            (home / f"crest.{kind}").write_bytes(content)
        return load.branding("anytown", [tmp_path])

    return loaded


def chunk(kind, data):
    sum_ = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", sum_)


def png(width=1, *, comment=b""):
    """A black line `width` pixels long, with a comment where one is given."""
    head = struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)
    said = chunk(b"tEXt", comment) if comment else b""
    body = chunk(b"IDAT", zlib.compress(bytes(width + 1)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + said + body + chunk(b"IEND", b"")


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_a_council_without_a_theme_has_no_branding(tmp_path):
    assert load.branding("anytown", [tmp_path]) is None


def test_a_theme_is_a_name_two_colours_and_the_crest_beside_it(themed):
    look = themed(svg=SVG)
    assert (look.name, look.colour, look.crest_file) == ("Anytown", "#1f5f5b", "crest.svg")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('colour = "#a0c4ff"', "white words on it have a contrast of 1.77 to 1, and WCAG 2.2 asks "
                               "for 4.5 to 1. Take a darker one"),
        ('accent = "#12436d"', "a line of it on the dark page has a contrast of 1.72 to 1, and "
                               "WCAG 2.2 asks for 3.0 to 1. Take a lighter one"),
        ('accent = "#f4a300"', "on the light page has a contrast of 2.08 to 1"),
        ('colour = "red"', "'red' is no colour such as #12436d"),
        ('name = "A\\u202eB"', "a sign that cannot be seen"),
        ('crest = "../../secret"', "crest"),
        ('font = "Gill Sans"', "font"),
    ],
)  # fmt: skip
def test_a_theme_that_cannot_be_read_is_refused_with_the_ratio(themed, line, said):
    key = line.partition(" ")[0]
    kept = [each for each in THEME.splitlines() if not each.startswith(key)]
    with pytest.raises(StaleCorrection, match=said.replace(".", r"\.")):
        themed("\n".join([*kept, line]))


def test_a_png_keeps_its_picture_and_nothing_else(themed):
    told = png(comment=b"where\0a person lives") + b"<script>"
    assert themed(png=told).crest == png()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (png(3_000), "3000 × 1 pixels"),
        (png()[:-20], "the PNG is damaged"),
        (png().replace(b"IDAT", b"IDAX"), "the PNG is damaged"),
    ],
)
def test_a_png_that_is_huge_or_damaged_is_refused(content, said):
    with pytest.raises(ValueError, match=said):
        plain_png(content)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="https://example.invalid/x.png"/>',
        '<path onload="alert(1)"/>',
        "<style>path { fill: red }</style>",
    ],
)
def test_a_crest_that_runs_fetches_or_styles_is_refused(inside):
    with pytest.raises(StaleCorrection, match=r"crest\.svg holds"):
        render.crest(SVG.replace(b"<path", inside.encode() + b"<path"))


def test_a_crest_larger_than_a_page_is_refused(themed):
    with pytest.raises(StaleCorrection, match="200,000 bytes"):
        themed(png=bytes(200_000))


def test_two_crests_are_one_too_many(themed):
    with pytest.raises(StaleCorrection, match="Keep one"):
        themed(svg=SVG, png=png())


def test_a_crest_that_is_a_link_out_of_the_folder_is_refused(themed, tmp_path):
    themed()
    (tmp_path / "elsewhere.svg").write_bytes(SVG)
    (tmp_path / "anytown" / "crest.svg").symlink_to(tmp_path / "elsewhere.svg")
    with pytest.raises(ReturnRefused, match="link that leaves"):
        themed()
