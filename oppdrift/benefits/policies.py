"""Who may do what with benefits, measurements and the spread."""

from django.utils.translation import gettext as _

from oppdrift.ideas.models import Idea, Part
from oppdrift.people.models import Person, Unit
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import Answer, No

from .models import Adoption, Benefit, Measurement

CARRY = (Part.Kind.TEAM, Part.Kind.OWNER, Part.Kind.BENEFIT)  # who answers for a benefit; coaches and endorsers read


def carries(person: Person, idea: Idea) -> bool:
    """As one of the team, or as a leader who answers for it."""
    return Part.objects.in_force().filter(idea=idea, person=person, kind__in=CARRY).exists()


def leads(person: Person, idea: Idea) -> bool:
    return Idea.objects.cleared_for(person).filter(pk=idea.pk).exists()


def works_on(person: Person, idea: Idea) -> Answer:
    if carries(person, idea) or leads(person, idea):
        return True
    return No(_("Only the team, those who own its benefits and the programme lead can do this."))


def may_begin(person: Person, idea: Idea) -> Answer:
    """Born by the team; the owner and the lead may add what they find."""
    return works_on(person, idea) and Benefit.can_begin(idea)


def may_change(person: Person, benefit: Benefit) -> Answer:
    return works_on(person, benefit.idea) and benefit.can_change()


def may_agree(person: Person, benefit: Benefit) -> Answer:
    if person.pk != benefit.owner_id:
        return No(_("Only the owner can agree to it."))
    return benefit.can_agree()


def may_drop(person: Person, benefit: Benefit) -> Answer:
    return works_on(person, benefit.idea) and benefit.can_drop()


def may_take_up(person: Person, benefit: Benefit) -> Answer:
    return works_on(person, benefit.idea) and benefit.can_take_up()


def may_measure(person: Person, measurement: Measurement) -> Answer:
    return works_on(person, measurement.benefit.idea) and measurement.can_make()


def may_correct(person: Person, measurement: Measurement) -> Answer:
    return works_on(person, measurement.benefit.idea) and measurement.can_correct()


def may_skip(person: Person, measurement: Measurement) -> Answer:
    return works_on(person, measurement.benefit.idea) and measurement.can_skip()


def may_move(person: Person, measurement: Measurement) -> Answer:
    return works_on(person, measurement.benefit.idea) and measurement.can_move()


def may_see_round(person: Person, round: Round) -> Answer:
    """All of a round's benefits: those who run it, each their cases."""
    if not Round.objects.run_by(person).filter(pk=round.pk).exists():
        return No(_("Only the programme lead sees the benefits of the whole round."))
    return True


def may_record(person: Person, idea: Idea) -> Answer:
    """Team and lead for anybody; a leader of ours for their own unit."""
    if carries(person, idea) or leads(person, idea) or units_led_by(person).exists():
        return Adoption.can_record(idea, None)
    return No(_("Only the team, the programme lead and leaders of units can write down who takes it up."))


def may_record_for_anybody(person: Person, idea: Idea) -> bool:
    return bool(works_on(person, idea))


def units_led_by(person: Person):
    return Unit.objects.current().filter(leader=person)


def may_follow(person: Person, adoption: Adoption) -> Answer:
    """Team and lead, and whoever leads the unit that takes it up."""
    is_leader = bool(adoption.unit and adoption.unit.leader_id == person.pk)
    if carries(person, adoption.idea) or is_leader or leads(person, adoption.idea):
        return adoption.can_change()
    return No(_("Only the team, the programme lead and leaders of units can write down who takes it up."))
