"""Who may do what with applications."""

from django.utils.translation import gettext as _

from oppdrift.ideas import sight
from oppdrift.ideas.models import Idea, Part
from oppdrift.ideas.policies import DECLARE_FIRST, must_declare, stand
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import Answer, No
from oppdrift.toolbox.once import is_remembered

from .models import Application, Endorsement


def in_team(person: Person, application: Application) -> bool:
    if is_remembered():
        return application.idea_id in sight.ties(person).team
    return application.idea.team().filter(person=person).exists()


def belongs(person: Person, application: Application) -> bool:
    """In the team, or its owner, endorsing leader or coach."""
    if is_remembered():
        return application.idea_id in sight.ties(person).own
    return application.idea.parts.in_force().filter(person=person, kind__in=Part.BELONGS).exists()


def leads(person: Person, application: Application) -> bool:
    return stand(person, application.idea_id).leads


def may_begin(person: Person, round: Round, idea: Idea | None = None) -> Answer:
    """Everybody, of their own ideas or directly."""
    if idea and not idea.team().filter(person=person).exists():
        return No(_("Only the team behind the idea can apply with it."))
    return Application.can_begin(round, idea)


def may_read(person: Person, application: Application) -> Answer:
    """Those who belong to it always; the lead and those who judge it read what was handed in."""
    if belongs(person, application):
        return True
    if not stand(person, application.idea_id).judges:
        if must_declare(person, application.idea):
            return No(DECLARE_FIRST)
        return No(_("Only the team and those who judge the application can read it."))
    if application.is_draft:
        return No(_("The team is still writing. The text can be read when it is handed in."))
    if application.is_withdrawn:
        return No(_("The team has withdrawn the application."))
    return True


def may_read_draft(person: Person, application: Application) -> Answer:
    """What is written now, handed in or not, is for those who belong to it."""
    if not belongs(person, application):
        return No(_("The team is still writing. The text can be read when it is handed in."))
    return True


def may_write(person: Person, application: Application) -> Answer:
    if not in_team(person, application):
        return No(_("Only the team can write in the application."))
    return application.can_write()


def may_submit(person: Person, application: Application) -> Answer:
    """The team. Whether it is complete and in time is asked by the verb, which remembers a try that came late."""
    if not in_team(person, application):
        return No(_("Only the team can hand in."))
    return True


def may_reopen(person: Person, application: Application) -> Answer:
    if not in_team(person, application):
        return No(_("Only the team can correct the application."))
    return application.can_reopen()


def may_withdraw(person: Person, application: Application) -> Answer:
    if not in_team(person, application):
        return No(_("Only the team can withdraw the application."))
    return application.can_withdraw()


def may_bring_back(person: Person, application: Application) -> Answer:
    if not in_team(person, application):
        return No(_("Only the team can bring the application back."))
    return application.can_bring_back()


def may_extend(person: Person, application: Application) -> Answer:
    if not leads(person, application):
        return No(_("Only the programme lead can extend the deadline."))
    return application.can_extend()


def may_open_for_improvement(person: Person, application: Application) -> Answer:
    if not leads(person, application):
        return No(_("Only the programme lead can ask for a new version."))
    return application.can_open_for_improvement()


def may_ask_endorsement(person: Person, application: Application) -> Answer:
    if not in_team(person, application):
        return No(_("Only the team can ask its leader."))
    return Endorsement.can_ask(application)


def may_take_back(person: Person, endorsement: Endorsement) -> Answer:
    if not in_team(person, endorsement.application):
        return No(_("Only the team can take the question back."))
    return endorsement.can_take_back()


def may_list(person: Person, round: Round) -> Answer:
    """Those who run the round."""
    if not Round.objects.run_by(person).filter(pk=round.pk).exists():
        return No(_("Only those who run the round see all its applications."))
    return True
