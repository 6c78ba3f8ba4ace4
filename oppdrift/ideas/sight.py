"""Who stands where towards ideas. Every `seen_by` in the house is made from these questions.

*Belonging*: team, owner, endorsing leader, coach. *Leading*: the round's lead, and the substitute lead for the ideas
that every lead is barred from; an idea without a round is led by those who run the programme. *Judging*: leading, or
assessor or panel member. Nobody leads or judges an idea they are disqualified from or belong to. *Cleared*: whoever
leads has said that they have no ties; before that they see of an application title, unit, people and numbers, and run
the round by these. *Colleague*: anybody signed in, for shared ideas.

Nearly every request asks here. While a page is read, the person's roles and ties are asked for once and stand in the
statements as keys; where something is written, each answer is one condition of uncorrelated subqueries, evaluated once
a statement. Only a substitute's adds a question per row.
"""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from oppdrift.people.models import Person
from oppdrift.rounds.models import Role
from oppdrift.rounds.models.role import rounds_held_by
from oppdrift.toolbox.once import is_remembered, once
from oppdrift.toolbox.prepared import prepared

from .models.part import Clearance, Disqualification, Part


class Ties(NamedTuple):
    """Keys of ideas."""

    own: list[int]  # the person belongs to them
    team: list[int]  # of these, as one of the team
    barred: list[int]  # disqualified from


@once
def ties(person: Person) -> Ties:
    """How the person is tied to ideas. One statement."""
    known = Ties([], [], [])
    for idea, kind in _ties(person):
        (known.own if kind else known.barred).append(idea)
        if kind == Part.Kind.TEAM:
            known.team.append(idea)
    return known


@prepared
def _ties(person: Person) -> QuerySet:
    parts = Part.objects.in_force().filter(person=person, kind__in=Part.BELONGS).order_by()
    barred = Disqualification.objects.in_force().filter(person=person).order_by()
    return parts.values_list("idea", "kind").union(barred.values_list("idea", Value("")))


def belonging(person: Person) -> QuerySet | list[int]:
    """Keys of ideas the person belongs to."""
    if is_remembered():
        return ties(person).own
    return Part.objects.in_force().filter(person=person, kind__in=Part.BELONGS).values("idea")


def disqualified(person: Person) -> QuerySet | list[int]:
    """Keys of ideas the person may not judge."""
    if is_remembered():
        return ties(person).barred
    return Disqualification.objects.in_force().filter(person=person).values("idea")


def barred(person: Person) -> Q:
    """Ideas that the person may neither lead nor judge, whatever their role."""
    return Q(pk__in=disqualified(person)) | Q(pk__in=belonging(person))


def no_lead_is_free() -> Q:
    """Ideas whose round has no lead who may handle them, each disqualified, in it or gone: the substitute's."""
    return _none_is_free([Role.Kind.LEAD])


def nobody_is_free() -> Q:
    """Ideas that neither a lead nor a substitute may handle, until somebody names one who can."""
    return _none_is_free([*Role.RUNS])


def _none_is_free(kinds: list[str]) -> Q:
    theirs = {"idea": OuterRef(OuterRef("pk")), "person": OuterRef("person")}
    by_law = Disqualification.objects.in_force().filter(**theirs)
    as_member = Part.objects.in_force().filter(**theirs, kind__in=Part.BELONGS)
    runs_it = Role.objects.in_force().filter(kind__in=kinds, round=OuterRef("round"))
    return Q(~Exists(runs_it.filter(~Exists(by_law), ~Exists(as_member))))


def in_charge(person: Person) -> Q:
    """Ideas the person would lead if nothing barred them."""
    led = Q(round__in=rounds_held_by(person, [Role.Kind.LEAD]))
    if person.runs_programme:
        led |= Q(round=None)
    substituted = rounds_held_by(person, [Role.Kind.SUBSTITUTE])
    if isinstance(substituted, list) and not substituted:
        return led
    return led | (Q(round__in=substituted) & no_lead_is_free())


def asked_to_judge(person: Person) -> Q:
    """Ideas the person was asked to assess or to hear, as long as they have that role in the round."""
    parts = Part.objects.in_force().filter(person=person, kind__in=Part.JUDGES)
    rounds = rounds_held_by(person, [Role.Kind.ASSESSOR, Role.Kind.PANEL])
    return Q(round__in=rounds) & Q(Exists(parts.filter(idea=OuterRef("pk"))))


def leading(person: Person) -> Q:
    """Ideas the person handles as programme lead."""
    return in_charge(person) & ~barred(person)


def is_declared(person: Person) -> Q:
    """Ideas of which nothing is handed in yet, or to which the person has said to have no ties."""
    return Q(is_applying=False) | Q(Exists(Clearance.objects.in_force().filter(person=person, idea=OuterRef("pk"))))


def cleared(person: Person) -> Q:
    """Ideas the person handles as programme lead, and may read and judge."""
    return leading(person) & is_declared(person)


def judging(person: Person) -> Q:
    """Ideas whose judgement the person takes part in."""
    return ((in_charge(person) & is_declared(person)) | asked_to_judge(person)) & ~barred(person)


def close(person: Person) -> Q:
    """Ideas that the person sees, shared or not: their own, and those they lead or judge. (Own ones first, so that of
    what bars them only disqualification is left to ask.)"""
    judged = (in_charge(person) | asked_to_judge(person)) & ~Q(pk__in=disqualified(person))
    return Q(pk__in=belonging(person)) | judged
