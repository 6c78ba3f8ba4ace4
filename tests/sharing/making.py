"""Projects, pages and conferences with valid defaults."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from oppdrift.gatherings.models import Gathering
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.sharing.models import Conference, Showcase
from oppdrift.toolbox.clock import now
from tests.factories import make_gathering, make_idea, make_person, make_round

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def picture(name: str = "bilde.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, content_type="image/png")


def pdf(name: str = "lysbilder.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n%%EOF\n", content_type="application/pdf")


def make_project(*, round: Round | None = None, team: list[Person] | None = None, amount=145_000, **fields) -> Idea:
    """An idea that was admitted, and whose team knows it."""
    round = round or make_round(lead=make_person())
    idea = make_idea(team=team, round=round, **fields)
    lead = round.lead_in_charge()
    decision = Decision.make(idea, "final", "admitted", reason="Godt behov.", by=lead, amount=amount)
    Decision.release([decision], by=lead)
    return idea


TEXTS = {
    "summary": "Innbyggeren svarer på fire spørsmål før teknikeren reiser.",
    "challenge": "I fire av ti oppdrag måtte teknikeren reise to ganger.",
    "core": "En tekstmelding med fire spørsmål og en lenke til å ta bilde.",
}


def make_showcase(idea: Idea | None = None, *, published: bool = False, **fields) -> Showcase:
    idea = idea or make_project()
    team, lead = idea.team().first().person, idea.round.lead_in_charge()
    made = Showcase.begin(idea, by=team)
    made.change(by=team, **{**TEXTS, **fields})
    if published:
        made.agree(as_lead=False, by=team)
        made.agree(as_lead=True, by=lead)
    return made


def make_conference(round: Round | None = None, *, days: float = 20, hours: int = 6, **fields) -> Conference:
    round = round or make_round(lead=make_person())
    gathering = make_gathering(
        round=round, kind=Gathering.Kind.CONFERENCE, title="Oppdriftskonferansen",
        starts_at=(now() + dt.timedelta(days=days)).replace(minute=0, second=0, microsecond=0), hours=hours,
    )  # fmt: skip
    return Conference.begin(gathering, by=round.lead_in_charge(), **fields)
