"""Spring: who has ties, who reads what, what they think; the unclear ones come back; eight are picked."""

from typing import Any

from oppdrift.applications.models import Application
from oppdrift.assessing import shortlist
from oppdrift.assessing.models import Assessment, Assignment, Declaration, Improvement
from oppdrift.assessing.models.judgement import Given, Judgement
from oppdrift.gatherings.models import Gathering
from oppdrift.history.models import Message
from oppdrift.people.models import Person

from . import world
from .applying import texts_of
from .beginning import sign_up
from .story import Story, later

ASSESSORS = ["berit", "emil", "tor-erik", "amina", "sigrid", "per-olav"]
DECLARED, ASSIGNED = "2019-02-18T09:00", "2019-02-18T14:00"
# The unclear ones are read first, so that their teams can be invited in time.
UNCLEAR_READ_BY = "2019-02-27T15:00"
INVITED, LET_GO, REVISED_BY = "2019-02-28T10:00", "2019-02-28T10:30", "2019-03-12T12:00"
WORKSHOP = "forbedringsverksted"
DECIDED = "2019-03-18T16:00"
# (who, application): why. The programme lead is one of them, so the substitute has that case.
TIES = {
    ("ingrid", 4): ("family", "Søsteren min er i teamet."),
    ("sigrid", 2): ("family", "Svigerinnen min leder avdelingen det gjelder."),
    ("per-olav", 18): ("role", "Jeg sitter i styringsgruppen for eiendomsstrategien."),
}
UNSURE = {
    ("emil", 9): (
        "Jeg var nabo til prosjektlederen for noen år siden.",
        "Et gammelt naboskap er ikke en særlig tilknytning.",
    )
}


def handed_in() -> list[dict[str, Any]]:
    """The 25 that came in time."""
    return [listed for listed in world.applications() if not listed.get("late")]


def whose_case(story: Story, number: int) -> Person:
    """Who runs the case of this application: the lead, or the substitute where the lead has ties."""
    return story.person("marius" if ("ingrid", number) in TIES else "ingrid")


def declare_ties(story: Story, applications: dict[int, Application]) -> None:
    """Everybody who will judge says whether they may, before reading a line."""

    def declare(slug: str, among: list[int]) -> None:
        for number in among:
            ground, relation = TIES.get((slug, number), ("", ""))
            answer = "disqualified" if ground else "unsure" if (slug, number) in UNSURE else "none"
            said = relation or UNSURE.get((slug, number), ("",))[0]
            Declaration.declare(
                applications[number].idea, answer, by=story.person(slug), ground=ground, relation=said
            )  # fmt: skip

    def settle(slug: str, number: int, reason: str) -> None:
        said = Declaration.objects.get(idea=applications[number].idea, person=story.person(slug))
        said.settle(Declaration.Settled.IMPARTIAL, reason=reason, by=whose_case(story, number))

    numbers = [listed["number"] for listed in handed_in()]
    story.at("2019-02-15T14:00", declare, "ingrid", numbers)
    story.at("2019-02-15T14:30", declare, "marius", [number for slug, number in TIES if slug == "ingrid"])
    for place, slug in enumerate(ASSESSORS):
        story.at(later(DECLARED, minutes=25 * place), declare, slug, numbers)
    for (slug, number), (_said, reason) in UNSURE.items():
        story.at(later(DECLARED, hours=4), settle, slug, number, reason)


def assign(story: Story, applications: dict[int, Application]) -> None:
    """Three readers each, by hand."""

    def give() -> None:
        for listed in handed_in():
            number = listed["number"]
            for slug in dict.fromkeys(one["assessor"] for one in listed["assessment"]):
                Assignment.give(applications[number], story.person(slug), by=whose_case(story, number))

    story.at(ASSIGNED, give)


def assess(story: Story, applications: dict[int, Application]) -> None:
    for listed in handed_in():
        for one in listed["assessment"]:
            when = one["handed_in"]
            if one["version"] == 1 and "improvement" in listed:
                when = min(when, UNCLEAR_READ_BY)
            story.at(when, hand_in, story, applications, listed["number"], one)


def hand_in(story: Story, applications: dict[int, Application], number: int, one: dict[str, Any]) -> None:
    written = one["handed_in"]
    unclear = one.get("unclear", {})
    reasons = one.get("reasons", {})
    scores: dict[str, Given] = {"ordinary": Given(passed=one["ordinary"], comment=reasons.get("ordinary", ""))}
    for key, points in one["scores"].items():
        scores[key] = Given(
            points=points, comment=story.text(reasons.get(key, ""), written),
            is_unclear=key in unclear, unclear=story.text(unclear.get(key, ""), written),
        )  # fmt: skip
    judgement = Judgement(
        scores, one["fit"], story.text(one["to_team"], written), story.text(one.get("among", ""), written)
    )
    Assessment.hand_in(applications[number], judgement, by=story.person(one["assessor"]))


def improve(story: Story, applications: dict[int, Application], held: dict[str, Gathering]) -> None:
    """Five are asked to make it clearer; four teams come to the workshop and hand in anew."""
    unclear = [listed for listed in handed_in() if "improvement" in listed]

    def invite(listed: dict[str, Any]) -> None:
        by = whose_case(story, listed["number"])
        prepared = Improvement.prepare(
            applications[listed["number"]], unclear=story.text(listed["improvement"]["unclear"], INVITED),
            until=story.calendar.moment(REVISED_BY), gathering=held[WORKSHOP], by=by,
        )  # fmt: skip
        prepared.invite(by=by)

    def let_go() -> None:
        Message.objects.filter(kind="unclear_invitation").let_go(by=story.person("ingrid"))

    for place, listed in enumerate(unclear):
        story.at(later(INVITED, minutes=place), invite, listed)
        if "revised" in listed:
            come_back(story, applications, held, listed, place)
    story.at(LET_GO, let_go)


def come_back(
    story: Story, applications: dict[int, Application], held: dict[str, Gathering], listed: dict[str, Any], place: int
) -> None:
    """Two or three of the team come to the workshop, and the new version is handed in on its day."""
    number, revised = listed["number"], listed["revised"]
    team = [story.person(member["name"]) for member in listed["team"]]
    submitted = revised["submitted"]

    def revise() -> None:
        applications[number].revise(by=team[0], changed=story.text(revised["changed"], submitted))

    def write() -> None:
        texts = texts_of(story, revised["answers"], submitted)
        applications[number].write_all(texts, by=team[0])

    for turn, person in enumerate(team[:3]):
        story.at(later(LET_GO, hours=2 + turn, minutes=17 * place + turn), sign_up, held, WORKSHOP, person)
    story.at(later(submitted, hours=-2), write)
    story.at(submitted, revise)


def pick(story: Story, applications: dict[int, Application]) -> None:
    """An outcome with a reason for each, and letters in the outbox; nobody is told yet."""

    def decide(listed: dict[str, Any]) -> None:
        said = listed["decision"]
        shortlist.decide(
            applications[listed["number"]], said["outcome"], reason=story.text(said["reason"], DECIDED),
            by=whose_case(story, listed["number"]),
        )  # fmt: skip

    for place, listed in enumerate(handed_in()):
        story.at(later(DECIDED, minutes=place), decide, listed)
