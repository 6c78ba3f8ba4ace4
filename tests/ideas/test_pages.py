"""The pages of ideas, as each reader gets them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oppdrift.ideas.models import Decision, Idea, Part
from oppdrift.ideas.section import about
from tests.factories import alike, disqualify, give_part, make_idea, make_person, make_round, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def english(**fields):
    return make_person(language="en", **fields)


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_an_idea_is_written_in_two_fields_and_shared(signed_in):
    unit = make_unit()
    client, round = signed_in(english()), make_round()

    answer = client.post(
        reverse("ideas:new"),
        {"title": "Bytt arbeidsplass", "problem": "Ingen vet.", "wish": "En dag.", "unit": unit.pk},
    )

    idea = Idea.objects.get()
    assert answer.url == idea.get_absolute_url()
    assert (idea.shared, idea.round, idea.unit) == (True, round, unit)


def test_an_idea_can_be_kept_to_the_team(signed_in):
    client = signed_in(english())

    client.post(reverse("ideas:new"), {"title": "Stille", "problem": "Noe.", "kept": "on"})

    assert not Idea.objects.get().shared


def test_what_is_missing_is_said_and_what_was_typed_stays(signed_in):
    answer = signed_in(english()).post(reverse("ideas:new"), {"title": "", "problem": "Køen er lang"})

    text = answer.content.decode()
    assert "Give the idea a name: Fill this in." in text
    assert "Køen er lang" in text
    assert not Idea.objects.exists()


def test_the_list_shows_shared_ideas_and_my_own(signed_in):
    me = english()
    make_idea(title="Delt av en kollega")
    make_idea(title="Skjult for meg", shared=False)
    make_idea(title="Min egen", shared=False, team=[me])
    make_idea(title="Trukket").withdraw(by=me)

    text = page(signed_in(me), "ideas:ideas")

    assert "2 ideas so far" in text
    assert "Delt av en kollega" in text
    assert "Min egen" in text
    assert "Skjult for meg" not in text
    assert "Trukket" not in text


def test_the_list_is_searched_filtered_and_sorted(signed_in):
    lia, vik = make_unit("Lia skole"), make_unit("Vik skole")
    for title, unit in (("Åpen dør", lia), ("Brev", lia), ("Ærlig", vik)):
        make_idea(title=title, unit=unit)
    client = signed_in(english())

    def found(**question):
        return [idea.title for idea in client.get(reverse("ideas:ideas"), question).context["page"]]

    assert found(order="title") == ["Brev", "Ærlig", "Åpen dør"]
    assert found(q="apen") == ["Åpen dør"]
    assert found(unit=vik.pk) == ["Ærlig"]
    assert found(q="lia", order="title") == ["Brev", "Åpen dør"]
    assert found(mine="on") == []
    assert len(found(unit="tull", order="tull")) == 3


def test_an_empty_list_says_what_to_do(signed_in):
    text = page(signed_in(english()), "ideas:ideas")

    assert "Nobody has shared an idea yet" in text
    assert reverse("ideas:new") in text


def test_a_disqualified_lead_sees_that_something_is_hidden_and_nothing_more(signed_in):
    lead = english()
    idea = make_idea(title="Hemmelig idé", shared=False, round=make_round(lead=lead))
    disqualify(idea, lead)
    client = signed_in(lead)

    text = page(client, "ideas:ideas")

    assert "1 idea is not shown to you" in text
    assert "Hemmelig" not in text
    assert client.get(idea.get_absolute_url()).status_code == 404


def test_a_colleague_reads_a_shared_idea_and_can_change_nothing(signed_in):
    idea = make_idea(title="Delt", problem="Det tar for lang tid.")
    client = signed_in(english())

    text = page(client, "idea", idea.pk)

    assert "Det tar for lang tid." in text
    for deed in ("edit", "invite", "withdraw", "take_up"):
        assert reverse(f"ideas:{deed}", args=[idea.pk]) not in text
        assert client.post(reverse(f"ideas:{deed}", args=[idea.pk])).status_code == 403, deed


def test_the_team_changes_text_and_sharing(signed_in):
    me = english()
    idea = make_idea(team=[me], title="Gammel")

    signed_in(me).post(reverse("ideas:edit", args=[idea.pk]), {"title": "Ny", "problem": "Noe", "kept": "on"})

    idea.refresh_from_db()
    assert (idea.title, idea.shared) == ("Ny", False)


def test_the_team_invites_and_takes_out(signed_in):
    me = english()
    idea = make_idea(team=[me])
    client = signed_in(me)

    client.post(reverse("ideas:invite", args=[idea.pk]), {"address": "per@fjordvik.example", "name": "Per"})
    part = idea.team().get(person__name="Per")
    assert "Make project lead" in page(client, "idea", idea.pk)

    client.post(reverse("ideas:take_lead", args=[idea.pk, part.pk]))
    assert idea.team().get(leads=True).person.name == "Per"

    client.post(reverse("ideas:end_part", args=[idea.pk, part.pk]))
    assert [mate.person for mate in idea.team()] == [me]
    assert client.post(reverse("ideas:end_part", args=[idea.pk, idea.team().get().pk])).status_code == 403


def test_inviting_somebody_who_is_there_is_an_error_at_the_field(signed_in):
    me = english()
    idea = make_idea(team=[me])

    answer = signed_in(me).post(reverse("ideas:invite", args=[idea.pk]), {"address": me.email})

    assert "They are in the team already." in answer.content.decode()


def test_a_part_of_another_kind_cannot_be_ended_from_the_team(signed_in):
    me = english()
    idea = make_idea(team=[me])
    part = give_part(idea, make_person(), "assessor")

    assert signed_in(me).post(reverse("ideas:end_part", args=[idea.pk, part.pk])).status_code == 404


def test_an_idea_is_withdrawn_and_taken_up_again(signed_in):
    me = english()
    idea = make_idea(team=[me])
    client = signed_in(me)

    client.post(reverse("ideas:withdraw", args=[idea.pk]))
    assert "Take the idea up again" in page(client, "idea", idea.pk)

    client.post(reverse("ideas:take_up", args=[idea.pk]))
    assert Idea.objects.alive().exists()


def test_a_pending_decision_is_not_on_the_teams_page(signed_in):
    me, lead = english(), make_person()
    idea = make_idea(team=[me], round=make_round(lead=lead))
    decision = Decision.make(idea, "shortlist", "guidance_only", reason="Vi tror på dette.", by=lead)
    client = signed_in(me)

    assert "Vi tror på dette." not in page(client, "idea", idea.pk)
    Decision.release([decision], by=lead)
    assert "Vi tror på dette." in page(client, "idea", idea.pk)


def test_looking_changes_nothing(signed_in):
    me = english()
    idea = make_idea(team=[me])
    client = signed_in(me)

    for deed in ("withdraw", "take_up"):
        assert client.get(reverse(f"ideas:{deed}", args=[idea.pk])).status_code == 405
    assert Idea.objects.alive().exists()


def cost(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_list_costs_the_same_with_one_row_and_three(signed_in):
    client = signed_in(english())
    make_idea(unit=make_unit())

    with_one = cost(client, reverse("ideas:ideas"))
    make_idea(unit=make_unit())
    make_idea(unit=make_unit())

    assert cost(client, reverse("ideas:ideas")) == with_one <= 10


def test_a_page_costs_the_same_with_a_team_of_two_and_four(signed_in):
    me = english()
    idea = make_idea(team=[me, make_person()])
    client = signed_in(me)

    with_two = cost(client, idea.get_absolute_url())
    give_part(idea, make_person(), "team")
    give_part(idea, make_person(), "team")

    assert cost(client, idea.get_absolute_url()) == with_two


def test_the_section_of_an_idea_is_four_statements_at_most(django_assert_max_num_queries):
    team, lead = make_person(), make_person()
    idea = make_idea(team=[team], round=make_round(lead=lead))

    for reader in (team, lead, make_person()):
        with django_assert_max_num_queries(4):
            about(idea, reader)


def test_fifty_rows_are_light(signed_in):
    idea = make_idea(problem="Vi bruker mye tid på dette. " * 30, unit=make_unit())
    ideas = Idea.objects.bulk_create(alike(idea, unit=make_unit()) for _ in range(54))
    Part.objects.bulk_create(alike(idea.parts.get(), idea=each) for each in ideas)
    client = signed_in(english())

    answer = client.get(reverse("ideas:ideas"))

    assert len(answer.context["page"]) == 50
    assert len(answer.content) <= 40_000


def test_the_ideas_of_one_round_are_found_from_its_page(client):
    earlier, other = make_round(deadline="2020-03-01T12:00"), make_round()
    make_idea(round=earlier, title="Stille alarmer")
    make_idea(round=other, title="Noe helt annet")
    earlier.close(by=make_person())
    client.force_login(make_person())

    address = f"{reverse('ideas:ideas')}?round={earlier.pk}"

    assert address in client.get(earlier.get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    assert "Stille alarmer" in page
    assert "Noe helt annet" not in page


def test_a_round_that_is_a_draft_is_not_named(client):
    draft = make_round(published=False, name="Hemmelig runde")
    client.force_login(make_person())

    assert "Hemmelig" not in client.get(f"{reverse('ideas:ideas')}?round={draft.pk}").content.decode()
