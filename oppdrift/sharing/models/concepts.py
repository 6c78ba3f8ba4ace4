"""The words by which texts are compared: whom they are for, what they want, what they are about. Kept as lines of text
that the programme lead edits; every saved list stays."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.history.models import Event
from oppdrift.people.models import Person
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import MomentField

GROUPS = ("users", "goals", "topics")
USUAL = Path(__file__).parents[1] / "concepts.txt"


@dataclass(frozen=True)
class Concept:
    """One thing that texts speak of in several words."""

    group: str  # one of GROUPS
    name: str
    words: tuple[str, ...]  # beginnings of words; the name is one of them


class Unreadable(ValueError):
    """A line of the list that is neither a group nor a concept; its text is the line."""


def read(text: str) -> list[Concept]:
    """`[users]` begins a group, `pårørende: pårørande, ektefelle` is a concept in it. Raises Unreadable."""
    found, group = [], ""
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("[") and line.endswith("]") and line[1:-1].strip() in GROUPS:
            group = line[1:-1].strip()
        elif line and not line.startswith("#"):
            name, _colon, rest = line.partition(":")
            words = [name.strip(), *(word.strip() for word in rest.split(",") if word.strip())]
            if not group or not words[0]:
                raise Unreadable(line)
            found.append(Concept(group, words[0], tuple(dict.fromkeys(words))))
    return found


@cache
def usual() -> str:
    """The list that an installation starts with."""
    return USUAL.read_text(encoding="utf-8")


class ConceptList(models.Model):
    """One saved list; the newest is in force."""

    text = models.TextField(_("concepts"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = MomentField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.written_at:%Y-%m-%d %H:%M}"

    @classmethod
    def in_force(cls) -> str:
        newest = cls.objects.first()
        return newest.text if newest else usual()

    @classmethod
    def can_write(cls, text: str) -> Answer:
        try:
            read(text)
        except Unreadable as error:
            return No(_("This line is not understood: “%(line)s”.") % {"line": error})
        return True

    @classmethod
    @transaction.atomic
    def write(cls, text: str, *, by: Person) -> "ConceptList":
        """This list from now on; links are suggested by it when somebody looks for them next."""
        ensure(cls.can_write(text))
        made = cls.objects.create(text=text.strip() + "\n", written_by=by)
        Event.record("concepts.written", made, by=by)
        return made
