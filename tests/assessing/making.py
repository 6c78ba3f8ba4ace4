"""Things that tests of this room start from."""

from oppdrift.applications.models import Application
from oppdrift.assessing.models import Assessment, Assignment, Declaration, Judgement
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from tests.factories import give_role, make_application, make_person, make_round


def make_led_round(**fields) -> tuple[Round, Person]:
    lead = make_person("Ingrid Solhaug")
    return make_round(lead=lead, **fields), lead


def make_assessor(round: Round, name: str = "", **fields) -> Person:
    person = make_person(name, **fields)
    give_role(round, person, "assessor")
    return person


def make_assigned(round: Round, lead: Person, *assessors: Person, **fields) -> Application:
    """An application that is handed in, declared free of ties and assigned to each of these."""
    application = make_application(round=round, submitted=True, **fields)
    for assessor in assessors:
        Declaration.declare(application.idea, "none", by=assessor)
        Assignment.give(application, assessor, by=lead)
    return application


def all_given(need: int = 4, novelty: int = 3, *, ordinary: bool = True, fit: str = "yes", **words) -> Judgement:
    """What can be handed in, as long as no end of the scale is given."""
    return Judgement.of({"need": need, "novelty": novelty, "ordinary": ordinary}, fit=fit, **words)


def hand_in(application: Application, assessor: Person, *args, **kwargs) -> Assessment:
    return Assessment.hand_in(application, all_given(*args, **kwargs), by=assessor)
