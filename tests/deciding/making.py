"""Things that tests of this room start from."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from oppdrift.applications.models import Application
from oppdrift.assessing import shortlist
from oppdrift.assessing.models import Assessment, Assignment, Declaration
from oppdrift.deciding import final
from oppdrift.deciding.models import Sitting
from oppdrift.people.models import Person
from oppdrift.pitching.models import Ballot, BallotScore, Pitch, PitchDay, Seat
from oppdrift.rounds.models import Round, Stage
from oppdrift.toolbox.clock import now
from tests.assessing.making import all_given
from tests.factories import give_role, make_application, make_person, make_round
from tests.scenes import starts_from

SHORT = [Stage.IDEAS, Stage.CALL, Stage.ASSESSING, Stage.DECIDING]
DAY = dt.timedelta(days=1)


def make_short_round(*, points: Sequence[int] = (5, 4, 3), assessors: int = 4, **fields: Any):
    """Of call, assessing and decision, each application assessed by everybody. Returns round, lead, applications."""
    lead = make_person("Ingrid Solhaug")
    fields = {
        "stages": SHORT,
        "deadline": now() - 20 * DAY,
        "assess_by": now() - DAY,
        "shortlist_places": None,
    } | fields
    round = make_round(lead=lead, **fields)
    panel = [make_person() for _ in range(assessors)]
    for person in panel:
        give_role(round, person, "assessor")
    applications = []
    for number, need in enumerate(points):
        application = make_application(
            round=round, submitted=True, title=f"Prosjekt {number + 1}", amount=100_000 * (number + 1),
            team=[make_person(), make_person()],
        )  # fmt: skip
        for person in panel:
            assess(application, person, need, lead)
        applications.append(application)
    return round, lead, applications


short_round = starts_from(make_short_round)


def assess(application: Application, person: Person, need: int, lead: Person) -> None:
    Declaration.declare(application.idea, "none", by=person)
    Assignment.give(application, person, by=lead)
    given = all_given(need)
    given.scores["need"].comment = "Slik er det."
    Assessment.hand_in(application, given, by=person)


def make_pitched_round(*, means: Sequence[float] = (4.5, 4.0, 3.9), panel: int = 6, lock: bool = True, **fields: Any):
    """With a shortlist that is told and a pitch day whose voting is closed. Returns round, lead, day, applications."""
    lead = make_person("Ingrid Solhaug")
    round = make_round(lead=lead, deadline=now() - 60 * DAY, assess_by=now() - 40 * DAY, **fields)
    members = [make_person() for _ in range(panel)]
    for person in members:
        give_role(round, person, "panel")
    applications = [
        make_application(
            round=round, submitted=True, title=f"Prosjekt {n + 1}", amount=100_000 * (n + 1), team=[make_person()]
        )
        for n in range(len(means))
    ]
    for application in applications:
        shortlist.decide(application, "admitted", reason="Bra.", by=lead)
    shortlist.release(round, by=lead)
    day = PitchDay.make(round, starts_at=now() - DAY, ends_at=now() - DAY + dt.timedelta(hours=3), by=lead)
    seats = Seat.make_all(day, by=lead)
    for application, mean in zip(applications, means, strict=True):
        pitch = Pitch.objects.get(idea=application.idea)
        for place, seat in enumerate(seats):
            vote(pitch, seat, mean + (place % 3 - 1) * 0.5)
    if lock:
        PitchDay.objects.update(locked_at=now(), locked_by=lead)
        day.refresh_from_db()
    return round, lead, day, applications


pitched_round = starts_from(make_pitched_round)
voting_round = starts_from(make_pitched_round, lock=False)


def vote(pitch: Pitch, seat: Seat, points: float, *, door: bool = False) -> Ballot:
    """Whole points for both criteria, such that the weighted mean lies near."""
    ballot = Ballot.objects.create(pitch=pitch, seat=seat, opens_door=door)
    whole = min(5, max(1, round_half_up(points)))
    for criterion in seat.day.criteria():
        if criterion.kind == "quality":
            BallotScore.objects.create(ballot=ballot, criterion=criterion, points=whole)
    return ballot


def round_half_up(points: float) -> int:
    return int(points + 0.5)


def decide_all(applications: Sequence[Application], lead: Person, reason: str = "Alle går videre.") -> None:
    round: Round = applications[0].round
    final.explain(round, reason, by=lead)
    for application in applications:
        final.decide(application.idea, "admitted", by=lead)


def second_person(round: Round) -> Person:
    """Who confirms."""
    person = make_person("Solveig Rud")
    Sitting.plan(round, counter_signer=person, by=round.lead_in_charge())
    return person


def tell(round: Round, lead: Person) -> None:
    """Confirmed by another one, and released."""
    final.confirm(round, by=second_person(round))
    final.release(round, by=lead)
