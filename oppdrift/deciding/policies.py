"""Who may do what about the decision."""

from django.utils.translation import gettext as _

from oppdrift.assessing.models import OfferAnswer
from oppdrift.assessing.policies_shortlist import leads_round, may_answer, may_handle
from oppdrift.ideas import sight
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.pitching.models import PitchDay
from oppdrift.rounds.models import Role, Round, Stage
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.answers import Answer, No

from . import final
from .candidates import candidates
from .models import Sitting
from .models.sitting import rounds_read_whole

__all__ = ["leads_round", "may_answer"]


def kinds_held(person: Person, round: Round) -> set[str]:
    return {role.kind for role in roles_held_by(person) if role.round_id == round.pk}


def may_run(person: Person, round: Round) -> Answer:
    """Who leads the round, or the substitute, each about the projects they handle."""
    if not round.uses(Stage.DECIDING):
        return No(_("This round has no decision."))
    if not kinds_held(person, round) & {*Role.RUNS}:
        return No(_("Only those who run the round prepare the decision."))
    return True


def may_see_room(person: Person, round: Round) -> Answer:
    """Those who run the round and those who decide. What each is barred from is not in what they see."""
    if not round.uses(Stage.DECIDING):
        return No(_("This round has no decision."))
    if not kinds_held(person, round) & {*Role.RUNS, Role.Kind.PANEL}:
        return No(_("The decision room is for those who run the round and decide in it."))
    return True


def is_counted(round: Round) -> Answer:
    """Are there results? While the panel votes nobody sees any, so that each votes by themselves."""
    if not round.uses(Stage.PITCHING):
        return True
    day = PitchDay.objects.filter(round=round).first()
    if day is None:
        return No(_("The pitch day is not made yet."))
    return True if day.locked_at else No(_("The voting is not closed yet. Nobody sees results before that."))


def may_decide(person: Person, idea: Idea) -> Answer:
    return may_handle(person, idea, _("Only the programme lead decides here, and not where they are disqualified."))


def may_plan(person: Person, round: Round) -> Answer:
    """What holds for the whole decision, and its release."""
    if not leads_round(person, round):
        return No(_("Only the programme lead sets what holds for the whole decision, and releases it."))
    return True


def may_confirm(person: Person, round: Round) -> Answer:
    """Another one than who decided, barred from none of it: in the panel, running the programme, or named for it."""
    if not round.uses(Stage.DECIDING):
        return No(_("This round has no decision."))
    sitting = Sitting.of(round)
    is_asked = sitting.counter_signer_id == person.pk or person.runs_programme
    if not is_asked and not kinds_held(person, round) & {Role.Kind.LEAD, Role.Kind.PANEL}:
        if round.uses(Stage.PITCHING):
            return No(_("It is confirmed by somebody in the panel, who runs the programme, or who is named for it."))
        return No(_("It is confirmed by somebody who runs the programme, or who is named for it."))
    if candidates(round).filter(sight.barred(person)).exists():
        return No(_("You are disqualified from something that is decided here, so somebody else confirms it."))
    has_decided = final.behind_what_waits().filter(idea__round=round, made_by=person).exists()
    if has_decided or sitting.reason_by_id == person.pk:
        return No(_("You have decided here yourself. A second person confirms it."))
    return True


def may_go_on(person: Person, offer: OfferAnswer) -> Answer:
    """Who leads the case says what follows a no."""
    words = _("Only the programme lead says what follows when a team says no.")
    return may_handle(person, offer.record, words)


def may_read_whole(person: Person, round: Round) -> Answer:
    """The protocol holds all of it, so it is for those whom nothing of it is hidden from."""
    if not round.uses(Stage.DECIDING) or not rounds_read_whole(person).filter(pk=round.pk).exists():
        return No(_("The protocol is for those who decided or confirmed, and are disqualified from nothing in it."))
    return True
