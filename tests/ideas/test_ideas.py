"""What people do with ideas and with who belongs to them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from oppdrift.history.models import Event, Message
from oppdrift.ideas.models import Disqualification, Idea, Part
from oppdrift.ideas.models.idea import round_for_new_ideas
from oppdrift.toolbox.answers import NotNow
from oppdrift.toolbox.clock import now
from tests.factories import give_part, make_idea, make_person, make_round, make_unit

pytestmark = pytest.mark.django_db


def verbs():
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def test_a_new_idea_has_its_writer_as_team_and_the_coming_round():
    unit = make_unit("Servicetorget")
    writer = make_person(unit=unit)
    round = make_round()

    idea = Idea.begin(title="Kveldsåpent servicetorg", problem="Det er kø kl. 15.", by=writer)

    assert idea.round == round
    assert idea.unit_name == "Servicetorget"
    part = idea.team().get()
    assert (part.person, part.leads) == (writer, True)
    assert verbs() == ["idea.begun", "part.team_given"]


def test_the_coming_round_is_alive_uses_ideas_and_has_the_next_deadline():
    make_round(deadline=now() - dt.timedelta(days=1))
    make_round(stages=["call"])
    make_round(published=False)
    later = make_round(deadline=now() + dt.timedelta(days=300))
    soon = make_round(deadline=now() + dt.timedelta(days=20))

    assert round_for_new_ideas() == soon

    soon.delete()
    assert round_for_new_ideas() == later


def test_new_words_are_found_and_sorted():
    idea = make_idea(title="Ro")

    idea.change(title="Ærlig talt", wish="Bedre ÅPNINGSTID", by=idea.created_by)

    assert list(Idea.objects.search("aerlig apningstid")) == [idea]
    assert verbs() == ["idea.changed"]


def test_the_same_words_are_no_change():
    idea = make_idea(title="Ro")

    idea.change(title="Ro", by=idea.created_by)

    assert verbs() == []


def test_a_changed_unit_takes_its_new_name_along():
    old, new = make_unit("Lia skole"), make_unit("Vik skole")
    idea = make_idea(unit=old)

    idea.change(unit=new, by=idea.created_by)

    idea.refresh_from_db()
    assert idea.unit_name == "Vik skole"
    assert list(Idea.objects.search("vik")) == [idea]


def test_an_idea_is_shared_or_kept():
    idea = make_idea(shared=False)

    idea.share(by=idea.created_by)
    idea.share(by=idea.created_by)
    idea.keep_to_team(by=idea.created_by)

    assert verbs() == ["idea.shared", "idea.kept"]
    assert not Idea.objects.get().shared


def test_inviting_makes_the_person_takes_them_in_and_queues_a_letter():
    idea = make_idea(title="Vannvakta", round=make_round())

    part = idea.invite("Ny.Kollega@fjordvik.example", by=idea.created_by)

    assert part.person.email == "ny.kollega@fjordvik.example"
    assert list(idea.team().values_list("leads", flat=True)) == [True, False]
    letter = Message.objects.get()
    assert (letter.kind, letter.state, letter.receiver) == ("team_invitation", "queued", part.person)
    assert idea.get_absolute_url() in letter.body
    assert letter.reply_to == idea.created_by.email


def test_somebody_in_the_team_is_not_invited_again():
    idea = make_idea()

    with pytest.raises(NotNow, match="in the team already"):
        idea.invite(idea.created_by.email, by=idea.created_by)


def test_whoever_judges_an_idea_cannot_be_pulled_into_its_team():
    lead, assessor = make_person(), make_person()
    idea = make_idea(round=make_round(lead=lead))
    give_part(idea, assessor, "assessor")

    for judge in (lead, assessor):
        with pytest.raises(NotNow, match="run or judge"):
            idea.invite(judge.email, by=idea.created_by)
    assert not Message.objects.exists()


def test_when_the_project_lead_leaves_the_next_takes_over():
    first, second, third = make_person(), make_person(), make_person()
    idea = make_idea(team=[first, second, third])

    idea.team().get(person=first).end(by=first)

    assert [(part.person, part.leads) for part in idea.team()] == [(second, True), (third, False)]
    assert Event.objects.get().data == {"own": True}


def test_the_last_one_in_the_team_cannot_leave():
    idea = make_idea()

    with pytest.raises(NotNow, match="Nobody else"):
        idea.team().get().end(by=idea.created_by)


def test_there_is_one_project_lead():
    first, second = make_person(), make_person()
    idea = make_idea(team=[first, second])

    idea.team().get(person=second).take_lead(by=first)

    assert [(part.person, part.leads) for part in idea.team()] == [(second, True), (first, False)]


def test_who_left_can_be_invited_back():
    first, second = make_person(), make_person()
    idea = make_idea(team=[first, second])
    idea.team().get(person=second).end(by=first)

    idea.invite(second.email, by=first)

    assert idea.team().filter(person=second).count() == 1
    assert idea.parts.filter(person=second).count() == 2


def test_a_part_given_twice_is_one_part():
    idea, assessor = make_idea(), make_person()

    first = Part.give(idea, assessor, "assessor", by=None)
    again = Part.give(idea, assessor, "assessor", by=None)

    assert first == again
    assert verbs() == ["part.assessor_given"]


def test_a_withdrawn_idea_leaves_the_list_and_can_be_taken_up():
    idea = make_idea()

    idea.withdraw(by=idea.created_by)
    assert not Idea.objects.alive().exists()
    with pytest.raises(NotNow, match="withdrawn"):
        idea.change(title="Nytt", by=idea.created_by)

    idea.take_up(by=idea.created_by)
    assert Idea.objects.alive().exists()
    assert verbs() == ["idea.withdrawn", "idea.taken_up"]


def test_an_idea_that_is_being_assessed_is_not_withdrawn_behind_the_assessors_back():
    idea = make_idea()
    give_part(idea, make_person(), "assessor")

    with pytest.raises(NotNow, match="being assessed"):
        idea.withdraw(by=idea.created_by)


def test_a_conflict_of_interest_is_written_once_and_can_be_ended():
    idea, person, lead = make_idea(), make_person(), make_person()

    first = Disqualification.declare(idea, person, ground="family", relation="Søsken", by=person)
    again = Disqualification.declare(idea, person, ground="other", by=lead)
    assert first == again

    first.end(by=lead)
    with pytest.raises(NotNow):
        first.end(by=lead)
    assert not Idea.objects.hidden_from(person).exists()
    assert "Søsken" not in str(list(Event.objects.values_list("data", flat=True)))


@pytest.mark.db_rules
def test_the_database_holds_one_part_and_one_bar_a_person():
    idea, person = make_idea(), make_person()
    give_part(idea, person, "assessor")
    Disqualification.objects.create(idea=idea, person=person, ground="other")

    with pytest.raises(IntegrityError), transaction.atomic():
        give_part(idea, person, "assessor")
    with pytest.raises(IntegrityError), transaction.atomic():
        Disqualification.objects.create(idea=idea, person=person, ground="party")


@pytest.mark.db_rules
def test_ideas_sort_as_a_norwegian_dictionary_does():
    for title in ("Åpen dør", "Zebra", "Øyevitne", "Ærlig talt", "aktiv", "Brev"):
        make_idea(title=title)

    titles = list(Idea.objects.alphabetically().values_list("title", flat=True))

    assert titles == ["aktiv", "Brev", "Zebra", "Ærlig talt", "Øyevitne", "Åpen dør"]


@pytest.mark.db_rules
def test_search_finds_whatever_the_case_and_every_word():
    found = make_idea(title="ÆRLIG talt", problem="Vi venter på Børsa")
    make_idea(title="Noe annet", problem="100 % stille")

    for words in ("ærlig", "Ærlig børsa", "aerlig", "BØRSA ærl"):
        assert list(Idea.objects.search(words)) == [found], words
    assert not Idea.objects.search("ærlig stille").exists()
    assert not Idea.objects.search("ærlig%").filter(title="Noe annet").exists()


def test_what_is_published_is_for_everybody_until_it_is_taken_back_or_withdrawn():
    idea = make_idea()
    lead = make_person()

    idea.publish(by=lead)

    assert idea.is_published
    assert list(Idea.objects.published()) == [idea]
    with pytest.raises(NotNow, match="published already"):
        idea.publish(by=lead)

    idea.withdraw(by=lead)
    assert not Idea.objects.published().exists()
    assert not idea.is_published

    idea.take_up(by=lead)
    idea.unpublish(by=lead)
    assert not Idea.objects.published().exists()
    with pytest.raises(NotNow, match="not published"):
        idea.unpublish(by=lead)
    assert verbs() == ["idea.published", "idea.withdrawn", "idea.taken_up", "idea.unpublished"]
