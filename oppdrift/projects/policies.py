"""Who may do what with projects."""

from django.utils.translation import gettext as _

from oppdrift.gatherings.models import Gathering, SignUp
from oppdrift.ideas.models import Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round, Stage
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.answers import Answer, No
from oppdrift.toolbox.once import once

from .models import Agreement, CheckIn, GuidanceSession, Project, Report, Signature

CARRIES = {Part.Kind.TEAM.value, Part.Kind.OWNER.value, Part.Kind.COACH.value}  # not who only stood behind it


def leads(person: Person, project: Project) -> bool:
    """As programme lead, or as substitute where the lead is barred."""
    return _leads(person, project.idea_id)


@once
def _leads(person: Person, idea: int) -> bool:
    return Idea.objects.cleared_for(person).filter(pk=idea).exists()


def parts_in(person: Person, project: Project) -> set[str]:
    """As what the person belongs to it."""
    return _parts(person, project.idea_id)


@once
def _parts(person: Person, idea: int) -> set[str]:
    return set(Part.objects.in_force().filter(person=person, idea=idea).values_list("kind", flat=True))


def runs(person: Person, round: Round) -> bool:
    return any(role.kind in Role.RUNS and role.round_id == round.pk for role in roles_held_by(person))


# A round as a whole


def may_see_round(person: Person, round: Round) -> Answer:
    """The projects of a round, their money and coaches: those who run it, each the cases they lead."""
    if not runs(person, round):
        return No(_("Only the programme lead sees the projects of the whole round."))
    if not round.uses(Stage.PROJECTS):
        return No(_("This round does not follow projects up."))
    return True


def may_change_round(person: Person, round: Round) -> Answer:
    """To start projects, call them together, hand them over."""
    if not (answer := may_see_round(person, round)):
        return answer
    return No(_("The round is closed.")) if round.closed_at else True


# One project


def may_lead(person: Person, project: Project) -> Answer:
    """What the programme lead decides: state, owner, coach, money."""
    return True if leads(person, project) else No(_("Only the programme lead does this."))


def may_take_part(person: Person, project: Project) -> Answer:
    """What those who carry the project do together: write the agreement, book sessions, do the next step."""
    if parts_in(person, project) & CARRIES or leads(person, project):
        return True
    return No(_("Only the team, the owner, the coach and the programme lead do this."))


def may_write_agreement(person: Person, agreement: Agreement) -> Answer:
    return may_take_part(person, agreement.project) and agreement.can_write()


def may_propose(person: Person, agreement: Agreement) -> Answer:
    return may_take_part(person, agreement.project) and agreement.can_propose()


def may_take_back(person: Person, agreement: Agreement) -> Answer:
    return may_take_part(person, agreement.project) and agreement.can_take_back()


def may_revise(person: Person, agreement: Agreement) -> Answer:
    return may_take_part(person, agreement.project) and agreement.can_revise()


def roles_to_sign(person: Person, project: Project) -> list[str]:
    """As what this person's yes to an agreement counts."""
    lead_of_team = project.idea.team().filter(person=person, leads=True).exists()
    counts = {
        Signature.As.LEAD.value: lead_of_team,
        Signature.As.OWNER.value: project.owner_id == person.pk,
        Signature.As.PROGRAMME.value: leads(person, project),
    }
    return [as_what for as_what, is_so in counts.items() if is_so]


def may_sign(person: Person, project: Project, as_what: str) -> Answer:
    if as_what in roles_to_sign(person, project):
        return True
    return No(_("Only project lead, project owner and programme lead agree to it, each for themselves."))


# Guidance


def may_book(person: Person, project: Project) -> Answer:
    return may_take_part(person, project) and GuidanceSession.can_book(project)


def may_move(person: Person, session: GuidanceSession) -> Answer:
    return may_take_part(person, session.project) and session.can_move()


def may_cancel(person: Person, session: GuidanceSession) -> Answer:
    return may_take_part(person, session.project) and session.can_cancel()


def may_hold(person: Person, session: GuidanceSession) -> Answer:
    """The coach writes what came out of it; the lead may, where the coach has left."""
    if Part.Kind.COACH not in parts_in(person, session.project) and not leads(person, session.project):
        return No(_("The coach writes what came out of the session."))
    return session.can_hold()


def may_finish_step(person: Person, session: GuidanceSession) -> Answer:
    return may_take_part(person, session.project) and session.can_finish_step()


def may_check_in(person: Person, project: Project) -> Answer:
    """Those who know how it goes: team, owner and coach."""
    if not parts_in(person, project) & CARRIES:
        return No(_("Only the team, the owner and the coach tell how it goes."))
    return CheckIn.can_write(project)


# Reports


def may_report(person: Person, project: Project) -> Answer:
    if Part.Kind.TEAM not in parts_in(person, project):
        return No(_("Only the team writes the report."))
    return True


def may_write_report(person: Person, report: Report) -> Answer:
    return may_report(person, report.project) and report.can_write()


def may_send_back(person: Person, report: Report) -> Answer:
    return may_lead(person, report.project) and report.can_send_back()


def may_accept(person: Person, report: Report) -> Answer:
    return may_lead(person, report.project) and report.can_accept()


# Gatherings


def may_note_presence(person: Person, gathering: Gathering) -> Answer:
    """Who came: noted by those who run the round, and by coaches for their own projects."""
    coaches = Project.objects.coached_by(person).of_round(gathering.round_id).exists()
    if not coaches and not runs(person, gathering.round):
        return No(_("The programme lead and the coaches note who came."))
    return SignUp.can_note_presence(gathering)
