import io
import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import documents_of
import pikepdf
import pypdfium2
import pytest
from documents_of import LONG, hostile

from peerpack import render
from peerpack.errors import OurFault
from peerpack.render.documents.pandoc import FOLDER, converted

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def pdfs():
    """The two PDFs of a drawn pack, opened."""
    made = documents_of.made("pdf", documents_of.contents())
    return {name: pikepdf.open(io.BytesIO(content)) for name, content in made.items()}


@pytest.fixture(params=["pack", "position-statement"])
def pdf(request, pdfs):
    return pdfs[f"northborough-2024-25-Q1-{request.param}.pdf"]


def tagged(element):
    """Every element of a PDF's structure, in the order it is read."""
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from tagged(child)


def names(pdf):
    return [str(each.S)[1:] for each in tagged(pdf.Root.StructTreeRoot)]


def text_of(content):
    pages = pypdfium2.PdfDocument(content)
    found = "".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(found.split())


def test_a_pdf_says_that_it_is_accessible_in_what_language_and_what_it_is_called(pdf):
    with pdf.open_metadata() as said:
        assert said["pdfuaid:part"] == "1"
        assert said["dc:title"].startswith("Northborough (invented), April to June 2024")
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.Lang == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "/CreationDate" not in pdf.docinfo


def test_every_picture_has_alternative_text_that_a_reader_hears(pdfs):
    figures = [e for pdf in pdfs.values() for e in tagged(pdf.Root.StructTreeRoot)
               if e.S == "/Figure"]  # fmt: skip
    assert [str(each.Alt) for each in figures] == ["Bars. Adults 4%, Place 1%."]


def test_every_table_has_a_caption_and_headings_with_a_scope(pdf):
    elements = list(tagged(pdf.Root.StructTreeRoot))
    heads = [each for each in elements if each.S == "/TH"]
    assert heads
    assert {str(each.A[0].Scope if isinstance(each.A, pikepdf.Array) else each.A.Scope)
            for each in heads} == {"/Column"}  # fmt: skip
    assert names(pdf).count("Caption") >= names(pdf).count("Table") > 0


def test_no_level_of_heading_is_left_out(pdf):
    levels = [int(name[1]) for name in names(pdf) if re.fullmatch(r"H\d", name)]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_a_council_may_begin_with_any_level_and_leave_levels_out(pdfs):
    with pdfs["northborough-2024-25-Q1-position-statement.pdf"].open_outline() as outline:
        told = [(str(each.title), [str(below.title) for below in each.children])
                for each in outline.root]  # fmt: skip
    assert told == [("Money", ["Budget"]), ("The figures in this statement", []),
                    ("How to cite a figure", [])]  # fmt: skip


def test_the_page_of_the_statement_leaves_no_level_out_either(parse):
    page = parse(render.pages(documents_of.contents())["position-statement.html"])
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_a_pack_that_holds_nothing_is_still_a_document(draw):
    nothing = draw([], exhibits=(), findings=(), receipts=(), notebooks=(), withheld=(),
                   not_used=(), indicators={})  # fmt: skip
    made = documents_of.made("pdf", nothing) | documents_of.made("word", nothing)
    assert [name.rpartition(".")[2] for name in made] == ["pdf", "docx"]
    assert "No dataset was supplied." in text_of(made["northborough-2024-25-Q1-pack.pdf"])


def test_the_bookmarks_lead_to_every_theme(pdfs):
    with pdfs["northborough-2024-25-Q1-pack.pdf"].open_outline() as outline:
        told = [str(each.title) for each in outline.root]
    assert told[:3] == ["Summary", "Local priorities and outcomes",
                        "Organisational and place leadership"]  # fmt: skip
    assert told[-1] == "How to cite and check a figure"


def test_a_pdf_holds_its_words_and_says_whose_they_are_on_every_page():
    made = documents_of.made("pdf", documents_of.contents())
    pages = pypdfium2.PdfDocument(made["northborough-2024-25-Q1-pack.pdf"])
    told = [page.get_textpage().get_text_range() for page in pages]
    assert "Forecast is 2.4% over." in " ".join(told)
    assert all("invented" in each.casefold() and "ab" * 32 in each for each in told)
    assert "Page 2 of" in told[1]


def test_a_figure_of_the_statement_is_listed_behind_it():
    made = documents_of.made("pdf", documents_of.contents())
    told = text_of(made["northborough-2024-25-Q1-position-statement.pdf"])
    assert "Our forecast is 2.4% over." in told
    assert "The figures in this statement" in told
    assert "KF01" in told


@pytest.mark.parametrize("to", ["typst", "docx"])
def test_a_picture_without_alternative_text_stops_the_document(to):
    script = {"typst": "typst.lua", "docx": "word.lua"}[to]
    with pytest.raises(OurFault, match=r"picture a.svg has no alternative text"):
        converted('<p><img src="a.svg" alt=" "></p>', to,
                  [f"--lua-filter={FOLDER / script}"])  # fmt: skip


def test_what_others_wrote_is_shown_in_a_pdf_and_never_obeyed():
    made = documents_of.made("pdf", hostile())
    for content in made.values():
        told = text_of(content)
        assert '<script>alert(1)</script> =cmd() #import "x": y; $x^2$ \\input' in told
        assert "#set page(width: 1pt) *b* _i_ //" in told
        assert "\u202e" not in told
        pdf = pikepdf.open(io.BytesIO(content))
        assert not {"/JavaScript", "/EmbeddedFiles"} & set(pdf.Root.get("/Names", {}).keys())
        assert not re.search(rb"/(URI|Launch|JavaScript|SubmitForm)\b", pdf_objects(pdf))


def pdf_objects(pdf):
    return b"".join(each.unparse(resolved=True) for each in pdf.objects)


def test_ten_thousand_letters_stay_on_the_page():
    made = documents_of.made("pdf", hostile(LONG))
    for content in made.values():
        for page in pypdfium2.PdfDocument(content):
            text = page.get_textpage()
            boxes = [text.get_rect(n) for n in range(text.count_rects())]
            assert boxes
            assert max(right for _, _, right, _ in boxes) <= page.get_width()


def test_documents_are_the_same_bytes_in_another_zone_language_and_mask(tmp_path):
    env = {
        "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4321", "HOME": str(tmp_path),
        "SOURCE_DATE_EPOCH": "86400", "PATH": os.defpath, "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    told = subprocess.run(
        [sys.executable, str(HERE / "documents_of.py")],
        env=env, cwd=tmp_path, capture_output=True, check=True, umask=0o077,
    )  # fmt: skip
    assert json.loads(told.stdout) == documents_of.digests(documents_of.contents())
