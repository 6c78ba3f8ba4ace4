"""Who stands where towards ideas. Every `seen_by` in the house is made from these questions.

*Belonging*: team, owner, endorsing leader, coach. *Leading*: the round's lead, and the substitute lead for the ideas
that a lead is barred from. *Judging*: leading, or assessor or panel member. Nobody leads or judges an idea they are
disqualified from or belong to. *Colleague*: anybody signed in, for shared ideas. (design.md, section 4, rule 1)
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from oppdrift.people.models import Person
from oppdrift.rounds.models import Role

from .models.part import Disqualification, Part


def belonging(person: Person) -> QuerySet:
    """Keys of ideas the person belongs to."""
    return Part.objects.in_force().filter(person=person, kind__in=Part.BELONGS).values("idea")


def disqualified(person: Person) -> QuerySet:
    """Keys of ideas the person may not judge."""
    return Disqualification.objects.in_force().filter(person=person).values("idea")


def barred(person: Person) -> Q:
    """Ideas that the person may neither lead nor judge, whatever their role."""
    return Q(pk__in=disqualified(person)) | Q(pk__in=belonging(person))


def lead_is_barred() -> Q:
    """Ideas that a lead of their round is disqualified from or belongs to: the substitute's."""
    leads = Role.objects.in_force().filter(kind=Role.Kind.LEAD, round=OuterRef("idea__round")).values("person")
    by_law = Disqualification.objects.in_force().filter(idea=OuterRef("pk"), person__in=leads)
    as_member = Part.objects.in_force().filter(idea=OuterRef("pk"), kind__in=Part.BELONGS, person__in=leads)
    return Q(Exists(by_law)) | Q(Exists(as_member))


def leading(person: Person) -> Q:
    """Ideas the person handles as programme lead."""
    roles = Role.objects.in_force().filter(person=person)
    as_lead = Q(round__in=roles.filter(kind=Role.Kind.LEAD).values("round"))
    as_substitute = Q(round__in=roles.filter(kind=Role.Kind.SUBSTITUTE).values("round")) & lead_is_barred()
    return (as_lead | as_substitute) & ~barred(person)


def judging(person: Person) -> Q:
    """Ideas whose judgement the person takes part in."""
    parts = Part.objects.in_force().filter(person=person, kind__in=Part.JUDGES).values("idea")
    return leading(person) | (Q(pk__in=parts) & ~barred(person))


def close(person: Person) -> Q:
    """Ideas whose application the person may read."""
    return judging(person) | Q(pk__in=belonging(person))
