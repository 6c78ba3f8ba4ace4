"""Who may do what with the public page of a project. Whoever sees it in the making comes from `Showcase.seen_by`."""

from django.utils.translation import gettext as _

from oppdrift.ideas.models import Idea
from oppdrift.ideas.policies import in_team
from oppdrift.people.models import Person
from oppdrift.sharing.models import Showcase
from oppdrift.toolbox.answers import Answer, No


def handles(person: Person, idea: Idea) -> bool:
    """Leads its case, and has said to have no ties to it."""
    return Idea.objects.cleared_for(person).filter(pk=idea.pk).exists()


def may_begin(person: Person, idea: Idea) -> Answer:
    """The team tells, or the lead begins for them."""
    if not (in_team(person, idea) or handles(person, idea)):
        return No(_("Only the team and the programme lead make the page."))
    return Showcase.can_begin(idea)


def may_edit(person: Person, showcase: Showcase) -> Answer:
    """The team, in its own words; the lead may help."""
    if in_team(person, showcase.idea) or handles(person, showcase.idea):
        return True
    return No(_("Only the team and the programme lead make the page."))


def may_agree_as_team(person: Person, showcase: Showcase) -> Answer:
    if not in_team(person, showcase.idea):
        return No(_("Only somebody in the team can say yes for the team."))
    return showcase.can_agree(as_lead=False)


def may_agree_as_lead(person: Person, showcase: Showcase) -> Answer:
    if not handles(person, showcase.idea):
        return No(_("Only the programme lead can say yes for the programme."))
    return showcase.can_agree(as_lead=True)


def may_take_off(person: Person, showcase: Showcase) -> Answer:
    """Either side, at once and without asking the other."""
    if not (in_team(person, showcase.idea) or handles(person, showcase.idea)):
        return No(_("Only the team and the programme lead can take the page off."))
    return showcase.idea.can_unpublish()


def may_look_over(person: Person, showcase: Showcase) -> Answer:
    if not handles(person, showcase.idea):
        return No(_("Only the programme lead looks over what was changed."))
    return showcase.is_changed_since_lead_agreed or No(_("Nothing is changed since you said yes."))


def may_stop_answering(person: Person, showcase: Showcase) -> Answer:
    """Only whoever is named, whatever anybody else says."""
    return showcase.contact_id == person.pk or No(_("Somebody else is named, or nobody."))
