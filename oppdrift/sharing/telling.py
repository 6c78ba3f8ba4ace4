"""Letters about the conference. All wait in the outbox until the lead has read them."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import lazy

from oppdrift.history import letters
from oppdrift.ideas.models import Part
from oppdrift.people.models import Person
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import today

from .changes import Change, begins, changes, when
from .models import Conference, Release
from .models.release import Row
from .readiness import Readiness


def of_release(release: Release, before: Release | None, *, by: Person) -> int:
    """The first time each team hears when its talk is; later only those whose talk is changed. How many letters."""
    conference = release.conference
    found = changes(before.rows if before else [], release.rows)
    concerned = {change.idea: change for change in found if change.idea}
    kind = "programme_changed" if before else "programme_published"
    written = [
        letters.write(
            kind, to=part.person, key=f"{kind}:{release.pk}:{part.idea_id}:{part.person_id}", root=conference.round,
            thing=part.idea, by=by, when=in_letter(partial(in_full, concerned[part.idea_id].row)),
            place=concerned[part.idea_id].row["hall"] or conference.appointment.where,
            reason=in_letter(partial(in_words, concerned[part.idea_id])), link=conference.get_absolute_url(),
        )
        for part in members(concerned)
    ]  # fmt: skip
    return sum(letter is not None for letter in written)


def of_missing(conference: Conference, rows: Iterable[Readiness], *, by: Person) -> int:
    """Tell the teams what they still owe, once a day at most. How many letters."""
    owing = {row.idea.pk: row for row in rows if not row.is_ready}
    written = [
        letters.write(
            "conference_reminder", to=part.person, key=f"conference_reminder:{conference.pk}:{part.pk}:{today()}",
            root=conference.round, thing=part.idea, by=by, deadline=conference.due_at,
            link=page_of(owing[part.idea_id]),
            unclear=in_letter(partial(in_points, owing[part.idea_id])),
        )
        for part in members(owing)
    ]  # fmt: skip
    return sum(letter is not None for letter in written)


def members(ideas: Iterable[int | None]) -> QuerySet[Part]:
    """The teams of these ideas."""
    team = Part.objects.in_force().filter(kind=Part.Kind.TEAM, idea__in=list(ideas), person__is_active=True)
    return team.select_related("person", "idea__round").order_by("idea", "pk")


def page_of(row: Readiness) -> str:
    return reverse("sharing:talk", args=[row.slot.pk]) if row.slot else reverse("sharing:showcase", args=[row.idea.pk])


def in_full(row: Row) -> str:
    """mandag 20. januar kl. 10.00–10.15"""
    return f"{dates.day(begins(row))} {when(row)}"


def in_words(change: Change) -> str:
    return change.words


def in_points(row: Readiness) -> str:
    return "\n".join(f"- {each.lacks}" for each in row.missing)


def in_letter(say: Callable[[], Any]) -> Any:
    """Said in the language of the letter, which may be another one than the page's."""
    return lazy(lambda: str(say()), str)()
