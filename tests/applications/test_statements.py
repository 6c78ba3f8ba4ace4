"""Pages cost the same number of statements however much there is, and no more than the design allows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oppdrift.applications.menu import places_for
from oppdrift.applications.models import Application, Endorsement, Version
from oppdrift.applications.steps import steps_for
from oppdrift.ideas.models import Idea
from oppdrift.ideas.sight import ties
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.once import remembering
from tests.factories import alike, give_part, make_application, make_person, make_round, make_version

pytestmark = pytest.mark.django_db


def statements(deed) -> int:
    deed()  # content types and the like are remembered from the first time on
    with CaptureQueriesContext(
        connection,
    ) as captured:
        deed()
    return len(captured)


def one_and_three(deed, grow) -> tuple[int, int]:
    """The number of statements with one row, and with three."""
    grow()
    few = statements(deed)
    grow()
    grow()
    return few, statements(deed)


def test_the_list_costs_at_most_ten_statements(client):
    lead = make_person()
    spring = make_round(lead=lead)
    client.force_login(lead)
    address = reverse("applications:list", args=[spring.pk])

    few, many = one_and_three(
        lambda: client.get(address, {"q": "idé", "sort": "title"}),
        lambda: make_application(round=spring, submitted=True),
    )

    assert few == many
    assert many - around(client) <= 10


def test_fifty_rows_are_at_most_thirty_thousand_signs(client):
    lead = make_person()
    spring = make_round(lead=lead)
    make_alike(make_application(round=spring, title="En søknad med et vanlig navn", submitted=True), 54)
    client.force_login(lead)

    page = client.get(reverse("applications:list", args=[spring.pk]))

    assert page.content.count(b'<th scope="row">') == 50
    assert len(page.content) <= 30_000, len(page.content)


def make_alike(application, how_many: int) -> None:
    """So many more of the same team, which the lead may read too."""
    ideas = Idea.objects.bulk_create(alike(application.idea) for _ in range(how_many))
    for row in (application.idea.parts.get(), application.idea.clearances.get()):
        type(row).objects.bulk_create(alike(row, idea=idea) for idea in ideas)
    made = Application.objects.bulk_create(alike(application, idea=idea, number=n) for n, idea in enumerate(ideas, 2))
    Version.objects.bulk_create(alike(application.versions.get(), application=each) for each in made)


def test_an_export_costs_the_same_however_long(client):
    lead = make_person()
    spring = make_round(lead=lead)
    client.force_login(lead)
    address = reverse("applications:export", args=[spring.pk, "csv"])

    few, many = one_and_three(
        lambda: b"".join(client.get(address)), lambda: make_application(round=spring, submitted=True)
    )

    assert few == many <= 8  # two of them find out who is asking


def test_one_application_costs_the_same_with_more_people_and_versions(client):
    writer = make_person()
    done = make_application(team=[writer], submitted=True)
    client.force_login(writer)

    def grow():
        give_part(done.idea, make_person(), "team")
        make_version(done)

    few, many = one_and_three(lambda: client.get(done.get_absolute_url()), grow)

    assert few == many


def test_the_form_costs_the_same_with_more_answers(client):
    writer = make_person()
    draft = make_application(team=[writer])
    client.force_login(writer)
    keys = iter(["challenge", "amount", "challenge"])

    few, many = one_and_three(
        lambda: client.get(reverse("applications:write", args=[draft.pk, 1])),
        lambda: draft.write(next(keys), "1000", by=writer),
    )

    assert few == many


def test_steps_cost_two_statements_and_the_place_in_the_menu_one(django_assert_num_queries):
    writer = make_person()
    spring = make_round()
    for _ in range(3):
        Endorsement.ask(make_application(round=spring), name="x", address=writer.email, by=make_person())
        make_application(round=make_round(), team=[writer])

    with remembering():
        roles_held_by(writer), ties(writer)  # asked by other rooms too, once a page
        with django_assert_num_queries(2):
            steps = steps_for(writer)
        with django_assert_num_queries(1):
            places_for(writer)

    assert len(steps) == 6


def test_a_save_while_typing_is_few_statements(client):
    writer = make_person()
    draft = make_application(team=[writer])
    draft.write("challenge", "En", by=writer)
    client.force_login(writer)
    texts = iter(["To", "Tre", "Fire"])
    address = reverse("applications:save", args=[draft.pk])

    def save():
        draft.answers.update(revision=1)
        answer = client.post(address, {"question": "challenge", "text": next(texts), "revision": "1"})
        assert answer.status_code == 200

    assert statements(save) <= 14


def around(client) -> int:
    """What every page costs: session, person, menu."""
    return statements(lambda: client.get(reverse("applications:mine"))) - 3
