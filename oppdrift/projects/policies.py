"""Who may do what with projects."""

from django.utils.translation import gettext as _

from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round, Stage
from oppdrift.toolbox.answers import Answer, No

from .models import Project


def leads(person: Person, project: Project) -> bool:
    """As programme lead, or as substitute where the lead is barred."""
    return Idea.objects.led_by(person).filter(pk=project.idea_id).exists()


def parts_in(person: Person, project: Project) -> set[str]:
    """As what the person belongs to it."""
    return set(project.idea.parts.in_force().filter(person=person).values_list("kind", flat=True))


def may_see_round(person: Person, round: Round) -> Answer:
    """The list of a round's projects, their money and coaches: those who run the round, each their cases."""
    if not Round.objects.run_by(person).filter(pk=round.pk).exists():
        return No(_("Only the programme lead sees the projects of the whole round."))
    if not round.uses(Stage.PROJECTS):
        return No(_("This round does not follow projects up."))
    return True


def may_lead(person: Person, project: Project) -> Answer:
    """What the programme lead decides: state, owner, coach, money."""
    return True if leads(person, project) else No(_("Only the programme lead does this."))
