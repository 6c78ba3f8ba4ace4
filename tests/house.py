"""One house with somebody in every role and something behind every door, for the tests that walk all of it.

Two cases stand side by side, each with the same things in it. *Main* is an ordinary one. From *barred* the programme
lead and one assessor are disqualified, so that the substitute has it. Every text that is not for all carries a mark of
its own, such as `zq-draft-main`; `test_leaks` says who may meet it.
"""

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from oppdrift.applications.models import Application, Endorsement
from oppdrift.archive.models import Batch
from oppdrift.assessing import shortlist
from oppdrift.assessing.models import Assessment, Assignment, Declaration, Improvement, OfferAnswer
from oppdrift.assessing.models.judgement import Given, Judgement
from oppdrift.deciding import final
from oppdrift.gatherings.models import Gathering, Note
from oppdrift.history import letters
from oppdrift.history.models import File, Message
from oppdrift.ideas.models import Decision, Idea, Part
from oppdrift.people.models import Person, Unit
from oppdrift.projects import coaching
from oppdrift.projects.models import Project
from oppdrift.rounds.models import Milestone, Role, Round
from oppdrift.sharing.models import Conference, Prize, Release, Showcase, Slot
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.planning import learn_how_many_rows
from tests.benefits.in_the_house import ask_to_copy, follow_up
from tests.factories import give_part, make_application, make_gathering, make_idea, make_person, make_round, make_unit
from tests.leadership.in_the_house import learn, reflect
from tests.pitching.in_the_house import hold, pick, rehearse
from tests.projects.in_the_house import carry_on
from tests.scenes import undone
from tests.sharing.in_the_house import share, tell_the_town
from tests.sharing.making import picture

EVERYWHERE = "sommerfugl"  # in every text, so that searches can look for it without saying a mark
DAY = dt.timedelta(days=1)
AMOUNTS = {"main": "280 000", "barred": "313 131"}
GRANTS = {"main": 171_000, "barred": 232_323}


@dataclass
class Case:
    """Three ideas of one team: one handed in twice and judged, one being written, one withdrawn; and one kept back."""

    name: str
    team: list[Person] = field(default_factory=list)
    handed_in: Any = None  # the application most doors are tried with
    draft: Any = None
    withdrawn: Any = None
    part: Any = None  # of the second in the team, in the idea kept back
    free: Any = None  # an idea without an application
    kept: Any = None  # an idea that only the team shows itself
    asked: Any = None  # the question to the leader
    declaration: Any = None  # of an assessor who is unsure
    note: Any = None
    side_text: Any = None
    letter: Any = None  # waits in the outbox
    failed: Any = None  # a letter that did not arrive
    told: Any = None  # an application of another round, whose team knows the decision
    offer: Any = None  # what it is offered
    project: Any = None  # begun, of another idea of that round
    talk: Any = None  # of that project, at the conference
    speaker: Any = None  # in that talk
    untold: Any = None  # an idea that became a project and has no public page
    open: Any = None  # one whose page anybody reads
    pitched: Any = None  # an idea of that round that is picked for the pitch
    pitch: Any = None  # its place in the running order
    rehearsal: Any = None  # what its team has booked
    linked: Any = None  # confirmed, between that project and a free idea
    link: Any = None  # suggested between that project and the application
    ask: Any = None
    lesson: Any = None  # the team keeps it to itself
    story: Any = None  # a draft with a picture
    consent: Any = None  # of somebody in it
    award: Any = None  # not announced
    reflection: Any = None  # shared with the lead
    kept_reflection: Any = None
    promise: Any = None  # of the leader
    benefit: Any = None  # of the project, agreed with its owner
    given_up: Any = None  # another one
    measured: Any = None  # its first measurement
    planned: Any = None  # its next one
    adoption: Any = None  # somebody who copies the project's solution
    asked_to_copy: Any = None  # somebody who would like to, and has not confirmed it
    side_agreed: Any = None  # in the agreement, where two wrote at once
    side_report: Any = None  # in the final report
    transfer: Any = None
    session: Any = None  # ahead
    held_session: Any = None
    weighed: Any = None  # an application of the short round: assessed, and decided upon in secret
    settled: Any = None  # one of another round: the decision is told
    granted: Any = None  # what that team is offered

    def mark(self, what: str) -> str:
        return f"zq-{what}-{self.name}"

    def text(self, what: str) -> str:
        return f"{self.mark(what)} {EVERYWHERE}"


@dataclass
class House:
    people: dict[str, Person]
    round: Any  # alive, its deadline passed: being assessed
    call: Any  # alive, its call open
    unpublished: Any
    closed: Any
    judged: Any  # its shortlist is released
    short: Any  # of call, assessing and decision; being decided
    main: Case
    barred: Case
    conference: Any  # of the round that is judged; its programme is published, and changed since
    coming: Any  # a conference without a programme
    gathering: Any
    by_invitation: Any
    material: Any
    sign_up: Any  # somebody's place at the gathering
    milestone: Any
    role: Any  # an assessor's
    address: Any  # the second one of somebody in the team
    somebody: Any  # a colleague, whose row those who run the programme keep
    unit: Any
    joint: Any  # a joint gathering of the projects, held
    sent: Any  # a letter that has left
    batch: Any  # an earlier round's file, read
    brought_in: Any  # another one, confirmed
    pitch_day: Any  # goes on
    seat: Any  # in its panel
    slot: Any  # for a rehearsal, which nobody has booked
    prize: Any
    told_story: Any  # published
    module: Any  # of the leadership programme, which has been
    module_ahead: Any
    enthusiast: Any  # a colleague's part in it

    @property
    def coach(self) -> Person:
        return self.people["coach"]

    def who(self, role: str) -> Person | None:
        return self.people[PEOPLE_OF.get(role, role)] if role != "stranger" else None

    def case_of(self, role: str) -> Case:
        return self.barred if role.endswith("_there") else self.main


# Who walks. Those who end in `_there` walk among the things of the case that the lead is barred from.
ROLES = [
    "lead", "substitute", "assessor", "new_assessor", "panel", "coach", "team", "leader", "other_team", "colleague",
    "stranger", "lead_there", "substitute_there", "assessor_there",
]  # fmt: skip
PEOPLE_OF = {"lead_there": "lead", "substitute_there": "substitute", "assessor_there": "barred_assessor"}


@pytest.fixture(scope="module")
def standing_house(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[House]:
    """Built once for a file of tests, and taken down again."""
    from django.test import override_settings
    from django.utils import translation

    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), translation.override("nb"), undone():
        built = build()
        learn_how_many_rows()
        yield built


@pytest.fixture
def house(standing_house: House, db: None) -> House:
    """The house; what a test does to it is undone."""
    return standing_house


def build() -> House:
    """Everything in the house, by the verbs that people use where there are any."""
    unit = make_unit("Fjordvik skole")
    people = make_people(unit)
    lead = people["lead"]
    round, call, unpublished, closed, judged = make_rounds(people)
    main = make_case("main", round, people, unit, [people["team"], people["mate"]])
    barred = make_case("barred", round, people, unit, [people["other_team"], people["other_mate"]])
    judge(main, people, lead, round)
    judge(barred, people, people["substitute"], round)
    tell(main, judged, people, lead)
    tell(barred, judged, people, people["substitute"])
    run(main, judged, people, lead)
    run(barred, judged, people, people["substitute"])
    conference, coming = make_conferences(judged, round, people)
    present(main, conference, people, lead)
    present(barred, conference, people, people["substitute"])
    ask_to_copy(main)
    ask_to_copy(barred)
    Release.make(conference, by=lead)
    for case in (main, barred):
        case.talk.change(by=case.team[0], abstract=case.text("talk"))
    pick(main, judged, people, lead)
    pick(barred, judged, people, people["substitute"])
    slot = rehearse(judged, main, barred, people)
    pitch_day = hold(judged, main, barred, people)
    Prize.begin(judged, by=lead)
    prize = Prize.objects.filter(round=judged).first()
    share(main, judged, people, lead, prize)
    share(barred, judged, people, people["substitute"], prize)
    learned = learn(judged, unit, people)
    reflect(main, people)
    reflect(barred, people)
    short = make_short_round(people)
    weigh(main, short, people, lead)
    weigh(barred, short, people, people["substitute"])
    settle(main, judged, people, lead)
    settle(barred, judged, people, people["substitute"])
    gathering = make_gathering(round=round, title="Sommerverksted", description=EVERYWHERE, capacity=20)
    place = gathering.add(people["team"], by=lead)
    by_invitation = make_gathering(
        round=round, title="Lukket verksted", kind="improvement_workshop", by_invitation=True
    )
    by_invitation.invite(people["team"], by=lead)
    material = File.keep(SimpleUploadedFile("program.txt", b"sommerfugl"), gathering, by=lead)
    sent = letters.post(
        "reminder_assessor", to=people["assessor"], key="sent", subject="Sommer", body=EVERYWHERE, root=round, by=lead,
        state="sent",
    )  # fmt: skip
    joint = make_gathering(round=judged, title="Fellessamling", kind="joint_gathering", starts_at=now() - 3 * DAY)
    people["team"].add_address("nora@fjordvik.example", by=people["team"])
    return House(
        people, round, call, unpublished, closed, judged, short, main, barred, conference, coming, gathering,
        by_invitation, material, place, round.milestones.first(), round.roles.filter(kind=Role.Kind.PANEL).get(),
        EmailAddress.objects.get(email="nora@fjordvik.example"), people["colleague"], unit, joint, sent,
        bring_in("Runde 2016", 2016, lead), bring_in("Runde 2017", 2017, lead, confirm=True),
        pitch_day, pitch_day.seats.get(person=people["panel"]), slot,
        prize, tell_the_town(judged, lead), *learned,
    )  # fmt: skip


def bring_in(name: str, year: int, by: Person, confirm: bool = False) -> Batch:
    content = f"Tittel;Virksomhet;Tilsagn\nSommer i {year};Fjordvik skole;100 000\n".encode()
    batch = Batch.of(io.BytesIO(content), "runde.csv", name=name, year=year)
    batch.keep(SimpleUploadedFile("runde.csv", content), by=by)
    if confirm:
        batch.confirm(by=by)
    return batch


def make_people(unit: Unit) -> dict[str, Person]:
    names = {
        "lead": "Ingrid Solhaug", "second_lead": "Halvor Bakke", "substitute": "Marius Vik", "assessor": "Amina Lunde",
        "new_assessor": "Tor Myhre", "barred_assessor": "Berit Aune", "panel": "Solveig Rud", "coach": "Kari Moen",
        "team": "Nora Berg", "mate": "Jonas Lie", "leader": "Grete Hoel", "other_team": "Ali Dahl",
        "other_mate": "Eva Strand", "colleague": "Pia Nes",
    }  # fmt: skip
    people = {slug: make_person(name, unit=unit, title="rådgiver") for slug, name in names.items()}
    people["lead"].entrust(True, by=people["lead"])
    people["second_lead"].entrust(True, by=people["lead"])  # so that the lead can be relieved
    return people


def make_rounds(people: dict[str, Person]) -> tuple[Round, ...]:
    present = now()
    round = make_round(
        lead=people["lead"], name="Sommerrunden", call_text=EVERYWHERE,
        opens_at=present - 40 * DAY, deadline=present + DAY, assess_by=present + 10 * DAY,
    )  # fmt: skip
    for role, slugs in {
        Role.Kind.SUBSTITUTE: ["substitute"],
        Role.Kind.ASSESSOR: ["assessor", "new_assessor", "barred_assessor"],
        Role.Kind.PANEL: ["panel"],
        Role.Kind.COACH: ["coach"],
    }.items():
        for slug in slugs:
            round.give_role(people[slug], role, by=people["lead"])
    for kind, days in [(Milestone.Kind.SHORTLIST, 20), (Milestone.Kind.PITCH_DAY, 50)]:
        Milestone(round=round).change(
            by=people["lead"], kind=kind, name=kind.label, at=present + days * DAY, until=None, whole_day=True
        )
    call = make_round(lead=people["lead"], name="Høstrunden", deadline=present + 60 * DAY)
    unpublished = make_round(lead=people["lead"], name="Vinterrunden", published=False, call_text="", year=2031)
    closed = make_round(
        lead=people["lead"], name="Fjorårsrunden", year=2024, opens_at=present - 400 * DAY, deadline=present - 300 * DAY
    )
    closed.close(by=people["lead"])
    judged = make_round(lead=people["lead"], name="Vårrunden", deadline=present - 60 * DAY)
    judged.give_role(people["substitute"], Role.Kind.SUBSTITUTE, by=people["lead"])
    judged.give_role(people["coach"], Role.Kind.COACH, by=people["lead"], hours=60)
    return round, call, unpublished, closed, judged


def make_short_round(people: dict[str, Person]) -> Round:
    """A round that goes from the assessments to the decision. Its panel reads and confirms what was decided."""
    short = make_round(
        lead=people["lead"], name="Kortrunden", deadline=now() - 60 * DAY, assess_by=now() - 30 * DAY,
        stages=["ideas", "call", "assessing", "deciding"],
    )  # fmt: skip
    for role, slugs in {
        Role.Kind.SUBSTITUTE: ["substitute"],
        Role.Kind.ASSESSOR: ["assessor", "new_assessor"],
        Role.Kind.PANEL: ["panel"],
    }.items():
        for slug in slugs:
            short.give_role(people[slug], role, by=people["lead"])
    return short


def make_case(name: str, round: Round, people: dict[str, Person], unit: Unit, team: list[Person]) -> Case:
    case, first, lead = Case(name, team), team[0], people["lead"]

    def begin(what: str, **fields) -> Idea:
        words = {"problem": EVERYWHERE, "wish": EVERYWHERE, "round": round, "unit": unit} | fields
        idea = Idea.begin(title=f"Tittel {what} {name}", by=first, **words)
        Part.give(idea, team[1], Part.Kind.TEAM, by=first)
        return idea

    def apply(what: str, **fields) -> Application:
        return Application.begin(round, by=first, idea=begin(what, **fields))

    case.free = begin("fri")
    case.kept = begin("holdt", shared=False, problem=case.text("kept"), wish=case.text("kept"))

    case.part = case.kept.parts.get(person=team[1])

    case.handed_in = apply("levert", shared=False)
    write(case, case.handed_in, "version1")
    case.handed_in.submit(by=first)

    case.draft = apply("utkast", shared=False)
    write(case, case.draft, "draft")
    answer = case.draft.answers.get(question="challenge")
    saved = case.draft.write("challenge", case.text("beside"), by=team[1], based_on=answer.revision - 1, window="other")
    case.side_text = saved.beside
    case.asked = Endorsement.ask(case.draft, name=people["leader"].name, address=people["leader"].email, by=first)

    case.withdrawn = apply("trukket", shared=False)
    write(case, case.withdrawn, "withdrawn")
    case.withdrawn.submit(by=first)
    case.withdrawn.withdraw(by=first)
    case.withdrawn.idea.withdraw(by=first)

    case.note = Note.write(case.handed_in.idea, case.text("note"), by=people["colleague"])
    give_part(case.handed_in.idea, people["leader"], Part.Kind.ENDORSER, given_by=first)
    give_part(case.handed_in.idea, people["coach"], Part.Kind.COACH, given_by=lead)
    if name == "main":
        give_part(case.handed_in.idea, people["panel"], Part.Kind.PANEL, given_by=lead)
    return case


def write(case: Case, application: Application, what: str) -> None:
    application.write_all({"challenge": case.text(what), "amount": AMOUNTS[case.name]}, by=case.team[0])


def judge(case: Case, people: dict[str, Person], leads: Person, round: Round) -> None:
    """Declared, assigned, assessed; made clearer; assessed again; decided and not released."""
    application, idea = case.handed_in, case.handed_in.idea
    assessor, new, former = people["assessor"], people["new_assessor"], people["barred_assessor"]
    is_main = case.name == "main"
    if not is_main:
        relation = case.text("lead-relation")
        Declaration.declare(idea, "disqualified", by=people["lead"], ground="family", relation=relation)
        for other in (case.draft.idea, case.withdrawn.idea, case.kept, case.free):
            Declaration.declare(other, "disqualified", by=people["lead"], ground="family", relation=relation)
    Declaration.declare(idea, "none", by=leads)
    for person in (assessor, new, former):
        Declaration.declare(idea, "none", by=person)
        Assignment.give(application, person, by=leads)
    Assessment.hand_in(application, judgement(case, "first"), by=assessor)
    Assessment.hand_in(application, judgement(case, "former"), by=former)
    if is_main:
        case.declaration = Declaration.declare(case.draft.idea, "unsure", by=former, relation=case.text("relation"))
    else:
        # Known to have ties only after having read and judged.
        Declaration.declare(idea, "disqualified", by=former, ground="role", relation=case.text("own-relation"))
        case.declaration = Declaration.declare(idea, "unsure", by=new, relation=case.text("relation"))
        case.declaration.settle("impartial", reason=case.text("settled"), by=leads)

    workshop = make_gathering(
        round=round, title="Forbedringsverksted", kind=Gathering.Kind.IMPROVEMENT_WORKSHOP, by_invitation=True
    )
    asked = Improvement.prepare(
        application, unclear=case.text("asked"), until=now() + 5 * DAY, gathering=workshop, by=leads
    )
    asked.invite(by=leads)
    application.refresh_from_db()
    write(case, application, "version2")
    application.revise(by=case.team[0], changed=case.text("changed"))
    write(case, application, "later")
    Assessment.hand_in(application, judgement(case, "second"), by=assessor)
    Assessment.save_scores(application, judgement(case, "begun"), by=new)
    shortlist.decide(application, "admitted", reason=case.text("decision"), by=leads)
    case.letter = letters.post(
        "shortlisted", to=case.team[0], key=f"letter-{case.name}", subject=f"Brev {case.mark('subject')}",
        body=case.text("letter"), root=round, thing=idea, by=leads,
    )  # fmt: skip
    case.failed = letters.post(
        "shortlisted", to=case.team[1], key=f"failed-{case.name}", subject="Brev", body=case.text("failed"), root=round,
        thing=idea, by=leads, state=Message.State.FAILED,
    )  # fmt: skip


def tell(case: Case, judged: Round, people: dict[str, Person], leads: Person) -> None:
    """In a round that is further on: decided, released, something offered."""
    case.told = make_application(
        round=judged, team=case.team, submitted=True, title=f"Tittel fortalt {case.name}", shared=False
    )
    idea = case.told.idea
    if leads != people["lead"]:
        Declaration.declare(
            idea, "disqualified", by=people["lead"], ground="family", relation=case.text("lead-relation")
        )
    decision = Decision.make(idea, "shortlist", "guidance_only", reason=case.text("told"), by=leads)
    case.offer = OfferAnswer.objects.create(decision=decision, until=now() + 7 * DAY)
    Decision.release([decision], by=leads)


def run(case: Case, judged: Round, people: dict[str, Person], leads: Person) -> None:
    """Let go on as a project: with an owner and a coach."""
    application = make_application(
        round=judged, team=case.team, submitted=True, title=f"Tittel i gang {case.name}", shared=False
    )
    idea = application.idea
    if leads != people["lead"]:
        Declaration.declare(
            idea, "disqualified", by=people["lead"], ground="family", relation=case.text("lead-relation")
        )
    decision = Decision.make(
        idea, "final", "admitted", reason=case.text("admitted"), by=leads, amount=GRANTS[case.name]
    )
    offer = OfferAnswer.objects.create(decision=decision, until=now() + 7 * DAY)
    Decision.release([decision], by=leads)
    offer.give("yes", by=case.team[0])
    case.project = Project.start(decision, by=leads, owner=people["leader"])
    coaching.couple(case.project, people["coach"], by=leads)
    follow_up(case, people)
    carry_on(case, people, leads)


def make_conferences(judged: Round, round: Round, people: dict[str, Person]) -> tuple[Conference, Gathering]:
    """One with a programme, in the round that is further on, and one that nobody has begun to plan."""
    gathering = make_gathering(
        round=judged, title="Sommerkonferansen", kind=Gathering.Kind.CONFERENCE, starts_at=now() + 30 * DAY, hours=8
    )
    coming = make_gathering(round=round, title="Neste konferanse", kind=Gathering.Kind.CONFERENCE)
    return Conference.begin(gathering, by=people["lead"]), coming


def present(
    case: Case, conference: Conference, people: dict[str, Person], leads: Person, *, one_more: bool = False
) -> None:
    """One project's page and talk in the making, one that is published, one that has told nobody anything."""
    team = case.team[0]
    idea = become_project(case, conference.round, people, leads, "enda en") if one_more else case.project.idea
    words = {"summary": EVERYWHERE, "challenge": EVERYWHERE, "core": EVERYWHERE}
    page = Showcase.begin(idea, by=team)
    page.name_contact(team, by=leads)
    page.change(by=team, **words | {"title": case.text("page"), "core": case.text("page")})
    page.put_picture(picture(), alt=case.text("alt"), people="nobody", by=team)
    talk = Slot.add(conference, title="Sommerinnlegg", idea=idea, starts_at=conference.appointment.starts_at, by=leads)
    speaker = talk.name_speaker(name=case.mark("unasked"), address="sommer@utenfor.no", by=team)
    talk.put_slides(SimpleUploadedFile(f"{case.mark('slides')}.pdf", b"%PDF-1.7"), by=team)
    untold, told = (become_project(case, conference.round, people, leads, what) for what in ("uten", "åpen"))
    if not one_more:
        case.talk, case.speaker, case.untold, case.open = talk, speaker, untold, told
    shown = Showcase.begin(told, by=team)
    shown.change(by=team, **words)
    shown.put_picture(picture(), alt=EVERYWHERE, people="nobody", by=team)
    shown.agree(as_lead=False, by=team)
    shown.agree(as_lead=True, by=leads)
    shown.change(by=team, setback=EVERYWHERE)


def become_project(case: Case, round: Round, people: dict[str, Person], leads: Person, what: str) -> Idea:
    idea = make_idea(round=round, team=case.team, title=f"Tittel {what} {case.name}", shared=False)
    if leads != people["lead"]:
        relation = case.text("lead-relation")
        Declaration.declare(idea, "disqualified", by=people["lead"], ground="family", relation=relation)
    decision = Decision.make(idea, "final", "admitted", reason=case.text("told"), by=leads)
    Decision.release([decision], by=leads)
    return idea


def weigh(case: Case, short: Round, people: dict[str, Person], leads: Person) -> None:
    """Assessed and decided upon, and nobody is told."""
    case.weighed = another(case, short, people, leads, "veid")
    for person in (people["assessor"], people["new_assessor"]):
        Declaration.declare(case.weighed.idea, "none", by=person)
        Assignment.give(case.weighed, person, by=leads)
        Assessment.hand_in(case.weighed, judgement(case, "weighed"), by=person)
    final.decide(case.weighed.idea, "declined", reason=case.text("verdict"), by=leads)


def settle(case: Case, judged: Round, people: dict[str, Person], leads: Person) -> None:
    """The decision is told, and the team is asked what it says."""
    case.settled = another(case, judged, people, leads, "avgjort")
    idea = case.settled.idea
    told = Decision.make(idea, "final", "admitted", amount=GRANTS[case.name], reason=case.text("told"), by=leads)
    case.granted = OfferAnswer.objects.create(decision=told, until=now() + 7 * DAY)
    Decision.release([told], by=leads)


def another(case: Case, round: Round, people: dict[str, Person], leads: Person, what: str) -> Application:
    """Handed in to this round; the lead is barred from that of the barred case."""
    application = make_application(
        round=round, team=case.team, submitted=True, title=f"Tittel {what} {case.name}", shared=False,
        amount=int(AMOUNTS[case.name].replace(" ", "")),
    )  # fmt: skip
    if leads != people["lead"]:
        relation = case.text("lead-relation")
        Declaration.declare(application.idea, "disqualified", by=people["lead"], ground="family", relation=relation)
    return application


def judgement(case: Case, what: str) -> Judgement:
    """All that an assessor can say, each with its mark."""
    words = {"comment": case.text(f"{what}-reason"), "unclear": case.text(f"{what}-unclear")}
    scores = {"need": Given(points=5, is_unclear=True, **words), "novelty": 3, "ordinary": True}
    return Judgement.of(scores, fit="yes", to_team=case.text(f"{what}-to-team"), among=case.text(f"{what}-among"))


# Walking


class Walker:
    """Somebody's browser. Every visit is their first after signing in, and what it did is undone afterwards."""

    def __init__(self, person: Person | None):
        self.client = Client()
        if person:
            self.client.force_login(person)
        self.cookies = SimpleCookie(self.client.cookies)

    def visit(self, address: str, method: str = "get", **kwargs) -> "Visit":
        self.client.cookies = SimpleCookie({name: morsel.value for name, morsel in self.cookies.items()})
        with undone(), statements() as asked:
            response = getattr(self.client, method)(address, **kwargs)
            # News that come as they happen have no end; tests of their own read some of them.
            body = b"" if response["Content-Type"] == "text/event-stream" else response.getvalue()
        return Visit(response, body, asked)


@dataclass
class Visit:
    response: Any
    body: bytes
    statements: list[str]

    @property
    def written(self) -> list[str]:
        """What was changed in the database, but for sessions."""
        return [
            sql
            for sql in self.statements
            if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql
        ]

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def sent_to_sign_in(self) -> bool:
        return self.status == 302 and self.response["Location"].startswith(reverse("people:sign_in") + "?")

    @property
    def let_in(self) -> bool:
        """The person may, though the thing may not be ready for it (409) or the form not filled in (422)."""
        return self.status not in (403, 404, 405) and not self.sent_to_sign_in

    @property
    def is_no_page(self) -> bool:
        return self.status == 405


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked meanwhile; the marks of transactions are not counted."""
    found: list[str] = []

    def watch(execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found
