"""Which tables does a pack hold for a spreadsheet? All of them, one to a worksheet."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from peerpack.handover.evidence import is_head
from peerpack.handover.pack import PackContents
from peerpack.render.badges import mark_in_words, marks_of
from peerpack.render.cards import Card, CardMaker, is_suppressed
from peerpack.render.documents.book import (
    ABSENT,
    HIDDEN,
    MISSING,
    Book,
    Cell,
    Cover,
    Link,
    Table,
    number,
    sheet_names,
    table,
    text,
)
from peerpack.render.documents.cover import cover
from peerpack.render.numbers import capital, unit_in_words
from peerpack.render.quality import dataset_qualities
from peerpack.render.rows import Row, cut_of, cuts, grouped, rows_of
from peerpack.render.site.page import Site
from peerpack.render.site.past import Past, Pasts
from peerpack.render.summary import regime_in_words
from peerpack.vocab import FACETS, STATUS_MARKS, THEMES
from peerpack.words.numbers import (
    label,
    period_in_full,
)

ONE_TABLE = "This worksheet holds one table. What [note 1] and the like mean is on worksheet Notes."
NOTES = (
    "A value is a number at full precision, shown to as many decimals as the pack shows. It is the "
    "value after disclosure control. Where there is none, a mark stands in its place.",
    "The lower and the upper end of the range that the value may lie in, and which kind of range "
    "that is. It is not applicable where every case was counted and nothing was rounded.",
    "The figure it is set beside: the statistic, of whom, and when. Where there is none, the "
    "column Notes says why.",
    "The council's own target, and how it was set. Green: met. Amber: near. Red: missed.",
    "What the checks said of the data behind the figure: the worse verdict of its datasets.",
    "What the pack before said of the same period, and what this one says.",
    "How many members of the group have a figure, and who has none.",
    "A character that nobody can see, or that would turn the direction of the words after it, is "
    "written as �. Words that a spreadsheet could take for a formula begin with an apostrophe. A "
    "cell of more than 16,000 characters is cut, and says at its end how many are missing; the "
    "files of the pack hold them all.",
)
VALUE, RANGE, BESIDE, TARGET, CHECKED, REVISED, MEMBERS, _ = (
    f"[note {n}]" for n in range(1, len(NOTES) + 1)
)
Column = tuple[str, Callable[[Row, Card], Cell]]
REFERENCE: Column = ("Reference", lambda row, _: text(row["evidence_id"]))
PERIOD: Column = ("Period", lambda _, card: text(card.period))


def book(site: Site) -> Book:
    """The cover of a pack's spreadsheet and its worksheets, each with one table that has rows."""
    tables = [each for each in _tables(site) if each.rows]
    names = sheet_names(["Cover", "Contents", "Notes", *(each.name for each in tables)])[3:]
    named = [replace(each, name=name) for each, name in zip(tables, names, strict=True)]
    notes = _notes()
    return Book(_cover(site), (_contents([notes, *named]), notes, *named))


def _tables(site: Site) -> Iterable[Table]:
    contents, rows, maker = site.contents, site.rows, site.cards
    figures = [row for row in rows if row["kind"] != "claim"]
    yield from _headlines(figures, maker)
    yield from _parts(figures, maker)
    yield _claims([row for row in rows if row["kind"] == "claim"], maker)
    yield _comparators(contents, rows, maker)
    yield _findings(contents)
    yield _revisions(contents, rows, maker)
    yield _history(contents, figures, maker)
    yield _not_shown(contents)
    yield _quality(contents)
    yield _checks(contents)
    yield _files(contents)


def _headlines(figures: list[Row], maker: CardMaker) -> Iterable[Table]:
    by_theme = grouped([row for row in figures if is_head(row["breakdown"])], "theme")
    for theme, name in THEMES.items():
        columns = [
            REFERENCE,
            ("Figure", lambda _, card: text(card.name)),
            ("Period", lambda _, card: text(card.period)),
            *_measured(""),
        ]
        title = f"Headline figures of theme {theme}: {name}"
        yield _figures(f"Headlines_{theme}", title, columns, by_theme.get(theme, []), maker)


def _parts(figures: list[Row], maker: CardMaker) -> Iterable[Table]:
    parts = [row for row in figures if not is_head(row["breakdown"])]
    cut = [row | {"cut": f"{row['indicator']}&{cut_of(row)}"} for row in parts]
    for rows in grouped(cut, "cut").values():
        card = maker.card(rows[0])
        keys = [name for name, _ in cuts(rows[0]) if name not in FACETS]
        by = " and ".join(keys).replace("_", " ")
        columns = [(capital(key).replace("_", " "), _key(key)) for key in keys]
        same = {row["unit"] for row in rows} == {rows[0]["unit"]}
        columns += _measured(rows[0]["unit"] if same else "")
        columns.append(REFERENCE)
        when = {row["period"] for row in rows}
        if len(when) > 1:
            columns.append(PERIOD)
        name = "_".join((rows[0]["indicator"], *keys))
        title = f"{rows[0]['indicator']} {card.title}, by {by}"
        title += f", {card.period}" if len(when) == 1 else ""
        yield _figures(name, title, columns, rows, maker)


def _key(name: str) -> Callable[[Row, Card], Cell]:
    return lambda row, _: text(label(dict(cuts(row)).get(name, "")))


def _measured(unit: str) -> list[Column]:
    """The columns of what is known of a figure; `unit` where all rows have the same."""
    said = f", {unit_in_words(unit)}" if unit else ""
    own: list[Column] = [] if unit else [("Unit", lambda row, _: text(unit_in_words(row["unit"])))]
    return [
        (f"Value{said} {VALUE}", _amount("value", MISSING)),
        *own,
        (f"Lower end of range{said} {RANGE}", _amount("lower")),
        (f"Upper end of range{said} {RANGE}", _amount("upper")),
        (f"Kind of range {RANGE}", lambda row, _: text(row["interval"])),
        ("People or answers it rests on", _amount("base_n", decimals=0)),
        (f"Comparator{said} {BESIDE}", _amount("comparator_value")),
        (f"Compared with {BESIDE}", lambda _, card: text(_whom(card))),
        (f"Target{said} {TARGET}", _amount("target")),
        (f"Basis of target {TARGET}", lambda row, _: text(row["target_basis"])),
        (f"Rating {TARGET}", lambda _, card: text(card.rating.text if card.rating else "")),
        ("Change since the pack before", lambda row, _: text(row["direction"])),
        ("Status marks", _marks),
        (f"Data check {CHECKED}", lambda _, card: text(card.verdict.text if card.verdict else "")),
        ("Notes", lambda _, card: text(_said(card))),
    ]


def _amount(
    name: str, otherwise: str = ABSENT, decimals: int | None = None
) -> Callable[[Row, Card], Cell]:
    """A number of a row to the decimals of its figure; [c] for all of them on a suppressed row."""

    def cell(row: Row, card: Card) -> Cell:
        mark = HIDDEN if is_suppressed(row) else otherwise
        return number(row[name], card.decimals if decimals is None else decimals, mark)

    return cell


def _marks(row: Row, _: Card) -> Cell:
    return text("; ".join(f"[{mark}]" for mark in marks_of(row["status"])))


def _whom(card: Card) -> str:
    return card.comparator.words if card.comparator else ""


def _said(card: Card) -> str:
    """What else is said of a figure: its note, and why it stands beside no other."""
    reason = card.no_comparator and f"No comparator: {card.no_comparator}"
    return " ".join(filter(None, (card.note, reason)))


def _figures(
    name: str, title: str, columns: Sequence[Column], rows: list[Row], maker: CardMaker
) -> Table:
    cards = [(row, maker.card(row)) for row in rows]
    cells = [[cell(row, card) for _, cell in columns] for row, card in cards]
    return table(name, title, (ONE_TABLE,), [heading for heading, _ in columns], cells)


def _claims(rows: list[Row], maker: CardMaker) -> Table:
    columns: list[Column] = [
        REFERENCE,
        ("Published figure", lambda _, card: text(card.title)),
        ("Where", lambda _, card: text(card.place)),
        ("As printed", _amount("stated_value")),
        ("Recomputed", _amount("value", MISSING)),
        ("Unit", lambda row, _: text(unit_in_words(row["unit"]))),
        (f"Lower end of range {RANGE}", _amount("lower")),
        (f"Upper end of range {RANGE}", _amount("upper")),
        ("Outcome", lambda _, card: text(card.agreement.text if card.agreement else "")),
        (f"Comparator {BESIDE}", _amount("comparator_value")),
        (f"Compared with {BESIDE}", lambda _, card: text(_whom(card))),
        ("Status marks", _marks),
        ("Notes", lambda _, card: text(_said(card))),
    ]
    return _figures("Published_figures", "Published figures, tested", columns, rows, maker)


def _comparators(contents: PackContents, rows: list[Row], maker: CardMaker) -> Table:
    about = {row["evidence_id"]: row for row in rows}
    headings = (
        "Reference", "Figure", "Group", "Version", "Statistic", "Period", "Value", "Unit",
        f"Members with a figure {MEMBERS}", f"Members without {MEMBERS}",
    )  # fmt: skip
    cells = [
        _comparator(each, about[each["evidence_id"]], maker)
        for each in rows_of(contents.comparators)
        if each["evidence_id"] in about
    ]
    return table("Comparators", "Every comparator of every figure", (ONE_TABLE,), headings, cells)


def _comparator(each: Row, of: Row, maker: CardMaker) -> list[Cell]:
    card = maker.card(of)
    ranked = each["statistic"].startswith("rank")
    return [
        text(each["evidence_id"]), text(card.name), text(each["group"]), text(each["version"]),
        text(each["statistic"]), text(period_in_full(each["period"])),
        number(each["value"], 0 if ranked else card.decimals),
        text("place among the members" if ranked else unit_in_words(of["unit"])),
        number(each["n"]), text(each["missing"]),
    ]  # fmt: skip


def _findings(contents: PackContents) -> Table:
    headings = ("Theme", "Finding", "Figures behind it", "Question")
    asked = {page.name: page.question for page in contents.notebooks}
    cells = [
        (
            text(THEMES[each.theme]), text(each.text), text("; ".join(each.evidence_ids)),
            text(asked.get(getattr(each, "notebook", ""), "")),
        )
        for each in contents.findings
    ]  # fmt: skip
    return table("Findings", "What the figures say", (ONE_TABLE,), headings, cells)


def _revisions(contents: PackContents, rows: list[Row], maker: CardMaker) -> Table:
    revised = set(contents.revisions["evidence_id"])
    about = {r["evidence_id"]: maker.card(r) for r in rows if r["evidence_id"] in revised}
    headings = (
        "Reference", "Figure", "Period", f"Before {REVISED}", f"Now {REVISED}", "Unit", "Reason",
        "Rating before", "Rating now",
    )  # fmt: skip
    cells = [_revision(each, about[each["evidence_id"]]) for each in rows_of(contents.revisions)]
    title = "Figures that the pack before said otherwise"
    return table("Revisions", title, (ONE_TABLE,), headings, cells)


def _revision(each: Row, card: Card) -> list[Cell]:
    return [
        text(each["evidence_id"]), text(card.name), text(period_in_full(each["period"])),
        number(float(each["old"]), card.decimals), number(float(each["new"]), card.decimals),
        text(unit_in_words(each["unit"])), text(each["reason"]), text(each["old_rag"]),
        text(each["new_rag"]),
    ]  # fmt: skip


def _history(contents: PackContents, figures: list[Row], maker: CardMaker) -> Table:
    headings = (
        "Reference", "Figure", "What the pack of this quarter said", "Period of the figure",
        f"Value {VALUE}", "Unit", "Rating", "Status marks", "sha256 of its evidence.csv",
    )  # fmt: skip
    pasts = Pasts(contents.history, contents.quarter, contents.evidence_sha256)
    cards = [(row, maker.card(row)) for row in figures if is_head(row["breakdown"])]
    cells = [_as_said(card, each) for row, card in cards for each in pasts.of(row, card.decimals)]
    title = "What each pack said of the headline figures"
    return table("Headlines_over_time", title, (ONE_TABLE,), headings, cells)


def _as_said(card: Card, past: Past) -> list[Cell]:
    return [
        text(card.evidence_id), text(card.name), text(past.when), text(past.period),
        number(past.value, card.decimals, text(past.display, MISSING)),
        text(unit_in_words(past.unit)), text(past.rating.text if past.rating else ""),
        text("; ".join(mark.partition(" = ")[0] for mark in past.marks)), text(past.sha256),
    ]  # fmt: skip


def _not_shown(contents: PackContents) -> Table:
    headings = ("Theme", "Question", "Why it has no answer")
    cells = [
        (text(THEMES[each.theme]), text(each.question), text(each.why))
        for each in contents.withheld
    ]
    title = "Questions without an answer in this pack"
    return table("Not_answered", title, (ONE_TABLE,), headings, cells)


def _quality(contents: PackContents) -> Table:
    headings = (
        "Dataset", "Owner", "Covers", "Period", "Rows in", "Rows admitted", "Rows set aside",
        "Rows in quarantine", "Checks that failed", "Verdict",
    )  # fmt: skip
    cells = [
        (
            text(each.receipt.title), text(each.receipt.owner), text(each.covers),
            text(each.period), number(each.receipt.rows_in), number(each.receipt.rows_admitted),
            number(each.receipt.rows_set_aside), number(each.receipt.rows_quarantined),
            number(len(each.failed)), text(each.verdict.text if each.verdict else ""),
        )
        for each in dataset_qualities(contents.receipts)
    ]  # fmt: skip
    title = "What was supplied, and how good it is"
    return table("Data_quality", title, (ONE_TABLE,), headings, cells)


def _checks(contents: PackContents) -> Table:
    headings = ("Dataset", "Check", "What it checks, and why", "If it fails", "Rows that fail")
    cells = [
        (
            text(each.title), text(check.id), text(check.why),
            "stops the figures" if check.severity == "stop" else "warns", number(check.failing_n),
        )
        for each in contents.receipts
        for check in each.verdict.checks
    ]  # fmt: skip
    return table("Data_checks", "Every check of the data", (ONE_TABLE,), headings, cells)


def _files(contents: PackContents) -> Table:
    headings = ("Dataset", "File", "Worksheet of the file", "Rows", "sha256 of the file")
    cells = [
        (text(each.title), text(f.name), text(f.sheet), number(f.rows_in), text(f.sha256))
        for each in contents.receipts
        for f in each.files
    ]
    return table("Files_read", "Every file that was read", (ONE_TABLE,), headings, cells)


def _notes() -> Table:
    rows = [(f"[note {n}]", note) for n, note in enumerate(NOTES, start=1)]
    rows += [
        (f"[{mark}]", capital(mark_in_words(mark).partition(" = ")[2])) for mark in STATUS_MARKS
    ]
    told = ("This worksheet holds one table: the notes, then the marks that stand for a status.",)
    return table("Notes", "Notes and marks", told, ("Note or mark", "What it means"), rows)


def _contents(tables: Sequence[Table]) -> Table:
    rows = [(Link(each.name), each.title, number(len(each.rows))) for each in tables]
    told = ("This worksheet holds one table: every other worksheet, with a link to it.",)
    headings = ("Worksheet", "What it holds", "Rows")
    return table("Contents", "Contents", told, headings, rows)


def _cover(site: Site) -> Cover:
    contents = site.contents
    told = cover(contents, "Tables of the peer challenge evidence")
    intro = (
        told.invented,
        f"It holds {site.summary.holds}, with their ranges, comparators, targets and checks.",
        told.as_at,
        "Worksheet Contents lists every table, with a link to each. Worksheet Notes says what the "
        "notes and the marks mean.",
        told.foot,
    )
    contact = f"Ask {told.council}. Worksheet Data_quality names the owner of each return."
    return Cover(
        title=text(told.title),
        intro=tuple(text(line) for line in intro if line),
        about=tuple(map(text, regime_in_words(contents.council.disclosure))),
        contact=(text(contact),),
    )
