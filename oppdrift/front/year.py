"""A round's year on one page: what each stage has come to, who is late, what comes next."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.applications.models import Application
from oppdrift.assessing.models import Assessment, Assignment, OfferAnswer, Standing
from oppdrift.assessing.queue import held
from oppdrift.gatherings.models import Gathering
from oppdrift.history.models import Event
from oppdrift.ideas.models import Decision, Idea
from oppdrift.people.models import Person
from oppdrift.rounds.models import Milestone, Round
from oppdrift.rounds.models.round import Stage as RoundStage
from oppdrift.toolbox import dates
from oppdrift.toolbox.clock import now, today
from oppdrift.toolbox.look.year_line import Stage, YearLine
from oppdrift.toolbox.money import grouped

FOUR_WEEKS = dt.timedelta(weeks=4)
KIND = Milestone.Kind


@dataclass(frozen=True)
class Late:
    """Somebody whose assessments are over time."""

    name: str
    missing: int
    due: dt.datetime


@dataclass(frozen=True)
class Coming:
    """A date in the next weeks."""

    name: str
    at: dt.datetime
    whole_day: bool
    url: str = ""

    @property
    def when(self) -> str:
        return dates.day(self.at) if self.whole_day else dates.moment(self.at)


class YearOf:
    """The numbers of one round, each asked for once. A constant number of statements.

    For a `reader` who is disqualified from an idea they are counted without it, so that nothing follows by subtraction.
    """

    def __init__(self, round: Round, reader: Person | None = None) -> None:
        self.round = round
        hidden = Idea.objects.hidden_from(reader) if reader else Idea.objects.none()
        self.own = (Idea.objects.of(reader) if reader else Idea.objects.none()).values("pk")
        self.of_ideas = Idea.objects.filter(round=round).exclude(pk__in=hidden.values("pk"))
        self.of_applications = Application.objects.in_round(round).filter(idea__in=self.of_ideas)

    @cached_property
    def milestones(self) -> list[Milestone]:
        return list(self.round.milestones.all())

    def of_kind(self, kind: str) -> list[Milestone]:
        return [milestone for milestone in self.milestones if milestone.kind == kind]

    def first(self, kind: str) -> dt.datetime | None:
        return next((milestone.at for milestone in self.of_kind(kind)), None)

    @cached_property
    def gatherings(self) -> list[Gathering]:
        """Those that are not cancelled, with how many come."""
        found = Gathering.objects.filter(round=self.round, appointment__cancelled_at=None)
        return list(found.counted().select_related("appointment"))

    @property
    def workshop_guests(self) -> int:
        """Places taken at application workshops."""
        return sum(gathering.coming_count for gathering in self.gatherings_of(Gathering.Kind.APPLICATION_WORKSHOP))

    def gatherings_of(self, kind: str) -> list[Gathering]:
        return [gathering for gathering in self.gatherings if gathering.kind == kind]

    @cached_property
    def ideas(self) -> int:
        return self.of_ideas.filter(withdrawn_at=None).count()

    @cached_property
    def applications(self) -> dict[str, int]:
        """Drafts, handed in, invited to improve, come back with a new version."""
        handed_in = Q(state=Application.State.SUBMITTED)
        return self.of_applications.aggregate(
            drafts=Count("pk", filter=Q(state=Application.State.DRAFT), distinct=True),
            handed_in=Count("pk", filter=handed_in, distinct=True),
            invited=Count("improvement", filter=Q(improvement__invited_at__isnull=False), distinct=True),
            improved=Count(
                "pk", filter=Q(improvement__invited_at__isnull=False, versions__number__gt=1), distinct=True
            ),
        )

    @cached_property
    def refused_late(self) -> int:
        """Teams that tried after the deadline and did not get an extension."""
        drafts = self.of_applications.filter(state=Application.State.DRAFT)
        tries = Event.objects.filter(verb="application.refused_late", root_id__in=drafts.values("idea"))
        return tries.values("root_id").distinct().count()

    @cached_property
    def asked(self) -> list[dict]:
        """Assessments asked for and delivered on the newest versions, a row per assessor.

        Without those of ideas the reader belongs to: who assesses one's own is not to be reckoned out.
        """
        judged = self.of_applications.exclude(idea__in=self.own)
        done = Assessment.objects.exclude(state=Assessment.State.DRAFT).filter(
            version__in=Standing.objects.filter(application__in=judged).values("version")
        )
        given = dict(done.values_list("assessor").annotate(n=Count("pk")))
        found = held(Assignment.objects.filter(application__in=judged.handed_in()))
        rows = found.values("assessor", name=F("assessor__name")).annotate(asked=Count("pk"))
        return [
            {**row, "done": min(given.get(row["assessor"], 0), row["asked"])}
            for row in rows.order_by("assessor__name_key")
        ]

    @cached_property
    def late(self) -> list[Late]:
        """Assessors who owe something after the date, the one with most first."""
        due = self.round.assess_by
        if not due or now() <= due or not self.round.uses(RoundStage.ASSESSING) or self.outcome_is_out:
            return []
        late = [Late(row["name"], row["asked"] - row["done"], due) for row in self.asked if row["done"] < row["asked"]]
        return sorted(late, key=lambda one: -one.missing)

    @cached_property
    def shortlisted(self) -> int:
        """Teams invited to pitch, as far as it is released, and not turned down by them."""
        invited = self._shortlist.filter(outcome=Decision.Outcome.ADMITTED)
        return invited.exclude(
            pk__in=OfferAnswer.objects.filter(answer=OfferAnswer.Choice.NO).values("decision")
        ).count()

    @cached_property
    def outcome_is_out(self) -> bool:
        """Is anything told of what came of the assessments?"""
        return Decision.objects.released().filter(idea__in=self.of_ideas).exists()

    @cached_property
    def decided(self) -> dict[str, int | None]:
        """Projects that are admitted and told so, and their kroner."""
        told = Decision.objects.known().at(Decision.Stage.FINAL).filter(idea__in=self.of_ideas)
        admitted = told.filter(outcome=Decision.Outcome.ADMITTED)
        return admitted.aggregate(admitted=Count("pk"), amount=Sum("amount"))

    @property
    def _shortlist(self):
        return Decision.objects.known().at(Decision.Stage.SHORTLIST).filter(idea__in=self.of_ideas)

    @cached_property
    def coming(self) -> list[Coming]:
        """Dates in the next four weeks: the deadline, milestones, and gatherings that no milestone stands for."""
        start, end = now(), now() + FOUR_WEEKS
        deadlines = [(_("Application deadline"), self.round.deadline), (_("Assessments due"), self.round.assess_by)]
        found = [Coming(name, at, False) for name, at in deadlines if at and start <= at <= end]
        held = {dates.date_of(gathering.appointment.starts_at) for gathering in self.gatherings}
        for milestone in self.milestones:
            is_gathering = dates.date_of(milestone.at) in held and milestone.kind in {
                KIND.WORKSHOP, KIND.INFORMATION, KIND.IMPROVEMENT, KIND.TRAINING, KIND.GATHERING
            }  # fmt: skip
            if dates.date_of(start) <= dates.date_of(milestone.at) <= dates.date_of(end) and not is_gathering:
                found.append(Coming(milestone.name, milestone.at, milestone.whole_day))
        for gathering in self.gatherings:
            at = gathering.appointment.starts_at
            if start <= at <= end:
                found.append(Coming(gathering.title, at, False, gathering.get_absolute_url()))
        return sorted(found, key=lambda one: one.at)

    @cached_property
    def line(self) -> YearLine:
        makers = {
            RoundStage.IDEAS: self._ideas, RoundStage.CALL: self._call, RoundStage.ASSESSING: self._assessing,
            RoundStage.IMPROVING: self._improving, RoundStage.PITCHING: self._pitching,
            RoundStage.DECIDING: self._deciding, RoundStage.PROJECTS: self._projects,
            RoundStage.CONFERENCE: self._conference,
        }  # fmt: skip
        stages = [made for stage, make in makers.items() if self.round.uses(stage) and (made := make())]
        stages.sort(key=lambda stage: dates.date_of(stage.at))
        return YearLine(stages, today(), after=_("Spread and measuring for two years"))

    @property
    def begun(self) -> dt.datetime | None:
        known = [at for at in (self.round.published_at, self.round.opens_at) if at]
        return min(known, default=None)

    def _ideas(self) -> Stage | None:
        workshops = self.gatherings_of(Gathering.Kind.APPLICATION_WORKSHOP)
        days: list[dates.Day] = [gathering.appointment.starts_at for gathering in workshops]
        if not (self.begun or days):
            return None
        people = self.workshop_guests
        words = ngettext("%(n)s at an application workshop", "%(n)s at application workshops", people) % {"n": people}
        return Stage(
            name=str(RoundStage.IDEAS.label), at=self.begun or days[0], when=dates.dates_in_a_row(days),
            number=self.ideas, unit=ngettext("idea", "ideas", self.ideas), line=words if people else "",
            url=reverse("ideas:ideas"),
        )  # fmt: skip

    def _call(self) -> Stage | None:
        if not self.round.deadline:
            return None
        counts, deadline = self.applications, self.round.deadline
        workshops = [g.appointment.starts_at for g in self.gatherings_of(Gathering.Kind.APPLICATION_WORKSHOP)]
        before = [at for at in workshops if at < deadline]
        begins = max([at for at in (self.round.opens_at, *before) if at], default=deadline)
        if now() <= deadline:
            line = ngettext("%(n)s draft is being written", "%(n)s drafts are being written", counts["drafts"])
            line = line % {"n": counts["drafts"]} if counts["drafts"] else ""
        else:
            line = ngettext("%(n)s came too late", "%(n)s came too late", self.refused_late) % {"n": self.refused_late}
            line = line if self.refused_late else ""
        return Stage(
            name=str(RoundStage.CALL.label), at=begins, when=dates.short_moment(deadline), number=counts["handed_in"],
            unit=ngettext("application", "applications", counts["handed_in"]), line=line,
            url=reverse("applications:list", args=[self.round.pk]),
        )  # fmt: skip

    def _assessing(self) -> Stage | None:
        if not self.round.deadline:
            return None
        asked, done = sum(row["asked"] for row in self.asked), sum(row["done"] for row in self.asked)
        late = sum(one.missing for one in self.late)
        due = self.round.assess_by
        return Stage(
            name=str(RoundStage.ASSESSING.label), at=self.round.deadline + dt.timedelta(days=1),
            when=_("Until %(day)s") % {"day": dates.short_day(due)} if due else "",
            number=done if asked else None, unit=_("of %(n)s") % {"n": asked},
            line=_("Assessments handed in") if asked else _("Nothing is assigned yet"),
            status="overdue" if late else "", status_words=_("%(n)s over time") % {"n": late} if late else "",
            url=reverse("assessing:progress", args=[self.round.pk]),
        )  # fmt: skip

    def _improving(self) -> Stage | None:
        at = self.first(KIND.IMPROVEMENT)
        if not at:
            return None
        counts = self.applications
        invited, improved = counts["invited"], counts["improved"]
        return Stage(
            name=str(RoundStage.IMPROVING.label), at=at, number=improved if invited else None,
            unit=_("of %(n)s") % {"n": invited}, line=_("Came back clearer") if invited else "",
            url=reverse("assessing:unclear", args=[self.round.pk]),
        )  # fmt: skip

    def _pitching(self) -> Stage | None:
        at = self.first(KIND.PITCH_DAY)
        if not at:
            return None
        places = self.shortlisted or self.round.shortlist_places
        unit = ngettext("team", "teams", places or 0) if self.shortlisted else ngettext("place", "places", places or 0)
        url = reverse("pitching:day", args=[self.round.pk])
        return Stage(name=str(RoundStage.PITCHING.label), at=at, number=places, unit=unit, url=url)

    def _deciding(self) -> Stage | None:
        at = self.first(KIND.DECISION)
        if not at:
            return None
        name, url = str(RoundStage.DECIDING.label), reverse("deciding:sitting", args=[self.round.pk])
        if number := self.decided["admitted"]:
            unit = ngettext("project goes on", "projects go on", number)
            line = _("%(amount)s kr given") % {"amount": grouped(self.decided["amount"] or 0)}
            return Stage(name=name, at=at, number=number, unit=unit, line=line, url=url)
        low, high = self.round.places_from, self.round.places_to
        places = f"{low}–{high}" if low and high and low != high else (low or high)
        money = self.round.budget
        return Stage(
            name=name, at=at, number=places, unit=_("planned"),
            line=_("%(amount)s kr to give") % {"amount": grouped(money)} if money else "", url=url,
        )  # fmt: skip

    def _projects(self) -> Stage | None:
        days = [milestone.at for milestone in self.of_kind(KIND.GATHERING)]
        if not days:
            return None
        unit = ngettext("gathering", "gatherings", len(days))
        return Stage(
            name=str(RoundStage.PROJECTS.label),
            at=days[0],
            when=dates.span(days[0], days[-1]),
            number=len(days),
            unit=unit,
        )

    def _conference(self) -> Stage | None:
        at = self.first(KIND.CONFERENCE)
        if not at:
            return None
        left = dates.days_to(at)
        return Stage(
            name=str(RoundStage.CONFERENCE.label), at=at, line=_("The projects on stage"),
            number=left if left > 0 else None, unit=ngettext("day", "days", left),
        )  # fmt: skip
