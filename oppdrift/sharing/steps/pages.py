"""Steps towards a published page: read it and say yes, look over what was changed, say whether one may be asked."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from oppdrift.ideas.models import Idea, Part
from oppdrift.people.models import Person
from oppdrift.sharing.models import Showcase
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.models import is_among
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step


def steps_of_pages(person: Person) -> list[Step]:
    """One statement."""
    return [_step(showcase, person) for showcase in _waiting(person)]


@prepared
def _waiting(person: Person) -> QuerySet[Showcase]:
    """Those that wait for somebody's yes: the team's, the lead's, or that of whom one may ask."""
    teams = Part.objects.in_force().filter(person=person, kind=Part.Kind.TEAM).values("idea")
    hidden, shown = Q(idea__published_at=None), Q(idea__published_at__isnull=False)
    own, led = Q(idea__in=teams), Q(is_among(Idea.objects.cleared_for(person), "idea"))
    of_team = own & hidden & Q(team_agreed_at=None, lead_agreed_at__isnull=False)
    of_lead = led & hidden & Q(lead_agreed_at=None, team_agreed_at__isnull=False)
    changed = led & shown & Q(changed_at__gt=F("lead_agreed_at"))
    asked = Q(contact=person, contact_agreed_at=None)
    rows = Showcase.objects.filter(of_team | of_lead | changed | asked, idea__withdrawn_at=None)
    return rows.select_related("idea").order_by("changed_at", "pk")


def _step(showcase: Showcase, person: Person) -> Step:
    words = {"title": showcase.title}
    url = reverse("sharing:showcase", args=[showcase.idea_id])
    if showcase.contact_id == person.pk and not showcase.contact_agreed_at:
        title = _("Say whether people may ask you about «%(title)s»")
        why = _("The team would like to name you on the project page. Nobody sees your name before you have said yes.")
        return Step(title % words, why, url, _("Answer"))
    if showcase.idea.published_at:
        why = _("The page is published, and the text is another one than you said yes to. It shows already.")
        return Step(_("Look over what is changed on the page of «%(title)s»") % words, why, url, _("Read it"))
    if showcase.lead_agreed_at:
        why = _("The programme lead has said yes. When the team says yes too, anybody can read it.")
    else:
        why = _("The team has said yes. When you say yes too, anybody can read it.")
    return Step(_("Read the page of «%(title)s», and say yes to it") % words, why, url, _("Read it"))
