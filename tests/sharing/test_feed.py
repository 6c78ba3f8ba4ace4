"""The feed is Atom as the standard has it (RFC 4287)."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from oppdrift.sharing.models import Story
from oppdrift.toolbox.clock import at
from tests.factories import make_person, make_round
from tests.sharing.making import make_showcase

pytestmark = pytest.mark.django_db

A = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DAY = dt.timedelta(days=1)


def fetched(client) -> ET.Element:
    answer = client.get(reverse("sharing:feed"))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def text(element, name: str) -> str:
    (found,) = element.findall(A + name)
    return found.text


def moment(element, name: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text(element, name).replace("Z", "+00:00"))


def make_story(**fields) -> Story:
    lead = make_person()
    words = {"title": "Åtte team & én dør", "intro": "Kort.", "text": "Se [rundene](/rounds/) og <b>x</b>.", **fields}
    story = Story.begin(by=lead, round=make_round(lead=lead), **words)
    story.publish(by=lead)
    return story


def test_it_has_what_every_feed_and_entry_must_have(client, settings):
    settings.BASE_URL = "https://oppdrift.fjordvik.example"
    make_story()
    make_showcase(published=True)

    feed = fetched(client)

    assert feed.tag == A + "feed"
    assert text(feed, "id") == "https://oppdrift.fjordvik.example" + reverse("sharing:feed")
    assert feed.find(A + "author").find(A + "name").text == settings.MUNICIPALITY
    assert {link.get("rel") for link in feed.findall(A + "link")} == {"self", "alternate"}
    entries = feed.findall(A + "entry")
    assert len(entries) == 2
    for entry in entries:
        assert text(entry, "id").startswith("urn:uuid:")
        assert text(entry, "title")
        assert entry.find(A + "link").get("href").startswith("https://oppdrift.fjordvik.example/")
        assert moment(entry, "updated") >= moment(entry, "published")
        assert entry.find(A + "content").get("type") == "html"
    assert moment(feed, "updated") == max(moment(entry, "updated") for entry in entries)
    assert len({text(entry, "id") for entry in entries}) == 2


def test_links_in_a_text_are_absolute_and_its_language_is_said(client, settings):
    settings.BASE_URL = "https://oppdrift.fjordvik.example"
    make_story(language="nn")

    entry = fetched(client).find(A + "entry")

    assert entry.get(LANG) == "nn"
    assert 'href="https://oppdrift.fjordvik.example/rounds/"' in text(entry, "content")
    assert "<b>" not in text(entry, "content")


def test_the_id_stays_and_updated_follows_the_words(client):
    with at(dt.datetime(2026, 1, 20, 12, tzinfo=dt.UTC)):
        story = make_story()
        before = fetched(client).find(A + "entry")
    with at(dt.datetime(2026, 1, 22, 12, tzinfo=dt.UTC)):
        story.change(by=story.by, title="Åtte team")
        after = fetched(client).find(A + "entry")

    assert text(before, "id") == text(after, "id")
    assert text(before, "published") == text(after, "published") == "2026-01-20T12:00:00Z"
    assert (text(before, "updated"), text(after, "updated")) == ("2026-01-20T12:00:00Z", "2026-01-22T12:00:00Z")


def test_drafts_and_what_was_taken_down_are_not_in_it(client):
    story = make_story()
    Story.begin(by=story.by, round=story.round, title="Utkast", intro="x")
    story.take_down(by=story.by)

    feed = fetched(client)

    assert feed.findall(A + "entry") == []
    assert moment(feed, "updated")


def test_signs_that_xml_does_not_know_are_left_out(client):
    make_story(title="Rar\x0b tittel")

    assert text(fetched(client).find(A + "entry"), "title") == "Rar tittel"


def test_the_newest_change_comes_first(client):
    old, new = make_story(title="Gammel"), make_story(title="Ny")
    old.change(by=old.by, intro="Endret.")

    titles = [text(entry, "title") for entry in fetched(client).findall(A + "entry")]

    assert titles == ["Gammel", "Ny"]
    assert new.is_published
