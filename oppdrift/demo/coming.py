"""The rounds after this one, each copied from the one before: two are alive at once each November."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from oppdrift.applications.models import Application
from oppdrift.gatherings.models import Gathering
from oppdrift.history.models import Message
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person, Unit
from oppdrift.projects.models import Project, Transfer
from oppdrift.rounds.copying import Plan, proposed_roles
from oppdrift.rounds.models import Milestone, Round
from oppdrift.toolbox.money import grouped

from . import inventing, load, world
from .story import Story, later

PLACES = {"places_from": 4, "places_to": 6}
DATES = {"opens_at": "opens", "deadline": "deadline", "assess_by": "assess_by"}
REASON = "Behovet er vist, og lederen har satt av tid."


def go_on(story: Story, round: Round) -> None:
    """Next year's rounds: copied in October, opened in November, the first of them decided in April."""
    before = [round]
    story.at("2021-02-01T09:00", lambda: round.close(by=story.person("ingrid")))
    for listed in world.read("next-rounds")["round"]:
        repeat(story, listed, before)


def repeat(story: Story, listed: dict[str, Any], before: list[Round]) -> None:
    """`before` holds the rounds made so far; the new one comes last when its time has come."""
    lead, year = story.person("ingrid"), story.calendar.year(listed["year"])
    mine: list[Round] = []

    def copy() -> None:
        made = Plan(before[-1], year).make(by=lead)
        made.change(
            by=lead, budget=listed["budget"], **PLACES, call_text=story.text(listed["call"], listed["opens"]),
            **{name: story.calendar.moment(listed[key]) for name, key in DATES.items()},
        )  # fmt: skip
        for role in proposed_roles(made):
            made.give_role(role.person, role.kind, by=lead, hours=role.hours)
        before.append(made)
        mine.append(made)

    def call_workshop() -> None:
        workshop = listed["workshop"]
        at = story.calendar.moment(workshop["starts"])
        Milestone(round=mine[0]).change(
            by=lead, kind=Milestone.Kind.WORKSHOP, name=workshop["title"], at=at, until=None, whole_day=False
        )
        gathering = Gathering.arrange(
            mine[0], kind=Gathering.Kind.APPLICATION_WORKSHOP, title=workshop["title"], place=workshop["place"],
            starts_at=at, ends_at=story.calendar.moment(workshop["ends"]), capacity=workshop["capacity"], by=lead,
        )  # fmt: skip
        for person in some_people(story, workshop["guests"]):
            gathering.sign_up(person, by=person)

    story.at(listed["copied"], copy)
    story.at(listed["opens"], lambda: mine[0].publish(by=lead))
    story.at(later(listed["opens"], hours=2), call_workshop)
    if "closed" in listed:
        story.at(listed["closed"], lambda: mine[0].close(by=lead))
    for idea in listed["idea"]:
        think(story, listed, idea, mine)
    if "others" in listed:
        story.at(
            later(listed["deadline"], minutes=5), lambda: load.bring_in(mine[0], others(mine[0], listed["others"]))
        )


def others(round: Round, wanted: dict[str, int]) -> Iterator[inventing.Paper]:
    """Invented applications that did not go on: so many, after those that another round has."""
    for paper in islice(inventing.invented(round, wanted["after"] + wanted["number"]), wanted["after"], None):
        paper.address = f"{round.year}.{paper.address}"
        yield paper


def think(story: Story, listed: dict[str, Any], idea: dict[str, Any], mine: list[Round]) -> None:
    """Somebody shares an idea; where the round is decided, it goes on."""
    by, lead = story.person(idea["by"]), story.person("ingrid")
    made: list[Idea] = []
    transfers: list[Transfer] = []

    def begin() -> None:
        made.append(
            Idea.begin(
                title=idea["title"], by=by, round=mine[0], unit=Unit.objects.get(name=idea["unit"]),
                problem=idea["problem"], wish=idea["wish"],
            )
        )  # fmt: skip

    def apply() -> None:
        usual = next(inventing.invented(mine[0], 1)).answers
        own = {"challenge": idea["problem"], "solution": idea["wish"], "amount": grouped(idea["amount"])}
        application = Application.begin(mine[0], by=by, idea=made[0])
        application.write_all({**usual, **own}, by=by)
        application.submit(by=by)

    def admit() -> None:
        decision = Decision.make(
            made[0], Decision.Stage.FINAL, Decision.Outcome.ADMITTED, amount=idea["amount"], reason=REASON, by=lead
        )
        Decision.release([decision], by=lead)
        unit = made[0].unit
        grant = Project.start(decision, by=lead, owner=unit.leader if unit else None).grant
        transfers.append(grant.plan(idea["amount"], what_for="Når avtalen er signert", by=lead))
        Message.objects.about(made[0]).filter(kind="project_started").let_go(by=lead)

    story.at(idea["on"], begin)
    if "decided" in listed:
        story.at(later(listed["deadline"], hours=-3, minutes=-len(idea["title"])), apply)
        story.at(later(listed["decided"], minutes=len(idea["title"])), admit)
        story.at(later(listed["decided"], days=60), lambda: transfers[0].make(by=lead))


def some_people(story: Story, number: int) -> list[Person]:
    """Those who shared an idea in the first year come back, with others."""
    names = [idea["by"]["name"] for idea in world.read("ideas")["idea"]]
    return [story.person(name) for name in list(dict.fromkeys(names))[:number]]
