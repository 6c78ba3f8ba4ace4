"""Who stands where towards ideas. Every `seen_by` in the house is made from these questions.

*Belonging*: team, owner, endorsing leader, coach. *Leading*: the round's lead, and the substitute lead for the ideas
that a lead is barred from; an idea without a round is led by those who run the programme. *Judging*: leading, or
assessor or panel member. Nobody leads or judges an idea they are disqualified from or belong to. *Colleague*: anybody
signed in, for shared ideas. (design.md, section 4, rule 1)

Nearly every request asks here, so each answer is one condition of uncorrelated subqueries, evaluated once a statement;
only a substitute's adds a question per row.
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


def in_charge(person: Person) -> Q:
    """Ideas the person would lead if nothing barred them."""
    roles = Role.objects.in_force().filter(person=person)
    as_lead = Q(round__in=roles.filter(kind=Role.Kind.LEAD).values("round"))
    as_substitute = Q(round__in=roles.filter(kind=Role.Kind.SUBSTITUTE).values("round")) & lead_is_barred()
    outside_rounds = Q(round=None) if person.runs_programme else Q(pk__in=[])
    return as_lead | as_substitute | outside_rounds


def asked_to_judge(person: Person) -> Q:
    """Ideas the person was asked to assess or to hear."""
    return Q(pk__in=Part.objects.in_force().filter(person=person, kind__in=Part.JUDGES).values("idea"))


def leading(person: Person) -> Q:
    """Ideas the person handles as programme lead."""
    return in_charge(person) & ~barred(person)


def judging(person: Person) -> Q:
    """Ideas whose judgement the person takes part in."""
    return (in_charge(person) | asked_to_judge(person)) & ~barred(person)


def close(person: Person) -> Q:
    """Ideas whose application the person may read: their own, and those they judge. (Own ones first, so that of what
    bars them only disqualification is left to ask.)"""
    judged = (in_charge(person) | asked_to_judge(person)) & ~Q(pk__in=disqualified(person))
    return Q(pk__in=belonging(person)) | judged
