"""Where the decision is found in the menu."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from oppdrift.people.models import Person
from oppdrift.pitching.models import PitchDay
from oppdrift.rounds.models import Role, Stage
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.once import once
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Place


def places_for(person: Person) -> list[Place]:
    """Of the newest round that decides: for who runs it, once the call is over, and for the panel, once its votes are
    counted. One statement for the panel, none for others."""
    roles = [role for role in roles_held_by(person) if role.round.is_alive and role.round.uses(Stage.DECIDING)]
    run = [role.round for role in roles if role.kind in Role.RUNS]
    if deciding := [round for round in run if not round.is_open and round.has_opened]:
        newest = max(deciding, key=lambda round: (round.year, round.pk))
        return [Place(_("Decision"), reverse("deciding:sitting", args=[newest.pk]), 28)]
    if any(role.kind == Role.Kind.PANEL for role in roles) and (counted := _counted(person)):
        return [Place(_("Decision"), reverse("deciding:room", args=[counted[-1]]), 28)]
    return []


@once
def _counted(person: Person) -> list[int]:
    """Keys of the rounds in whose panel the person sits and whose voting is closed, the newest last."""
    return list(_closed_days(person))


@prepared
def _closed_days(person: Person) -> QuerySet:
    heard = Role.objects.in_force().filter(person=person, kind=Role.Kind.PANEL, round__closed_at=None)
    days = PitchDay.objects.filter(round__in=heard.values("round"), locked_at__isnull=False)
    return (
        days.filter(round__stages__icontains=f'"{Stage.DECIDING}"')
        .order_by("round__year", "round")
        .values_list("round", flat=True)
    )
