"""The leadership programme of the house: the unit's leader and a colleague take part, in the round that is judged."""

import datetime as dt

from oppdrift.applications.models import Promise
from oppdrift.gatherings.models import Gathering, SignUp
from oppdrift.leadership.models import FollowUp, Participation, Reflection, invite_to
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Round
from oppdrift.toolbox.clock import now
from tests.factories import make_gathering

TEXT = "sommerfugl"


def make_module(round: Round, *, days: int, **fields) -> Gathering:
    fields.setdefault("title", "Modul i sommer")
    starts_at = now() + dt.timedelta(days=days)
    return make_gathering(round=round, kind="lup_module", by_invitation=True, starts_at=starts_at, **fields)


def learn(round: Round, unit: Unit, people: dict[str, Person]) -> tuple[Gathering, Gathering, Participation]:
    """A module that was, one ahead, and the colleague's part."""
    past, ahead = make_module(round, days=-3), make_module(round, days=20)
    Participation.invite(round, unit, people["leader"], "leader", by=people["lead"])
    enthusiast = Participation.invite(round, unit, people["colleague"], "enthusiast", by=people["lead"])
    SignUp.note_presence(past, people["leader"], True, by=people["lead"])
    return past, ahead, enthusiast


def reflect(case, people: dict[str, Person]) -> None:
    """The leader keeps one reflection to the unit and shares another; says how it goes with a promise."""
    leader, idea = people["leader"], case.project.idea
    own = Participation.objects.get(person=leader)
    case.kept_reflection = Reflection.write(own, "problem", by=leader, tried="Sol", saw=case.text("kept-reflection"))
    case.reflection = Reflection.write(own, "needs", by=leader, idea=idea, tried="Sol", saw=case.text("reflection"))
    case.reflection.share(by=leader)
    case.promise = Promise.give(
        idea, "leader", source="endorsement", by=leader, person=leader, text=case.text("promise"), hours=40
    )
    FollowUp.say(case.promise, "on_the_way", words=case.text("followed"), by=leader)


def one_more_learns(house, newcomer: Person) -> None:
    """Somebody more of the unit, one more module, one more of all that is written."""
    lead, leader, round = house.people["lead"], house.people["leader"], house.judged
    row = Participation.invite(round, house.unit, newcomer, "enthusiast", by=lead)
    for days in (-2, 25):
        module = make_module(round, days=days)
        invite_to(module, by=lead)
    SignUp.note_presence(house.module, newcomer, True, by=lead)
    idea = house.main.project.idea
    Reflection.write(row, "problem", by=newcomer, tried=TEXT, saw=TEXT, idea=idea).share(by=newcomer)
    own = Participation.objects.get(person=leader)
    Reflection.write(own, "problem", by=leader, tried=TEXT, saw=TEXT, idea=idea)
    FollowUp.say(house.main.promise, "on_the_way", words=TEXT, by=leader, module=house.module)
