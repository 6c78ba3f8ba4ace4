"""The same page open in two windows, or before two people: the form goes back as a browser sends it."""

import datetime as dt
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from oppdrift.history import letters
from oppdrift.history.models import Event
from oppdrift.rounds.models import Milestone
from oppdrift.toolbox.clock import now
from tests.factories import make_gathering, make_idea, make_person, make_round, make_unit
from tests.scenes import starts_from


class Window(HTMLParser):
    """The form of a page with everything in it, also what is hidden."""

    def __init__(self, client, url: str):
        super().__init__()
        self.client, self.url = client, url
        self.forms: list[dict[str, Any]] = []
        self.text_of: str | None = None
        self.choice_of: str | None = None
        answer = client.get(url)
        assert answer.status_code == 200
        self.feed(answer.content.decode())
        self.values = max(self.forms, key=lambda form: "shown" in form)
        assert "shown" in self.values, "The page carries no fingerprints."

    def handle_starttag(self, tag, pairs):
        given = dict(pairs)
        name = given.get("name")
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        values = self.forms[-1]
        if tag == "input" and name:
            if given.get("type") in ("checkbox", "radio"):
                if "checked" in given:
                    values.setdefault(name, []).append(given.get("value", "on"))
            else:
                values[name] = given.get("value") or ""
        elif tag == "textarea":
            self.text_of, values[name] = name, ""
        elif tag == "select":
            self.choice_of = name
        elif tag == "option" and self.choice_of and "selected" in given:
            values[self.choice_of] = given.get("value") or ""

    def handle_data(self, data):
        if self.text_of:
            self.forms[-1][self.text_of] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.text_of:
            written = self.forms[-1][self.text_of].removeprefix("\n")
            self.forms[-1][self.text_of] = written.replace("\n", "\r\n")
            self.text_of = None
        elif tag == "select":
            self.choice_of = None

    def save(self, **changes: Any):
        return self.client.post(self.url, self.values | changes)


def make_spring():
    lead = make_person("Ingrid Solhaug", language="en", runs_programme=True)
    spring = make_round(lead=lead, summary="Once a year", call_text="## Why\n\nBecause.", assess_by=None)
    return SimpleNamespace(lead=lead, spring=spring, places=make_places(lead, spring))


def make_places(lead, spring) -> dict[str, Any]:
    """By name: the thing, its page, and two fields of it with what is written there."""
    draft = make_round(lead=lead, published=False, opens_at=now() + dt.timedelta(days=3))
    need = draft.edition.criteria.get(key="need")
    asked = draft.edition.questions.get(key="challenge")
    day = Milestone.objects.create(round=spring, name="Pitch day", kind="conference", at=now(), whole_day=True)
    meeting = make_gathering(round=spring, description="Tips\nand help")
    idea = make_idea(team=[lead], title="Door", problem="It is shut\n\nfor all", wish="Open", shared=True)
    letter = letters.post(
        "declined", to=make_person(), key="a", subject="About it", body="Hello\n\nyou\n", root=spring, state="draft"
    )
    them = make_person("Anne Berg", title="Adviser", unit=make_unit("Nordre"))
    return {
        "plan": (spring, reverse("rounds:plan", args=[spring.pk]), ("budget", 900_000), ("places_to", 6)),
        "text": (spring, reverse("rounds:text", args=[spring.pk]), ("call_text", "New"), ("summary", "Each year")),
        "criterion": (
            need, reverse("rounds:item", args=[draft.pk, "criteria", "need"]), ("name", "Need now"), ("weight", 70),
        ),
        "question": (
            asked, reverse("rounds:item", args=[draft.pk, "questions", "challenge"]), ("label", "Why?"), ("words", 90),
        ),
        "date": (day, reverse("rounds:milestone", args=[spring.pk, day.pk]), ("name", "The day"), ("kind", "other")),
        "gathering": (
            meeting, reverse("gatherings:change", args=[meeting.pk]), ("title", "Workshop"), ("description", "Other"),
        ),
        "idea": (idea, reverse("ideas:edit", args=[idea.pk]), ("title", "Gate"), ("problem", "It is locked")),
        "letter": (letter, reverse("front:edit_message", args=[letter.pk]), ("subject", "Of it"), ("body", "Hey\n")),
        "person": (them, reverse("people:person", args=[them.pk]), ("name", "Anne B. Berg"), ("title", "Chief")),
    }  # fmt: skip


pytestmark = [pytest.mark.django_db, starts_from(make_spring)]


@pytest.fixture
def lead(scene):
    return scene.lead


@pytest.fixture
def spring(scene):
    return scene.spring


@pytest.fixture
def places(scene):
    return scene.places


NAMES = ["plan", "text", "criterion", "question", "date", "gathering", "idea", "letter", "person"]


@pytest.mark.parametrize("name", NAMES)
def test_two_windows_that_change_each_their_own_field_keep_both(client, lead, places, name):
    thing, url, (one, ones), (other, others) = places[name]
    client.force_login(lead)
    first, second = Window(client, url), Window(client, url)

    assert first.save(**{one: ones}).status_code == 302
    assert second.save(**{other: others}).status_code == 302

    thing.refresh_from_db()
    assert (getattr(thing, one), getattr(thing, other)) == (ones, others)


@pytest.mark.parametrize("name", NAMES)
def test_two_windows_that_change_the_same_field_are_asked_and_lose_nothing(client, lead, places, name):
    thing, url, (one, ones), _ = places[name]
    mine = f"{ones}0" if isinstance(ones, int) else f"{ones} mine"
    client.force_login(lead)
    first, second = Window(client, url), Window(client, url)

    first.save(**{one: ones})
    asked = second.save(**{one: mine})

    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Somebody else has changed this meanwhile" in page
    assert "What stands there now" in page
    assert mine in page
    thing.refresh_from_db()
    assert getattr(thing, one) == ones
    again = second.save(**{one: mine, "shown": asked.context["form"].data["shown"]})
    assert again.status_code == 302
    thing.refresh_from_db()
    assert str(getattr(thing, one)).strip() == mine


def test_a_page_saved_untouched_changes_and_remembers_nothing(client, lead, spring):
    client.force_login(lead)

    assert Window(client, reverse("rounds:plan", args=[spring.pk])).save().status_code == 302

    assert not Event.objects.about(spring).filter(verb="round.changed").exists()


def test_the_date_of_assessing_is_kept_when_another_window_set_it(client, lead, spring):
    client.force_login(lead)
    url = reverse("rounds:dates", args=[spring.pk])
    first, second = Window(client, url), Window(client, url)
    due = (now() + dt.timedelta(days=60)).replace(hour=12, minute=0, second=0, microsecond=0)

    first.save(assess_by=due.strftime("%Y-%m-%dT%H:%M"))
    second.save()

    spring.refresh_from_db()
    assert spring.assess_by
