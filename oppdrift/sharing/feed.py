"""What is told, as an Atom feed (RFC 4287): stable ids, absolute links, and `updated` as readers see it."""

import datetime as dt
import uuid
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.look.texts import markdown, paragraphs

from .models import Showcase, Story

ATOM = "http://www.w3.org/2005/Atom"
MOST = 50
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Entry:
    """One thing that is told."""

    id: str
    title: str
    url: str
    published: dt.datetime
    updated: dt.datetime
    summary: str
    content: str  # HTML
    language: str = ""


def entries() -> list[Entry]:
    """Stories and project pages that anybody may read, the latest change first. Two statements."""
    stories = Story.objects.published().select_related("picture").order_by("-changed_at")[:MOST]
    pages = Showcase.objects.published().select_related("idea").order_by("-changed_at")[:MOST]
    found = [*map(of_story, stories), *map(of_page, pages)]
    return sorted(found, key=lambda entry: entry.updated, reverse=True)[:MOST]


def of_story(story: Story) -> Entry:
    picture = ""
    if story.picture:
        image = ET.Element(
            "img", src=absolute(reverse("sharing:story_picture", args=[story.pk])), alt=story.picture_alt
        )
        picture = f"<p>{ET.tostring(image, encoding='unicode', method='html')}</p>"
    text = markdown(story.text).replace('href="/', f'href="{settings.BASE_URL}/')
    return Entry(
        story.uid.urn, story.title, absolute(story.get_absolute_url()), story.published_at or story.begun_at,
        max(story.changed_at, story.published_at or story.begun_at), story.intro, picture + text, story.language,
    )  # fmt: skip


def of_page(page: Showcase) -> Entry:
    url = absolute(page.get_absolute_url())
    published = page.idea.published_at or page.begun_at
    content = str(paragraphs(page.challenge)) + str(paragraphs(page.core))
    return Entry(
        uuid.uuid5(uuid.NAMESPACE_URL, url).urn, page.title, url, published, max(page.changed_at, published),
        page.summary, content,
    )  # fmt: skip


def atom(found: list[Entry]) -> bytes:
    """The document. The feed's own id is its address, which stays."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {LANGUAGE: settings.LANGUAGE_CODE})
    address = absolute(reverse("sharing:feed"))
    add(feed, "id", address)
    add(feed, "title", _("%(programme)s in %(municipality)s") % names())
    add(feed, "updated", stamp(max((entry.updated for entry in found), default=midnight())))
    add(add(feed, "author"), "name", settings.MUNICIPALITY)
    add(feed, "link", rel="self", type="application/atom+xml", href=address)
    add(feed, "link", rel="alternate", type="text/html", href=absolute(reverse("sharing:stories")))
    for each in found:
        row = add(feed, "entry")
        if each.language:
            row.set(LANGUAGE, each.language)
        add(row, "id", each.id)
        add(row, "title", each.title)
        add(row, "link", rel="alternate", type="text/html", href=each.url)
        add(row, "published", stamp(each.published))
        add(row, "updated", stamp(each.updated))
        add(row, "summary", each.summary)
        add(row, "content", each.content, type="html")
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True)


def add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = "".join(sign for sign in text if sign >= " " or sign in "\n\t") or None
    return child


def names() -> dict[str, str]:
    return {"programme": settings.PROGRAMME, "municipality": settings.MUNICIPALITY}


def absolute(path: str) -> str:
    return settings.BASE_URL + path


def stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def midnight() -> dt.datetime:
    """When there is nothing yet: the same all day, so that nobody takes it for news."""
    return now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
