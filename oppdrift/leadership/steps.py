"""What those who take part owe: a word about a promise after each module."""

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from oppdrift.applications.models import Promise
from oppdrift.gatherings.models import Gathering
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.rounds.models.stage import Stage
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from .models import FollowUp
from .taking_part import takes_part


def steps_for(person: Person) -> list[Step]:
    """One statement, for those who take part. (That they are invited to a module, `gatherings` says.)"""
    return [_step(promise) for promise in _unsaid(person)] if takes_part(person) else []


@prepared
def _unsaid(person: Person) -> QuerySet[Promise]:
    """Open promises that the person gave, of which nothing is said since the last module."""
    modules = Gathering.objects.on().filter(
        kind=Gathering.Kind.LUP_MODULE, round=OuterRef("idea__round"), appointment__starts_at__lte=now()
    )
    last = modules.order_by("-appointment__starts_at").values("appointment__starts_at")[:1]
    said = (
        FollowUp.objects.filter(promise=OuterRef("pk")).order_by().values("promise").annotate(n=Max("at")).values("n")
    )
    alive = Round.objects.alive().filter(stages__icontains=f'"{Stage.LEADERSHIP}"')
    return (
        Promise.objects.open()
        .filter(person=person, idea__round__in=alive)
        .annotate(last_module=Subquery(last), last_said=Subquery(said))
        .filter(Q(last_said=None, last_module__gt=F("given_at")) | Q(last_module__gt=F("last_said")))
        .select_related("idea")
        .order_by("due", "pk")
    )


def _step(promise: Promise) -> Step:
    words = {"title": promise.idea.title, "day": dates.long_date(promise.given_at), "what": promise.text}
    why = _("You promised on %(day)s: %(what)s") % words
    if not promise.text:
        why = _("You promised hours on %(day)s. There has been a module since.") % words
    url = reverse("leadership:promises", args=[promise.idea_id])
    return Step(_("Say how it goes with your promise to “%(title)s”") % words, why, url, _("Say how it goes"))
