import io
import re
import shutil
import subprocess
import zipfile

import documents_of
import pytest
from documents_of import LONG, hostile
from docx import Document
from docx.oxml.ns import qn

from peerpack.catalogue.branding import Branding
from peerpack.render.documents.house import house_reference
from peerpack.render.documents.pandoc import converted

PACK, STATEMENT = (
    f"northborough-2024-25-Q1-{kind}.docx" for kind in ("pack", "position-statement")
)
SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def files():
    """The two Word documents of a drawn pack."""
    return documents_of.made("word", documents_of.contents())


@pytest.fixture(params=[PACK, STATEMENT])
def book(request, files):
    return Document(io.BytesIO(files[request.param]))


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


def styled(book, name):
    return [each.text for each in book.paragraphs if each.style.name == name]


def test_a_word_document_says_what_it_is_whose_and_in_which_language(book):
    said = book.core_properties
    assert said.title.startswith("Northborough (invented), April to June 2024")
    assert (said.author, said.language) == ("Northborough", "en-GB")
    assert f"{said.modified:%Y-%m-%d}" == f"{said.created:%Y-%m-%d}" == "2024-07-01"
    languages = {each.get(qn("w:val")) for each in book.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_headings_are_headings_and_captions_are_captions(files):
    book = Document(io.BytesIO(files[PACK]))
    assert styled(book, "Title") == ["Northborough"]
    assert styled(book, "Heading 1")[1] == "Local priorities and outcomes"
    assert "What the evidence says" in styled(book, "Heading 2")
    assert styled(book, "Image Caption") == [
        "Chart 1. Adults is over budget. Source: Budget monitoring, April to June 2024"
    ]
    assert len(styled(book, "Table Caption")) == len(book.tables) > 1


def test_every_picture_in_word_has_its_alternative_text(files):
    book = Document(io.BytesIO(files[PACK]))
    found = [each.get("descr") for each in book.element.body.iter(qn("wp:docPr"))]
    assert found == ["Bars. Adults 4%, Place 1%."]


def test_the_first_row_of_every_table_is_its_head_on_each_page(book):
    heads = [[row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
              for row in table._tbl.tr_lst] for table in book.tables]  # fmt: skip
    assert heads
    assert all(first and not any(rest) for first, *rest in heads)


def test_head_and_foot_say_whose_figures_these_are_and_the_page_is_the_one_field(files):
    for content in files.values():
        page = Document(io.BytesIO(content)).sections[0]
        assert page.header.paragraphs[0].text == "Northborough (invented), April to June 2024"
        assert "ab" * 32 in page.footer.paragraphs[0].text
        fields = re.findall(
            r'(?:w:instr="|<w:instrText[^>]*>)([^"<]*)', "".join(parts(content).values())
        )
        assert fields == ["PAGE"]


def test_what_others_wrote_is_shown_in_word_and_is_no_field_link_or_part():
    for content in documents_of.made("word", hostile()).values():
        told = parts(content)
        text = " ".join(each.text for each in Document(io.BytesIO(content)).paragraphs)
        assert '<script>alert(1)</script> =cmd() #import "x": y; $x^2$ \\input' in text
        assert "\u202e" not in text
        assert "TargetMode=\"External\"" not in told["word/_rels/document.xml.rels"].replace(
            "comments", "")  # fmt: skip
        assert re.findall(r'w:instr="([^"]*)', "".join(told.values())) == ["PAGE"]
        assert "instrText" not in "".join(told.values())
        assert not [name for name in told if re.search("vba|embed|activeX|customXml", name)]


def test_pandoc_takes_no_file_of_the_machine_into_a_document(tmp_path):
    (tmp_path / "secret.png").write_bytes(b"\x89PNG secret")
    made = converted(f'<p><img src="{tmp_path}/secret.png" alt="A picture"></p>', "docx")
    assert not [name for name, part in parts(made).items() if "secret" in part and "media" in name]


def test_ten_thousand_letters_can_break_in_word():
    for content in documents_of.made("word", hostile(LONG)).values():
        assert not re.search(r"W{6}", parts(content)["word/document.xml"])


def test_a_councils_own_reference_document_gives_its_styles_and_its_own_head():
    own = Document(io.BytesIO(house_reference()))
    own.styles["Heading 1"].font.name = "Georgia"
    own.sections[0].header.paragraphs[0].text = "Northborough: working together"
    kept = io.BytesIO()
    own.save(kept)
    made = documents_of.made("word", documents_of.contents(word_reference=kept.getvalue()))
    book = Document(io.BytesIO(made[STATEMENT]))
    assert book.styles["Heading 1"].font.name == "Georgia"
    assert book.sections[0].header.paragraphs[0].text == "Northborough: working together"


def test_a_councils_colour_is_its_titles_and_its_crest_stands_on_the_cover():
    crest = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    look = Branding(name="Northborough", colour="#5c1a1a", accent="#c2571a", crest=crest)
    made = documents_of.made("word", documents_of.contents(branding=look, exhibits=()))
    book = Document(io.BytesIO(made[PACK]))
    assert str(book.styles["Title"].font.color.rgb) == "5C1A1A"
    found = [each.get("descr") for each in book.element.body.iter(qn("wp:docPr"))]
    assert found == ["Crest of Northborough"]


def test_the_house_reference_is_the_same_each_time():
    once = house_reference()
    house_reference.cache_clear()
    assert house_reference() == once


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
def test_libreoffice_finds_the_headings_and_the_alternative_text(files, tmp_path):
    (tmp_path / "pack.docx").write_bytes(files[PACK])
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "fodt", "--outdir", tmp_path, tmp_path / "pack.docx"],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    told = (tmp_path / "pack.fodt").read_text(encoding="utf-8")
    first = re.findall(r'<text:h [^>]*text:outline-level="1"[^>]*>(.*?)</text:h>', told)
    assert "Local priorities and outcomes" in re.sub(r"<[^>]*>", "", "\n".join(first))
    assert "Bars. Adults 4%, Place 1%." in re.findall(r"<svg:desc>([^<]*)", told)
    assert "<table:table-header-rows>" in told
    assert 'fo:language="en" fo:country="GB"' in told.replace(" style:", " ")
