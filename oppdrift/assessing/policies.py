"""Who may do what about impartiality, assignment and assessing. (The shortlist's are in `policies_shortlist`.)"""

from collections.abc import Callable

from django.utils.translation import gettext as _

from oppdrift.ideas.models import Disqualification, Idea, Part
from oppdrift.ideas.policies import DECLARE_FIRST, must_declare, stand
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.answers import Answer, No

from .models import Assessment, Declaration, Desk

JUDGES = [Role.Kind.ASSESSOR, Role.Kind.LEAD, Role.Kind.SUBSTITUTE]


def runs(person: Person, round: Round) -> bool:
    return any(role.round_id == round.pk and role.kind in Role.RUNS for role in roles_held_by(person))


def led_round(person: Person, pk: int) -> Round | None:
    """The round of this key, if the person runs it."""
    return next((role.round for role in roles_held_by(person) if role.round_id == pk and role.kind in Role.RUNS), None)


def may_run(person: Person, round: Round) -> Answer:
    """The lead and the substitute see who does what; each only about the ideas they handle."""
    if not runs(person, round):
        return No(_("Only those who run the round see this."))
    return True


def judging_roles(person: Person, round: Round) -> set[str]:
    """As what the person will judge in the round."""
    return {role.kind for role in roles_held_by(person) if role.round_id == round.pk and role.kind in JUDGES}


def may_declare(roles: set[str]) -> Answer:
    """Those who will judge in the round; ask with their `judging_roles`."""
    if not roles:
        return No(_("Only those who judge in the round declare their impartiality."))
    return True


def settlers(round: Round) -> Callable[[int], set[int]]:
    """Who settles impartiality, by the key of an idea: the leads, or the substitutes where all leads are barred.

    Three statements for a whole round.
    """
    roles = Role.objects.in_force().filter(round=round, kind__in=[Role.Kind.LEAD, Role.Kind.SUBSTITUTE])
    runs_it = list(roles.values_list("kind", "person"))
    people = [person for _kind, person in runs_it]
    by_law = Disqualification.objects.in_force().filter(idea__round=round, person__in=people)
    as_member = Part.objects.in_force().filter(idea__round=round, person__in=people, kind__in=Part.BELONGS)
    barred = set(by_law.values_list("idea", "person")) | set(as_member.values_list("idea", "person"))

    def of(idea: int) -> set[int]:
        for wanted in (Role.Kind.LEAD, Role.Kind.SUBSTITUTE):
            if free := {person for kind, person in runs_it if kind == wanted and (idea, person) not in barred}:
                return free
        return set()

    return of


def may_settle(person: Person, declaration: Declaration) -> Answer:
    if person.pk == declaration.person_id:
        return No(_("Somebody else settles what concerns yourself."))
    round = declaration.idea.round
    if round is None or person.pk not in settlers(round)(declaration.idea_id):
        return No(_("Only the programme lead, or the substitute where the lead is disqualified, settles this."))
    return True


def may_see_assessments(person: Person, idea: Idea, desk: Desk | None) -> Answer:
    """As lead, or as an assessor who has handed in their own of the version in question."""
    if stand(person, idea.pk).is_cleared:
        return True
    if not desk and must_declare(person, idea):
        return No(DECLARE_FIRST)
    if not desk:
        if idea.disqualifications.in_force().filter(person=person).exists():
            return No(_("You are disqualified here. You see neither the text nor the assessments."))
        return No(_("Only those who assess see the assessments."))
    if not (answer := desk.can_read()):
        return answer
    if not Assessment.objects.filter(application=desk.application).by(person).handed_in().exists():
        return No(_("You see what others think when you have handed in your own assessment."))
    return True
