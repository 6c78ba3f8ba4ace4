"""What a project of the built house has: an agreement, sessions, money, a report; every text with its mark."""

import datetime as dt
from typing import Any

from oppdrift.assessing.models import OfferAnswer
from oppdrift.gatherings.models import SignUp
from oppdrift.ideas.models import Decision
from oppdrift.people.models import Person
from oppdrift.projects import coaching
from oppdrift.projects.models import CheckIn, GuidanceSession, Project
from oppdrift.projects.models.agreement import TEXTS
from oppdrift.rounds.models import Role
from oppdrift.toolbox.clock import now, today
from tests.factories import make_application, make_gathering

MORE = "sommerfugl"
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def carry_on(case: Any, people: dict[str, Person], leads: Person) -> None:
    agree(case, people, leads)
    guide(case, people["coach"])
    pay(case, leads)
    report(case, leads)


def agree(case: Any, people: dict[str, Person], leads: Person) -> None:
    """One version holds, the next is being written."""
    agreement = case.project.agreements.get()
    agreement.change(by=case.team[0], **{name: case.text("agreed") for name in TEXTS})
    agreement.propose(by=case.team[0])
    for as_what, person in (("project_lead", case.team[0]), ("owner", people["leader"]), ("programme_lead", leads)):
        agreement.sign(as_what, by=person)
    following = agreement.revise(by=leads)
    following.change(by=leads, benefits=case.text("next-agreement"))
    case.side_agreed = write_at_once(following, "spread", case, leads, "agreed-beside")


def guide(case: Any, coach: Person) -> None:
    """One session held, one ahead, and a word in between."""
    case.held_session = book(case, coach, now() - 9 * DAY)
    case.held_session.hold(
        by=coach, notes=case.text("notes"), next_step=case.text("next-step"), owner=case.team[0], due=today()
    )
    case.session = book(case, coach, now() + 4 * DAY)
    CheckIn.write(case.project, "slower", case.text("check-in"), wish=case.text("wish"), by=case.team[0])


def book(case: Any, coach: Person, at: dt.datetime) -> GuidanceSession:
    return GuidanceSession.book(
        case.project, coach, starts_at=at, ends_at=at + HOUR, by=coach, agenda=case.text("agenda")
    )


def pay(case: Any, leads: Person) -> None:
    """The grant is changed once, with why, and a part of it is to be transferred."""
    grant = case.project.grant
    grant.rule(amount=grant.amount + 1, reason=case.text("grant-reason"), conditions=case.text("conditions"), by=leads)
    case.transfer = grant.plan(
        1_000, by=leads, due=today(), what_for=case.text("what-for"), account=case.text("account")
    )


def report(case: Any, leads: Person) -> None:
    """Returned once, and handed in again."""
    description = case.project.reports.get(kind="description")
    description.write({part.key: case.text("report") for part in description.parts}, by=case.team[0])
    description.hand_in(by=case.team[0])
    description.send_back(case.text("report-comment"), by=leads)
    description.hand_in(by=case.team[0])
    case.side_report = write_at_once(
        case.project.reports.get(kind="final"), "done", case, case.team[1], "report-beside"
    )


def write_at_once(thing: Any, part: str, case: Any, other: Person, what: str) -> Any:
    """What lies beside a part that two wrote in."""
    thing.write_part(part, f"{case.text(what)} først", by=case.team[0])
    return thing.write_part(part, case.text(what), by=other, based_on=0, window="other").beside


def grow_projects(house: Any, newcomer: Person) -> None:
    """One more that waits to start, one more begun with all it can have, and more in the one that is there."""
    people, lead, main = house.people, house.people["lead"], house.main.project
    team, coach = people["team"], people["coach"]
    house.judged.give_role(newcomer, Role.Kind.COACH, by=lead, hours=10)
    for _ in range(2):
        application = make_application(
            round=house.judged, team=[team, newcomer], submitted=True, title=f"Nytt {newcomer}", shared=False
        )
        decision = Decision.make(application.idea, "final", "admitted", reason=MORE, by=lead, amount=50_000)
        offer = OfferAnswer.objects.create(decision=decision, until=now() + 7 * DAY)
        Decision.release([decision], by=lead)
        offer.give("yes", by=team)
    project = Project.start(decision, by=lead, owner=people["leader"])
    coaching.couple(project, coach, by=lead)
    for one in (project, main):
        for days in (-8, 5):
            times = {"starts_at": now() + days * DAY, "ends_at": now() + days * DAY + DAY / 24}
            session = GuidanceSession.book(one, coach, by=coach, **times)
        session = one.sessions.order_by("pk").first()
        session.hold(by=coach, notes=MORE, next_step=MORE, owner=newcomer)
        CheckIn.write(one, "well", MORE, by=team)
        one.grant.plan(100, by=lead, due=today()).make(by=lead)
        one.grant.refund(10, by=lead)
    main.grant.change(main.grant.amount + 1, reason=MORE, by=lead)
    held = make_gathering(round=house.judged, title="Enda en samling", kind="joint_gathering", starts_at=now() - DAY)
    SignUp.note_presence(held, team, True, by=lead)
    ahead = make_gathering(round=house.judged, title="Skreddersøm", kind="tailored", by_invitation=True)
    ahead.invite(team, by=lead, idea=main.idea)
