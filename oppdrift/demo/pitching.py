"""Spring: eight teams are told, rehearse, and pitch to a panel of 24 that cannot choose among them."""

import datetime as dt
from typing import Any

from oppdrift.applications.models import Application
from oppdrift.assessing import shortlist
from oppdrift.assessing.models import OfferAnswer
from oppdrift.gatherings.models import Gathering
from oppdrift.pitching.models import Ballot, Pitch, PitchDay, Rehearsal, Seat
from oppdrift.pitching.models.ballot import POINTS
from oppdrift.rounds.models import Round

from . import world
from .story import Story, later

RELEASED = "2019-03-20T09:00"
SLOTS_MADE, MADE, SEATED = "2019-03-21T10:00", "2019-03-27T10:00", "2019-04-17T09:00"
TRAININGS = ["pitchetrening-1", "pitchetrening-2"]
SLOT_MINUTES = 20
# How long the teams took at each training, in seconds. Nobody was in time the first time.
TOOK = {
    1: (291, 188), 2: (262, 184), 3: (233, 176), 4: (205, 171),
    5: (312, 190), 6: (244, 180), 7: (276, 193), 8: (221, 178),
}  # fmt: skip
ADVICE = {
    1: ("Nadia Rahimi", "Begynn med gata i Nordbyen. Loggerne kan komme etterpå."),
    2: ("Trine Halvorsen", "Si setningen om de to som gikk runden likevel. Da trodde jeg på dere."),
    5: ("Ida Sofie Holm", "La Mateusz lese brevet høyt. Det er hele pitchen."),
    7: ("Hanne Rugsveen", "Hvem låser seg inn? Svar på det før noen spør."),
}
BEGINS, ENDS = "2019-04-24T09:00", "2019-04-24T11:30"
FIRST_CALLED = "2019-04-24T09:06:00"
PAUSE_AFTER = 4
LETTERS = {"y": "yes", "p": "partly", "n": "no"}


def release(story: Story, round: Round, applications: dict[int, Application]) -> None:
    """Everybody is told on the same day. The eight say yes, and so do two who are offered guidance."""

    def answer(number: int) -> None:
        offer = OfferAnswer.objects.told().get(decision__idea=applications[number].idea, decision__stage="shortlist")
        offer.give(OfferAnswer.Choice.YES, by=story.person(world.team_of(number)[0]))

    story.at(RELEASED, lambda: shortlist.release(round, by=story.person("ingrid")))
    for place, project in enumerate(world.projects()):
        when = project.get("accepted", later(RELEASED, days=place % 4, hours=3, minutes=7 * place))
        story.at(when, answer, project["number"])


def rehearse(story: Story, applications: dict[int, Application], held: dict[str, Gathering]) -> None:
    """Slots at both trainings, booked by the teams, run by the clock of the day."""
    starts = {listed["slug"]: listed["starts"] for listed in world.read("gatherings")["gathering"]}
    slots: dict[str, list[Rehearsal]] = {}

    def make(slug: str) -> None:
        slots[slug] = Rehearsal.make(
            held[slug], starts_at=story.calendar.moment(starts[slug]), minutes=SLOT_MINUTES, number=9,
            by=story.person("ingrid"),
        )  # fmt: skip

    def book(slug: str, place: int, number: int) -> None:
        slots[slug][place].book(applications[number].idea, by=story.person(world.team_of(number)[0]))

    def run(slug: str, place: int, command: str) -> None:
        slots[slug][place].run(command, by=story.person("ingrid"))

    def advise(slug: str, place: int, by: str, words: str) -> None:
        slots[slug][place].advise({}, words, by=story.person(by))

    for turn, slug in enumerate(TRAININGS):
        story.at(SLOTS_MADE, make, slug)
        for place, project in enumerate(world.funded()):
            number = project["number"]
            begins = later(starts[slug], minutes=SLOT_MINUTES * place + 2)
            story.at(later(SLOTS_MADE, hours=2 + 3 * place + turn), book, slug, place, number)
            story.at(begins, run, slug, place, "start")
            story.at(seconds_after(begins, TOOK[number][turn]), run, slug, place, "end")
            if turn == 0 and number in ADVICE:
                story.at(later(begins, minutes=8), advise, slug, place, *ADVICE[number])


def prepare(story: Story, round: Round, applications: dict[int, Application]) -> None:
    """The day is made, the panel has its links, and most have said whether they have ties."""
    listed = world.read("pitch")
    ties = {(tie["member"], tie["project"]): tie for tie in listed["tie"]}

    def make() -> None:
        PitchDay.make(
            round, starts_at=story.calendar.moment(BEGINS), ends_at=story.calendar.moment(ENDS),
            place="Formannskapssalen, rådhuset", seed=listed["seed"], break_after=PAUSE_AFTER,
            by=story.person("ingrid"),
        )  # fmt: skip

    def seat() -> None:
        Seat.make_all(day_of(round), by=story.person("ingrid"))

    def declare(slug: str) -> None:
        held = Seat.objects.get(day__round=round, person=story.person(slug))
        for pitch in held.pitches().filter(is_declared=False, is_barred=False):
            tie = ties.get((slug, number_of(applications, pitch)))
            if tie:
                held.declare(pitch, "disqualified", ground=tie["ground"], relation=tie["relation"])
            else:
                held.declare(pitch, "none")

    story.at(MADE, make)
    story.at(SEATED, seat)
    for place, slug in enumerate(panel()):
        story.at(later(SEATED, hours=2 * place, minutes=11), declare, slug)


def pitch(story: Story, round: Round, applications: dict[int, Application]) -> None:
    """Three minutes each, in the order that was drawn; taps come while the team answers questions."""
    projects = {project["number"]: project for project in world.funded()}
    ballots = {listed["project"]: listed["given"] for listed in world.read("pitch")["ballots"]}

    def hold() -> None:
        """The whole morning, when it has come: the order is known only then."""
        at = FIRST_CALLED
        for pitch in day_of(round).pitches.on_stage().select_related("idea"):
            number = number_of(applications, pitch)
            of_pitch = projects[number]["pitch"]
            begins = seconds_after(at, 40)
            asked = seconds_after(begins, of_pitch["seconds"])
            story.at(at, command, "next")
            story.at(begins, command, "start")
            story.at(asked, command, "over_to_questions")
            for place, (slug, given) in enumerate(ballots[number].items()):
                story.at(seconds_after(asked, 5 + 4 * place), tap, number, slug, given)
            at = seconds_after(asked, of_pitch["questions"])
            if pitch.order == PAUSE_AFTER:
                story.at(at, command, "take_break")
                at = later(at, minutes=10)
        story.at(at, command, "next")
        story.at(later(at, minutes=6), lambda: day_of(round).lock_voting(by=story.person("ingrid")))

    def command(name: str) -> None:
        day = day_of(round)
        day.command(name, by=story.person("ingrid"), seen=day.on_id)

    def tap(number: int, slug: str, given: str) -> None:
        seat = Seat.objects.select_related("day", "person").get(day__round=round, person=story.person(slug))
        on = seat.pitches().get(idea=applications[number].idea)
        of_project = projects[number]
        criteria = seat.day.criteria()
        quality = [criterion for criterion in criteria if criterion.kind == "quality"]
        taps: dict[str, Any] = {
            POINTS + criterion.key: int(points) for criterion, points in zip(quality, given, strict=False)
        }
        taps["fit"] = LETTERS[given[-1]]
        taps["opens_door"] = slug in of_project["pitch"]["doors"]
        words = [word["text"] for word in of_project.get("word", []) if word["by"] == slug]
        taps["to_team"] = words[0] if words else ""
        Ballot.receive(seat, on, taps, criteria=criteria)

    story.at(BEGINS, hold)


def day_of(round: Round) -> PitchDay:
    return PitchDay.objects.select_related("round").get(round=round)


def number_of(applications: dict[int, Application], pitch: Pitch) -> int:
    return next(number for number, application in applications.items() if application.idea_id == pitch.idea_id)


def panel() -> list[str]:
    return [person["slug"] for person in world.read("people")["person"] if "panel" in person["roles"]]


def seconds_after(reference: str, seconds: int) -> str:
    """`later` in seconds."""
    return (dt.datetime.fromisoformat(reference) + dt.timedelta(seconds=seconds)).isoformat(timespec="seconds")
