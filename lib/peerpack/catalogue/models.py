"""Typed models of `data/reference/` and of a council's own settings."""

from datetime import date, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from peerpack.vocab import DOCUMENTS, DocumentKind, Quarter, is_year_or_quarter

Kind = Literal["text", "label", "code", "money", "number", "percentage", "date"]
Covers = Literal["quarter", "year_to_date", "snapshot", "latest"]
Polarity = Literal["higher", "lower", "context"]
GroupKind = Literal["statistical", "CIPFA", "own choice"]
Licence = Literal["open", "statistics only", "restricted"]
"""What a pack may show: all of it, a statistic of several but no council's own, or nothing."""


class Model(BaseModel):
    """Frozen, and strict about names: a misspelt key is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(Model):
    """A column of a dataset: its name with unit, what it means and how exports head it.

    `fill_down`: the export prints a group's name once, on its first row. `dash_is_zero`: a ledger's
    dash. `open_ended`: a far date such as 31/12/4712 means no end. `statuses`: symbols such as
    `[x]` may stand for a value, and are kept in a column of their own, `<name>_status`.
    `in_order`: of several of its headings in one table the one listed first is read; otherwise two
    are refused. `short_years`: 03/04/12 is of this century, for nothing in the column is older.
    `written_as`: other ways in which exports write an allowed word; case makes no difference.
    `YYYY` in a synonym stands for any year, 2024 or 2024/25.
    `titled`: the value stands above the table, in the first words that this pattern finds there,
    and is that of every row. `codes`: what the printed cells mean, by the pattern of each.
    """

    name: str
    kind: Kind
    description: str
    unit: str = ""
    synonyms: tuple[str, ...] = ()
    required: bool = False
    nullable: bool = True
    personal: bool = False
    fill_down: bool = False
    dash_is_zero: bool = False
    open_ended: bool = False
    statuses: bool = False
    in_order: bool = False
    short_years: bool = False
    titled: str = ""
    codes: dict[str, str] = Field(default_factory=dict)
    allowed: tuple[str, ...] = ()
    written_as: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _each_way_of_writing_is_of_one_word(self) -> "Column":
        unknown = not set(self.written_as) <= set(self.allowed)
        if unknown or len(self.spellings) != len(set(self._ways())):
            raise ValueError(f"{self.name}: written_as must write allowed words, each way one word")
        return self

    @property
    def spellings(self) -> dict[str, str]:
        """The word that each way of writing it stands for, by that way in lower case."""
        return dict(self._ways())

    def _ways(self) -> list[tuple[str, str]]:
        own = [(word.casefold(), word) for word in self.allowed]
        others = self.written_as.items()
        return own + [(way.casefold(), word) for word, ways in others for way in ways]


class Totals(Model):
    """How an export prints totals among its rows, and how far they may differ from the detail.

    A row is a total when one of `label_columns` says so and `code_column` is blank; or says so
    itself, being among them, with no name beside it. With `alone`, a total has nothing beside its
    amounts but at most the words that say so, wherever they stand, and a row of zeros is padding;
    `filler_columns` say the same in every row and so say nothing.
    """

    label_columns: tuple[str, ...] = ()
    group_columns: tuple[str, ...] = ()
    filler_columns: tuple[str, ...] = ()
    code_column: str
    alone: bool = False
    tolerance: float = Field(default=0.0, ge=0)


class Signs(Model):
    """What tells a table of this dataset from others, besides its required columns.

    It has every column of one group of `any_of`; a group without a date is enough only where no
    heading speaks of a date. It has none of the headings `not_headed`: those are of another table.
    With `no_others` it has no heading at all but those of its columns.
    """

    any_of: tuple[tuple[str, ...], ...] = ((),)
    not_headed: tuple[str, ...] = ()
    no_others: bool = False


class Sum(Model):
    """An amount of a row that is others of the same row, added and taken away.

    A row that lacks one of them is not judged: whether it may be missing is another check.
    """

    id: str
    why: str
    total: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    tolerance: float = Field(default=0.0, ge=0)


class Reference(Model):
    """Which rows of a table of several years are taken: those of the latest that has begun.

    `column` holds the year, as in 2024, `2024` or `2024-25`; `begins` is the month and day on which
    the period of that year begins, in that year, such as `04-01`.
    """

    column: str
    begins: str = Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]|30)$")
    lasts: Literal["a year", "a day"]

    def period(self, year: int) -> tuple[date, date]:
        """The first and the last day of a year's period."""
        month, day = map(int, self.begins.split("-"))
        begins = date(year, month, day)
        a_year_on = date(year + 1, month, day) - timedelta(days=1)
        return begins, a_year_on if self.lasts == "a year" else begins


class Share(Model):
    """A percentage of a row that is one amount of the same row in a hundred of another.

    A row that lacks one of them, or whose whole is nothing, is not judged. The tolerance is in
    percentage points: half of the last decimal that exports print.
    """

    id: str
    why: str
    percentage: str
    part: str
    whole: str
    tolerance: float = Field(default=0.0, ge=0)


class Dataset(Model):
    """A declared kind of table.

    `base_of` says whom the base of a figure from it counts: it decides the smallest base shown.
    `dated_by` is the date that places a row in the period; with `dated_to` the row lasts from it
    to the latest of these, or goes on while the first is missing. `never_read` are headings under
    which a file names people: nothing there is read, and a file that has one stays outside git.
    `national`: a return of every council, looked for in `england/` where the council's own folder
    has none. A row of nothing but cells like `lookup_keys` is the workbook's own, for its formulas.
    `numbered_by` is the number that a system gives each row: rows alike in all else are told.
    `shrink_pct`: how much smaller than the month or quarter before a return may be untold.
    `own_record`: the workbook's own record of published documents, which no council supplies.
    `earlier_quarters`: how many quarters back its returns may be read beside the quarter's own.
    """

    dataset: str
    title: str
    description: str
    grain: str
    covers: Covers
    personal: bool
    public: bool = False
    own_record: bool = False
    earlier_quarters: int = Field(default=0, ge=0, le=8)
    base_of: Literal["", "staff", "survey"] = ""
    owner: str
    keys: tuple[str, ...] = ()
    columns: tuple[Column, ...]
    signs: Signs = Signs()
    dated_by: str = ""
    dated_to: tuple[str, ...] = ()
    never_read: tuple[str, ...] = ()
    national: bool = False
    reference: Reference | None = None
    lookup_keys: str = ""
    numbered_by: str = ""
    shrink_pct: float = Field(default=50.0, gt=0, le=100)
    totals: Totals | None = None
    sums: tuple[Sum, ...] = ()
    shares: tuple[Share, ...] = ()

    @model_validator(mode="after")
    def _names_agree(self) -> "Dataset":
        names = [c.name for c in self.columns]
        totals = self.totals
        spoken_of = {*self.keys, *(name for group in self.signs.any_of for name in group)}
        spoken_of |= {self.dated_by, *self.dated_to, self.numbered_by} - {""}
        spoken_of |= {self.reference.column} if self.reference else set()
        if totals:
            spoken_of |= {*totals.label_columns, *totals.group_columns, totals.code_column}
            spoken_of |= {*totals.filler_columns}
        for each in self.sums:
            spoken_of |= {each.total, *each.plus, *each.minus}
        for share in self.shares:
            spoken_of |= {share.percentage, share.part, share.whole}
        if len(set(names)) != len(names) or not spoken_of <= set(names):
            raise ValueError(
                f"{self.dataset}: keys, signs, totals, sums must name columns, each once"
            )
        return self

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(c for c in self.columns if c.name == name)


class Facet(Model):
    """One of the figures of an indicator of several, such as arrears per dwelling.

    `formula`, `numerator`, `denominator`: where they are not the indicator's own.
    """

    title: str
    unit: str
    decimals: int = Field(ge=0, le=6)
    polarity: Polarity
    formula: str = ""
    numerator: str = ""
    denominator: str = ""


class Indicator(Model):
    """A defined figure: what is divided by what, in which unit, and what misleads.

    `measures`: where it is several figures, each by the name that stands in the cut `measure`.
    `computed_from`: the datasets it is computed from; without any, `not_yet` says why not.
    `lof`: the outcome of the Local Outcomes Framework it speaks to. `reviewed`: the date or edition
    of the guidance it follows.
    """

    id: str
    title: str
    formula: str
    numerator: str
    denominator: str
    unit: str
    decimals: int = Field(ge=0, le=6)
    polarity: Polarity
    theme: str
    source: str
    comparator_rule: str
    pitfalls: str
    target_rule: str = ""
    lof: str = ""
    reviewed: str = ""
    computed_from: tuple[str, ...] = ()
    not_yet: str = ""
    measures: dict[str, Facet] = Field(default_factory=dict)

    def as_shown(self, measure: str) -> Facet:
        """Title, unit, decimals and polarity of one of its figures, or of its only one."""
        return self.measures.get(measure) or Facet(
            title=self.title, unit=self.unit, decimals=self.decimals, polarity=self.polarity
        )

    def defined(self, measure: str) -> "Indicator":
        """The definition of one of its figures: its own where the figure has none."""
        figure = self.as_shown(measure)
        words = ("title", "formula", "numerator", "denominator")
        own = {name: getattr(figure, name) for name in words if getattr(figure, name)}
        return self.model_copy(update=own)


class Document(Model):
    """A public document whose figures are kept as published figures."""

    id: str
    title: str
    publisher: str
    published: str


class Term(Model):
    """A word that a reader may not know, in plain words; `see`: other entries, by id.

    `forms`: what else means it. `source`: the law, code or body it is from. `jargon`: whether pages
    link its first use; an ordinary word used in a particular sense is only explained.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    term: str = Field(min_length=1)
    forms: tuple[str, ...] = ()
    meaning: str = Field(min_length=1)
    source: str = ""
    see: tuple[str, ...] = ()
    jargon: bool = True

    @property
    def spellings(self) -> tuple[str, ...]:
        """The word and all that means it."""
        return (self.term, *self.forms)


class Regime(Model):
    """A named rule of disclosure control.

    `threshold`: counts of people from 1 up to but not including it are not shown.
    `rounding_base`: shown counts of people are rounded to its multiples (1: not rounded).
    `min_base_staff`, `min_base_survey`: the smallest number of people a figure may rest on.
    `dominance`: the largest share one person may have of a figure about staff.
    `source`, `unchecked`: whose rule it is, and what of it is general knowledge only.
    `also_hide`: evidence the council decided to hide besides, such as `KW01/directorate=Place`.
    """

    name: str = "public default"
    threshold: int = Field(default=8, ge=0)
    rounding_base: int = Field(default=5, ge=1)
    min_base_staff: int = Field(default=10, ge=0)
    min_base_survey: int = Field(default=30, ge=0)
    dominance: float = Field(default=0.85, gt=0, le=1)
    source: str = ""
    unchecked: str = ""
    also_hide: tuple[str, ...] = ()


class Released(Model):
    """Something a pack may show, unless its licence or an embargo forbids."""

    licence: Licence = "open"
    embargo_until: date | None = None

    def withheld(self, as_at: date) -> str:
        """Why it may not stand in a pack as at a date, in a clause; nothing where it may."""
        if self.licence != "open":
            return "its licence forbids publication"
        if self.embargo_until and self.embargo_until > as_at:
            return f"it is under embargo until {self.embargo_until}"
        return ""


class Target(Released):
    """A target the council set itself, with its basis; without a basis it is not shown.

    `tolerance` is how far off target still counts as amber, in the indicator's unit. `measure`
    names the figure it is for, of an indicator of several. `period`: the
    financial year or quarter it is for, any where empty. `comparator_when_set`: what its
    comparator stood at on the day it was set, `set_on`.
    """

    indicator: str
    measure: str = ""
    value: float
    tolerance: float = Field(default=0.0, ge=0)
    basis: str = ""
    period: str = ""
    set_on: date | None = None
    comparator_when_set: float | None = None

    @field_validator("period")
    @classmethod
    def _a_year_or_a_quarter(cls, period: str) -> str:
        if period and not is_year_or_quarter(period):
            raise ValueError(f"{period!r} is neither a financial year nor a quarter of one")
        return period

    def is_for(self, quarter: Quarter) -> bool:
        """Whether it is a target for a quarter: of that quarter, of its year, or of any."""
        return self.period in ("", str(quarter), quarter.financial_year)


class NeighbourList(Released):
    """What council.toml says of a list of neighbours that the council supplied, by its file."""

    file: str
    group: str
    version: str
    kind: GroupKind = "own choice"


class NeighbourGroup(Released):
    """A group of `data/reference/neighbours/`: one version, and whom each council is set beside.

    `members`: the names or official codes under which figures of the neighbours are supplied. A
    pack uses the group only where its licence is open and it is not under embargo.
    """

    group: str
    version: str
    kind: GroupKind
    source: str
    members: dict[str, tuple[str, ...]]

    @model_validator(mode="after")
    def _members_are_others_each_once(self) -> "NeighbourGroup":
        for council, members in self.members.items():
            if not members or council in members or len(set(members)) != len(members):
                raise ValueError(f"members of {council}: at least one, each once, never itself")
        return self


class Action(Model):
    """What is done about an indicator that is off target: by which post, by when."""

    indicator: str
    action: str
    owner: str = ""
    due: date | None = None


class Revision(Model):
    """Why figures of an indicator are not what an earlier pack said of the same period."""

    indicator: str
    reason: str = Field(min_length=1)


class Pack(Model):
    """What a quarter's `pack.toml` may say."""

    as_at: date | None = None
    actions: tuple[Action, ...] = ()
    revisions: tuple[Revision, ...] = ()
    documents: tuple[DocumentKind, ...] | None = None


class Council(Model):
    """One authority, as its `council.toml` says; only `slug` and `name` are required."""

    slug: str
    name: str
    ons_code: str = ""
    type: str = ""
    invented: bool = False
    as_at: date | None = None
    disclosure: Regime = Regime()
    targets: tuple[Target, ...] = ()
    neighbour_lists: tuple[NeighbourList, ...] = ()
    documents: tuple[DocumentKind, ...] = DOCUMENTS


class PayeeRule(Model):
    """Payment lines told by whole words of one of their texts, unless others stand there too.

    A star at the end of a word stands for the rest of it. `column`: the text that is looked at.
    """

    id: str
    words: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    why: str
    column: Literal["supplier", "purpose", "category"] = "supplier"


class PayeeClass(Model):
    """A class of payees, by rules of which one is enough; `named`: whether a pack names them."""

    payee_class: str
    named: bool = True
    rules: tuple[PayeeRule, ...] = Field(min_length=1)


class Organisations(Model):
    """The words that make a name an organisation's, and those after which a person may stand."""

    words: tuple[str, ...]
    ends_at: tuple[str, ...]
    why: str


class Payees(Model):
    """`payee_classes.yml`: the classes in the order they are tried, and whom a pack names."""

    classes: tuple[PayeeClass, ...]
    unmatched: str
    not_given: str
    organisations: Organisations
    external_legal: tuple[PayeeRule, ...]

    @model_validator(mode="after")
    def _each_name_once(self) -> "Payees":
        ids = [rule.id for each in self.classes for rule in each.rules]
        ids += [rule.id for rule in self.external_legal]
        names = [each.payee_class for each in self.classes] + [self.unmatched, self.not_given]
        if len(set(ids)) != len(ids) or len(set(names)) != len(names):
            raise ValueError("payee_classes.yml: a class or a rule of one name stands there twice")
        return self
