"""Lessons: the team's own until it says otherwise."""

import pytest
from django.urls import reverse

from oppdrift.sharing.models import Lesson
from oppdrift.sharing.policies.mutual import may_keep_lesson, may_write_lesson
from oppdrift.toolbox.answers import NotNow
from tests.factories import disqualify, give_part, make_idea, make_person, make_round
from tests.sharing.making import make_project

pytestmark = pytest.mark.django_db

WORDS = {"title": "Spør først", "went": "failed", "believed": "At de sov.", "saw": "61 alarmer.", "would_do": "Spørre."}


def test_a_lesson_is_the_teams_until_it_is_shown(client):
    lead, colleague = make_person(), make_person()
    idea = make_project(round=make_round(lead=lead))
    lesson = Lesson.write(idea, by=idea.created_by, **WORDS)
    assert [bool(Lesson.objects.seen_by(who)) for who in (idea.created_by, lead, colleague)] == [True, True, False]
    assert client.get(lesson.get_absolute_url()).status_code == 404

    lesson.show(by=idea.created_by)

    assert "61 alarmer." in client.get(lesson.get_absolute_url()).content.decode()
    assert "Spør først" in client.get(reverse("sharing:lessons")).content.decode()
    lesson.hide(by=idea.created_by)
    assert client.get(lesson.get_absolute_url()).status_code == 404


def test_a_disqualified_lead_reads_no_lesson_that_is_not_shown():
    lead = make_person()
    idea = make_project(round=make_round(lead=lead))
    Lesson.write(idea, by=idea.created_by, **WORDS)

    disqualify(idea, lead)

    assert not Lesson.objects.seen_by(lead).exists()


def test_only_the_team_of_a_project_writes():
    idea, plain = make_project(), make_idea()
    owner = give_part(idea, make_person(), "owner").person

    assert may_write_lesson(idea.created_by, idea)
    assert not may_write_lesson(owner, idea)
    assert "not one yet" in may_write_lesson(plain.created_by, plain)
    assert not may_keep_lesson(owner, Lesson.write(idea, by=idea.created_by, **WORDS))


def test_a_withdrawn_idea_takes_its_lessons_off_the_open_pages():
    idea = make_project()
    lesson = Lesson.write(idea, by=idea.created_by, **WORDS)
    lesson.show(by=idea.created_by)
    idea.withdrawn_at = lesson.shown_at
    idea.save(update_fields=["withdrawn_at"])

    assert not Lesson.objects.shown().exists()
    with pytest.raises(NotNow, match="withdrawn"):
        Lesson.write(idea, by=idea.created_by, **WORDS)


def test_the_whole_way_on_the_pages(client):
    idea = make_project()
    client.force_login(idea.created_by)
    client.post(reverse("sharing:write_lesson", args=[idea.pk]), WORDS)
    lesson = Lesson.objects.get()

    client.post(reverse("sharing:change_lesson", args=[lesson.pk]), {**WORDS, "saw": "54 av dem snudde seg."})
    client.post(reverse("sharing:show_lesson", args=[lesson.pk]))

    lesson.refresh_from_db()
    assert (lesson.saw, lesson.is_shown) == ("54 av dem snudde seg.", True)
    client.post(reverse("sharing:hide_lesson", args=[lesson.pk]))
    client.post(reverse("sharing:erase_lesson", args=[lesson.pk]))
    assert not Lesson.objects.exists()
