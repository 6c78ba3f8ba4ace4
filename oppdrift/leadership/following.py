"""Promises with what has been said about them."""

from django.db.models import Q

from oppdrift.applications.models import Promise
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round

from .models import FollowUp


def with_words(promises) -> list[Promise]:
    """Each with `said`: what was said about it, the newest last. Two statements."""
    rows = list(promises.select_related("idea__round", "person"))
    said: dict[int, list[FollowUp]] = {}
    for each in FollowUp.objects.filter(promise__in=rows).select_related("by", "module"):
        said.setdefault(each.promise_id, []).append(each)
    for promise in rows:
        promise.said = said.get(promise.pk, [])
        promise.newest = promise.said[-1] if promise.said else None
    return rows


def promises_of(person: Person, round: Round) -> list[Promise]:
    """Those in force that the person gave, and those of projects they belong to, in this round."""
    mine = Q(person=person) | Q(idea__in=Idea.objects.of(person))
    return with_words(Promise.objects.in_force().filter(mine, idea__round=round).order_by("idea__title_key", "giver"))
