"""A round's year on one page: what each stage has come to, who is late, what comes next."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.gatherings.models import Gathering
from oppdrift.people.models import Person
from oppdrift.rounds.models import Milestone, Round
from oppdrift.rounds.models.round import Stage as RoundStage
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import now, today
from oppdrift.toolbox.look.year_line import Stage, YearLine
from oppdrift.toolbox.money import grouped

from .year_counts import Counts, counts_of, late_in

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
    """The numbers of one round. Whoever shows several has them counted together (`counts_of`)."""

    def __init__(self, round: Round, reader: Person | None = None, counts: Counts | None = None) -> None:
        self.round, self.reader = round, reader
        self.counts = counts or counts_of([round], reader)[round.pk]

    @cached_property
    def milestones(self) -> list[Milestone]:
        return list(self.round.milestones.all())

    def of_kind(self, kind: str) -> list[Milestone]:
        return [milestone for milestone in self.milestones if milestone.kind == kind]

    def first(self, kind: str) -> dt.datetime | None:
        return next((milestone.at for milestone in self.of_kind(kind)), None)

    @property
    def workshop_guests(self) -> int:
        """Places taken at application workshops."""
        return sum(gathering.coming_count for gathering in self.gatherings_of(Gathering.Kind.APPLICATION_WORKSHOP))

    def gatherings_of(self, kind: str) -> list[Gathering]:
        return [gathering for gathering in self.counts.gatherings if gathering.kind == kind]

    @cached_property
    def late(self) -> list[Late]:
        """Assessors who owe something after the date, the one with most first. One statement, when there are any."""
        due = self.round.assess_by
        if not due or now() <= due or not self.round.uses(RoundStage.ASSESSING) or self.counts.told:
            return []
        return [Late(name, n, due) for name, n in late_in(self.round, self.reader)] if self.counts.owing else []

    @cached_property
    def coming(self) -> list[Coming]:
        """Dates in the next four weeks: the deadline, milestones, and gatherings that no milestone stands for."""
        start, end = now(), now() + FOUR_WEEKS
        deadlines = [(_("Application deadline"), self.round.deadline), (_("Assessments due"), self.round.assess_by)]
        found = [Coming(name, at, False) for name, at in deadlines if at and start <= at <= end]
        held = {dates.date_of(gathering.appointment.starts_at) for gathering in self.counts.gatherings}
        for milestone in self.milestones:
            is_gathering = dates.date_of(milestone.at) in held and milestone.kind in {
                KIND.WORKSHOP, KIND.INFORMATION, KIND.IMPROVEMENT, KIND.TRAINING, KIND.GATHERING
            }  # fmt: skip
            if dates.date_of(start) <= dates.date_of(milestone.at) <= dates.date_of(end) and not is_gathering:
                found.append(Coming(milestone.name, milestone.at, milestone.whole_day))
        for gathering in self.counts.gatherings:
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
            number=self.counts.ideas, unit=ngettext("idea", "ideas", self.counts.ideas), line=words if people else "",
            url=reverse("ideas:ideas"),
        )  # fmt: skip

    def _call(self) -> Stage | None:
        if not self.round.deadline:
            return None
        counts, deadline = self.counts, self.round.deadline
        workshops = [g.appointment.starts_at for g in self.gatherings_of(Gathering.Kind.APPLICATION_WORKSHOP)]
        before = [at for at in workshops if at < deadline]
        begins = max([at for at in (self.round.opens_at, *before) if at], default=deadline)
        if now() <= deadline:
            line = ngettext("%(n)s draft is being written", "%(n)s drafts are being written", counts.drafts)
            line = line % {"n": counts.drafts} if counts.drafts else ""
        else:
            late = counts.refused_late
            line = ngettext("%(n)s came too late", "%(n)s came too late", late) % {"n": late} if late else ""
        return Stage(
            name=str(RoundStage.CALL.label), at=begins, when=dates.short_moment(deadline), number=counts.handed_in,
            unit=ngettext("application", "applications", counts.handed_in), line=line,
            url=reverse("applications:list", args=[self.round.pk]),
        )  # fmt: skip

    def _assessing(self) -> Stage | None:
        if not self.round.deadline:
            return None
        asked, done = self.counts.asked, self.counts.done
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
        invited, improved = self.counts.invited, self.counts.improved
        return Stage(
            name=str(RoundStage.IMPROVING.label), at=at, number=improved if invited else None,
            unit=_("of %(n)s") % {"n": invited}, line=_("Came back clearer") if invited else "",
            url=reverse("assessing:unclear", args=[self.round.pk]),
        )  # fmt: skip

    def _pitching(self) -> Stage | None:
        at = self.first(KIND.PITCH_DAY)
        if not at:
            return None
        places = self.counts.shortlisted or self.round.shortlist_places
        unit = ngettext("place", "places", places or 0)
        if self.counts.shortlisted:
            unit = ngettext("team", "teams", places or 0)
        url = reverse("pitching:day", args=[self.round.pk])
        return Stage(name=str(RoundStage.PITCHING.label), at=at, number=places, unit=unit, url=url)

    def _deciding(self) -> Stage | None:
        at = self.first(KIND.DECISION)
        if not at:
            return None
        name, url = str(RoundStage.DECIDING.label), reverse("deciding:sitting", args=[self.round.pk])
        if number := self.counts.admitted:
            unit = ngettext("project goes on", "projects go on", number)
            line = _("%(amount)s kr given") % {"amount": grouped(self.counts.granted)}
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
        gatherings = ngettext("%(n)s gathering", "%(n)s gatherings", len(days)) % {"n": len(days)}
        name, when = str(RoundStage.PROJECTS.label), dates.span(days[0], days[-1])
        number, silent = self.counts.projects, self.counts.silent
        if not number:
            unit = ngettext("gathering", "gatherings", len(days))
            return Stage(name=name, at=days[0], when=when, number=len(days), unit=unit)
        words = ngettext("%(n)s is silent", "%(n)s are silent", silent) % {"n": silent}
        return Stage(
            name=name, at=days[0], when=when, number=number, unit=ngettext("project", "projects", number),
            line=gatherings, status="missing" if silent else "", status_words=words if silent else "",
            url=reverse("projects:projects", args=[self.round.pk]),
        )  # fmt: skip

    def _conference(self) -> Stage | None:
        at = self.first(KIND.CONFERENCE)
        if not at:
            return None
        left = dates.days_to(at)
        return Stage(
            name=str(RoundStage.CONFERENCE.label), at=at, line=_("The projects on stage"),
            number=left if left > 0 else None, unit=ngettext("day", "days", left),
            url=next((held.get_absolute_url() for held in self.gatherings_of(Gathering.Kind.CONFERENCE)), ""),
        )  # fmt: skip
