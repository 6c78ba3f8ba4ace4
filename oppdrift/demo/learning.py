"""The leadership programme beside the projects: who takes part, the modules and who came to them, what they thought
afterwards, and how it goes with what the leaders promised."""

from typing import Any

from oppdrift.applications.models import Promise
from oppdrift.gatherings.models import Gathering, SignUp
from oppdrift.history.models import Message
from oppdrift.ideas.models import Idea
from oppdrift.leadership.models import FollowUp, Participation, Reflection
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Round

from . import world
from .beginning import sign_up
from .story import Story, later

CALLED, INVITED = "2019-05-02T09:00", "2019-05-03T10:00"


def lead_and_learn(story: Story, round: Round, ideas: dict[int, Idea]) -> None:
    """Leaders and enthusiasts of four units, one of them without a project yet."""
    listed, lead = world.read("leadership"), story.person("ingrid")
    held: dict[str, Gathering] = {}

    def call(module: dict[str, Any]) -> None:
        held[module["slug"]] = Gathering.arrange(
            round, kind=Gathering.Kind.LUP_MODULE, title=module["title"], description=module["description"],
            place=module["place"], starts_at=story.calendar.moment(module["starts"]),
            ends_at=story.calendar.moment(module["ends"]), by_invitation=True, by=lead,
        )  # fmt: skip

    def invite(unit: dict[str, Any]) -> None:
        known = Unit.objects.get(name=unit["name"])
        Participation.invite(round, known, story.person(unit["leader"]), "leader", by=lead)
        for name in unit["enthusiasts"]:
            Participation.invite(round, known, story.person(name), "enthusiast", by=lead)
        Message.objects.filter(kind="lup_invitation").let_go(by=lead)

    def reflect(said: dict[str, Any]) -> None:
        by = story.person(said["by"])
        written = Reflection.write(
            Participation.objects.get(round=round, person=by), said["method"], by=by,
            idea=ideas.get(said.get("project", 0)), tried=said["tried"], saw=said["saw"], differently=said["different"],
        )  # fmt: skip
        if said["shared"]:
            written.share(by=by)

    for module in listed["module"]:
        story.at(CALLED, call, module)
        story.at(later(module["ends"], minutes=30), note, held, module, lead)
    for place, unit in enumerate(listed["unit"]):
        story.at(later(INVITED, minutes=10 * place), invite, unit)
        for turn, name in enumerate([unit["leader"], *unit["enthusiasts"]]):
            for module in listed["module"]:
                when = later(INVITED, days=1 + turn, minutes=place)
                story.at(when, sign_up, held, module["slug"], story.person(name))
    for said in listed["reflection"]:
        story.at(said["at"], reflect, said)
    for said in listed["follow_up"]:
        story.at(said["at"], follow_up, story, held, ideas, said)


def note(held: dict[str, Gathering], module: dict[str, Any], lead: Person) -> None:
    """Of those who take part, all came but the absent."""
    gathering = held[module["slug"]]
    for row in Participation.objects.in_force().in_round(gathering.round).select_related("person"):
        SignUp.note_presence(gathering, row.person, row.person.name not in module["absent"], by=lead)


def follow_up(story: Story, held: dict[str, Gathering], ideas: dict[int, Idea], said: dict[str, Any]) -> None:
    """A leader says at a module how it goes with what they promised."""
    promise = Promise.objects.in_force().get(idea=ideas[said["project"]], giver=Promise.Giver.LEADER)
    words = story.text(said["words"], said["at"])
    FollowUp.say(promise, said["state"], words=words, module=held[said["module"]], by=story.person(said["by"]))
