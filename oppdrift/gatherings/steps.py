"""What a person may do next about gatherings: answer an invitation, come to a workshop with their idea, be there."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from oppdrift.ideas.models import Part
from oppdrift.people.models import Person
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from .models import Gathering, Invitation, SignUp

NEAR = dt.timedelta(days=30)  # a workshop further ahead is not yet somebody's next step
SOON = dt.timedelta(days=7)  # one has a place: being there comes next


def steps_for(person: Person) -> list[Step]:
    """One statement, whatever the number of gatherings."""
    return [step for gathering in _near(person) if (step := _step(gathering, gathering.is_invited))]


@prepared
def _near(person: Person) -> QuerySet:
    """Those ahead where the person has a place, is invited, or may come with their idea."""
    invited = Invitation.objects.filter(gathering=OuterRef("pk"), person=person)
    with_idea = Part.objects.in_force().filter(
        person=person, kind=Part.Kind.TEAM, idea__round=OuterRef("round"), idea__withdrawn_at=None
    )
    return (
        Gathering.objects.seen_by(person)
        .on()
        .filter(appointment__starts_at__gt=now(), appointment__starts_at__lte=now() + NEAR)
        .with_state_of(person)
        .annotate(is_invited=Exists(invited))
        .filter(
            Q(own_state=SignUp.State.COMING)
            | Q(own_state=None, is_invited=True)
            | (Q(own_state=None) & Q(kind=Gathering.Kind.APPLICATION_WORKSHOP) & Exists(with_idea))
        )
        .select_related("appointment")
        .order_by("appointment__starts_at")
    )


def _step(gathering: Gathering, is_invited: bool) -> Step | None:
    appointment = gathering.appointment
    facts = {"title": gathering.title, "when": appointment.when, "place": appointment.where}
    url = gathering.get_absolute_url()
    if gathering.own_state == SignUp.State.COMING:
        if appointment.starts_at > now() + SOON:
            return None
        why = _("%(when)s. %(place)s.") % facts
        return Step(_("Come to %(title)s") % facts, why, url, _("See the programme"), due=appointment.starts_at)
    if is_invited:
        why = _("You are invited: %(when)s. %(place)s.") % facts
        return Step(_("Sign up for %(title)s") % facts, why, url, _("Answer"), due=appointment.starts_at, weight=2)
    why = _("Bring your idea, and get advice before you write: %(when)s. %(place)s.") % facts
    return Step(_("Sign up for %(title)s") % facts, why, url, _("See the workshop"), due=appointment.starts_at)
