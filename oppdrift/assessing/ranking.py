"""Where the applications of a round stand beside each other, for who leads it: computed without what is hidden."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Avg, Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, When, Window
from django.db.models.functions import Rank
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from oppdrift.applications.models import Application
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Criterion, Round
from oppdrift.toolbox.models import is_among
from oppdrift.toolbox.prepared import prepared

from .hidden import Hidden, hidden_from
from .models import Assessment
from .models.standing import RANKED_FROM
from .policies_shortlist import leads_round
from .scale import OfCriterion, steps_given

SORTS = {
    "mean": gettext_lazy("highest mean first"),
    "disagreement": gettext_lazy("most disagreement first"),
    "amount": gettext_lazy("largest amount first"),
    "title": gettext_lazy("by title"),
}
ORDERS: dict[str, list[Any]] = {
    "mean": [F("place_by").desc(nulls_last=True), F("idea__title_key"), F("pk")],
    "disagreement": [F("disagreement").desc(nulls_last=True), F("idea__title_key"), F("pk")],
    "amount": [F("amount").desc(nulls_last=True), F("idea__title_key"), F("pk")],
    "title": [F("idea__title_key"), F("pk")],
}
HEADERS = [
    gettext_lazy("Rank"), gettext_lazy("No."), gettext_lazy("Application"), gettext_lazy("Unit"),
    gettext_lazy("Mean"), gettext_lazy("Lowest"), gettext_lazy("Highest"), gettext_lazy("Standard deviation"),
    gettext_lazy("Counted"), gettext_lazy("Handed in"), gettext_lazy("Assigned"), gettext_lazy("Gates"),
    gettext_lazy("Fit with the programme"), gettext_lazy("Find something unclear"), gettext_lazy("Kroner"),
    gettext_lazy("Outcome"), gettext_lazy("Edition"),
]  # fmt: skip
FIRST, LAST, WIDE, HIGH = 1.0, 5.0, 120.0, 20.0  # the scale, and the drawing in units of the screen
EDGE = 6.0  # half the disc of the mean


@dataclass
class Line:
    """One application in the ranking."""

    application: Any  # with what `Ranking.rows` adds
    gates: list[str]
    fit: str
    is_among_all: bool = True  # the reader sees the others too
    given: list[OfCriterion] = field(default_factory=list)  # steps of the scale, where there is no rank

    @property
    def standing(self) -> Any:
        """Of the newest version; None while nobody has assessed that."""
        return getattr(self.application, "standing", None) if self.application.is_current else None

    @property
    def is_ranked(self) -> bool:
        return self.is_among_all and self.application.place_by is not None

    @property
    def rank(self) -> int | None:
        return self.application.rank if self.is_ranked else None

    @property
    def is_shared(self) -> bool:
        """Somebody else has the same mean."""
        return self.is_ranked and self.application.as_many > 1

    @property
    def why_not_ranked(self) -> str:
        if not self.is_among_all:
            return _("The programme lead sees the others and ranks them")
        if not self.standing and hasattr(self.application, "standing"):
            return _("The new version is not assessed yet")
        counted = self.standing.counted if self.standing else 0
        return _("One counted total, at least two are needed") if counted else _("No counted total yet")

    @property
    def plot(self) -> dict[str, float] | None:
        """The spread as a line from lowest to highest and a disc at the mean, on the scale from 1 to 5."""
        if not self.standing or self.standing.mean is None:
            return None
        names = ("lowest", "mean", "highest")
        return {name: place(float(getattr(self.standing, name))) for name in names}


def place(points: float) -> float:
    """Where on the drawing."""
    return round(EDGE + (points - FIRST) / (LAST - FIRST) * (WIDE - 2 * EDGE), 1)


class Ranking:
    """Of one round, as one reader may see it."""

    def __init__(self, round: Round, reader: Person, sort: str = "mean"):
        self.round, self.reader = round, reader
        self.sort = sort if sort in SORTS else "mean"

    @property
    def seen(self) -> QuerySet[Application]:
        return _seen(self.round, self.reader)

    @cached_property
    def rows(self) -> QuerySet[Application]:
        """With rank, ties, outcome, and the kroner picked so far down the list. One statement."""
        return _ranked(self.round, self.reader, self.sort)

    @cached_property
    def gates(self) -> dict[str, str]:
        """Names of the yes-or-no criteria by key, as the newest edition has them."""
        rows = Criterion.objects.filter(edition__round=self.round, edition__number__isnull=False, kind="gate")
        return dict(rows.order_by("edition__number").values_list("key", "name"))

    @cached_property
    def totals(self) -> dict[str, Any]:
        """Of all that the reader sees: how many, how many decided and picked, kroner, editions. One statement."""
        outcome = Decision.objects.in_force().at(Decision.Stage.SHORTLIST).filter(idea=OuterRef("idea"))
        picked = Q(outcome=Decision.Outcome.ADMITTED)
        return self.seen.annotate(outcome=Subquery(outcome.values("outcome")[:1])).aggregate(
            all=Count("pk"),
            decided=Count("pk", filter=Q(outcome__isnull=False)),
            picked=Count("pk", filter=picked),
            guidance=Count("pk", filter=Q(outcome=Decision.Outcome.GUIDANCE)),
            declined=Count("pk", filter=Q(outcome=Decision.Outcome.DECLINED)),
            applied=Sum("amount"),
            picked_amount=Sum("amount", filter=picked),
            picked_unknown=Count("pk", filter=picked & Q(amount=None)),
            editions=Count("edition", distinct=True),
        )

    @cached_property
    def hidden(self) -> Hidden:
        return hidden_from(self.reader, self.round)

    def line_of(self, application: Application) -> Line:
        """Of one, with its rank among all. A rank cannot be asked of one row alone."""
        return next(self.line(row) for row in self.rows if row.pk == application.pk)

    def line(self, application: Any) -> Line:
        standing = getattr(application, "standing", None) if application.is_current else None
        given = [] if self.is_whole else self.steps_given.get(application.pk, [])
        return Line(application, self._gates_of(standing), _fit_of(standing), self.is_whole, given)

    @cached_property
    def steps_given(self) -> dict[int, list[OfCriterion]]:
        return steps_given([row.pk for row in self.rows])

    @cached_property
    def is_whole(self) -> bool:
        """A substitute sees only what the lead may not: too little to rank."""
        return leads_round(self.reader, self.round)

    def _gates_of(self, standing) -> list[str]:
        """ "Not ordinary operation: 4 yes, 1 no", the name only where there are several."""
        found = []
        for key, (yes, no) in (standing.gates if standing else {}).items():
            words = [_("%(n)s yes") % {"n": yes}] if yes else []
            words += [_("%(n)s no") % {"n": no}] if no else []
            name = f"{self.gates.get(key, key)}: " if len(self.gates) > 1 else ""
            found.append(name + ", ".join(words))
        return found

    def table(self) -> Iterator[list[Any]]:
        """Every line for a file, in the order of the page; hidden ones last, without content."""
        application: Any
        for application in _for_file.each(self.round, self.reader, sort=(self.sort,)):
            line = self.line(application)
            standing, idea = line.standing, application.idea
            figures = ["mean", "lowest", "highest", "spread"]
            yield [
                line.rank, application.number, idea.title, idea.unit_name,
                *[_number(getattr(standing, name, None)) for name in figures],
                *[getattr(standing, name, None) for name in ("counted", "handed_in", "assigned")],
                "; ".join(line.gates), line.fit, getattr(standing, "unclear", None), application.amount,
                Decision.Outcome(application.outcome).label if application.outcome else None,
                application.edition.number,
            ]  # fmt: skip
        for _row in range(self.hidden.barred):
            yield [None, None, _("Hidden: impartiality")]
        for _row in range(self.hidden.undeclared):
            yield [None, None, _("Declare your impartiality first")]


def _seen(round: Round, reader: Person) -> QuerySet[Application]:
    led = Idea.objects.cleared_for(reader)
    return Application.objects.in_round(round).handed_in().filter(is_among(led, "idea"))


def _ranked(round: Round, reader: Person, sort: str) -> QuerySet[Application]:
    is_current = Q(standing__number=F("newest"))
    outcome = Decision.objects.in_force().at(Decision.Stage.SHORTLIST).filter(idea=OuterRef("idea"))
    order = ORDERS[sort]
    picked = Case(When(outcome=Decision.Outcome.ADMITTED, then=F("amount")))
    placed = _seen(round, reader).annotate(
        is_current=Case(When(is_current, then=True), default=False),
        place_by=Case(When(is_current & Q(standing__counted__gte=RANKED_FROM), then=F("standing__mean"))),
        disagreement=Case(When(is_current, then=F("standing__spread"))),
        outcome=Subquery(outcome.values("outcome")[:1]),
        released_at=Subquery(outcome.values("released_at")[:1]),
    )
    return (
        placed.annotate(
            rank=Window(Rank(), order_by=F("place_by").desc(nulls_last=True)),
            as_many=Window(Count("pk"), partition_by=F("place_by")),
            picked_so_far=Window(Sum(picked), order_by=order),
        )
        .select_related("idea", "standing", "edition")
        .order_by(*order)
    )  # fmt: skip


@prepared
def _for_file(round: Round, reader: Person, *, sort: tuple[str]) -> QuerySet[Application]:
    return _ranked(round, reader, *sort)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _fit_of(standing) -> str:
    """ "2 yes, 1 partly"; "" while nobody has said."""
    if not standing:
        return ""
    names = {
        "yes": pgettext("how many find that it fits", "%(n)s yes"),
        "partly": pgettext("how many find that it fits", "%(n)s partly"),
        "no": pgettext("how many find that it fits", "%(n)s no"),
    }
    return ", ".join(names[key] % {"n": standing.fits[key]} for key in names if standing.fits.get(key))


def means_by_version(applications) -> dict[int, dict[int, Any]]:
    """By application and version number: mean and count of the counted totals. One statement."""
    rows = (
        Assessment.objects.counted()
        .filter(application__in=applications)
        .order_by()
        .values("application", "version__number")
        .annotate(mean=Avg("total"), counted=Count("pk"))
    )
    found: dict[int, dict[int, Any]] = {}
    for row in rows:
        found.setdefault(row["application"], {})[row["version__number"]] = row
    return found
