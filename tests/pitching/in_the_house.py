"""What this room has in the built house: a pitch day that goes on, with a ballot and a rehearsal for each case.

The panel member who walks is disqualified from the barred case. Another one, who does not walk, has given both teams
points, words and a note.
"""

import datetime as dt
from typing import Any

from oppdrift.assessing.models import Declaration, OfferAnswer
from oppdrift.ideas.models import Decision
from oppdrift.people.models import Person
from oppdrift.pitching.models import Ballot, PitchDay, Rehearsal, Seat
from oppdrift.rounds.models import Role, Round
from oppdrift.toolbox.clock import now
from tests.factories import make_application, make_gathering, make_person

AMOUNTS = {"main": 280_000, "barred": 313_131}
DAY = dt.timedelta(days=1)


def pick(case: Any, round: Round, people: dict[str, Person], leads: Person) -> None:
    """A team that is to pitch, and knows it."""
    application = make_application(
        round=round, team=case.team, submitted=True, title=f"Tittel pitchet {case.name}", shared=False,
        amount=AMOUNTS[case.name],
    )  # fmt: skip
    case.pitched = application.idea
    if leads != people["lead"]:
        relation = case.text("lead-relation")
        Declaration.declare(case.pitched, "disqualified", by=people["lead"], ground="family", relation=relation)
    decision = Decision.make(case.pitched, "shortlist", "admitted", reason=case.text("picked"), by=leads)
    OfferAnswer.objects.create(decision=decision, until=now() + 7 * DAY)
    Decision.release([decision], by=leads)


def hold(round: Round, main: Any, barred: Any, people: dict[str, Person]) -> PitchDay:
    """The day, when both teams have been on stage and the second still is."""
    lead, member, other = people["lead"], people["panel"], make_person("Ola Ruud", unit=people["lead"].unit)
    for person in (member, other):
        round.give_role(person, Role.Kind.PANEL, by=lead)
    day = PitchDay.make(round, by=lead, starts_at=now(), ends_at=now() + DAY / 8, place="Rådhuset")
    main.pitch, barred.pitch = (day.pitches.get(idea=case.pitched) for case in (main, barred))
    day.reorder([main.pitch.pk, barred.pitch.pk], reason="Slik", by=lead)
    Seat.make_all(day, by=lead)
    walking, standing = (day.seats.get(person=person) for person in (member, other))
    walking.declare(main.pitch, "none")
    walking.declare(barred.pitch, "disqualified", ground="role", relation=barred.text("panel-relation"))
    for case in (main, barred):
        standing.declare(case.pitch, "none")
    for command in ("next", "start", "over_to_questions", "next", "start"):
        day.command(command, by=lead, seen=day.on_id)
    give(walking, main, "panel")
    for case in (main, barred):
        give(standing, case, "other")
    return day


def give(seat: Seat, case: Any, who: str) -> Ballot:
    """Everything that a ballot can hold, each text with its mark."""
    pitch = seat.pitches().get(pk=case.pitch.pk)
    taps = {
        "points:need": 4, "points:novelty": 2, "fit": "partly", "opens_door": True,
        "to_team": case.text(f"{who}-to-team"), "note": case.text(f"{who}-note"),
    }  # fmt: skip
    return Ballot.receive(seat, pitch, taps, criteria=seat.day.criteria())


def rehearse(round: Round, main: Any, barred: Any, people: dict[str, Person]) -> Rehearsal:
    """Both teams have booked, and a colleague has listened to both. Gives a slot that nobody has."""
    lead, colleague = people["lead"], people["colleague"]
    training = make_gathering(round=round, title="Pitchetrening", kind="pitch_training")
    training.add(colleague, by=lead)
    first, second, free = Rehearsal.make(
        training, starts_at=training.appointment.starts_at, minutes=20, number=3, by=lead
    )
    for case, slot in ((main, first), (barred, second)):
        slot.book(case.pitched, by=case.team[0])
        slot.advise({"need": 3}, case.text("advice"), by=colleague)
        case.rehearsal = slot
    return free


def one_more(house: Any, newcomer: Person) -> None:
    """A team, a panel member who has voted, an attempt, advice and a free slot more."""
    day, lead, round = house.pitch_day, house.people["lead"], house.judged
    application = make_application(round=round, submitted=True, team=[newcomer], shared=False)
    decision = Decision.make(application.idea, "shortlist", "admitted", reason="Enda et", by=lead)
    Decision.release([decision], by=lead)
    day.bring_up_to_date(by=lead)
    round.give_role(newcomer_in_panel := make_person(), Role.Kind.PANEL, by=lead)
    Seat.make_all(day, by=lead)
    seat = day.seats.get(person=newcomer_in_panel)
    seat.declare(house.main.pitch, "none")
    give(seat, house.main, f"more{newcomer.pk}")
    training = house.slot.gathering
    (slot, *_free) = Rehearsal.make(training, starts_at=training.appointment.starts_at, minutes=20, number=2, by=lead)
    slot.book(application.idea, by=newcomer)
    training.add(newcomer_in_panel, by=lead)
    house.main.rehearsal.advise({"need": 2}, "Mer", by=newcomer_in_panel)
    for command in ("start", "end"):
        house.main.rehearsal.run(command, by=lead)
