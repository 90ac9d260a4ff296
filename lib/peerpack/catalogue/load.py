"""Load the catalogue: each file is read once, and a fault in it names the file."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from peerpack.catalogue.branding import CRESTS, LARGEST_CREST, THEME, Branding
from peerpack.catalogue.models import (
    Council,
    Dataset,
    Document,
    Indicator,
    NeighbourGroup,
    Pack,
    Payees,
    Regime,
    Target,
    Term,
)
from peerpack.catalogue.places import (
    council_file,
    council_file_if_any,
    inside,
    quarter_folder_if_any,
    reference_folder,
)
from peerpack.errors import NotFound, StaleCorrection
from peerpack.vocab import DocumentKind, Quarter

RULES = ("threshold", "rounding_base", "min_base_staff", "min_base_survey", "dominance")
M = TypeVar("M", bound=BaseModel)
# The safe loader in C, where there is one: six times as fast, and every command reads contracts.
SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def checked(model: type[M], fields: Any, where: str) -> M:
    """Fields as a typed model, or a refusal that says which file and which field."""
    try:
        return model.model_validate(fields)
    except ValidationError as fault:
        first = fault.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole entry"
        raise StaleCorrection(f"{where}: {field}: {first['msg']}. Mend the file.") from fault


def read_yaml(path: Path) -> Any:
    """A YAML file, by the safe loader; a fault in it names the file."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE)  # noqa: S506 - it is safe
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise StaleCorrection(f"{path.name}: not YAML: {fault}. Mend the file.") from fault


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file of settings; a fault in it names the file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise StaleCorrection(f"{path.name}: not TOML: {fault}. Mend the file.") from fault


@lru_cache
def datasets() -> dict[str, Dataset]:
    """Every declared dataset, by name."""
    return _contracts("datasets")


@lru_cache
def own_tables() -> dict[str, Dataset]:
    """The tables that a build makes of its own pack, by name; no file is ever one of them."""
    return _contracts("own_tables")


def _contracts(folder: str) -> dict[str, Dataset]:
    found = sorted((reference_folder() / folder).glob("*.yml"))
    read = [checked(Dataset, read_yaml(path), path.name) for path in found]
    return {each.dataset: each for each in read}


def dataset(name: str) -> Dataset:
    """One declared dataset, or a table that a build makes of its own pack."""
    known = datasets() | own_tables()
    if name not in known:
        raise NotFound(f"Dataset {name!r} is not declared. Declared: {', '.join(known)}.")
    return known[name]


@lru_cache
def indicators() -> dict[str, Indicator]:
    """Every indicator of the catalogue, by id."""
    entries = read_yaml(reference_folder() / "indicators.yml")
    read = [checked(Indicator, e, f"indicators.yml {e.get('id')}") for e in entries]
    return {each.id: each for each in read}


def indicator(id_: str) -> Indicator:
    """One indicator of the catalogue."""
    if id_ not in indicators():
        raise NotFound(f"Indicator {id_!r} is not in data/reference/indicators.yml.")
    return indicators()[id_]


@lru_cache
def documents() -> dict[str, Document]:
    """The documents that published figures stand in, by id."""
    entries = read_yaml(reference_folder() / "documents.yml")
    read = [checked(Document, e, f"documents.yml {e.get('id')}") for e in entries]
    return {each.id: each for each in read}


@lru_cache
def glossary() -> tuple[Term, ...]:
    """Every word of the glossary, by its letters; StaleCorrection where entries do not agree."""
    entries = read_yaml(reference_folder() / "glossary.yml")
    return in_agreement(checked(Term, e, f"glossary.yml {e.get('id')}") for e in entries)


def in_agreement(entries: Iterable[Term]) -> tuple[Term, ...]:
    """Entries of a glossary, sorted; StaleCorrection where a word is twice or leads nowhere.

    Two entries that claim one word would leave it to chance which of them a page links to.
    """
    read = sorted(entries, key=lambda each: each.term.casefold())
    ids = Counter(each.id for each in read)
    words = Counter(word.casefold() for each in read for word in each.spellings)
    twice = [name for found in (ids, words) for name, n in found.items() if n > 1]
    lost = [f"{each.id} (see {name})" for each in read for name in each.see if name not in ids]
    if twice or lost:
        raise StaleCorrection(
            f"glossary.yml: twice: {', '.join(twice) or 'nothing'}; leads nowhere: "
            f"{', '.join(lost) or 'nothing'}. Mend the file."
        )
    return tuple(read)


@lru_cache
def regimes() -> dict[str, Regime]:
    """Every named rule of disclosure control, by name."""
    entries = read_yaml(reference_folder() / "regimes.yml")
    read = [checked(Regime, e, f"regimes.yml {e.get('name')}") for e in entries]
    return {each.name: each for each in read}


@lru_cache
def neighbour_groups() -> tuple[NeighbourGroup, ...]:
    """Every version of every neighbour group, the newest version of each name last."""
    found = sorted((reference_folder() / "neighbours").glob("*.yml"))
    read = [checked(NeighbourGroup, read_yaml(path), f"neighbours/{path.name}") for path in found]
    named = Counter((each.group, each.version) for each in read)
    for (group, version), n in named.items():
        if n > 1:
            raise StaleCorrection(
                f"data/reference/neighbours: {n} files are of {group}, version {version}. A "
                "version is one file and never changes: give one of them a version of its own."
            )
    return tuple(sorted(read, key=lambda each: (each.group, each.version)))


def targets(slug: str, quarter: Quarter, roots: Sequence[Path] = ()) -> tuple[Target, ...]:
    """A council's targets for a quarter that its pack may show: of its settings, then of files.

    `data/reference/targets/<council>-<year>.yml` lists those of a year. Of two for one indicator
    and period the one in council.toml and then the one of the narrower period stands first.
    """
    pack_date = as_at(slug, quarter, roots)
    path = reference_folder() / "targets" / f"{slug}-{quarter.financial_year}.yml"
    listed = read_yaml(path) or [] if path.is_file() else []
    of_file = [checked(Target, each, f"targets/{path.name}") for each in listed]
    both = [*council(slug, roots).targets, *sorted(of_file, key=lambda t: -len(t.period))]
    return tuple(t for t in both if t.is_for(quarter) and not t.withheld(pack_date))


@lru_cache
def bank_holidays(*, anywhere: bool = False) -> frozenset[date]:
    """Bank holidays in England; with `anywhere`, those of every part of the United Kingdom."""
    listed = read_yaml(reference_folder() / "bank_holidays.yml")
    return frozenset(listed["england"] + (listed["elsewhere_in_the_uk"] if anywhere else []))


@lru_cache
def payees() -> Payees:
    """The classes of payees, and the words by which a payee is told to be an organisation."""
    path = reference_folder() / "payee_classes.yml"
    return checked(Payees, read_yaml(path), path.name)


def council(slug: str, roots: Sequence[Path] = ()) -> Council:
    """A council's own settings; the folder's name and the slug in the file must agree."""
    path = council_file(slug, "council.toml", roots)
    told = read_toml(path)
    read = checked(Council, told, f"{slug}/council.toml")
    if read.slug != slug:
        raise StaleCorrection(f"{slug}/council.toml says slug {read.slug!r}. Make them agree.")
    return read.model_copy(update={"disclosure": _regime(told.get("disclosure", {}), slug)})


def branding(slug: str, roots: Sequence[Path] = ()) -> Branding | None:
    """How a council's packs look, by `theme.toml` and the crest beside it; None without one."""
    found = branding_files(slug, roots)
    if not found:
        return None
    told = read_toml(found[0])
    crest = {"crest": _bounded(found[1])} if found[1:] and "crest" not in told else {}
    return checked(Branding, told | crest, f"{slug}/{THEME}")


def branding_files(slug: str, roots: Sequence[Path] = ()) -> list[Path]:
    """A council's `theme.toml` and the one crest beside it; none where it has no theme."""
    theme = council_file_if_any(slug, THEME, roots)
    if theme is None:
        return []
    crests = [inside(theme.with_name(name), theme.parent) for name in CRESTS]
    there = [path for path in crests if path.is_file()]
    if len(there) > 1:
        raise StaleCorrection(f"{slug}: {' and '.join(CRESTS)} both stand there. Keep one.")
    return [theme, *there]


def _bounded(path: Path) -> bytes:
    size = path.stat().st_size
    if size > LARGEST_CREST:
        raise StaleCorrection(
            f"{path.name} has {size:,} bytes; a crest has at most {LARGEST_CREST:,}. "
            "Save a smaller one."
        )
    return path.read_bytes()


def _regime(own: dict[str, Any], slug: str) -> Regime:
    """The regime a council names, with what it says otherwise; or one wholly its own."""
    named = regimes().get(own.get("name", Regime().name))
    where = f"{slug}/council.toml: disclosure"
    if named is None:
        _refuse_unnamed(own, where)
        return checked(Regime, own, where)
    said = named.model_dump() | own
    changed = any(said[rule] != getattr(named, rule) for rule in RULES)
    return checked(Regime, said | ({"name": f"{named.name}, changed"} if changed else {}), where)


def _refuse_unnamed(own: dict[str, Any], where: str) -> None:
    if set(RULES) - set(own):
        raise StaleCorrection(
            f"{where}: no regime is called {own['name']!r}. Known: {', '.join(regimes())}. Name "
            f"one of these, or say all of {', '.join(RULES)}."
        )


def pack(slug: str, quarter: Quarter, roots: Sequence[Path] = ()) -> Pack:
    """What the quarter's `pack.toml` says; nothing where there is none."""
    folder = quarter_folder_if_any(slug, quarter, roots)
    path = folder / "pack.toml" if folder else None
    found = read_toml(path) if path and path.is_file() else {}
    return checked(Pack, found, f"{slug}/{quarter}/pack.toml")


def documents_wanted(
    slug: str, quarter: Quarter, roots: Sequence[Path] = ()
) -> tuple[DocumentKind, ...]:
    """The kinds of document a pack holds: as `pack.toml` says, else `council.toml`, else all."""
    own = pack(slug, quarter, roots).documents
    return council(slug, roots).documents if own is None else own


def as_at(slug: str, quarter: Quarter, roots: Sequence[Path] = ()) -> date:
    """The one date a pack knows: `pack.toml`'s, `council.toml`'s, or the day after the quarter."""
    own = pack(slug, quarter, roots).as_at or council(slug, roots).as_at
    return own or quarter.last_day + timedelta(days=1)
