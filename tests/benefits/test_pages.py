"""What people do on the pages of benefits."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oppdrift.benefits.models import Adoption, Benefit, Measurement
from oppdrift.history.models import Message
from oppdrift.toolbox.clock import now, today
from tests.factories import (
    alike,
    give_part,
    give_role,
    make_adoption,
    make_benefit,
    make_person,
    make_project_idea,
    make_round,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(client):
    person = make_person("Nora Berg")
    client.force_login(person)
    return person


def url(name, *args):
    return reverse(f"benefits:{name}", args=args)


COUNTED = {
    "title": "Færre bomturer", "kind": "saved_time", "nature": "promised", "seen_by": "counted",
    "indicator": "Bomturer", "measured_in": "count", "counted_what": "bomturer", "per": "week", "better": "down",
    "baseline_value": "4,5", "baseline_on": "2024-10-01", "target": "1", "realised": "alternative",
    "used_for": "oppfølging", "first": "2027-01-20", "second": "2028-01-20",
}  # fmt: skip


def test_a_benefit_is_written_on_one_page_with_baseline_owner_and_plan(client, team):
    leader = make_person("Grete Hoel")
    idea = make_project_idea(team=[team])
    give_part(idea, leader, "owner")

    response = client.post(url("new", idea.pk), {**COUNTED, "owner": leader.pk})

    assert response.status_code == 302
    benefit = Benefit.objects.get()
    assert (benefit.baseline.value, str(benefit.baseline.taken_on)) == (4.5, "2024-10-01")
    assert [str(one.due) for one in benefit.waiting] == ["2027-01-20", "2028-01-20"]
    assert (benefit.owner, benefit.created_by) == (leader, team)
    letter = Message.objects.get(kind="benefit_owner")
    assert (letter.receiver, letter.state) == (leader, "queued")


def test_dates_left_as_suggested_remember_how_long_after_the_end_they_are(client, team):
    round = make_round()
    round.milestones.create(kind="conference", name="Konferanse", at=dt.datetime(2026, 1, 20, 12, tzinfo=dt.UTC))
    idea = make_project_idea(team=[team], round=round)

    page = client.get(url("new", idea.pk))
    assert [page.context["form"][name].value() for name in ("first", "second", "third")] == [
        dt.date(2026, 7, 20), dt.date(2027, 1, 20), dt.date(2028, 1, 20),
    ]  # fmt: skip
    client.post(url("new", idea.pk), {**COUNTED, "first": "2026-07-20", "second": "2027-02-01"})

    assert [(str(one.due), one.after_months) for one in Benefit.objects.get().follow_ups] == [
        ("2026-07-20", 6), ("2027-02-01", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"baseline_value": "mange"}, "baseline_value", "Write the baseline as a number, or choose"),
        ({"baseline_value": ""}, "baseline_value", "Write the baseline as a number, or choose"),
        ({"baseline_on": ""}, "baseline_on", "When was it so?"),
        ({"used_for": ""}, "used_for", "Fill this in."),
        ({"counted_what": ""}, "counted_what", "Fill this in."),
        ({"indicator": ""}, "indicator", "Fill this in."),
        ({"second": "2027-01-20"}, "third", "same day"),
        ({"target": "ti"}, "target", "Write a number"),
    ],
)
def test_what_is_missing_is_said_at_its_field(client, team, changes, field, words):
    team.choose_language("en", by=team)
    idea = make_project_idea(team=[team])

    response = client.post(url("new", idea.pk), {**COUNTED, **changes})

    assert response.status_code == 200
    assert words in str(response.context["form"].errors[field])
    assert not Benefit.objects.exists()


def test_a_baseline_may_be_not_known_yet(client, team):
    idea = make_project_idea(team=[team])

    client.post(url("new", idea.pk), {**COUNTED, "baseline_value": "", "baseline_on": "", "baseline_unknown": "on"})

    assert Benefit.objects.get().baseline is None
    page = client.get(Benefit.objects.get().get_absolute_url()).content.decode()
    assert "Nullpunktet er ikke kjent" in page


def test_a_changed_baseline_is_a_correction_and_the_rest_stays(client, team):
    benefit = make_benefit(idea=make_project_idea(team=[team]), baseline=62, owner=make_person())
    form = client.get(url("edit", benefit.pk)).context["form"]
    data = {
        name: ("" if form[name].value() in (None, False) else form[name].value())
        for name in form.fields
    }  # fmt: skip
    data["shown"] = form["shown"].value()

    client.post(url("edit", benefit.pk), {**data, "baseline_value": "60", "title": "Nytt navn"})

    changed = Benefit.objects.get()
    assert (changed.title, changed.baseline.value, changed.target) == ("Nytt navn", 60, 85)
    assert Measurement.objects.filter(kind="baseline").count() == 2
    assert [one.value for one in Measurement.objects.in_force().filter(kind="baseline")] == [60]


def test_the_words_of_the_application_stand_beside_the_form(client, team):
    from tests.factories import make_application

    round = make_round()
    idea = make_project_idea(team=[team], round=round)
    application = make_application(idea=idea, round=round, submitted=True)
    version = application.versions.last()
    version.answers = {"benefits": "Åtte av ti på første besøk."}
    version.save()

    assert "Åtte av ti på første besøk." in client.get(url("new", idea.pk)).content.decode()


def test_a_measurement_is_one_number_and_is_answered_with_what_it_means(client, team):
    benefit = make_benefit(idea=make_project_idea(team=[team]), baseline=62, planned=["2025-07-01"])
    planned = benefit.waiting[0]

    response = client.post(
        url("measure", planned.pk), {"value": "74,5", "taken_on": today().isoformat(), "observations": ""}, follow=True
    )

    planned.refresh_from_db()
    assert (planned.value, planned.made_by) == (74.5, team)
    assert "Ja, så langt. Vi er 10,5 prosentpoeng fra målverdien." in response.content.decode()


def test_what_was_typed_stays_when_it_cannot_be_so(client, team):
    benefit = make_benefit(idea=make_project_idea(team=[team]), baseline=62, planned=["2025-07-01"])
    address = url("measure", benefit.waiting[0].pk)

    for wrong in ({"value": "74", "taken_on": "2024-09-01"}, {"value": "74", "low": "80", "taken_on": "2025-07-01"}):
        page = client.post(address, wrong)
        assert page.status_code == 200
        assert 'value="74"' in page.content.decode()
    assert benefit.measurements.made().count() == 1


def test_a_link_to_a_measurement_that_has_been_made_leads_to_the_benefit(client, team):
    benefit = make_benefit(idea=make_project_idea(team=[team]), baseline=62, measured=[74])

    assert client.get(url("measure", benefit.latest.pk)).url == benefit.get_absolute_url()


def test_it_may_be_noted_that_nothing_was_measured(client, team):
    benefit = make_benefit(idea=make_project_idea(team=[team]), baseline=62, planned=["2025-07-01"])
    planned = benefit.waiting[0]

    client.post(url("skip", planned.pk), {"why": "Loggen var nede."})

    page = client.get(url("of", benefit.idea_id)).content.decode()
    assert "Ikke målt" in page
    assert "Loggen var nede." in page


def test_only_the_owner_is_asked_to_agree(client, team):
    owner = make_person("Grete Hoel")
    benefit = make_benefit(idea=make_project_idea(team=[team]), baseline=62)
    benefit.name_owner(owner, by=team)

    assert "Vil du eie" not in client.get(benefit.get_absolute_url()).content.decode()
    client.force_login(owner)
    assert "Vil du eie" in client.get(benefit.get_absolute_url()).content.decode()

    client.post(url("agree", benefit.pk))
    assert Benefit.objects.get().agreed_at


def test_a_target_moved_after_it_was_agreed_is_seen_as_moved(client, team):
    owner = make_person()
    benefit = make_benefit(idea=make_project_idea(team=[team]), baseline=62, owner=owner)
    benefit.agree(by=owner)
    benefit.change(target=70, by=team)

    page = client.get(benefit.get_absolute_url()).content.decode()

    assert "Målverdi da den ble avtalt" in page
    assert "85\u00a0%" in page


def test_the_lead_sees_the_round_and_what_is_hidden_is_in_no_number(client):
    lead, round = make_person(), make_round()
    give_role(round, lead, "lead")
    seen, barred = (make_project_idea(round=round, title=title) for title in ("Synlig", "Skjult sak"))
    make_benefit(idea=seen, baseline=62, measured=[74])
    make_benefit(idea=barred, baseline=62, measured=[74])
    barred.disqualifications.create(person=lead, ground="other")
    client.force_login(lead)

    page = client.get(url("round", round.pk)).content.decode()

    assert "Én gevinst lovet, 1 målt" in page
    assert "Skjult sak" not in page
    assert "Skjult: habilitet" in page


def test_a_round_that_does_not_follow_projects_up_leaves_no_trace(client):
    lead, team = make_person(), make_person()
    round = make_round(stages=["call", "assessing", "deciding"])
    give_role(round, lead, "lead")
    idea = make_project_idea(round=round, team=[team])

    for person in (lead, team):
        client.force_login(person)
        page = client.get(reverse("idea", args=[idea.pk])).content.decode()
        assert "Gevinst" not in page
    assert client.get(url("new", idea.pk)).status_code == 403


def window_on(client, row, which: str = "form") -> dict[str, str]:
    """What a browser sends of the adoption's page as it is shown now."""
    form = client.get(url("adoption", row.pk)).context[which]
    return {name: form[name].value() or "" for name in form.fields}


def test_two_windows_on_who_takes_it_up_keep_what_each_wrote(client, team):
    row = make_adoption(make_project_idea(team=[team]), organisation="Vestvær kommune")
    first, second = window_on(client, row), window_on(client, row)

    client.post(url("adoption", row.pk), {**first, "effect": "To timer spart."})
    client.post(url("adoption", row.pk), {**second, "what": "Spørsmålene"})
    third = window_on(client, row)
    client.post(url("adoption", row.pk), {**third, "effect": "Tre timer spart."})
    disputed = client.post(url("adoption", row.pk), {**third, "effect": "Fire timer spart."})

    row.refresh_from_db()
    assert (row.what, row.effect) == ("Spørsmålene", "Tre timer spart.")
    page = disputed.content.decode()
    assert "Tre timer spart." in page
    assert "Fire timer spart." in page


def test_two_windows_that_note_different_steps_are_asked(client, team):
    row = make_adoption(make_project_idea(team=[team]), organisation="Vestvær kommune", interested_on=today())
    first, second = window_on(client, row, "move_form"), window_on(client, row, "move_form")

    client.post(url("move_adoption", row.pk), {**first, "state": "in_use"})
    disputed = client.post(url("move_adoption", row.pk), {**second, "state": "testing"})

    row.refresh_from_db()
    assert row.state == "in_use"
    assert disputed.context["move_form"].theirs == {"state": str(Adoption.State.IN_USE.label)}


def make_alike(benefit, how_many: int) -> None:
    """So many more, measured as this one is."""
    rows = Benefit.objects.bulk_create(alike(benefit) for _ in range(how_many))
    measured = list(benefit.measurements.all())
    Measurement.objects.bulk_create(alike(each, benefit=row) for row in rows for each in measured)


@pytest.mark.parametrize("page", ["benefits", "round"])
def test_three_hundred_benefits_ask_no_more_of_the_database_than_three(client, page):
    lead = make_person()
    round = make_round(lead=lead, deadline=now() - dt.timedelta(days=90))
    idea = make_project_idea(round=round)
    client.force_login(lead)
    where = url("benefits") if page == "benefits" else url("round", round.pk)
    benefit, statements = make_benefit(idea=idea, baseline=62, measured=[70]), []
    for how_many in (2, 297):
        make_alike(benefit, how_many)
        client.get(where)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(where)
        statements.append(len(asked))

    assert len(answer.context["figures"].all) == 300
    assert statements[0] == statements[1] <= 12
    if page == "benefits":
        assert answer.content.decode().count("Løst på første besøk") < 50
