import io
import zipfile

import pytest

from peerpack.errors import StaleCorrection
from peerpack.packs.word_reference import LARGEST, word_reference
from peerpack.render.documents.house import house_reference

HEAD = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:hdr>'
AWAY = '<Relationships><Relationship Type="…/image" TargetMode="External" Target="//e"/>'


def refused(tmp_path, content):
    folder = tmp_path / "northby"
    folder.mkdir(exist_ok=True)
    (folder / "reference.docx").write_bytes(content)
    with pytest.raises(StaleCorrection) as told:
        word_reference("northby", [tmp_path])
    return str(told.value)


def with_part(name, content):
    made = io.BytesIO(house_reference())
    with zipfile.ZipFile(made, "a") as book:
        book.writestr(name, content)
    return made.getvalue()


def test_a_council_without_one_has_none(tmp_path):
    assert word_reference("northby", [tmp_path]) == b""


def test_the_house_reference_is_one_that_a_council_may_begin_with(tmp_path):
    (tmp_path / "northby").mkdir()
    (tmp_path / "northby" / "reference.docx").write_bytes(house_reference())
    assert word_reference("northby", [tmp_path]) == house_reference()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("word/vbaProject.bin", "Sub AutoOpen", "macros or objects"),
        ("word/extra.xml", "application/vnd.ms-word.document.macroEnabled", "macros or objects"),
        ("word/embeddings/a.bin", "", "macros or objects"),
        ("word/_rels/header1.xml.rels", AWAY, "takes something from outside"),
        ("word/extra.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>', "declares entities"),
        ("word/h.xml", HEAD.format("<w:instrText>INCLUDETE</w:instrText><w:instrText>XT x</w:i>"),
         "has a field that fetches"),
        ("word/h.xml", HEAD.format('<w:fldSimple w:instr="DDEAUTO c"/>'), "field that fetches"),
    ],
)  # fmt: skip
def test_what_runs_or_fetches_is_refused_with_the_reason(tmp_path, name, content, why):
    assert why in refused(tmp_path, with_part(name, content))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{\\rtf1 not a docx}", "is no Word document. Save it from Word as .docx"),
        (b"PK" + bytes(LARGEST), "has more than 5,000,000 bytes"),
        (b"", "is no Word document"),
    ],
)
def test_what_is_no_document_of_sensible_size_is_refused(tmp_path, content, why):
    assert why in refused(tmp_path, content)


def test_an_archive_of_other_things_is_no_document(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        book.writestr("content.xml", "<office/>")
    assert "is no Word document" in refused(tmp_path, made.getvalue())
