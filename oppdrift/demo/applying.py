"""Winter: teams write, leaders answer, applications come in, and one comes twenty minutes late."""

from contextlib import suppress
from typing import Any

from oppdrift.applications.models import Application, Endorsement
from oppdrift.applications.models.handing_in import TooLate
from oppdrift.ideas.models import Idea
from oppdrift.rounds.models import Round
from oppdrift.toolbox.money import grouped

from . import world
from .story import Story, later


def write_applications(story: Story, round: Round, ideas: dict[str, Idea]) -> dict[int, Application]:
    """Drafts from the middle of January, handed in when their files say."""
    applications: dict[int, Application] = {}
    for listed in world.applications():
        write_one(story, round, ideas, applications, listed)
    return applications


def texts_of(story: Story, answers: dict[str, Any], written: str) -> dict[str, str]:
    """Answers as the team typed them."""
    return {
        key: grouped(value) if key == "amount" else story.text(str(value), written) for key, value in answers.items()
    }


def write_one(
    story: Story, round: Round, ideas: dict[str, Idea], applications: dict[int, Application], listed: dict[str, Any]
) -> None:
    number, submitted = listed["number"], listed["submitted"]
    team = [story.person(member["name"]) for member in listed["team"]]
    begun = max(later(submitted, days=-12), "2019-01-16T09:00")
    texts = list(texts_of(story, listed["answers"], submitted).items())
    asked = max(later(f"{listed['leader']['answered']}T08:30", days=-4), later(begun, days=1))
    answered = max(f"{listed['leader']['answered']}T14:10", later(asked, hours=3))
    if answered > submitted:
        answered = later(submitted, minutes=-40)

    def begin() -> None:
        applications[number] = Application.begin(round, by=team[0], idea=ideas[listed["title"]])

    def write(part: list[tuple[str, str]], place: int) -> None:
        applications[number].write_all(dict(part), by=team[place % len(team)])

    def ask() -> None:
        name = listed["leader"]["name"]
        Endorsement.ask(applications[number], name=name, address=world.address(name), by=team[0])

    def answer() -> None:
        leader = listed["leader"]
        question = applications[number].endorsements.in_force().get()
        question.give_answer(
            leader["answer"], hours=leader.get("hours"), words=story.text(leader["words"], answered),
            by=story.person(leader["name"]),
        )  # fmt: skip

    def submit() -> None:
        with suppress(TooLate):  # one team is late, and the refusal is remembered
            applications[number].submit(by=team[0])

    story.at(begun, begin)
    sittings = 3
    for place in range(sittings):
        part = texts[place * len(texts) // sittings : (place + 1) * len(texts) // sittings]
        latest = later(submitted, minutes=-20 - 5 * (sittings - place))
        when = min(later(begun, days=place * 4, hours=place + 1), latest)
        story.at(when, write, part, place)
    story.at(asked, ask)
    story.at(answered, answer)
    story.at(submitted, submit)
