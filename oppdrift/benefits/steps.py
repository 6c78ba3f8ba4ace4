"""What people owe here: measure, agree, name an owner, write the benefits down."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.assessing.queue import number_of
from oppdrift.ideas.models import Decision, Idea, Part
from oppdrift.ideas.sight import ties
from oppdrift.people.models import Person
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import OSLO, today
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from .models import Benefit, Measurement
from .models.benefit import followed_up
from .steps_of_lead import of_lead

NEAR = dt.timedelta(days=30)  # a measurement further ahead is not yet somebody's next step
FEW = 5


def steps_for(person: Person) -> list[Step]:
    """Two statements for whoever belongs to an idea, one for those who run a round."""
    own = [*_measure(person), *_of_projects(person)] if ties(person).own else []
    return [*own, *of_lead(person)]


def _measure(person: Person) -> Iterator[Step]:
    """Of owners and teams: what is due or soon will be, the oldest first."""
    for one in _due(person, (today() + NEAR).isoformat()):
        assert one.due is not None
        words = {"benefit": one.benefit.title, "idea": one.benefit.idea.title, "day": dates.day(one.due)}
        if one.is_overdue:
            why = (
                _("%(idea)s. It was to be measured %(day)s. It takes a minute; say so if it cannot be measured.")
                % words
            )
        else:
            why = _("%(idea)s. It is to be measured %(day)s, and takes a minute.") % words
        title = _("Find the baseline of “%(benefit)s”") if one.is_baseline else _("Measure “%(benefit)s”")
        at = dt.datetime.combine(one.due, dt.time(12), OSLO)
        yield Step(title % words, why, one.get_absolute_url(), _("Write what you see"), due=at, weight=1)


@prepared
def _due(person: Person, day: str) -> QuerySet[Measurement]:
    team = Part.objects.in_force().filter(person=person, kind=Part.Kind.TEAM).values("idea")
    return (
        Measurement.objects.waiting()
        .filter(Q(benefit__owner=person) | Q(benefit__idea__in=team), due__lte=day, benefit__dropped_at=None)
        .select_related("benefit__idea")
        .order_by("due", "pk")[:FEW]
    )


@prepared
def _projects(person: Person) -> QuerySet:
    """Those the person is in and has something to do in, with what."""
    decided = Decision.objects.going_on().filter(idea=OuterRef("pk"))
    as_team = Part.objects.in_force().filter(idea=OuterRef("pk"), person=person, kind=Part.Kind.TEAM)
    benefits = Benefit.objects.in_force().filter(idea=OuterRef("pk"))
    mine = benefits.filter(owner=person, agreed_at=None).exclude(realised="")
    return (
        Idea.objects.alive()
        .filter(Exists(decided), followed_up(), pk__in=Idea.objects.of(person))
        .annotate(
            is_team=Exists(as_team),
            written=number_of(benefits),
            ownerless=number_of(benefits.without_owner()),
            to_agree=number_of(mine),
        )
        .filter(Q(is_team=True, written=0) | Q(is_team=True, ownerless__gt=0) | Q(to_agree__gt=0))
        .order_by("pk")
    )


def _of_projects(person: Person) -> Iterator[Step]:
    projects: Iterable[Any] = _projects(person)  # with what was asked above
    for idea in projects:
        if idea.is_team:
            yield from _of_team(idea)
        if idea.to_agree:
            yield _agree(idea)


def _of_team(idea: Any) -> Iterator[Step]:
    url = reverse("benefits:of", args=[idea.pk])
    words = {"idea": idea.title, "n": idea.ownerless}
    if not idea.written:
        why = _("What becomes better, for whom, and from which number? The baseline has to be found before you begin.")
        yield Step(_("Write down the benefits of %(idea)s") % words, why, url, _("Write the first one"))
    elif idea.ownerless:
        title = ngettext("Name who owns a benefit", "Name who owns %(n)d benefits", idea.ownerless) % words
        why = _("%(idea)s. A benefit is taken out in the line, by a leader near where the change happens.") % words
        yield Step(title, why, url, _("Name an owner"))


def _agree(idea: Any) -> Step:
    words = {"idea": idea.title, "n": idea.to_agree}
    title = ngettext("Read and agree to a benefit", "Read and agree to %(n)d benefits", idea.to_agree) % words
    why = _("%(idea)s. You are named as the one who takes it out. Change it with the team if it is not right.") % words
    return Step(title, why, reverse("benefits:of", args=[idea.pk]), _("Read it"), weight=1)
