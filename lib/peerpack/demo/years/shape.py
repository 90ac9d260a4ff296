"""What the invented council is made of, whatever the seed: services, grades, wards, suppliers."""

from dataclasses import dataclass

from peerpack.demo import council
from peerpack.demo.council import ADULTS, CHILDREN, HEALTH, PLACE, RESOURCES, TEAMS

STAFF_N = 6_000
PAYMENTS_PER_MONTH_N = 4_000
RESPONDENTS_N = 1_100
DIRECTORATES = (ADULTS, CHILDREN, PLACE, RESOURCES, HEALTH)
ON_COSTS_PCT = 28

# Full-time salaries by grade, whole pounds a year.
SALARY_GBP = {
    "Grade 3": 23_500,
    "Grade 5": 26_421,
    "Grade 7": 31_364,
    "Grade 9": 38_223,
    "Grade 11": 46_464,
    "Grade 13": 58_702,
}
GRADE_SHARES = (22, 26, 24, 16, 9, 3)


@dataclass(frozen=True)
class Service:
    """A service, its part of the council's staff and of its payments, and its post titles."""

    directorate: str
    name: str
    code: str
    staff_share: float
    payment_share: float
    post_titles: tuple[str, ...]
    location_type: str


@dataclass(frozen=True)
class Team:
    """A team of a service and the number of its posts; `cost_centre` pays its people."""

    service: Service
    name: str
    cost_centre: str
    posts_n: int


def _services() -> tuple[Service, ...]:
    named: dict[str, list[council.Team]] = {}
    for team in TEAMS:
        named.setdefault(team.service, []).append(team)
    staff_n = sum(team.in_post_n for team in TEAMS)
    council_n = sum(team.in_post_n for team in TEAMS if team.location_type == "Council")
    return tuple(
        Service(
            teams[0].directorate,
            name,
            f"{number:02d}",
            sum(team.in_post_n for team in teams) / staff_n,
            sum(t.in_post_n for t in teams if t.location_type == "Council") / council_n,
            tuple(title for team in teams for title in team.post_titles),
            teams[0].location_type,
        )
        for number, (name, teams) in enumerate(named.items(), start=1)
    )


SERVICES = _services()
OWN_SERVICES = tuple(s for s in SERVICES if s.location_type == "Council")


def teams(scale: float) -> tuple[Team, ...]:
    """The council's teams, of about twenty posts each."""
    return tuple(team for service in SERVICES for team in _teams_of(service, scale))


def _teams_of(service: Service, scale: float) -> list[Team]:
    posts_n = max(6, round(STAFF_N * scale * service.staff_share))
    teams_n = max(2, round(posts_n / 20))
    short = service.name.partition("-")[2]
    return [
        Team(
            service,
            f"{short} Team {number}",
            f"0{service.code}{number:03d}",
            posts_n // teams_n + (number <= posts_n % teams_n),
        )
        for number in range(1, teams_n + 1)
    ]


SUPPLIERS = tuple(
    f"Invented {what} {legal}"
    for what in (
        "Care Homes", "Home Care", "Fostering", "Highways", "Street Lighting", "Waste", "Fleet",
        "Energy", "Software", "Telecoms", "Temporary Staff", "Consulting", "Catering", "Cleaning",
        "Legal Advice", "Insurance", "Printing", "Training", "Transport", "Building Works",
    )
    for legal in ("Ltd", "LLP", "plc", "& Sons", "Group", "(North) Ltd", "CIC")
)  # fmt: skip
REDACTED = "REDACTED PERSONAL DATA"
PURPOSES = (
    "Equipment - purchase", "Private contractors", "Fees and charges", "Agency staff",
    "Hire of premises", "Materials", "Professional services", "Grants to voluntary bodies",
)  # fmt: skip
CATEGORIES = ("Social Care", "Works", "Facilities", "Information Technology", "Transport", "Other")

REASONS = {
    "Cold, cough and influenza": (34, 2),
    "Stomach and digestive": (22, 3),
    "Headache and migraine": (11, 1),
    "Musculoskeletal": (9, 22),
    "Stress, anxiety and depression": (6, 38),
    "Chest and respiratory": (6, 6),
    "Surgery and recovery": (3, 18),
    "Covid-19": (5, 2),
    "Not stated": (4, 8),
}

# What may happen to the council in a quarter, and to which directorate.
HAPPENINGS = (
    (ADULTS, "A home care provider hands back its contracts"),
    (CHILDREN, "An inspection of children's services"),
    (PLACE, "New waste rounds"),
    (PLACE, "A hard winter on the roads"),
    (RESOURCES, "A new contact centre system"),
    (HEALTH, "An outbreak in care homes"),
)
