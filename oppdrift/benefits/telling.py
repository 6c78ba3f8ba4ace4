"""Letters about benefits: to an owner who is named, and to those whom the spread concerns."""

from django.utils import translation

from oppdrift.history import letters
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.toolbox.addresses import reverse

from .models import Adoption, Benefit


def of_owner(benefit: Benefit, *, by: Person) -> None:
    """Somebody is named as owner, and is to read it and agree. It answers a deed, so it leaves at once."""
    if benefit.owner and benefit.owner != by:
        letters.write(
            "benefit_owner",
            to=benefit.owner,
            key=f"benefit_owner:{benefit.pk}:{benefit.owner.pk}",
            root=benefit.idea.round,
            thing=benefit.idea,
            by=by,
            state="queued",
            benefit=benefit,
            link=benefit.get_absolute_url(),
        )


def of_copy_to_confirm(adoption: Adoption) -> None:
    """To the address a stranger has given, which may be anybody's: nothing they typed stands in the letter."""
    letters.write(
        "copy_confirm",
        to=("", adoption.contact_address),
        key=f"copy_confirm:{adoption.pk}",
        root=adoption.idea.round,
        thing=adoption.idea,
        state="queued",
        language=adoption.language,
        private=True,  # its link is the stranger's own
        lead=adoption.idea.lead_in_charge(),
        link=reverse("benefits:confirm", args=[adoption.token]),
    )


def of_copy_confirmed(adoption: Adoption) -> list[Person]:
    """To those who have the solution: somebody would like to copy it. Returns whom."""
    told = those_who_answer(adoption.idea)
    for person in told:
        with translation.override(person.language):
            what = str(Adoption.Kind(adoption.kind).label)
        letters.write(
            "copy_asked",
            to=person,
            key=f"copy_asked:{adoption.pk}:{person.pk}",
            root=adoption.idea.round,
            thing=adoption.idea,
            state="queued",
            organisation=adoption.receiver,
            contact=adoption.contact_name,
            address=adoption.contact_address,
            what=what,
            link=adoption.get_absolute_url(),
        )
    return told


def those_who_answer(idea: Idea) -> list[Person]:
    """The project lead, else somebody else who carries it or owns a benefit of it, else whoever leads the case."""
    parts = idea.parts.in_force().filter(person__is_active=True).select_related("person")
    for kind in ("team", "benefit", "owner"):
        if part := parts.filter(kind=kind).first():
            return [part.person]
    lead = idea.lead_in_charge()
    return [lead] if lead else []
