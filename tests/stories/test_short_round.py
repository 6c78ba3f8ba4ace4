"""A round of call, assessment and decision only: from the first application to the protocol, with no trace of the rest.

The deeds are the domain's; what people meet on the way is read on their pages, in bokmål.
"""

import datetime as dt
import re

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from oppdrift.applications.models import Application
from oppdrift.assessing.models import Assessment, Assignment, Declaration, OfferAnswer
from oppdrift.deciding import final, protocol
from oppdrift.deciding.models import Sitting
from oppdrift.history.models import Event, Message
from oppdrift.ideas.models import Decision
from oppdrift.people.models import Person
from oppdrift.rounds.models import Milestone, Role, Round, Stage
from oppdrift.toolbox.clock import local
from tests.assessing.making import all_given
from tests.factories import make_person, make_round, make_unit

pytestmark = pytest.mark.django_db

# Words of stages that this round does not use.
UNUSED = re.compile(r"pitch|utvalgte|forbedring|shortlist|høstprogram|fellessamling|LUP|konferanse|panel", re.I)
ELSEWHERE = re.compile(r"<(header|footer)\b.*?</\1>", re.S)


@pytest.fixture
def files(tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def begin(time_machine) -> tuple[Round, Person, list[Person]]:
    """A round that takes applications, three who will assess them, and nobody else."""
    time_machine.move_to(local(2027, 1, 11, 9))
    lead = make_person("Ingrid Solhaug", language="nb")
    round = make_round(
        lead=lead, name="Kortrunden", year=2027, stages=[Stage.IDEAS, Stage.CALL, Stage.ASSESSING, Stage.DECIDING],
        opens_at=local(2027, 1, 4), deadline=local(2027, 2, 12, 12), assess_by=local(2027, 3, 5, 16),
        shortlist_places=None, guidance_hours=None, budget=500_000, places_from=1, places_to=2, call_text="Søk nå.",
    )  # fmt: skip
    judges = [make_person(name, language="nb") for name in ("Amina Lunde", "Tor Myhre", "Berit Aune")]
    Milestone(round=round).change(
        by=lead, kind=Milestone.Kind.DECISION, name="Beslutning", at=local(2027, 3, 8), until=None, whole_day=True
    )
    for judge in judges:
        round.give_role(judge, Role.Kind.ASSESSOR, by=lead)
    return round, lead, judges


def apply(round: Round, name: str, title: str, amount: str) -> Application:
    writer = make_person(name, language="nb", unit=make_unit(f"Virksomheten til {name}"))
    application = Application.begin(round, by=writer, title=title, unit=writer.unit)
    application.write_all({"challenge": "Vi bruker for lang tid.", "amount": amount}, by=writer)
    application.submit(by=writer)
    return application


def assess(application: Application, judges: list[Person], lead: Person, points: tuple[int, ...]) -> None:
    for judge, given in zip(judges, points, strict=True):
        Declaration.declare(application.idea, "none", by=judge)
        Assignment.give(application, judge, by=lead)
        Assessment.hand_in(application, all_given(given, given, to_team="Fin tanke."), by=judge)


def read(person: Person, name: str, *args) -> str:
    """A page as the person reads it."""
    client = Client()
    client.force_login(person)
    response = client.get(reverse(name, args=args), follow=True)
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode().replace("\xa0", " ")


def traces(page: str) -> list[str]:
    """Words of unused stages in what the page says; its menu is looked at apart."""
    text = re.sub(r"<[^>]*>", " ", ELSEWHERE.sub("", page))
    return UNUSED.findall(text)


def menu_of(page: str) -> list[str]:
    nav = re.search(r'<nav class="site-nav".*?</nav>', page, re.S)
    return re.findall(r">([^<>]+)</a>", nav[0]) if nav else []


def test_from_call_to_decision_with_no_trace_of_what_is_not_used(time_machine, files):
    round, lead, judges = begin(time_machine)
    nora = apply(round, "Nora Berg", "Færre bomturer", "200 000")
    jonas = apply(round, "Jonas Lie", "Brevet alle forstår", "250 000")
    eva = apply(round, "Eva Strand", "En app til", "400 000")
    team = [each.idea.team()[0].person for each in (nora, jonas, eva)]

    # Assessed
    time_machine.move_to(local(2027, 3, 4, 9))
    for application in (nora, jonas, eva):
        Declaration.declare(application.idea, "none", by=lead)
    assess(nora, judges, lead, (4, 4, 4))
    assess(jonas, judges, lead, (3, 4, 4))
    assess(eva, judges, lead, (2, 2, 3))
    for name in ("assessing:progress", "assessing:ranking"):
        assert traces(read(lead, name, round.pk)) == []
    assert traces(read(judges[0], "assessing:assess", nora.pk)) == []

    # Decided: the lead is led there
    time_machine.move_to(local(2027, 3, 8, 9))
    home = read(lead, "front:home")
    assert "Ta beslutning om 3 prosjekter" in home
    assert traces(home) == []
    assert "Beslutning" in menu_of(home)
    assert [place for place in menu_of(home) if UNUSED.search(place)] == []
    room = read(lead, "deciding:room", round.pk)
    assert "Poengene skiller nummer én og to fra nummer tre." in room
    assert "3 har vurdert." in room
    assert "Vil hjelpe" not in room
    assert traces(room) == []

    final.explain(round, "De to øverste gir mest for brukerne.", by=lead)
    final.decide(nora.idea, "admitted", by=lead)
    final.decide(jonas.idea, "admitted", amount=240_000, reason="Uten studieturen.", by=lead)
    final.decide(eva.idea, "declined", reason="Vi så ikke hvem som skulle bruke den.", by=lead)
    Sitting.plan(round, counter_signer=judges[0], present="Ingrid Solhaug\nAmina Lunde", by=lead)
    assert not Decision.objects.released().exists()
    assert traces(read(lead, "deciding:sitting", round.pk)) == []

    # Confirmed by another one, and told
    assert "Bekreft beslutningen" in read(judges[0], "front:home")
    page = read(judges[0], "deciding:confirm", round.pk)
    assert "440 000 kr" in page
    assert traces(page) == []
    final.confirm(round, by=judges[0])
    assert final.release(round, by=lead) == 3

    letters = Message.objects.filter(key__startswith="final:")
    assert sorted(letters.values_list("kind", flat=True)) == ["final_admitted", "final_admitted", "final_declined"]
    assert set(letters.values_list("state", flat=True)) == {"queued"}
    for letter in Message.objects.of(round):
        assert UNUSED.findall(letter.subject + letter.body) == [], letter.kind

    # The teams read and answer
    for person in team:
        assert traces(read(person, "front:home")) == []
    for person, application, words in zip(
        team, (nora, jonas, eva), ["200 000 kr", "240 000 kr", "går ikke videre"], strict=True
    ):
        page = read(person, "deciding:outcome", application.idea.pk)
        assert words in page
        assert "Fin tanke." in page, "what those who read it say is told here, where no shortlist has told it"
        assert traces(page) == []
        assert traces(read(person, "idea", application.idea.pk)) == []
    for person, application in zip(team[:2], (nora, jonas), strict=True):
        OfferAnswer.objects.get(decision__idea=application.idea).give("yes", by=person)

    # And it is kept
    made = protocol.make(round, by=lead)
    said = protocol.contents(made, lead)
    assert said["order"] is None
    assert UNUSED.findall(str(said).replace("nine of ten", "")) == []
    assert traces(read(lead, "deciding:protocols", round.pk)) == []
    year = read(lead, "front:year_of", round.pk)
    assert "2 prosjekter går videre" in re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", year))
    assert traces(year) == []
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"sitting.confirmed", "sitting.released", "protocol.made", "offer.accepted"} <= verbs
    assert not {verb for verb in verbs if verb.startswith(("shortlist.", "pitch", "ballot.", "unclear."))}


def test_a_team_that_says_no_makes_room_for_the_reserve(time_machine, files):
    round, lead, judges = begin(time_machine)
    first = apply(round, "Nora Berg", "Færre bomturer", "200 000")
    second = apply(round, "Jonas Lie", "Brevet alle forstår", "250 000")
    time_machine.move_to(local(2027, 3, 8, 9))
    for application in (first, second):
        Declaration.declare(application.idea, "none", by=lead)
        assess(application, judges, lead, (4, 4, 3))
    final.decide(first.idea, "admitted", reason="Mest for brukerne.", by=lead)
    final.decide(second.idea, "reserve", reason="Neste i rekken.", by=lead)
    signer = make_person("Solveig Rud", language="nb", runs_programme=True)
    final.confirm(round, by=signer)
    final.release(round, by=lead)

    offer = OfferAnswer.objects.get(decision__idea=first.idea)
    offer.give("no", by=first.idea.team()[0].person)

    page = read(lead, "deciding:sitting", round.pk)
    assert "«Færre bomturer» sier nei" in page
    assert "200 000 kr er ledig" in page
    final.decide(second.idea, "admitted", reason="En plass ble ledig.", by=lead)
    final.confirm(round, by=signer)
    time_machine.move_to(local(2027, 3, 9, 9))
    assert final.release(round, by=lead) == 1
    assert "Dere går videre, med 250 000 kr" in read(second.idea.team()[0].person, "deciding:outcome", second.idea.pk)
    told = Decision.objects.at("final").order_by("released_at").values_list("released_at", flat=True)
    assert told.last() - told.first() > dt.timedelta(hours=20), "a release of its own"
