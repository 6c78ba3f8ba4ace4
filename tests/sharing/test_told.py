"""A project's public page shows what else is told of it, and nothing that is not for everybody."""

import pytest
from django.utils import translation

from oppdrift.sharing.models import Award, Lesson, Prize, Story
from oppdrift.sharing.told import told_of_project
from tests.sharing.making import make_showcase

pytestmark = pytest.mark.django_db

WORDS = {"went": "failed", "believed": "x", "saw": "x", "would_do": "x"}


def tell_everything(idea, *, is_public: bool):
    lead, team, round = idea.round.lead_in_charge(), idea.created_by, idea.round
    award = Award.give(Prize.put(round, name="Stjel med stil", name_nn="Stel med stil", by=lead), idea,
                       reason="Fordi.", by=lead)  # fmt: skip
    lesson = Lesson.write(idea, by=team, title="Spør først", **WORDS)
    story = Story.begin(by=team, round=round, ideas=[idea], title="Kva hende", intro="x", text="x", language="nn")
    if is_public:
        award.announce(by=lead)
        lesson.show(by=team)
        story.publish(by=lead)


def test_prizes_lessons_and_stories_stand_on_the_public_page(client):
    page = make_showcase(published=True)
    tell_everything(page.idea, is_public=True)

    text = client.get(page.get_absolute_url()).content.decode()

    assert all(words in text for words in ("Stjel med stil", "Fordi.", "Spør først", '<li lang="nn">'))


def test_what_is_not_for_everybody_is_not_on_it(client):
    page = make_showcase(published=True)
    tell_everything(page.idea, is_public=False)

    text = client.get(page.get_absolute_url()).content.decode()

    assert not any(words in text for words in ("Stjel med stil", "Spør først", "Kva hende"))


def test_it_is_asked_for_in_one_statement_and_a_prize_is_called_by_its_name_in_nynorsk(django_assert_num_queries):
    idea = make_showcase().idea
    tell_everything(idea, is_public=True)

    with django_assert_num_queries(1), translation.override("nn"):
        told = told_of_project(idea)

    assert [(prize.title, prize.language) for prize in told["prize"]] == [("Stel med stil", "nn")]
    assert told["lesson"][0].url
