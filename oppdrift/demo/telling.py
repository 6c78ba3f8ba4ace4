"""Projects help each other, and the town hears of them: links, asks, lessons, open pages, the conference, stories."""

from typing import Any

from oppdrift.gatherings.models import Gathering
from oppdrift.ideas.models import Idea
from oppdrift.rounds.models import Round
from oppdrift.sharing.models import Ask, Award, Conference, Lesson, Link, Prize, Release, Showcase, Slot, Story

from . import world
from .judging import whose_case
from .story import Story as Year

CONFERENCE_CALLED, PROGRAMME_MADE = "2019-10-01T09:00", "2019-12-16T10:00"


def help_each_other(year: Year, round: Round, ideas: dict[int, Idea]) -> None:
    """Links that people saw, what was asked for and offered, and what came of it."""
    listed = world.read("together")

    def join(link: dict[str, Any]) -> None:
        one, other = (ideas[number] for number in link["between"])
        Link.join(one, other, link["kind"], words=link["words"], by=year.person(link["by"]))

    for link in listed["link"]:
        year.at(link["at"], join, link)
    for ask in listed["ask"]:
        put(year, round, ideas, ask)


def put(year: Year, round: Round, ideas: dict[int, Idea], listed: dict[str, Any]) -> None:
    made: list[Ask] = []
    by = year.person(listed["by"])

    def begin() -> None:
        idea = ideas[listed["project"]]
        made.append(Ask.put(listed["kind"], round, title=listed["title"], text=listed["text"], idea=idea, by=by))

    def reply() -> None:
        made[0].reply(listed["answer"], by=year.person(listed["answered_by"]))

    def close() -> None:
        made[0].close(listed["outcome"], by=by)

    year.at(listed["at"], begin)
    if "answered" in listed:
        year.at(listed["answered"], reply)
    if "closed" in listed:
        year.at(listed["closed"], close)


def learn(year: Year, ideas: dict[int, Idea]) -> None:
    """What teams believed, saw and would do; shown to all."""

    def write(number: int, listed: dict[str, Any]) -> None:
        by = year.person(world.team_of(number)[0])
        words = {"believed": listed["believed"], "saw": listed["saw"], "would_do": listed["would"]}
        lesson = Lesson.write(ideas[number], title=listed["title"], went=listed["went"], by=by, **words)
        lesson.show(by=by)

    for project in world.projects():
        for listed in project.get("lesson", []):
            year.at(f"{listed['on']}T15:20", write, project["number"], listed)


def show(year: Year, ideas: dict[int, Idea]) -> None:
    """The open page of each project, written by the team and agreed with the lead."""

    def publish(project: dict[str, Any]) -> None:
        number, listed = project["number"], project["showcase"]
        team = year.person(world.team_of(number)[0])
        page = Showcase.begin(ideas[number], by=team)
        page.change(
            by=team, summary=listed["lead"], challenge=listed["challenge"], core=listed["core"],
            adapting=listed["adapt"], setback=listed["failed"], cost=project["final"]["amount"],
            hours=listed["hours"], contact=year.person(listed["contact"]),
        )  # fmt: skip
        page.agree(as_lead=False, by=team)
        page.agree(as_lead=True, by=whose_case(year, number))

    for project in world.funded():
        year.at(project["showcase"]["published"], publish, project)


def hold_conference(year: Year, round: Round, ideas: dict[int, Idea]) -> None:
    """20 January: all eight on stage, after a week in which something is still missing."""
    listed, lead = world.read("conference"), year.person("ingrid")
    talks = {project["number"]: project["talk"] for project in world.funded()}
    held: list[Conference] = []

    def call() -> None:
        gathering = Gathering.arrange(
            round, kind=Gathering.Kind.CONFERENCE, title=year.text(listed["title"], CONFERENCE_CALLED),
            description=listed["description"], place=listed["place"], capacity=listed["capacity"],
            starts_at=year.calendar.moment(listed["starts"]), ends_at=year.calendar.moment(listed["ends"]), by=lead,
        )  # fmt: skip
        held.append(Conference.begin(gathering, due_at=year.calendar.moment(listed["material_by"]), by=lead))

    def make_programme() -> None:
        for item in listed["item"]:
            talk = talks.get(item.get("project"), {})
            slot = Slot.add(
                held[0], title=talk.get("title", item.get("title", "")), abstract=talk.get("abstract", ""),
                idea=ideas.get(item.get("project")), minutes=item["minutes"],
                starts_at=year.calendar.moment(listed["starts"][:10], item["starts"]), by=lead,
            )  # fmt: skip
            name = talk.get("speaker", item.get("speaker"))
            if name and "consent" in talk.get("ready", ["consent"]):
                slot.name_speaker(person=year.person(name), by=lead)

    year.at(CONFERENCE_CALLED, call)
    year.at(PROGRAMME_MADE, make_programme)
    year.at(listed["published"], lambda: Release.make(held[0], by=lead))


def give_prizes(year: Year, round: Round, ideas: dict[int, Idea]) -> None:
    def give(listed: dict[str, Any]) -> None:
        Prize.begin(round, by=year.person("ingrid"))
        prize = Prize.objects.get(round=round, name=listed["name"])
        award = Award.give(prize, ideas[listed["project"]], reason=listed["reason"], by=year.person("ingrid"))
        award.announce(by=year.person("ingrid"))

    for listed in world.read("together")["prize"]:
        year.at(listed["at"], give, listed)


def tell(year: Year, round: Round, ideas: dict[int, Idea]) -> None:
    """Stories, published as they are written."""

    def publish(listed: dict[str, Any]) -> None:
        by, at = year.person(listed["by"]), listed["at"]
        story = Story.begin(
            by=by, round=round, ideas=[ideas[number] for number in listed["projects"]], title=listed["title"],
            intro=year.text(listed["lead"], at), text=year.text(listed["body"], at), drawing=listed.get("picture", ""),
        )  # fmt: skip
        story.publish(by=by)

    for listed in world.read("stories")["story"]:
        year.at(listed["at"], publish, listed)
