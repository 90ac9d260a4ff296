"""Text that tries to run, to fetch, to turn the page or to burst it, in every format of a pack."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import documents_of
import pikepdf
import pytest
from lxml import html

from peerpack import render
from peerpack.catalogue.models import Council
from peerpack.handover.pack import NotebookPage, Withheld
from peerpack.handover.receipt import FileRead
from peerpack.handover.records import Finding
from peerpack.handover.statement import Heading, Listing, Paragraph, Piece, Statement, Table
from peerpack.vocab import DOCUMENTS
from peerpack.words.cells import inert

WICKED = (
    "=cmd|' /C calc'!A0 <script>alert(1)</script>\"><img src=x onerror=alert(2)>'><svg/onload="
    "alert(3)> </style></title></textarea>--> ]]> {{7*7}} {% raw %} ${7*7} #{7*7} \\input{x} "
    "#import \"x\" [y](javascript:alert(4)) ![z](https://example.org/z.png) confidence interval "
    "\u202e\u2066\u200f\x00\x07\x1b\x85\ufffe&#106;&lt;"
)  # fmt: skip
LONG = "W" * 10_000
FIELD = re.compile(r"\s*(SEQ|TOC|PAGE|NUMPAGES|PAGEREF|REF)\b")
RAN = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def hostile(draw, rows):
    """A pack of which everything that a person could have typed is hostile."""
    cut = {"breakdown": "supplier", "title": WICKED, "note": WICKED, "period": WICKED}
    said = {"comparator": WICKED, "comparator_source": WICKED, "target": 1.0, "rag": "red",
            "target_basis": WICKED, "interval": WICKED, "lower": 1.0, "upper": 3.0}  # fmt: skip
    told = rows.receipt()
    piece = (Piece(WICKED, evidence_id="KF01"), Piece(LONG, strong=True))
    blocks = (Heading(1, piece), Paragraph(piece), Listing(None, ((Paragraph(piece),),)),
              Table((piece,), ((piece,),)))  # fmt: skip
    return draw(
        [
            rows.figure(title=WICKED, note=WICKED, display=WICKED, **said),
            rows.figure(evidence_id="KF01/supplier=%3Cscript%3E", group=WICKED, **cut),
            rows.figure(evidence_id="KF01/supplier=W", group=LONG, **cut),
            rows.claim(title=WICKED, note=WICKED + LONG),
        ],
        comparators=[{"evidence_id": "KF01", "group": WICKED, "version": WICKED, "statistic":
                      "median", "period": "2023-24", "value": 1.1, "n": 9.0, "missing": WICKED}],
        lineage=[{"evidence_id": "KF01", "role": "numerator", "dataset": "budget",
                  "sha256": told.sha256, "rows": "1:8-16"}],
        council=Council(slug="northborough", name=f"{WICKED} {LONG}", invented=True),
        exhibits=(rows.exhibit(title=WICKED, alt=f"{WICKED} from 1 to 2", source=WICKED,
                               table=_table("supplier", WICKED, LONG)),),
        findings=(Finding(text=WICKED + LONG, theme="T4", evidence_ids=("KF01",), cell="says"),),
        receipts=(
            told.model_copy(
                update={
                    "title": WICKED,
                    "owner": WICKED + LONG,
                    "files": (FileRead(number=1, name=f"{WICKED}.xlsx", sha256=told.sha256,
                                       sheet=WICKED, encoding="", rows_in=50),),
                    "quarantined": tuple(
                        q.model_copy(update={"file": WICKED, "found": WICKED, "expected": LONG,
                                             "what_to_do": WICKED})
                        for q in told.quarantined
                    ),
                }
            ),
        ),
        notebooks=(NotebookPage("01-is-the-budget-held.ipynb", WICKED, "T4", (WICKED, LONG)),),
        withheld=(Withheld("05-agency.ipynb", WICKED + LONG, "T5", WICKED),),
        not_used=(f"{WICKED}.pdf", LONG),
        statement=Statement(blocks, own=True),
    )  # fmt: skip


def _table(*cells):
    said = io.StringIO()
    csv.writer(said, lineterminator="\n").writerows([("name", "n"), *((c, "1") for c in cells)])
    return said.getvalue()


@pytest.fixture(scope="module")
def pages(hostile):
    return render.pages(hostile)


@pytest.fixture(scope="module")
def documents(hostile):
    return documents_of.documents(replace(hostile, documents=DOCUMENTS))


@pytest.fixture(scope="module")
def folder(pages, documents, tmp_path_factory):
    """The whole pack's pages and documents on disk."""
    made = tmp_path_factory.mktemp("pack")
    for name, content in (pages | documents).items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(content)
    return made


def test_a_browser_runs_nothing_asks_for_nothing_and_never_scrolls_sideways(opened, folder):
    wide = "document.documentElement.scrollWidth - window.innerWidth"
    with opened(width=320, reduced_motion="reduce") as page:
        for place in sorted(folder.rglob("*.html")):
            page.goto(place.as_uri())
            page.eval_on_selector_all("details", "all => all.forEach(d => { d.open = true })")
            assert (place.name, page.evaluate(wide)) == (place.name, 0)
            assert page.locator("img[src=x], svg[onload]").count() == 0
        assert page.said == []
        assert [url for url in page.asked if not url.startswith(folder.as_uri())] == []


def test_a_search_for_a_hostile_word_shows_it_and_runs_nothing(opened, folder):
    with opened(folder / "search.html", width=320) as page:
        page.locator("main input[type=search], input[type=search]").first.fill("alert")
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        assert RAN in page.locator("main").inner_text()
        assert page.said == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_pages_show_hostile_text_as_it_was_typed(pages):
    page = html.document_fromstring(pages["indicators/KF01.html"])
    assert RAN in page.text_content()
    assert "{{7*7}}" in page.text_content()


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\x00", "\x07", "\x1b", "\x85"])
def test_no_page_holds_a_sign_that_turns_ends_or_hides_text(pages, documents, sign):
    made = (pages | documents).items()
    assert [n for n, told in made if n.endswith((".html", ".md")) and sign in told.decode()] == []


def test_every_kind_of_document_is_made(documents):
    endings = {name.rpartition(".")[2] for name in documents}
    assert endings == {"pdf", "docx", "html", "xlsx", "ods"}


def of(documents, *endings):
    return {name: told for name, told in documents.items() if name.endswith(endings)}


def test_a_pdf_does_nothing_by_itself_and_leads_to_no_other_place(documents):
    active = re.compile(rb"/(JavaScript|JS|Launch|OpenAction|AA|EmbeddedFiles|RichMedia)\b")
    for name, told in of(documents, ".pdf").items():
        with pikepdf.open(io.BytesIO(told)) as pdf:
            everything = b"\n".join(each.unparse() for each in pdf.objects)
        assert (name, active.findall(everything)) == (name, [])
        assert b"example.org" not in everything
        assert b"javascript:" not in everything


def parts(told):
    """The XML parts of a zipped document, each parsed: a control would end the parser."""
    with zipfile.ZipFile(io.BytesIO(told)) as archive:
        names = [each for each in archive.namelist() if each.endswith((".xml", ".rels"))]
        return {each: ET.fromstring(archive.read(each)) for each in names}


def local(element):
    return element.tag.rpartition("}")[2]


def fields(root):
    """What a Word document's fields are told to do."""
    simple = [v for each in root.iter() for k, v in each.attrib.items() if k.endswith("}instr")]
    return simple + [each.text or "" for each in root.iter() if local(each) == "instrText"]


def test_no_office_file_holds_a_formula_a_field_a_macro_or_a_way_out(documents):
    running = {"f", "script", "scripts", "event-listener", "object",
               "oleObject", "dde-link", "altChunk", "control"}  # fmt: skip
    for name, told in of(documents, ".docx", ".xlsx", ".ods").items():
        for part, root in parts(told).items():
            found = {local(each) for each in root.iter()} & running
            said = {v for each in root.iter() for k, v in each.attrib.items() if "formula" in k}
            out = [each.get("Target") for each in root.iter() if each.get("TargetMode")]
            assert (name, part, found, said, out) == (name, part, set(), set(), [])
            assert [each for each in fields(root) if not FIELD.match(each)] == []


def test_no_cell_of_a_spreadsheet_begins_as_a_formula_does(documents):
    for name, told in of(documents, ".xlsx", ".ods").items():
        for root in parts(told).values():
            said = ["".join(each.itertext()) for each in root.iter() if local(each) in ("si", "p")]
            assert (name, [text for text in said if inert(text) != text]) == (name, [])


def test_no_cell_of_a_csv_on_a_page_begins_as_a_formula_does(pages):
    for name, told in of(pages, ".csv").items():
        cells = [cell for row in csv.reader(io.StringIO(told.decode())) for cell in row]
        assert (name, [cell for cell in cells if inert(cell) != cell]) == (name, [])
