"""Who may do what with links, asks, offers and lessons."""

from django.utils.translation import gettext as _

from oppdrift.ideas.models import Idea
from oppdrift.ideas.policies import in_team, leads
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.sharing.models import Ask, Lesson, Link
from oppdrift.sharing.sight import projects
from oppdrift.toolbox.answers import Answer, No


def runs(person: Person, round: Round) -> bool:
    return Round.objects.run_by(person).filter(pk=round.pk).exists()


def belongs(person: Person, *ideas: Idea) -> bool:
    """To one of them at least, as team, owner, endorser or coach."""
    return Idea.objects.of(person).filter(pk__in=[idea.pk for idea in ideas]).exists()


# Links


def may_look(person: Person, round: Round) -> Answer:
    """Those who run the round, who read what the projects have written."""
    if not runs(person, round):
        return No(_("Only the programme lead has links suggested."))
    return No(_("The round is closed.")) if round.closed_at else True


def may_edit_concepts(person: Person) -> Answer:
    """Whoever runs a round: one list serves all."""
    if person.runs_programme or Round.objects.run_by(person).exists():
        return True
    return No(_("Only the programme lead changes the concepts."))


def may_join(person: Person, idea: Idea) -> Answer:
    """From a project one carries or leads."""
    if not (belongs(person, idea) or leads(person, idea)):
        return No(_("Only the project and the programme lead link it to others."))
    return No(_("The idea is withdrawn.")) if idea.withdrawn_at else True


def concerns(person: Person, link: Link) -> bool:
    ideas = (link.idea_a, link.idea_b)
    return belongs(person, *ideas) or any(leads(person, idea) for idea in ideas)


def may_confirm(person: Person, link: Link) -> Answer:
    if not concerns(person, link):
        return No(_("Only the two projects and the programme lead decide about this."))
    return link.can_confirm()


def may_dismiss(person: Person, link: Link) -> Answer:
    if not concerns(person, link):
        return No(_("Only the two projects and the programme lead decide about this."))
    return link.can_dismiss()


def may_call(person: Person, link: Link) -> Answer:
    """Those who run the round arrange what happens in it."""
    if link.round is None or not runs(person, link.round):
        return No(_("Only the programme lead can arrange this."))
    return link.can_call()


# Asks and offers


def may_put(person: Person, round: Round) -> Answer:
    """Whoever carries or coaches a project of the round, and who runs it."""
    if not (runs(person, round) or own_projects(person, round).exists()):
        return No(_("Only the round's projects and the programme lead write here. Everybody can answer."))
    return Ask.can_put(round)


def own_projects(person: Person, round: Round):
    """The projects of the round that the person speaks for."""
    return projects().filter(round=round, pk__in=Idea.objects.of(person))


def may_keep_ask(person: Person, ask: Ask) -> bool:
    """Change or close it: whoever wrote it, their project, and who leads it."""
    if ask.by_id == person.pk:
        return True
    return (belongs(person, ask.idea) or leads(person, ask.idea)) if ask.idea else runs(person, ask.round)


def may_change_ask(person: Person, ask: Ask) -> Answer:
    if not may_keep_ask(person, ask):
        return No(_("Only those who wrote it can change it."))
    return ask.can_change()


def may_close_ask(person: Person, ask: Ask) -> Answer:
    if not may_keep_ask(person, ask):
        return No(_("Only those who wrote it can close it."))
    return ask.can_close()


def may_reply(person: Person, ask: Ask) -> Answer:
    """Everybody who is signed in, but whoever asked."""
    if ask.by_id == person.pk:
        return No(_("You wrote this yourself."))
    return ask.can_reply()


# Lessons


def may_write_lesson(person: Person, idea: Idea) -> Answer:
    """The team, about its own project."""
    if not in_team(person, idea):
        return No(_("Only the team writes what it has learned."))
    if not projects().filter(pk=idea.pk).exists():
        return No(_("Lessons are written of projects. This idea is not one yet."))
    return Lesson.can_write(idea)


def may_keep_lesson(person: Person, lesson: Lesson) -> Answer:
    """Change, show, hide or erase it."""
    if not in_team(person, lesson.idea):
        return No(_("Only the team decides about its lessons."))
    return True
