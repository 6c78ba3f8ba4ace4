"""Projects help each other, and the town hears: links, asks, lessons, stories, conference, public pages."""

from .asking import Ask, Reply
from .concepts import ConceptList
from .conference import Conference, Hall
from .consent import Consent
from .lesson import Lesson
from .link import Link
from .prize import Award, Prize
from .release import Release
from .showcase import Showcase
from .slot import Slot
from .speaker import Speaker
from .story import Story

__all__ = [
    "Ask",
    "Award",
    "ConceptList",
    "Conference",
    "Consent",
    "Hall",
    "Lesson",
    "Link",
    "Prize",
    "Release",
    "Reply",
    "Showcase",
    "Slot",
    "Speaker",
    "Story",
]
