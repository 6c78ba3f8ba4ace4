"""The applications of a round as its lead sees them: found, filtered, sorted, counted."""

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
from oppdrift.toolbox.text import fold

from .forms import FilterForm
from .models import Application, Endorsement, Version

ORDERS: dict[str, list[Any]] = {
    "number": [F("number").asc(nulls_last=True), "begun_at", "pk"],
    "title": ["idea__title_key", "pk"],
    "unit": ["idea__unit_name", "idea__title_key", "pk"],
    "amount": [F("amount").desc(nulls_last=True), "idea__title_key", "pk"],
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
        self.form = FilterForm(asked, units=lambda: self.units)
        self.form.is_valid()  # a value that is none of the choices is as if not given
        self.wanted = {name: self.form.cleaned_data.get(name) or "" for name in ("q", "status", "unit", "sort")}

    @cached_property
    def seen(self) -> QuerySet[Application]:
        rows = Application.objects.in_round(self.round)
        if self.round.pk in {role.round_id for role in roles_held_by(self.reader) if role.kind == Role.Kind.LEAD}:
            # What `close_to` comes to for who leads this very round, with less for the database to sort out.
            own, barred = sight.belonging(self.reader), sight.disqualified(self.reader)
            return rows.filter(Q(idea__in=own) | ~Q(idea__in=barred))
        return rows.filter(idea__in=Idea.objects.close_to(self.reader))

    @cached_property
    def units(self) -> list[str]:
        names = self.seen.exclude(idea__unit_name="").order_by().values_list("idea__unit_name", flat=True)
        return sorted(names.distinct(), key=fold)

    @property
    def is_filtered(self) -> bool:
        return bool(self.wanted["q"] or self.wanted["status"] or self.wanted["unit"])

    @cached_property
    def found(self) -> QuerySet[Application]:
        rows = self.seen
        if self.wanted["status"]:
            rows = rows.filter(state=self.wanted["status"])
        if self.wanted["unit"]:
            rows = rows.filter(idea__unit_name=self.wanted["unit"])
        if self.wanted["q"]:
            words = self.wanted["q"].strip()
            by_title = Q(idea__in=Idea.objects.search(words))
            rows = (
                rows.filter(by_title | Q(number=int(words)))
                if words.isdecimal() and len(words) < 9
                else rows.filter(by_title)
            )
        order = ORDERS[self.wanted["sort"] or "number"]
        return rows.order_by(*order)

    @property
    def rows(self) -> QuerySet[Any]:
        """With what a row shows."""
        answer = Endorsement.objects.in_force().filter(application=OuterRef("pk")).values("answer")[:1]
        versions = (
            Version.objects.filter(application=OuterRef("pk"))
            .order_by()
            .values("application")
            .annotate(n=Count("pk"))
            .values("n")
        )
        unshown = ["idea__search_key", "idea__problem", "idea__wish"]
        found = self.found.select_related("idea").defer(*unshown)
        return found.annotate(support=Subquery(answer), many=Subquery(versions))

    @cached_property
    def hidden(self) -> int:
        """Those the reader is disqualified from. Not told while one searches: the answer could betray them."""
        if self.is_filtered:
            return 0
        ideas = Idea.objects.hidden_from(self.reader)
        return Application.objects.in_round(self.round).filter(idea__in=ideas).exclude(pk__in=self.seen).count()

    @cached_property
    def totals(self) -> dict[str, int | None]:
        """Of those the reader sees: handed in, drafts, and the sum applied for."""
        handed_in, draft = Q(state=Application.State.SUBMITTED), Q(state=Application.State.DRAFT)
        return self.seen.aggregate(
            handed_in=Count("pk", filter=handed_in),
            drafts=Count("pk", filter=draft),
            amount=Sum("amount", filter=handed_in),
        )

    def table(self) -> Iterator[list[Any]]:
        """Every row that is found, for a file: the same columns, in the same order, as the page."""
        columns = "number", "idea__title", "idea__unit_name", "state", "amount", "submitted_at", "many", "support"
        states = {value: str(label) for value, label in Application.State.choices}
        supports = {answer: support_in_words(answer) for answer in (None, "", *Endorsement.Answer.values)}
        rows = self.rows.values_list(*columns).iterator(chunk_size=500)
        for number, title, unit, state, amount, submitted_at, many, support in rows:
            handed_in = state == Application.State.SUBMITTED
            yield [
                number,
                title,
                unit,
                states[state],
                amount if handed_in else None,
                submitted_at if handed_in else None,
                many,
                supports[support],
            ]
        for _place in range(self.hidden):
            yield [None, _("Hidden: impartiality"), None, None, None, None, None, None]


def support_in_words(answer: str | None) -> str:
    """None: nobody has been asked; "": asked, no answer yet."""
    if answer is None:
        return _("Not asked for")
    return str(Endorsement.Answer(answer).label) if answer else _("Waiting")
