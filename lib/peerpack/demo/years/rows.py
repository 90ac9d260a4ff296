"""What each system lists of a quarter: rows of values, as a right reading has them.

A value is text, a date, nothing, or a whole number: pence, and hundredths or ten-thousandths of
other units as `exports` says.
"""

from collections.abc import Iterator
from datetime import date

from peerpack.demo.years import neighbours, voices
from peerpack.demo.years.absences import Spell
from peerpack.demo.years.chance import stream
from peerpack.demo.years.ledger import ledger
from peerpack.demo.years.payments import Payment
from peerpack.demo.years.span import months_of, run_day, year_to_date
from peerpack.demo.years.staff import Holding, as_known
from peerpack.demo.years.world import World
from peerpack.vocab import Quarter

Value = str | int | date | None
Row = dict[str, Value]


def budget_monitoring(world: World, quarter: Quarter) -> Iterator[Row]:
    """Every cost centre, in the order of directorates and services."""
    chance = stream(world.root, f"ledger {quarter.financial_year}")
    known = (world.teams, world.holdings, world.payments, world.savings)
    for line in ledger(chance, quarter, *known, world.scale):
        yield {
            "directorate": line.service.directorate,
            "service": line.service.name,
            "cost_centre": line.code,
            "cost_centre_name": line.name,
            "original_budget_gbp": line.original_p,
            "virements_gbp": line.virements_p,
            "revised_budget_gbp": line.revised_p,
            "forecast_outturn_gbp": line.forecast_p,
            "variance_gbp": line.variance_p,
            "profiled_budget_gbp": line.profiled_p,
            "actual_gbp": line.actual_p,
            "commitments_gbp": line.commitments_p,
        }


def supplier_spend(world: World, quarter: Quarter) -> Iterator[tuple[str, list[Row]]]:
    """Every payment since 1 April: one part a month, named by it."""
    for each in year_to_date(quarter):
        for month in months_of(each):
            own = [p for p in world.payments[each] if p.day.month == month.month]
            yield f"{month:%Y-%m}", [_payment(world, line) for line in own]


def _payment(world: World, line: Payment) -> Row:
    return {
        "organisation": world.name,
        "payment_date": line.day,
        "effective_date": line.day,
        "organisational_unit": line.service.name,
        "supplier": line.supplier,
        "supplier_id": line.supplier_id or None,
        "transaction_number": line.ref,
        "amount_gbp": line.amount_p,
        "purpose": line.purpose,
        "category": line.category,
    }


def hr_positions(world: World, quarter: Quarter) -> Iterator[Row]:
    """Posts held on any day of the quarter, and those vacant on its last."""
    first, last = quarter.first_day, quarter.last_day
    for held in world.holdings:
        if held.within(first, last) if held.person_ref else held.on(last):
            yield _position(as_known(held, run_day(quarter)))


def _position(held: Holding) -> Row:
    post = held.post
    return {
        "person_ref": held.person_ref or None,
        "position_ref": post.ref,
        "person_name": f"Invented Person {held.person_ref[-4:]}" if held.person_ref else None,
        "post_title": post.title.replace("’", "'"),
        "directorate": post.team.service.directorate,
        "service": post.team.service.name,
        "team": post.team.name,
        "location_type": post.team.service.location_type,
        "contract_type": post.contract,
        "basis": "Casual" if not post.fte_c else "Full Time" if post.fte_c == 100 else "Part Time",
        "fte": post.fte_c,
        "position_start": held.start,
        "position_end": held.end,
        "working_pattern": post.pattern or None,
        "leaving_reason": held.leaving_reason or None,
        "sex": held.sex or None,
        "Salary": str(post.salary_gbp),
    }


def absence_spells(world: World, quarter: Quarter) -> Iterator[Row]:
    """Spells that touch the quarter; one that is not over on the day of printing has no end."""
    for spell in world.spells:
        if spell.start <= quarter.last_day and spell.end >= quarter.first_day:
            yield _spell(spell, run_day(quarter))


def _spell(spell: Spell, day: date) -> Row:
    over = spell.end <= day
    return {
        "person_ref": spell.holding.person_ref,
        "position_ref": spell.holding.post.ref,
        "absence_type": "Sickness",
        "reason": spell.reason,
        "absence_start": spell.start,
        "start_part_day": "PM" if spell.from_noon else "Full",
        "absence_end": spell.end if over else None,
        "end_part_day": None if not over else "AM" if spell.to_noon else "Full",
        "days_lost_system": round(100 * spell.days_on(day)),
        "certification": "Self Certified" if (spell.end - spell.start).days < 7 else "Fit Note",
    }


def resident_survey(world: World, quarter: Quarter) -> Iterator[Row]:
    """A wave of interviews, by day."""
    chance = stream(world.root, f"residents {quarter}")
    asked = voices.answers(chance, quarter, world.scale, world.events)
    for number, one in enumerate(asked, start=1):
        yield {
            "respondent_ref": f"NB{quarter.year % 100}{quarter.number}{number:05d}",
            "mode": "Telephone",
            "interview_date": one.day,
            "ward": one.ward,
            "age_band": one.age_band,
            "sex": one.sex,
            **dict(zip(voices.QUESTIONS, one.q, strict=True)),
            "weight": one.weight_e4,
        }


STATEMENTS = (
    "q1_culture_improved", "q2_direction_positive", "q3_satisfied_overall", "q4_morale_good",
    "q5_recommend_employer", "q6_leaders_show_values",
)  # fmt: skip


def staff_survey(world: World, quarter: Quarter) -> Iterator[Row]:
    """The yearly wave among staff: everyone invited, with or without an answer."""
    chance = stream(world.root, f"staff survey {quarter}")
    asked = voices.staff_answers(chance, quarter, world.holdings, world.events)
    for number, one in enumerate(asked, start=1):
        service = one.holding.post.team.service
        yield {
            "respondent_id": f"R{quarter.year % 100}{quarter.number}{number:05d}",
            "submitted": one.day,
            "directorate": service.directorate,
            "service": service.name,
            "grade_band": one.holding.post.grade,
            **dict(zip(STATEMENTS, one.q, strict=True)),
            "completed": one.completed,
        }


def occupational_health_referrals(world: World, quarter: Quarter) -> Iterator[Row]:
    """Referrals made in the quarter; what came of them as far as it is known."""
    day = run_day(quarter)
    chance = stream(world.root, "occupational health")
    for each in voices.referrals(chance, world.spells):
        if quarter.first_day <= each.day <= quarter.last_day:
            service = each.spell.holding.post.team.service
            closed = each.closed <= day
            yield {
                "referral_ref": each.ref,
                "person_ref": each.spell.holding.person_ref,
                "referral_date": each.day,
                "directorate": service.directorate,
                "service": service.name,
                "reason": each.spell.reason,
                "mode": each.mode,
                "outcome": each.outcome if closed else None,
                "appointment_date": each.appointment if each.appointment <= day else None,
                "closed_date": each.closed if closed else None,
            }


def complaints_and_requests(world: World, quarter: Quarter) -> Iterator[Row]:
    """Cases open or due in the quarter; those still open on the day of printing have no end."""
    day = run_day(quarter)
    for case in _cases(world, quarter):
        closed = case.closed <= day
        yield {
            "case_ref": case.ref,
            "case_type": case.kind,
            "stage": case.stage,
            "received_date": case.received,
            "acknowledged_date": case.acknowledged,
            "due_date": case.due,
            "closed_date": case.closed if closed else None,
            "outcome": case.outcome if closed else None,
            "directorate": case.service.directorate,
            "service": case.service.name,
            "exemption": case.exemption if closed else None,
            "extended": "Yes" if case.extended else "No",
            "reviewed": "Yes" if case.reviewed else "No",
            "upheld": case.upheld if closed else None,
        }


def _cases(world: World, quarter: Quarter) -> Iterator[voices.Case]:
    """Those received in the quarter after what is left of the two before it."""
    for each in (quarter.previous().previous(), quarter.previous(), quarter):
        chance = stream(world.root, f"cases {each}")
        for case in voices.cases(chance, each, world.scale, world.events):
            if case.belongs(quarter):
                yield case


def savings_tracker(world: World, quarter: Quarter) -> Iterator[Row]:
    """The year's savings, by directorate."""
    for saving in (s for s in world.savings if s.year == quarter.year):
        yield {
            "saving_ref": saving.ref,
            "title": f"{saving.title}, {saving.service.name.partition('-')[2]}",
            "directorate": saving.service.directorate,
            "lead": "Invented Head of Service",
            "financial_year": quarter.financial_year.replace("-", "/"),
            "target_gbp": None if saving.target_gbp is None else 100 * saving.target_gbp,
            "delivered_gbp": 100 * saving.delivered_gbp(quarter.number),
            "forecast_gbp": 100 * saving.forecast_gbp,
            "category": saving.category,
            "recurrent": "Yes" if saving.is_recurrent else "No",
            "substitute_for": saving.replaces or None,
            "rag": saving.rag,
        }


def reserves(world: World, quarter: Quarter) -> Iterator[Row]:
    """Every reserve, by class."""
    for balance in world.reserves[quarter]:
        yield {
            "reserve_ref": balance.ref,
            "reserve_name": balance.name,
            "reserve_class": balance.kind,
            "opening_gbp": balance.opening_p,
            "transfers_in_gbp": balance.in_p,
            "transfers_out_gbp": balance.out_p,
            "closing_gbp": balance.closing_p,
            "purpose": balance.purpose,
        }


def council_tax_collection(world: World, quarter: Quarter) -> Iterator[Row]:
    """Both taxes at each month's end since 1 April."""
    for one in world.collection[quarter]:
        yield {
            "tax": one.tax,
            "period_end": one.month_end,
            "net_collectable_debit_gbp": one.due_p,
            "receipts_current_year_gbp": one.received_p,
            "receipts_arrears_gbp": one.arrears_received_p,
            "prepayments_gbp": one.prepaid_p,
            "refunds_gbp": one.refunds_p,
            "write_offs_gbp": one.written_off_p,
            "arrears_brought_forward_gbp": one.owed_before_p,
            "arrears_carried_forward_gbp": one.owed_after_p,
            "dwellings_n": one.dwellings_n,
            "lcts_claimants_n": one.claimants_n,
            "in_year_collection_pct": one.rate_c,
        }


def neighbour_figures(world: World, quarter: Quarter) -> Iterator[Row]:
    """What neighbours published of the quarter, by indicator."""
    for each in neighbours.figures(world.root, quarter):
        yield {
            "area": each.area,
            "indicator": each.indicator,
            "period": str(each.period),
            "statistic_basis": each.basis,
            "value": each.value_c,
            "unit": each.unit,
        }
