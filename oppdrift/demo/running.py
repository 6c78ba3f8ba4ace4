"""From May on: projects with agreement, money, a coach, sessions and reports."""

from typing import Any

from oppdrift.applications.models import Promise
from oppdrift.gatherings.models import Gathering, SignUp
from oppdrift.history.models import Message
from oppdrift.ideas.models import Decision, Idea
from oppdrift.leadership.models import FollowUp
from oppdrift.people.models import Person
from oppdrift.projects import coaching
from oppdrift.projects.models import CheckIn, GuidanceSession, Project, Report

from . import world
from .beginning import sign_up
from .judging import whose_case
from .story import Story, earliest, later

INVITED = "2019-06-20T09:00"
SESSION_MINUTES = 90
SIGNED_AS = ["project_lead", "owner", "programme_lead"]
WORDS = {"team_does": "does", "leader_gives": "gives", "spread": "spread"}
DAYS = {"team_due": "does_by", "leader_due": "gives_by"}
DESCRIBED, DESCRIPTION_READ = "2019-06-25T13:00", "2019-06-27T10:00"
JOINT = ["fellessamling-1", "fellessamling-2", "fellessamling-3", "fellessamling-4"]


def run(story: Story, ideas: dict[int, Idea], held: dict[str, Gathering]) -> None:
    """Each project from its start to its final report."""
    for project in world.projects():
        number = project["number"]
        story.at(project["started"], start, story, ideas[number], project)
        story.at(later(project["started"], days=2), couple, story, ideas[number], project)
        agree(story, ideas[number], project)
        for listed in project.get("transfer", []):
            transfer(story, ideas[number], listed)
        for listed in project["session"]:
            guide(story, ideas[number], project, listed)
        for listed in project.get("check_in", []):
            story.at(listed["at"], check_in, story, ideas[number], project, listed)
        for listed in project.get("promise", []):
            story.at(f"{listed['on']}T14:20", settle, story, ideas[number], listed)
        report(story, ideas[number], project)
        meet(story, held, project)


def project_of(idea: Idea) -> Project:
    return Project.objects.select_related("idea").get(idea=idea)


def team_lead(story: Story, project: dict[str, Any]) -> Person:
    return story.person(world.team_of(project["number"])[0])


def start(story: Story, idea: Idea, project: dict[str, Any]) -> None:
    known = Decision.objects.known().filter(idea=idea).order_by("-made_at")
    Project.start(known[0], by=whose_case(story, project["number"]))


def couple(story: Story, idea: Idea, project: dict[str, Any]) -> None:
    by = whose_case(story, project["number"])
    coaching.couple(project_of(idea), story.person(project["coach"]), by=by)
    Message.objects.about(idea).filter(kind__in=["project_started", "coach_coupled"]).let_go(by=by)


def agree(story: Story, idea: Idea, project: dict[str, Any]) -> None:
    """The team shortens the words of its application; then each signs."""
    listed, signed = project["agreement"], project["agreement"]["signed"]

    def write() -> None:
        draft = project_of(idea).agreements.get()
        due = {field: story.calendar.day(listed[key]) for field, key in DAYS.items() if key in listed}
        words = {field: story.text(listed[key], signed) for field, key in WORDS.items()}
        draft.change(by=team_lead(story, project), **words, **due)
        draft.propose(by=team_lead(story, project))

    def sign(as_what: str) -> None:
        project_now = project_of(idea)
        who: dict[str, Any] = {
            "project_lead": project_now.lead, "owner": project_now.owner,
            "programme_lead": whose_case(story, project["number"]),
        }  # fmt: skip
        project_now.agreements.get().sign(as_what, by=who[as_what])

    def set_conditions() -> None:
        project_of(idea).grant.set_conditions(listed["conditions"], by=whose_case(story, project["number"]))

    story.at(later(signed, days=-3), write)
    for turn, as_what in enumerate(SIGNED_AS):
        story.at(later(signed, hours=-2 + turn, minutes=5), sign, as_what)
    if "conditions" in listed:
        story.at(later(signed, minutes=30), set_conditions)


def transfer(story: Story, idea: Idea, listed: dict[str, Any]) -> None:
    """Planned when the agreement is made, moved when what lets it go has happened."""
    rows: list[Any] = []

    def plan() -> None:
        grant = project_of(idea).grant
        rows.append(
            grant.plan(listed["amount"], due=story.calendar.day(listed["due"]), what_for=listed["what"],
                       by=story.person("ingrid"))
        )  # fmt: skip

    def make() -> None:
        rows[0].make(by=story.person("ingrid"), made_on=story.calendar.day(listed["made"]))

    story.at("2019-06-11T15:30", plan)
    story.at(max(f"{listed['made']}T13:00", "2019-06-11T15:40"), make)


def guide(story: Story, idea: Idea, project: dict[str, Any], listed: dict[str, Any]) -> None:
    """A session is booked a week ahead, held, and noted by the coach the same day; its step is done when it is due."""
    rows: list[GuidanceSession] = []
    coach = story.person(project["coach"])
    at = listed["at"]

    def book() -> None:
        rows.append(
            GuidanceSession.book(
                project_of(idea), coach, starts_at=story.calendar.moment(at),
                ends_at=story.calendar.moment(later(at, minutes=SESSION_MINUTES)), agenda=listed["agenda"],
                by=coach,
            )
        )  # fmt: skip

    def hold() -> None:
        rows[0].hold(
            by=coach, notes=story.text(listed["notes"], at), next_step=listed["next_step"],
            owner=story.person(listed["who"]), due=story.calendar.day(listed["by"]),
        )  # fmt: skip

    booked = max(later(at, days=-8), later(project["started"], days=3))
    story.at(earliest(booked, later(at, hours=-3)), book)
    story.at(later(at, hours=3), hold)
    story.at(f"{listed['by']}T12:00", lambda: rows[0].finish_step(by=story.person(listed["who"])))


def check_in(story: Story, idea: Idea, project: dict[str, Any], listed: dict[str, Any]) -> None:
    text, by = story.text(listed["text"], listed["at"]), team_lead(story, project)
    CheckIn.write(project_of(idea), listed["going"], text, wish=listed.get("wish", ""), by=by)


def settle(story: Story, idea: Idea, listed: dict[str, Any]) -> None:
    """The leader says how it went with what was promised, on the page of the leadership programme."""
    promise = Promise.objects.in_force().get(idea=idea, giver=Promise.Giver.LEADER)
    FollowUp.say(promise, listed["outcome"], words=listed["words"], by=story.person(listed["by"]))


def report(story: Story, idea: Idea, project: dict[str, Any]) -> None:
    """The description in June, from what was agreed; the final report a year later."""
    listed, team = project["report"], team_lead(story, project)

    def describe() -> None:
        answers = world.application(project["number"])["answers"]
        agreed = project["agreement"]
        texts = {
            "problem": story.text(answers["challenge"], DESCRIBED), "doing": story.text(agreed["does"], DESCRIBED),
            "plan": story.text(answers["time"], DESCRIBED), "benefits": story.text(answers["benefits"], DESCRIBED),
            "spread": story.text(agreed["spread"], DESCRIBED),
        }  # fmt: skip
        hand_in(Report.Kind.DESCRIPTION, texts)

    def tell_all() -> None:
        parts = ("done", "effects", "learned", "going_on", "spread", "money")
        hand_in(Report.Kind.FINAL, {key: story.text(listed[key], listed["submitted"]) for key in parts})

    def hand_in(kind: str, texts: dict[str, str]) -> None:
        report = project_of(idea).reports.get(kind=kind)
        report.write(texts, by=team)
        report.hand_in(by=team)

    def accept(kind: str) -> None:
        report = project_of(idea).reports.get(kind=kind)
        report.accept(by=whose_case(story, project["number"]))

    story.at(later(DESCRIBED, minutes=project["number"]), describe)
    story.at(DESCRIPTION_READ, accept, Report.Kind.DESCRIPTION)
    story.at(listed["submitted"] + "T14:00", tell_all)
    story.at(listed["accepted"] + "T10:00", accept, Report.Kind.FINAL)
    story.at(listed["accepted"] + "T10:10", lambda: project_of(idea).finish(by=whose_case(story, project["number"])))


def meet(story: Story, held: dict[str, Gathering], project: dict[str, Any]) -> None:
    """Everybody in the team and the coach is asked to the joint gatherings. Most come; one team stays away twice."""
    starts = {listed["slug"]: listed["starts"] for listed in world.read("gatherings")["gathering"]}
    people = [*world.team_of(project["number"]), project["coach"]]

    def invite(slug: str, name: str) -> None:
        held[slug].invite(story.person(name), by=story.person("ingrid"))

    def come(slug: str, name: str) -> None:
        if not held[slug].sign_up_of(story.person(name)):
            sign_up(held, slug, story.person(name))

    def note(slug: str) -> None:
        for name in world.team_of(project["number"]):
            if held[slug].sign_up_of(story.person(name)):
                came = slug not in project.get("stayed_away", [])
                SignUp.note_presence(held[slug], story.person(name), came, by=story.person("ingrid"))

    for place, slug in enumerate(JOINT):
        story.at(later(starts[slug], hours=7), note, slug)
        for turn, name in enumerate(people):
            story.at(later(INVITED, minutes=turn), invite, slug, name)
            if (turn + place + project["number"]) % 5:  # one in five cannot come
                story.at(later(starts[slug], days=-6, hours=turn), come, slug, name)
