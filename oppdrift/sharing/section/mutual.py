"""What `sharing/_section.html` shows of an idea to one reader. The record of an idea asks here too."""

from typing import Any

from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person

from ..models import Ask, Award, Lesson, Link, Story
from ..policies.mutual import may_join, may_put, may_write_lesson
from ..reasons import prepared


def shared_of(idea: Idea, person: Person) -> dict[str, Any]:
    """Links to other projects, asks, lessons, stories and prizes. Few statements, and none of them per row."""
    links = prepared(Link.objects.seen_by(person).confirmed().about(idea), person)
    return {
        "idea": idea,
        "linked": [{"link": link, "other": link.other(idea)} for link in links],
        "asks": list(Ask.objects.seen_by(person).open().filter(idea=idea)),
        "lessons": list(Lesson.objects.seen_by(person).about(idea)),
        "stories": list(Story.objects.published().about(idea).newest_first()),
        "awards": list(Award.objects.announced().filter(idea=idea).select_related("prize__round")),
        "may_join": bool(may_join(person, idea)),
        "may_write_lesson": bool(may_write_lesson(person, idea)),
        "may_ask": bool(idea.round and may_put(person, idea.round)),
    }
