"""From which decisions projects start, and who may own or guide one."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from oppdrift.assessing.models import OfferAnswer
from oppdrift.ideas.models import Decision, Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Stage
from oppdrift.toolbox.answers import Answer, No


def startable() -> QuerySet[Decision]:
    """Decisions that have been told and taken: admitted in the end, or guidance without funding that the team wants,
    offered at whichever stage. Of rounds that follow projects up and are not closed."""
    said_yes = Q(offer__answer=OfferAnswer.Choice.YES)
    admitted = Q(outcome=Decision.Outcome.ADMITTED) & (said_yes | Q(offer=None))
    guided = Q(outcome=Decision.Outcome.GUIDANCE) & said_yes
    in_use = {"idea__round__closed_at": None, "idea__round__stages__icontains": f'"{Stage.PROJECTS}"'}
    return Decision.objects.going_on().filter(admitted | guided, idea__withdrawn_at=None, **in_use)


def unstarted() -> QuerySet[Decision]:
    """Those whose idea is no project yet."""
    return startable().filter(idea__project=None)


def unanswered() -> QuerySet[Decision]:
    """Told, and waiting for what the team says."""
    offers = [Decision.Outcome.ADMITTED, Decision.Outcome.GUIDANCE]
    told = Decision.objects.known().at(Decision.Stage.FINAL).filter(outcome__in=offers, offer__answer="")
    return told.filter(idea__project=None, idea__withdrawn_at=None)


def can_own(idea: Idea, person: Person) -> Answer:
    """Whoever belongs to an idea no longer leads its case, so nobody who does is made its owner by others."""
    if not person.is_active:
        return No(_("%(name)s has left.") % {"name": person.name})
    if Idea.objects.led_by(person).filter(pk=idea.pk).exists():
        return No(_("%(name)s runs the round, and cannot own a project in it.") % {"name": person.name})
    return True


def can_coach(idea: Idea, person: Person) -> Answer:
    """A coach of the round who has no tie to the idea and does not judge it."""
    name = {"name": person.name}
    if not Role.objects.in_force().filter(round=idea.round_id, person=person, kind=Role.Kind.COACH).exists():
        return No(_("%(name)s is not a coach in this round.") % name)
    if idea.disqualifications.in_force().filter(person=person).exists():
        return No(_("%(name)s is disqualified from this project.") % name)
    parts = set(idea.parts.in_force().filter(person=person).values_list("kind", flat=True))
    if parts & set(Part.JUDGES) or Idea.objects.led_by(person).filter(pk=idea.pk).exists():
        return No(_("%(name)s judges this project, and cannot guide it too.") % name)
    if Part.Kind.TEAM in parts:
        return No(_("%(name)s is in the team.") % name)
    if Part.Kind.COACH in parts:
        return No(_("%(name)s guides this project already.") % name)
    return True
