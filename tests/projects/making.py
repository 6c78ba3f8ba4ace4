"""Projects as the tests of this room need them."""

import datetime as dt

from oppdrift.assessing.models import OfferAnswer
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.projects import coaching
from oppdrift.projects.models import GuidanceSession, Project, Signature
from oppdrift.toolbox.clock import now
from tests.factories import give_role, make_application, make_person, make_round, make_version
from tests.scenes import starts_from

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
ANSWERS = {"challenge": "Vi bruker for mye tid.", "amount": "200 000"}


def make_decision(
    idea: Idea | None = None, outcome: str = "admitted", amount: int | None = 200_000, answer: str = "yes", **fields
) -> Decision:
    """Decided, released, and answered by the team."""
    idea = idea or make_decided_idea(**fields)
    lead = idea.lead_in_charge() or make_person()
    amount = amount if outcome == "admitted" else None
    decision = Decision.make(idea, "final", outcome, reason="Godt forankret.", by=lead, amount=amount)
    offer = OfferAnswer.objects.create(decision=decision, until=now() + 7 * DAY)
    Decision.release([decision], by=lead)
    if answer:
        offer.give(answer, by=idea.team().get(leads=True).person)
    return Decision.objects.get(pk=decision.pk)


def make_decided_idea(*, round=None, lead: Person | None = None, team: list[Person] | None = None, **fields) -> Idea:
    round = round or make_round(lead=lead or make_person())
    application = make_application(round=round, team=team, submitted=True, **fields)
    make_version(application, answers=ANSWERS)
    return application.idea


def make_project(
    *, outcome: str = "admitted", amount: int | None = 200_000, owner: Person | None = None,
    coach: Person | None = None, **fields,
) -> Project:  # fmt: skip
    """Started by the lead, with an owner; with a coach when one is given."""
    decision = make_decision(outcome=outcome, amount=amount, **fields)
    lead = decision.idea.lead_in_charge()
    project = Project.start(decision, by=lead, owner=owner or make_person())
    if coach:
        if not project.round.roles.filter(person=coach, kind="coach").exists():
            give_role(project.round, coach, "coach", hours=60)
        coaching.couple(project, coach, by=lead)
    return project


def make_coached() -> tuple[Project, Person]:
    """A project and its coach."""
    coach = make_person()
    return make_project(coach=coach), coach


started_project = starts_from(make_project)
coached_project = starts_from(make_coached)


def make_session(project: Project, *, starts_at=None, hours: float = 1, by: Person | None = None, **fields):
    coach = project.coaches().first().person
    starts_at = starts_at or now() + 7 * DAY
    return GuidanceSession.book(
        project, coach, starts_at=starts_at, ends_at=starts_at + hours * HOUR, by=by or coach, **fields
    )


def write_agreement(project: Project, by: Person | None = None):
    """The open version, with something in every part."""
    agreement = project.agreements.open().get()
    words = {name: f"Avtalt {name}." for name in ("team_does", "leader_gives", "programme_gives", "benefits", "spread")}
    agreement.change(by=by or project.lead, **words)
    return agreement


def sign_by_all(agreement) -> None:
    project = agreement.project
    for as_what, person in {
        Signature.As.LEAD: project.lead,
        Signature.As.OWNER: project.owner,
        Signature.As.PROGRAMME: project.lead_in_charge(),
    }.items():
        agreement.sign(as_what, by=person)
