"""The public pages of projects, and the ones they are made on, as each reader gets them."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from oppdrift.history.models import File
from oppdrift.sharing.models import Consent, Showcase
from oppdrift.sharing.steps import steps_for
from oppdrift.toolbox.clock import today
from tests.factories import make_person, make_round, make_unit
from tests.house import statements
from tests.scenes import starts_from
from tests.sharing.making import TEXTS, make_project, make_showcase, picture


def english(**fields):
    return make_person(language="en", **fields)


def make_admitted():
    lead, team = english(name="Ingrid Solhaug"), english(name="Hanne Brekke")
    idea = make_project(round=make_round(lead=lead, name="Kull 2024"), team=[team], title="Ett besøk holder")
    return SimpleNamespace(lead=lead, team=team, idea=idea)


pytestmark = [pytest.mark.django_db, starts_from(make_admitted)]


@pytest.fixture
def lead(scene):
    return scene.lead


@pytest.fixture
def team(scene):
    return scene.team


@pytest.fixture
def idea(scene):
    return scene.idea


def url(name, *args):
    return reverse(f"sharing:{name}", args=args)


def read(client, name, *args, status=200, query=""):
    answer = client.get(url(name, *args) + query)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer.content.decode()


def signed_in(client, person):
    client.force_login(person)
    return client


# Anybody


def test_a_stranger_reads_a_published_page_and_no_other(client, idea):
    showcase = make_showcase(idea, setback="Bilder fra eldre telefoner ble for mørke.")
    read(client, "project", idea.pk, status=404)

    publish(showcase)

    text = read(client, "project", idea.pk)
    assert "Ett besøk holder" in text
    assert "Bilder fra eldre telefoner" in text
    assert "Kull 2024" in text


def test_on_paper_the_address_to_ask_for_a_copy_is_written_out(client, idea, team, settings):
    settings.BASE_URL = "https://oppdrift.fjordvik.example"
    showcase = make_showcase(idea)
    address = f"https://oppdrift.fjordvik.example{reverse('benefits:copy', args=[idea.pk])}</p>"

    before = read(signed_in(client, team), "project", idea.pk)
    publish(showcase)

    assert address not in before
    assert f'<p class="on-paper breaks">We want to copy this: {address}' in read(client, "project", idea.pk)


def publish(showcase):
    showcase.agree(as_lead=False, by=showcase.idea.team().first().person)
    showcase.agree(as_lead=True, by=showcase.idea.round.lead_in_charge())


def test_a_page_costs_a_stranger_few_statements(client, idea):
    make_showcase(idea, published=True)
    read(client, "project", idea.pk)

    with statements() as asked:
        read(client, "project", idea.pk)

    assert len(asked) <= 4, "\n".join(sql[:200] for sql in asked)


def test_only_who_has_said_yes_is_named(client, idea, team):
    showcase = make_showcase(idea)
    showcase.name_contact(team, by=showcase.idea.round.lead_in_charge())
    publish(showcase)
    assert "Hanne Brekke" not in read(client, "project", idea.pk)

    showcase.answer_calls(by=team)
    assert "Hanne Brekke answers" not in read(client, "project", make_showcase(published=True).idea_id)
    assert "Hanne Brekke" in read(client, "project", idea.pk)

    showcase.answer_no_more(by=team)
    assert "Hanne Brekke" not in read(client, "project", idea.pk)


def test_the_picture_is_public_with_the_page_and_gone_with_the_consent(client, idea, team):
    showcase = make_showcase(idea)
    showcase.put_picture(picture(), alt="En tekniker ved en bil", people="some", by=team)
    publish(showcase)
    assert "En tekniker ved en bil" not in read(client, "project", idea.pk), "nobody has written down who said yes"
    read(client, "picture", idea.pk, status=404)

    consent = Consent.record_yes(showcase.picture, name="Per", how="written", given_on=today(), by=team)
    assert "En tekniker ved en bil" in read(client, "project", idea.pk)
    shown = client.get(url("picture", idea.pk))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert client.get(url("picture", idea.pk), headers={"If-None-Match": shown["ETag"]}).status_code == 304

    consent.withdraw(by=None)
    assert "En tekniker ved en bil" not in read(client, "project", idea.pk)
    read(client, "picture", idea.pk, status=404)
    assert not File.objects.exists()


def test_a_picture_of_things_needs_nobody_to_ask(client, idea, team):
    showcase = make_showcase(idea)
    showcase.put_picture(picture(), alt="En bil", people="nobody", by=team)
    read(client, "picture", idea.pk, status=404)

    publish(showcase)

    assert client.get(url("picture", idea.pk)).status_code == 200


def test_projects_are_found_by_words_cohort_and_service_area(client):
    health, school = make_unit("Helse og omsorg"), make_unit("Oppvekst")
    store = make_unit("Hjelpemiddellageret", parent=health)
    first, second = (
        make_round(lead=make_person(), name="Kull 2024", year=2024),
        make_round(lead=make_person(), year=2025),
    )
    make_showcase(make_project(round=first, title="Ett besøk", unit=store), published=True)
    make_showcase(make_project(round=second, title="Trygg skolevei", unit=school), published=True)
    make_showcase(make_project(round=second, title="Ikke publisert"))

    everything = read(client, "projects")
    assert "To prosjekter å kopiere fra" in everything
    assert "Ikke publisert" not in everything
    for query in (f"?area={health.pk}", f"?round={first.pk}", "?q=BESØK hjelpemiddel"):
        text = read(client, "projects", query=query)
        assert "Ett besøk" in text, query
        assert "Trygg skolevei" not in text, query
    assert "Ingen prosjekter" in read(client, "projects", query="?q=finnesikke")
    read(client, "projects", query="?area=tull&round=999")


def test_the_list_costs_the_same_however_many_there_are(client):
    def cost():
        with statements() as asked:
            read(client, "projects")
        return len(asked)

    make_showcase(published=True)
    one = cost()
    for _ in range(3):
        make_showcase(published=True)

    assert cost() == one
    assert one <= 10


def test_an_empty_list_says_what_comes(client):
    assert "Ingenting er publisert ennå" in read(client, "projects")


# Making it


def test_the_team_begins_edits_and_says_yes_and_the_lead_publishes(client, idea, team, lead):
    team_browser = signed_in(client, team)
    assert "no public page yet" in read(client, "showcase", idea.pk)
    team_browser.post(url("begin_showcase", idea.pk))

    answer = client.post(url("edit_showcase", idea.pk), {"title": "Ett besøk holder", **TEXTS, "hours": 420})
    assert answer.status_code == 302
    assert "This is how the page will look" in read(client, "project", idea.pk)
    client.post(url("agree", idea.pk, "team"))
    assert "waits for the programme lead" in read(client, "showcase", idea.pk)
    assert client.post(url("agree", idea.pk, "lead")).status_code == 403

    signed_in(client, lead)
    [step] = steps_for(lead)
    assert step.title.startswith("Read the page of «Ett besøk holder»")
    assert "Say yes and publish" in read(client, "showcase", idea.pk)
    client.post(url("agree", idea.pk, "lead"))

    showcase = Showcase.objects.published().get()
    assert showcase.hours == 420
    assert steps_for(lead) == []


def test_a_correction_becomes_a_step_of_the_lead(client, idea, team, lead):
    showcase = make_showcase(idea, published=True)
    showcase.change(by=team, setback="Bildene ble for mørke.")

    signed_in(client, lead)
    assert steps_for(lead)[0].title.startswith("Look over")
    client.post(url("look_over", idea.pk))

    assert steps_for(lead) == []


def test_somebody_who_is_named_is_asked_in_person(client, idea, team, lead):
    make_showcase(idea).name_contact(team, by=lead)

    signed_in(client, team)
    assert steps_for(team)[0].title.startswith("Say whether people may ask you")
    client.post(url("answer_calls", idea.pk), {"answer": "yes"})

    assert Showcase.objects.get().caller == team
    client.post(url("answer_calls", idea.pk), {"answer": "no"})
    assert Showcase.objects.get().contact is None


def test_a_picture_without_words_is_not_taken(client, idea, team):
    make_showcase(idea)
    signed_in(client, team)

    answer = client.post(url("put_picture", idea.pk), {"upload": picture(), "alt": "", "people": "nobody"})

    assert "What does it show?" in answer.content.decode()
    assert not File.objects.exists()


def test_the_page_in_the_making_is_for_those_who_make_it(client, idea):
    make_showcase(idea)

    signed_in(client, english())

    for name in ("showcase", "edit_showcase", "project"):
        read(client, name, idea.pk, status=404)


def test_the_record_of_the_idea_leads_to_the_page(client, idea, team):
    signed_in(client, team)
    assert url("showcase", idea.pk) in client.get(idea.get_absolute_url()).content.decode()
    make_showcase(idea, published=True)

    signed_in(client, english())

    assert url("project", idea.pk) in client.get(idea.get_absolute_url()).content.decode()
