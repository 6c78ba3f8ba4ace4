"""What whoever promised something owes: to keep it by its day, and a word about it after each module."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from oppdrift.applications.models import Promise
from oppdrift.gatherings.models import Gathering
from oppdrift.ideas.sight import ties
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.rounds.models.stage import Stage
from oppdrift.toolbox import dates
from oppdrift.toolbox.clock import OSLO, now, today
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from .models import FollowUp
from .taking_part import takes_part

SOON = dt.timedelta(days=7)  # a promise due within this time is a next step


def steps_for(person: Person) -> list[Step]:
    """One statement, for those who take part, belong to an idea or run a round: nobody else has promised anything.
    (That they are invited to a module, `gatherings` says.)"""
    learns = takes_part(person)
    if not (learns or ties(person).own or roles_held_by(person)):
        return []
    last = today() + SOON
    asked: Iterable[Any] = _asked(person, last.isoformat())
    return [
        _due(promise) if promise.due and promise.due <= last else _step(promise)
        for promise in asked
        if learns or (promise.due and promise.due <= last)
    ]


@prepared
def _asked(person: Person, day: str) -> QuerySet[Promise]:
    """Open promises that the person gave: due by that day, or nothing is said of them since the last module."""
    modules = Gathering.objects.on().filter(
        kind=Gathering.Kind.LUP_MODULE, round=OuterRef("idea__round"), appointment__starts_at__lte=now()
    )
    last = modules.order_by("-appointment__starts_at").values("appointment__starts_at")[:1]
    said = (
        FollowUp.objects.filter(promise=OuterRef("pk")).order_by().values("promise").annotate(n=Max("at")).values("n")
    )
    alive = Round.objects.alive()
    learning = alive.filter(stages__icontains=f'"{Stage.LEADERSHIP}"')
    agreed = Q(source=Promise.Source.AGREEMENT, idea__round__in=alive.filter(stages__icontains=f'"{Stage.PROJECTS}"'))
    return (
        Promise.objects.open()
        .filter(Q(idea__round__in=learning) | agreed, person=person)
        .annotate(last_module=Subquery(last), last_said=Subquery(said))
        .filter(
            Q(due__lte=day)
            | Q(idea__round__in=learning)
            & (Q(last_said=None, last_module__gt=F("given_at")) | Q(last_module__gt=F("last_said")))
        )
        .select_related("idea")
        .order_by("due", "pk")
    )


def _due(promise: Any) -> Step:
    """What is to be done by a day, until it is said that it was kept, or why not."""
    words = {"title": promise.idea.title, "day": dates.day(promise.due), "what": Truncator(promise.text).words(30)}
    why = _("It was agreed to be done by %(day)s: %(what)s") if promise.text else _("It was agreed by %(day)s.")
    at = dt.datetime.combine(promise.due, dt.time(23, 59), OSLO)
    url = reverse("leadership:promises", args=[promise.idea_id])
    return Step(_("Keep your promise to “%(title)s”") % words, why % words, url, _("Say how it goes"), due=at, weight=2)


def _step(promise: Promise) -> Step:
    words = {"title": promise.idea.title, "day": dates.long_date(promise.given_at), "what": promise.text}
    why = _("You promised on %(day)s: %(what)s") % words
    if not promise.text:
        why = _("You promised hours on %(day)s. There has been a module since.") % words
    url = reverse("leadership:promises", args=[promise.idea_id])
    return Step(_("Say how it goes with your promise to “%(title)s”") % words, why, url, _("Say how it goes"))
