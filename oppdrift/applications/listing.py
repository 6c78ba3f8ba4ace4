"""The applications of a round as its lead sees them: found, filtered, sorted, counted."""

import enum
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oppdrift.ideas import sight
from oppdrift.ideas.models import Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.text import fold

from .forms import FilterForm
from .models import Application, Endorsement


class Sort(enum.StrEnum):
    NUMBER = "number"
    TITLE = "title"
    UNIT = "unit"
    AMOUNT = "amount"


ORDERS: dict[Sort, list[Any]] = {
    Sort.NUMBER: [F("number").asc(nulls_last=True), "begun_at", "pk"],
    Sort.TITLE: ["idea__title_key", "pk"],
    Sort.UNIT: ["idea__unit_name", "idea__title_key", "pk"],
    Sort.AMOUNT: [F("amount").desc(nulls_last=True), "idea__title_key", "pk"],
}
HEADERS = [
    gettext_lazy("Number"),
    gettext_lazy("Application"),
    gettext_lazy("Unit"),
    gettext_lazy("Status"),
    gettext_lazy("Amount, kr"),
    gettext_lazy("Handed in"),
    gettext_lazy("Versions"),
    gettext_lazy("Leader’s support"),
]


class Listing:
    """One round's applications for one reader. What is hidden from them is counted apart and never searched."""

    def __init__(self, round: Round, reader: Person, asked: Any):
        self.round, self.reader = round, reader
        held = roles_held_by(reader)
        self.leads = any(role.round_id == round.pk and role.kind == Role.Kind.LEAD for role in held)
        self.form = FilterForm(asked, units=lambda: self.units)
        self.form.is_valid()  # a value that is none of the choices is as if not given
        self.wanted = {name: self.form.cleaned_data.get(name) or "" for name in ("q", "status", "unit", "sort")}

    @cached_property
    def units(self) -> list[str]:
        return sorted(_units(self.round, self.reader, leads=self.leads), key=fold)

    @property
    def is_filtered(self) -> bool:
        return bool(self.wanted["q"] or self.wanted["status"] or self.wanted["unit"])

    @cached_property
    def totals(self) -> dict[str, Any]:
        """Of those the reader sees: all, handed in, drafts, and the sum applied for."""
        return _totals.first(self.round, self.reader, leads=self.leads) or {}

    @property
    def found(self) -> "Found":
        return Found(self)

    @cached_property
    def hidden(self) -> int:
        """Those the reader is disqualified from. Not told while one searches: the answer could betray them."""
        if self.is_filtered or not sight.ties(self.reader).barred:
            return 0
        ideas, seen = Idea.objects.hidden_from(self.reader), _seen(self.round, self.reader, self.leads)
        return Application.objects.in_round(self.round).filter(idea__in=ideas).exclude(pk__in=seen).count()

    def table(self) -> Iterator[list[Any]]:
        """Every row that is found, for a file: the same columns, in the same order, as the page."""
        states = {value: str(label) for value, label in Application.State.choices}
        supports = {answer: support_in_words(answer) for answer in (None, "", *Endorsement.Answer.values)}
        for _key, number, title, unit, state, amount, submitted_at, many, support in self.found:
            handed_in = state == Application.State.SUBMITTED
            yield [
                number,
                title,
                unit,
                states[state],
                amount if handed_in else None,
                submitted_at if handed_in else None,
                many or None,
                supports[support],
            ]
        for _place in range(self.hidden):
            yield [None, _("Hidden: impartiality"), None, None, None, None, None, None]


class Found:
    """The rows that a listing's filters leave: to be counted, cut into pages, or read one after the other."""

    def __init__(self, listing: Listing) -> None:
        wanted = listing.wanted
        self.listing, self.words = listing, wanted["q"].strip()
        self.chosen: dict[str, Any] = {
            "status": wanted["status"] or None,
            "unit": wanted["unit"] or None,
            "leads": listing.leads,
        }
        self.sort = Sort(wanted["sort"] or Sort.NUMBER)

    @property
    def searched(self) -> QuerySet:
        """With the words somebody looks for, how many there are, a question is not prepared."""
        by_title = Q(idea__in=Idea.objects.search(self.words))
        if self.words.isdecimal() and len(self.words) < 9:
            by_title |= Q(number=int(self.words))
        return _found(self.listing.round, self.listing.reader, **self.chosen).filter(by_title)

    def count(self) -> int:
        if not self.listing.is_filtered:
            return self.listing.totals.get("all", 0)
        if self.words:
            return self.searched.count()
        return _count.first(self.listing.round, self.listing.reader, **self.chosen) or 0

    def __getitem__(self, part: slice) -> list[tuple]:
        if self.words:
            return list(shown(self.searched, self.sort)[part])
        return _shown.part(part, self.listing.round, self.listing.reader, sort=self.sort, **self.chosen)

    def __iter__(self) -> Iterator[tuple]:
        if self.words:
            return shown(self.searched, self.sort).iterator(chunk_size=500)
        return _shown.each(self.listing.round, self.listing.reader, sort=self.sort, **self.chosen)


def _seen(round: Round, reader: Person, leads: bool) -> QuerySet[Application]:
    rows = Application.objects.in_round(round)
    if leads:
        # What `close_to` comes to for who leads this very round, with less for the database to sort out.
        return rows.filter(Q(idea__in=sight.belonging(reader)) | ~Q(idea__in=sight.disqualified(reader)))
    return rows.filter(idea__in=Idea.objects.close_to(reader))


def _found(round: Round, reader: Person, *, leads: bool, status: str | None, unit: str | None) -> QuerySet[Application]:
    rows = _seen(round, reader, leads)
    if status is not None:
        rows = rows.filter(state=status)
    if unit is not None:
        rows = rows.filter(idea__unit_name=unit)
    return rows


def shown(rows: QuerySet[Application], sort: Sort) -> QuerySet:
    """Key, number, title, unit, state, amount, time of handing in, how many versions, the leader's answer."""
    answer = Endorsement.objects.in_force().filter(application=OuterRef("pk")).values("answer")[:1]
    columns = "pk", "number", "idea__title", "idea__unit_name", "state", "amount", "submitted_at", "newest"
    return rows.order_by(*ORDERS[sort]).values_list(*columns, Subquery(answer))


@prepared
def _shown(round: Round, reader: Person, *, sort: Sort, **chosen: Any) -> QuerySet:
    return shown(_found(round, reader, **chosen), sort)


@prepared
def _count(round: Round, reader: Person, **chosen: Any) -> QuerySet:
    return (
        _found(round, reader, **chosen).order_by().values("round").annotate(n=Count("pk")).values_list("n", flat=True)
    )


@prepared
def _units(round: Round, reader: Person, *, leads: bool) -> QuerySet:
    seen = _seen(round, reader, leads).exclude(idea__unit_name="")
    return seen.order_by().values_list("idea__unit_name", flat=True).distinct()


@prepared
def _totals(round: Round, reader: Person, *, leads: bool) -> QuerySet:
    handed_in, draft = Q(state=Application.State.SUBMITTED), Q(state=Application.State.DRAFT)
    seen = _seen(round, reader, leads).order_by().values("round")
    return seen.annotate(
        all=Count("pk"),
        handed_in=Count("pk", filter=handed_in),
        drafts=Count("pk", filter=draft),
        amount=Sum("amount", filter=handed_in),
    )


def support_in_words(answer: str | None) -> str:
    """None: nobody has been asked; "": asked, no answer yet."""
    if answer is None:
        return _("Not asked for")
    return str(Endorsement.Answer(answer).label) if answer else _("Waiting")
