"""Who may do what with stories, pictures, consents and prizes."""

from django.utils.translation import gettext as _

from oppdrift.history.models import File
from oppdrift.ideas.models import Idea
from oppdrift.ideas.policies import leads
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.sharing.models import Award, Consent, Prize, Showcase, Story
from oppdrift.sharing.policies.showcase import may_edit as may_edit_showcase
from oppdrift.sharing.sight import projects
from oppdrift.toolbox.answers import Answer, No


def publishes(person: Person) -> bool:
    """Does the person run a round, or the programme?"""
    return person.runs_programme or any(role.kind in Role.RUNS for role in roles_held_by(person))


def leads_story(person: Person, story: Story) -> bool:
    return Story.objects.led_by(person).filter(pk=story.pk).exists()


def may_write(person: Person) -> Answer:
    """Whoever runs a round, and whoever carries or coaches a project."""
    if publishes(person) or projects().filter(pk__in=Idea.objects.of(person)).exists():
        return True
    return No(_("Stories are written by the projects and the programme lead."))


def may_change(person: Person, story: Story) -> Answer:
    """Its writer until it is published, and who publishes it."""
    if leads_story(person, story):
        return True
    if story.by_id != person.pk:
        return No(_("Only whoever wrote the story and the programme lead can change it."))
    return No(_("The story is published. Ask the programme lead to change it.")) if story.published_at else True


def may_publish(person: Person, story: Story) -> Answer:
    if not leads_story(person, story):
        return No(_("Only the programme lead publishes stories."))
    return story.can_publish()


def may_take_down(person: Person, story: Story) -> Answer:
    if not leads_story(person, story):
        return No(_("Only the programme lead takes stories down."))
    return story.can_take_down()


def may_erase(person: Person, story: Story) -> Answer:
    return may_change(person, story) and story.can_erase()


# Consents


def may_keep_consents(person: Person, file: File) -> Answer:
    """Whoever may change what the picture belongs to: a story, or the public page of a project."""
    thing = file.thing
    if isinstance(thing, Story):
        return may_change(person, thing)
    if isinstance(thing, Showcase):
        return may_edit_showcase(person, thing)
    return No(_("Consents are kept of pictures in stories and on project pages."))


def may_withdraw_for(person: Person, consent: Consent) -> Answer:
    """For somebody who has told them so."""
    if consent.file is None:
        return consent.can_withdraw()
    return may_keep_consents(person, consent.file) and consent.can_withdraw()


# Prizes


def may_keep_prizes(person: Person, round: Round) -> Answer:
    if not Round.objects.run_by(person).filter(pk=round.pk).exists():
        return No(_("Only the programme lead decides about prizes."))
    return True


def may_give(person: Person, prize: Prize, idea: Idea, reason: str) -> Answer:
    if not leads(person, idea):
        return No(_("Only the programme lead gives prizes, and not where they are disqualified."))
    return Award.can_give(prize, idea, reason)


def may_decide(person: Person, award: Award) -> Answer:
    """Announce it or take it back."""
    if not leads(person, award.idea):
        return No(_("Only the programme lead gives prizes, and not where they are disqualified."))
    return True
