"""What a council's settings and the reference folder say of whom it is compared with."""

from peerpack.catalogue.load import as_at, council, neighbour_groups
from peerpack.catalogue.models import NeighbourGroup, NeighbourList
from peerpack.handover.neighbours import Group, Member, no_group
from peerpack.vocab import Quarter


def official_code(slug: str) -> str:
    """The council's code as the Office for National Statistics gives it, or nothing."""
    return council(slug).ons_code


def neighbour_lists(slug: str, quarter: str) -> tuple[NeighbourList, ...]:
    """What the council says of the lists it supplies, those that a pack may not show marked so."""
    day = as_at(slug, Quarter.parse(quarter))
    told = council(slug).neighbour_lists
    return tuple(
        each.model_copy(update={"licence": "restricted"}) if each.withheld(day) else each
        for each in told
    )


def chosen_group(slug: str, quarter: str) -> Group | None:
    """The group of `data/reference/neighbours/` that a council is set beside.

    The newest version that names the council, None where none does: then every neighbour whose
    figures are supplied counts. Where the licence or an embargo forbids it as at the pack's date,
    a group of nobody, and why: never an older version in its place.
    """
    named = [each for each in neighbour_groups() if slug in each.members]
    if not named:
        return None
    newest = max(named, key=lambda each: each.version)
    why = newest.withheld(as_at(slug, Quarter.parse(quarter)))
    if why:
        return no_group(newest.group, f"{newest.group}, version {newest.version}: {why}")
    return _group(newest, slug)


def _group(chosen: NeighbourGroup, slug: str) -> Group:
    members = tuple(Member("", name) for name in chosen.members[slug])
    return Group(chosen.group, chosen.version, chosen.source, members)
