"""Name and unit stand everywhere as they were handed in; another one comes with the next version."""

import datetime as dt

import pytest
from django.urls import reverse

from oppdrift.applications.models import Application
from oppdrift.history.models import Event
from oppdrift.ideas.models import Decision
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import make_person, make_round, make_unit
from tests.scenes import starts_from


def make_handed_in():
    nora = make_person(unit=make_unit("Fjordvik skole"))
    begun = Application.begin(make_round(lead=make_person()), by=nora, title="Nattro", unit=nora.unit)
    begun.write_all({"challenge": "Uro om natten.", "amount": "100 000"}, by=nora)
    begun.submit(by=nora)
    return begun, nora


pytestmark = [pytest.mark.django_db, starts_from(make_handed_in)]


@pytest.fixture
def application(scene):
    return scene[0]


@pytest.fixture
def nora(scene):
    return scene[1]


def test_a_draft_is_renamed_at_once(nora):
    draft = Application.begin(make_round(), by=nora, title="Nattro", unit=nora.unit)

    draft.rename("Ro om natten", make_unit("Moen skole"), by=nora)

    draft.idea.refresh_from_db()
    assert (draft.idea.title, draft.idea.unit_name, draft.next_title) == ("Ro om natten", "Moen skole", "")


def test_what_is_handed_in_keeps_its_name_until_the_next_version(application, nora):
    moen = make_unit("Moen skole")
    application.reopen(by=nora)

    application.rename("Ro om natten", moen, by=nora)

    application.idea.refresh_from_db()
    assert (application.idea.title, application.idea.unit_name) == ("Nattro", "Fjordvik skole")
    assert (application.title, application.unit) == ("Ro om natten", moen)
    assert application.differs()

    second = application.submit(by=nora)

    application.idea.refresh_from_db()
    assert (application.idea.title, application.idea.unit_name) == ("Ro om natten", "Moen skole")
    assert (second.title, second.unit_name) == ("Ro om natten", "Moen skole")
    first = application.versions.get(number=1)
    assert (first.title, first.unit_name) == ("Nattro", "Fjordvik skole")
    assert (application.next_title, application.next_unit) == ("", None)


def test_a_clearer_version_may_have_a_clearer_name(application, nora):
    application.open_for_improvement(now() + dt.timedelta(days=5), by=make_person())
    application.rename("Ro om natten", nora.unit, by=nora)

    application.revise(by=nora)

    application.idea.refresh_from_db()
    assert application.idea.title == "Ro om natten"


def test_back_to_the_name_it_has_changes_nothing(application, nora):
    application.reopen(by=nora)
    application.rename("Ro om natten", nora.unit, by=nora)

    application.rename("Nattro", nora.unit, by=nora)

    assert application.next_title == ""
    assert not application.differs()
    assert Event.objects.filter(verb="application.renamed").count() == 2


def test_the_idea_itself_is_not_renamed_beside_it(client, application, nora):
    client.force_login(nora)

    page = client.get(reverse("ideas:edit", args=[application.idea_id])).content.decode()

    assert 'name="title"' not in page
    assert "Nattro" in page
    with pytest.raises(NotNow):
        application.idea.change(by=nora, title="Noe annet")
    application.idea.change(by=nora, wish="Ro.")


def test_once_it_is_decided_the_name_is_free(application, nora):
    lead = application.round.lead_in_charge()
    decision = Decision.make(application.idea, "final", "admitted", reason="Ja", by=lead)
    Decision.release([decision], by=lead)

    application.idea.change(by=nora, title="Nattro i drift")

    assert application.idea.title == "Nattro i drift"


def test_what_comes_back_is_called_as_it_was_handed_in(application, nora):
    application.withdraw(by=nora)
    application.idea.refresh_from_db()
    application.idea.change(by=nora, title="Noe annet")
    application = Application.objects.get()

    application.bring_back(by=nora)

    application.idea.refresh_from_db()
    assert application.idea.title == "Nattro"
    assert application.next_title == "Noe annet"


def test_lists_of_the_lead_show_what_was_handed_in(client, application, nora):
    application.reopen(by=nora)
    application.rename("Ro om natten", nora.unit, by=nora)
    client.force_login(application.round.lead_in_charge())

    page = client.get(reverse("applications:list", args=[application.round_id])).content.decode()

    assert "Nattro" in page
    assert "Ro om natten" not in page
