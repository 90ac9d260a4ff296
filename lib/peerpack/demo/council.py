"""The invented council: its directorates, the teams people work in, and its calendar."""

from dataclasses import dataclass
from datetime import date

FIRST_DAY = date(2024, 4, 1)
LAST_DAY = date(2024, 6, 30)
# The HR exports were run on this day, so no spell starts later and none has ended later.
RUN_DAY = date(2024, 7, 5)

ADULTS = "Adult Social Care"
CHILDREN = "Children's Services"
PLACE = "Place"
RESOURCES = "Corporate Resources"
HEALTH = "Public Health"

# England, from the first spell in the export to the day it was run.
BANK_HOLIDAYS = frozenset(
    {
        date(2023, 12, 25),
        date(2023, 12, 26),
        date(2024, 1, 1),
        date(2024, 3, 29),
        date(2024, 4, 1),
        date(2024, 5, 6),
        date(2024, 5, 27),
    }
)


@dataclass(frozen=True)
class Team:
    """One team: in_post_n people hold a post throughout the quarter."""

    directorate: str
    service: str
    name: str
    in_post_n: int
    post_titles: tuple[str, ...]
    location_type: str = "Council"


TINY_TEAM = "Emergency Planning"

TEAMS = (
    Team(
        ADULTS, "ASC-Working Age Adults", "Learning Disability Team", 42,
        ("Social Worker – Adults", "Support Worker", "Carers’ Support Officer", "Team Manager"),
    ),
    Team(
        ADULTS, "ASC-Mental Health", "Mental Health Team", 30,
        ("Approved Mental Health Professional", "Social Worker – Adults", "Recovery Worker"),
    ),
    Team(
        ADULTS, "ASC-Older People", "Older People Team", 78,
        ("Homecare Assistant", "Occupational Therapist", "Day Care Officer"),
    ),
    Team(
        CHILDREN, "CHS-Looked After Children", "Children Looked After Team", 56,
        ("Children’s Social Worker", "Residential Care Officer", "Foster Carers’ Link Worker"),
    ),
    Team(
        CHILDREN, "CHS-Children's Social Work", "Assessment Team", 52,
        ("Children’s Social Worker", "Family Support Worker", "Team Manager", "Business Support"),
    ),
    Team(
        CHILDREN, "CHS-Education and Early Help", "Early Help Team", 36,
        ("Early Help Practitioner", "Educational Psychologist", "SEND Officer"),
    ),
    Team(
        PLACE, "PLA-Highways", "Highways Team", 40,
        ("Highway Operative", "Highways Engineer", "Street Lighting Technician"),
    ),
    Team(
        PLACE, "PLA-Waste and Street Scene", "Street Scene Team", 72,
        ("Refuse Loader", "Driver – LGV", "Street Cleansing Operative", "Charge Hand"),
    ),
    Team(
        PLACE, "PLA-Planning and Regeneration", "Planning Team", 24,
        ("Planning Officer", "Enforcement Officer", "Planning Technician"),
    ),
    Team(
        RESOURCES, "COR-Revenues and Benefits", "Revenues and Benefits Team", 44,
        ("Revenues Officer", "Benefits Assessor", "Court Officer"),
    ),
    Team(
        RESOURCES, "COR-Customer and Digital", "Customer Services Team", 34,
        ("Customer Adviser", "Customer Adviser – Evenings", "ICT Analyst"),
    ),
    Team(
        RESOURCES, "COR-Resilience", TINY_TEAM, 4,
        ("Emergency Planning Officer", "Business Continuity Officer"),
    ),
    Team(
        HEALTH, "PHE-Health Improvement", "Health Improvement Team", 20,
        ("Health Improvement Practitioner", "Smoke-free Adviser"),
    ),
    Team(
        HEALTH, "PHE-Commissioning", "Public Health Commissioning Team", 15,
        ("Commissioning Officer", "Contracts Officer"),
    ),
    Team(
        HEALTH, "PHE-Health Protection", "Health Protection Team", 14,
        ("Infection Control Nurse", "Health Protection Practitioner"),
    ),
    Team(
        CHILDREN, "CHS-Schools", "Invented Primary School", 36,
        ("Teacher – Key Stage 2", "Teaching Assistant", "Midday Supervisor"), "School",
    ),
    Team(
        CHILDREN, "CHS-Schools", "Invented High School", 40,
        ("Teacher – Sciences", "Teacher – Humanities", "Teaching Assistant", "Site Manager"),
        "School",
    ),
)  # fmt: skip


def working_days_n(first: date, last: date) -> int:
    """Mondays to Fridays that are not bank holidays, from first to last; 0 where last is earlier.

    Counted by whole weeks and a remainder, so that a day-by-day count is an independent check.
    """
    days_n = max((last - first).days + 1, 0)
    weeks_n, rest_n = divmod(days_n, 7)
    weekdays_n = weeks_n * 5 + sum((first.weekday() + i) % 7 < 5 for i in range(rest_n))
    return weekdays_n - sum(first <= day <= last for day in BANK_HOLIDAYS)
