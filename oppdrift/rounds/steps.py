"""What those who lead a round owe it."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from .models import Edition, Role, Round, Stage
from .models.role import roles_held_by


def steps_for(person) -> list[Step]:
    """Publish the draft, name a substitute lead before assessing opens, finish a proposal. One statement at most."""
    if not any(role.kind == Role.Kind.LEAD for role in roles_held_by(person)):
        return []
    steps = (step(round) for round in _led(person) for step in (_publish, _name_substitute, _finish))
    return [step for step in steps if step]


@prepared
def _led(person) -> QuerySet[Round]:
    in_round = Role.objects.in_force().filter(round=OuterRef("pk"))
    return (
        Round.objects.led_by(person)
        .filter(closed_at=None)
        .annotate(
            substituted=Exists(in_round.filter(kind=Role.Kind.SUBSTITUTE)),
            proposed=Exists(Edition.and_proposals.filter(round=OuterRef("pk"), number=None)),
        )
    )


def _publish(round: Round) -> Step | None:
    if round.published_at:
        return None
    return Step(
        _("Publish %(round)s") % {"round": round},
        _("The round is a draft that only you who run it can see.")
        if not round.opens_at
        else _("The call is to open on %(day)s. Until the round is published only you who run it can see it.")
        % {"day": dates.day(round.opens_at)},
        reverse("rounds:edit", args=[round.pk]),
        _("Look over the round"),
        due=round.opens_at,
        weight=3,
    )


def _name_substitute(round: Round) -> Step | None:
    if not round.published_at or round.substituted or not round.uses(Stage.ASSESSING):  # type: ignore[attr-defined]
        return None
    return Step(
        _("Name a substitute lead for %(round)s") % {"round": round},
        _("Where you have a conflict of interest, somebody else handles it. Name them before assessing opens."),
        reverse("rounds:roles", args=[round.pk]),
        _("Name a substitute lead"),
        due=round.deadline,
        weight=1,
    )


def _finish(round: Round) -> Step | None:
    if not round.proposed:  # type: ignore[attr-defined]
        return None
    return Step(
        _("Finish your changes of the questions and criteria"),
        _("Your changes in %(round)s are not in force yet. Look them over, then put them in force or drop them.")
        % {"round": round},
        reverse("rounds:edit", args=[round.pk]),
        _("Look over the changes"),
        weight=2,
    )
