"""What is told of a project besides its page: prizes, lessons and stories. Asked for in one statement."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.utils.translation import get_language

from oppdrift.ideas.models import Idea
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.prepared import prepared

from .models import Award, Lesson, Story

COLUMNS = ("kind", "key", "name", "name_nn", "words")
PAGES = {"lesson": "sharing:lesson", "story": "sharing:story"}


@dataclass(frozen=True)
class Told:
    """A prize, a lesson or a story, as anybody reads of it."""

    kind: str
    title: str
    language: str  # of the title; nothing: nobody has said
    words: str = ""
    url: str = ""


def told_of_project(idea: Idea) -> dict[str, list[Told]]:
    """By kind, what is announced, shown or published about the idea."""
    found: dict[str, list[Told]] = {"prize": [], "lesson": [], "story": []}
    for row in _rows(idea):
        found[row[0]].append(_told(*row))
    return found


@prepared
def _rows(idea: Idea) -> QuerySet[Any, tuple[str, int, str, str, str]]:
    prizes = _columns(
        Award.objects.announced().filter(idea=idea), "prize", F("prize__name"), F("prize__name_nn"), F("reason")
    )
    lessons = _columns(Lesson.objects.shown().about(idea), "lesson", F("title"), Value(""), Value(""))
    stories = _columns(Story.objects.published().about(idea), "story", F("title"), F("language"), F("intro"))
    return prizes.union(lessons, stories, all=True).order_by("key")


def _columns(rows, kind, name, name_nn, words):
    text = CharField()
    return (
        rows.order_by()
        .annotate(kind=Value(kind, text), key=F("pk"), name=name, name_nn=name_nn, words=words)
        .values_list(*COLUMNS)
    )


def _told(kind: str, key: int, name: str, second: str, words: str) -> Told:
    if kind == "prize":
        is_nynorsk = get_language() == "nn" and bool(second)
        return Told(kind, second if is_nynorsk else name, "nn" if is_nynorsk else "nb", words)
    return Told(kind, name, second, words, reverse(PAGES[kind], args=[key]))
