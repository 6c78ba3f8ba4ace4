"""Things that tests of this room start from."""

import datetime as dt

from oppdrift.assessing.models import OfferAnswer
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.pitching import results
from oppdrift.pitching.models import Ballot, Pitch, PitchDay, Seat
from oppdrift.rounds.models import Round
from oppdrift.toolbox.clock import now
from tests.factories import give_role, make_application, make_person, make_round
from tests.scenes import starts_from

CRITERIA = {"need": 60, "novelty": 40}


def shortlist(round: Round, *titles: str, **fields) -> list[Idea]:
    """Teams that are picked for the pitch and have been told."""
    ideas = []
    for title in titles or ("Vannvakta",):
        idea = make_application(round=round, submitted=True, title=title, **fields).idea
        decision = Decision.make(idea, "shortlist", "admitted", reason="Vi vil høre mer.", by=None)
        Decision.release([decision], by=round.lead_in_charge() or make_person())
        OfferAnswer.objects.create(decision=decision, until=now() + dt.timedelta(days=7))
        ideas.append(idea)
    return ideas


def make_day(*titles: str, panel: int = 3, round: Round | None = None, **fields) -> PitchDay:
    """A day with these teams, a lead and a panel that has declared no ties."""
    lead = (round and round.lead_in_charge()) or make_person("Ingrid Solhaug")
    round = round or make_round(lead=lead, criteria=CRITERIA)
    shortlist(round, *(titles or ("Vannvakta", "Nattro")))
    for _ in range(panel):
        give_role(round, make_person(), "panel")
    fields.setdefault("starts_at", now())
    fields.setdefault("ends_at", fields["starts_at"] + dt.timedelta(hours=3))
    day = PitchDay.make(round, by=lead, place="Rådhuset", **fields)
    Seat.make_all(day, by=lead)
    for seat in day.seats.all():
        declare_free(seat)
    return day


two_teams = starts_from(make_day)
three_teams = starts_from(make_day, "Vannvakta", "Nattro", "Brevet")
one_team = starts_from(make_day, "Vannvakta")
no_panel = starts_from(make_day, panel=0)


def declare_free(seat: Seat) -> None:
    for pitch in seat.pitches().filter(is_barred=False):
        seat.declare(pitch, "none")


def host(day: PitchDay) -> Person:
    return day.round.lead_in_charge()


def do(day: PitchDay, *commands: str) -> None:
    """What the host presses, one after the other."""
    for command in commands:
        day.refresh_from_db()
        day.command(command, by=host(day), seen=day.on_id)
    day.refresh_from_db()


def seats(day: PitchDay) -> list[Seat]:
    return list(day.seats.select_related("person", "day__round").order_by("pk"))


def vote(seat: Seat, pitch: Pitch, *, revision: int | None = None, client: str = "phone", **taps) -> Ballot:
    """Taps by short names: need=4, fit="yes", opens_door=True."""
    criteria = seat.day.criteria()
    keys = {criterion.key for criterion in criteria if criterion.kind == "quality"}
    given = {f"points:{name}" if name in keys else name: value for name, value in taps.items()}
    mine = seat.pitches().get(pk=pitch.pk)
    revisions = dict.fromkeys(given, revision) if revision else None
    return Ballot.receive(seat, mine, given, criteria=criteria, revisions=revisions, client=client)


def totals_of(day: PitchDay) -> dict[int, dict[int, float]]:
    """By idea and seat."""
    return {result.pitch.idea_id: result.totals for result in results.of(day)}
