"""What a new edition of a round's questions and criteria means for those who have handed in."""

from django.db import transaction

from oppdrift.history import letters
from oppdrift.ideas.models import Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Edition

from .models import Application


@transaction.atomic
def tell_those_who_handed_in(edition: Edition, *, by: Person) -> int:
    """Letters to the teams that answered an earlier edition, as drafts in the outbox. Returns how many were written."""
    answered_earlier = Application.objects.in_round(edition.round).handed_in().exclude(edition=edition)
    teams = (
        Part.objects.in_force()
        .filter(kind=Part.Kind.TEAM, idea__in=answered_earlier.values("idea"), person__is_active=True)
        .select_related("person", "idea", "idea__application")
    )
    written = [
        letters.write(
            "form_changed",
            to=part.person,
            key=f"form-changed-{edition.pk}-{part.idea_id}-{part.person_id}",
            root=edition.round,
            thing=part.idea,
            by=by,
            reason=edition.why,
            deadline=edition.round.deadline,
            link=part.idea.application.get_absolute_url(),
        )
        for part in teams
    ]
    return sum(letter is not None for letter in written)
