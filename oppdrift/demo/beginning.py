"""Autumn: the round is planned and published, colleagues share ideas and meet at workshops."""

from typing import Any

from oppdrift.gatherings.models import Gathering, Note
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Milestone, Role, Round

from . import world
from .story import Story, later

PLANNED, CALL_OUT = "2018-10-22T09:00", "2018-11-01T08:00"
KINDS = {
    "application_workshop": Milestone.Kind.WORKSHOP,
    "information": Milestone.Kind.INFORMATION,
    "improvement_workshop": Milestone.Kind.IMPROVEMENT,
    "shortlist": Milestone.Kind.SHORTLIST,
    "pitch_training": Milestone.Kind.TRAINING,
    "pitch_day": Milestone.Kind.PITCH_DAY,
    "decision": Milestone.Kind.DECISION,
    "joint_gathering": Milestone.Kind.GATHERING,
    "conference": Milestone.Kind.CONFERENCE,
    "final_report": Milestone.Kind.REPORT,
    "measurement": Milestone.Kind.MEASUREMENT,
    "agreements": Milestone.Kind.OTHER,
    "revision_deadline": Milestone.Kind.OTHER,
}
# When each kind of gathering is called; the first ones together with the call.
CALLED = {
    "improvement_workshop": "2019-02-27T09:00",
    "pitch_training": "2019-03-18T09:00",
    "joint_gathering": "2019-05-06T09:00",
}
BY_INVITATION = {"improvement_workshop", "pitch_training", "joint_gathering"}


def plan_round(story: Story) -> Round:
    """The round with its dates, money and people, made at once and published when the call is out."""
    listed, lead = world.read("round"), story.person("ingrid")
    year = story.calendar.year(listed["year"])
    made: list[Round] = []

    def begin() -> None:
        round = Round.begin(
            name=listed["name"].replace(str(listed["year"]), str(year)), year=year, by=lead,
            budget=listed["budget"], places_from=listed["places_from"], places_to=listed["places_to"],
            shortlist_places=8, guidance_hours=listed["guidance_hours"],
            opens_at=story.calendar.moment(CALL_OUT), deadline=story.calendar.moment("2019-02-15T12:00"),
            assess_by=story.calendar.moment("2019-03-18T16:00"), call_text=story.text(listed["call"], CALL_OUT),
        )  # fmt: skip
        made.append(round)
        for milestone in listed["milestone"]:
            add_milestone(story, round, milestone)
        hours = listed["guidance_hours"] // sum("coach" in person["roles"] for person in world.read("people")["person"])
        for person in world.read("people")["person"]:
            for role in person["roles"]:
                if role != Role.Kind.LEAD:
                    round.give_role(
                        story.person(person["slug"]), role, by=lead, hours=hours if role == Role.Kind.COACH else None
                    )

    story.at(PLANNED, begin)
    story.at(CALL_OUT, lambda: made[0].publish(by=lead))
    story.tell(CALL_OUT)
    return made[0]


def add_milestone(story: Story, round: Round, milestone: dict[str, Any]) -> None:
    if milestone["kind"] not in KINDS:
        return  # the deadlines stand on the round itself
    clock = milestone.get("time")
    Milestone(round=round).change(
        by=story.person("ingrid"), kind=KINDS[milestone["kind"]], name=milestone["name"],
        at=story.calendar.moment(str(milestone["on"]), clock or "00:00"),
        until=story.calendar.moment(str(milestone["until"]), "00:00") if milestone.get("until") else None,
        whole_day=clock is None,
    )  # fmt: skip


def share_ideas(story: Story, round: Round, units: dict[str, Unit], ideas: dict[str, Idea]) -> None:
    """41 ideas: those that later apply, and fifteen that do not."""
    for listed in world.read("ideas")["idea"]:
        author = listed["by"]["name"]
        tell_idea(story, round, ideas, listed, author, [], units[listed["unit"]], listed.get("shared", True))
    for application in world.applications():
        listed = {**application["idea"], "title": application["title"]}
        first, *others = [member["name"] for member in application["team"]]
        tell_idea(
            story, round, ideas, listed, first, others, units[application["unit"]], application.get("shared", True)
        )


def tell_idea(
    story: Story, round: Round, ideas: dict[str, Idea], listed: dict[str, Any], author: str, others: list[str],
    unit: Unit, shared: bool,
) -> None:  # fmt: skip
    when = f"{listed['shared_on']}T10:{len(ideas) % 50:02d}"
    title = listed["title"]
    ideas[title] = None  # type: ignore[assignment]  # its place in the order; made when its time comes

    def begin() -> None:
        ideas[title] = Idea.begin(
            title=title, by=story.person(author), round=round, unit=unit, shared=shared,
            problem=story.text(listed["problem"], when), wish=story.text(listed["wish"], when),
        )  # fmt: skip

    def invite(other: str) -> None:
        ideas[title].invite(world.address(other), by=story.person(author), name=other)

    story.at(when, begin)
    for place, other in enumerate(others):
        story.at(later(when, days=1 + place), invite, other)


def hold_gatherings(story: Story, round: Round) -> dict[str, Gathering]:
    """Workshops and meetings with those who sign up; the ones by invitation fill when people are invited."""
    held: dict[str, Gathering] = {}
    crowd = iter(guests(story))
    for listed in world.read("gatherings")["gathering"]:
        called = CALLED.get(listed["kind"], later(CALL_OUT, minutes=30))
        story.at(called, arrange, story, round, held, listed)
        if listed["kind"] not in BY_INVITATION:
            if listed["kind"] == "information":
                crowd = iter(guests(story)[::-1])
            for n in range(listed["signups"]):
                person = next(crowd)
                when = later(listed["starts"], days=-1 - n % 9, hours=-(n % 3), minutes=n)
                story.at(when, sign_up, held, listed["slug"], person)
    return held


def sign_up(held: dict[str, Gathering], slug: str, person: Person) -> None:
    held[slug].sign_up(person, by=person)


def arrange(story: Story, round: Round, held: dict[str, Gathering], listed: dict[str, Any]) -> None:
    held[listed["slug"]] = Gathering.arrange(
        round, kind=listed["kind"], title=listed["title"], description=story.text(listed["description"], CALL_OUT),
        place=listed["place"], starts_at=story.calendar.moment(listed["starts"]),
        ends_at=story.calendar.moment(listed["ends"]), capacity=listed["capacity"],
        by_invitation=listed["kind"] in BY_INVITATION, by=story.person("ingrid"),
    )  # fmt: skip


def guests(story: Story) -> list:
    """Those who come to workshops: people of teams, and others with an idea, each once."""
    names = [idea["by"]["name"] for idea in world.read("ideas")["idea"]]
    names += [member["name"] for application in world.applications() for member in application["team"]]
    return [story.person(name) for name in dict.fromkeys(names)]


def write_notes(story: Story, held: dict[str, Gathering], ideas: dict[str, Idea]) -> None:
    """Advice from the workshops, on the ideas it is about."""
    ends = {listed["slug"]: listed["ends"] for listed in world.read("gatherings")["gathering"]}
    shared = {listed["title"]: listed["shared_on"] for listed in world.read("ideas")["idea"]}
    shared |= {listed["title"]: listed["idea"]["shared_on"] for listed in world.applications()}

    def write(listed: dict[str, Any]) -> None:
        Note.write(
            ideas[listed["idea"]], listed["text"].strip(), by=story.person(listed["by"]),
            gathering=held[listed["gathering"]],
        )  # fmt: skip

    for number, listed in enumerate(world.read("gatherings")["note"]):
        # A note may be written down later than it was given: when the idea is there to land on.
        there = max(ends[listed["gathering"]], f"{shared[listed['idea']]}T12:00")
        story.at(later(there, minutes=number + 1), write, listed)
