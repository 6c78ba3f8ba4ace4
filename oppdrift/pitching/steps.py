"""What the panel, the teams and those who run a round owe the pitch. Two statements at most."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.gatherings.models import Gathering
from oppdrift.ideas import sight
from oppdrift.ideas.models import Idea, Part
from oppdrift.people.models import Person
from oppdrift.rounds.models import Milestone, Role, Stage
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from . import shortlisted
from .models import Pitch, PitchDay, Rehearsal, Seat
from .models.seat import standing

SOON = dt.timedelta(days=7)
STILL = dt.timedelta(hours=6)  # after its planned end a day may go on


def steps_for(person: Person) -> list[Step]:
    kinds = {role.kind for role in roles_held_by(person) if role.round.is_alive and role.round.uses(Stage.PITCHING)} & {
        Role.Kind.PANEL,
        *Role.RUNS,
    }
    steps = list(_of_roles(person, kinds)) if kinds else []
    return steps + _of_teams(person)


# The panel, and those who run the round


def _of_roles(person: Person, kinds: set[str]) -> Iterator[Step]:
    for role in _roles(person, kinds=tuple(sorted(kinds))):
        if not role.round.is_alive or not role.round.uses(Stage.PITCHING):
            continue
        if role.kind == Role.Kind.PANEL:
            yield from _of_member(role)
        else:
            yield from _of_lead(role)


@prepared
def _roles(person: Person, *, kinds: tuple[str, ...]) -> QuerySet:
    """The person's roles of these kinds, with what waits for them in each round."""
    roles = Role.objects.in_force().filter(person=person, kind__in=kinds).select_related("round")
    days = PitchDay.objects.filter(round=OuterRef("round"))
    seat = Seat.objects.filter(day__round=OuterRef("round"))
    towards = Pitch.objects.on_stage().annotate(**standing("idea", person.pk))
    quiet: Any = towards.filter(day__round=OuterRef("round"))
    quiet = quiet.filter(is_barred=False, is_in_doubt=False, is_declared=False)
    milestone = Milestone.objects.filter(round=OuterRef("round"), kind=Milestone.Kind.PITCH_DAY).order_by("at")
    training = Gathering.objects.on().filter(
        round=OuterRef("round"), kind=Gathering.Kind.PITCH_TRAINING, appointment__starts_at__gt=now()
    )
    slots = Rehearsal.objects.filter(gathering=OuterRef("pk"))
    picked = shortlisted.decisions().filter(idea__round=OuterRef("round"))
    return roles.annotate(
        starts_at=Subquery(days.values("appointment__starts_at")[:1]),
        ends_at=Subquery(days.values("appointment__ends_at")[:1]),
        ended_at=Subquery(days.values("ended_at")[:1]),
        locked_at=Subquery(days.values("locked_at")[:1]),
        token=Subquery(seat.filter(person=person).values("token")[:1]),
        undeclared=_number(quiet.order_by().values("day__round").annotate(n=Count("pk"))),
        seats=_number(seat.order_by().values("day__round").annotate(n=Count("pk"))),
        named_at=Subquery(milestone.values("at")[:1]),
        has_picked=Exists(picked),
        without_slots=Subquery(
            training.filter(~Exists(slots)).order_by("appointment__starts_at").values("appointment__starts_at")[:1]
        ),
        training=Subquery(training.filter(~Exists(slots)).order_by("appointment__starts_at").values("pk")[:1]),
    )


def _number(counted: Any) -> Coalesce:
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def _of_member(role: Any) -> Iterator[Step]:
    if not role.token or role.locked_at:
        return
    when = {"when": dates.moment(role.starts_at)}
    if role.undeclared and not role.ended_at:
        title = ngettext("Say whether you have ties to one team", "Say whether you have ties to %(n)d teams",
                         role.undeclared)  # fmt: skip
        yield Step(
            title % {"n": role.undeclared},
            _("You can vote for those you have no ties to. The pitch day is %(when)s.") % when,
            reverse("pitching:ties", args=[role.token]),
            _("Say it now"),
            due=role.starts_at,
            weight=4,
        )
    if role.starts_at - SOON <= now() <= role.ends_at + STILL:
        yield Step(
            _("Hear the teams pitch"),
            _("%(when)s. Bring your phone: whoever pitches comes up by itself.") % when,
            reverse("pitching:phone", args=[role.token]),
            _("Open your page"),
            due=role.starts_at,
            weight=3,
        )


def _of_lead(role: Any) -> Iterator[Step]:
    words = {"round": role.round.name}
    url = reverse("pitching:day", args=[role.round.pk])
    if role.without_slots and role.has_picked:
        yield Step(
            _("Make slots for the rehearsals"),
            _("The teams cannot book before that. The first training is %(when)s.")
            % {"when": dates.moment(role.without_slots)},
            reverse("pitching:slots", args=[role.training]),
            _("Make slots"),
            due=role.without_slots,
            weight=3,
        )
    if role.starts_at is None:
        if role.has_picked:
            why = _("The order is drawn by lot, and the panel gets its links. This is for %(round)s.") % words
            yield Step(_("Make the pitch day"), why, url, _("Make it"), due=role.named_at, weight=3)
        return
    if role.locked_at:
        return
    when = {"when": dates.moment(role.starts_at)}
    if role.ended_at:
        why = _("All teams have pitched. Nobody can change a vote after that.")
        yield Step(_("Close the voting"), why, reverse("pitching:host", args=[role.round.pk]), _("Go to the host page"),
                   due=role.ended_at, weight=5)  # fmt: skip
    elif not role.seats:
        why = _("Each gets a link of their own. The letters wait in the outbox until you have read them.")
        yield Step(_("Send the panel its links"), why, url, _("See the panel"), due=role.starts_at, weight=2)
    elif now() >= role.starts_at - dt.timedelta(hours=12):
        why = _("%(when)s. Open the room screen and the waiting room first, then start from the host page.") % when
        yield Step(_("Start the pitch day"), why, reverse("pitching:host", args=[role.round.pk]),
                   _("Go to the host page"), due=role.starts_at, weight=4)  # fmt: skip
    elif now() >= role.starts_at - SOON:
        why = _("%(when)s. See that the order, the teams and the panel are right.") % when
        yield Step(_("Check the running order"), why, url, _("See the order"), due=role.starts_at, weight=1)


# The teams


def _of_teams(person: Person) -> list[Step]:
    """One statement at most."""
    asked = _to_pitch(person) if sight.ties(person).team else []
    return [step for idea in asked if idea.round.uses(Stage.PITCHING) for step in _of_team(idea)]


@prepared
def _to_pitch(person: Person) -> QuerySet:
    """Ideas of the person's that are to pitch, with what they have booked and what they could."""
    parts = Part.objects.in_force().filter(person=person, kind=Part.Kind.TEAM)
    own = Rehearsal.objects.on().filter(idea=OuterRef("pk"), appointment__ends_at__gt=now())
    any_own = Rehearsal.objects.on().filter(idea=OuterRef("pk"))
    free = Rehearsal.objects.on().free().filter(gathering__round=OuterRef("round"), appointment__starts_at__gt=now())
    places = Pitch.objects.on_stage().filter(idea=OuterRef("pk"), done_at=None)
    return (
        Idea.objects.filter(
            Q(pk__in=parts.values("idea")) & Q(pk__in=shortlisted.decisions().values("idea")), withdrawn_at=None,
            round__closed_at=None,
        )
        .select_related("round")
        .annotate(
            booked=Subquery(own.order_by("appointment__starts_at").values("pk")[:1]),
            booked_at=Subquery(own.order_by("appointment__starts_at").values("appointment__starts_at")[:1]),
            has_booked=Exists(any_own),
            free_at=Subquery(free.order_by("appointment__starts_at").values("appointment__starts_at")[:1]),
            number=Subquery(places.values("order")[:1]),
            pitch_at=Subquery(places.values("day__appointment__starts_at")[:1]),
            place=Subquery(places.values("day__appointment__place")[:1]),
        )
        .order_by("pk")
    )  # fmt: skip


def _of_team(idea: Any) -> Iterator[Step]:
    words = {"title": idea.title}
    training = reverse("pitching:training", args=[idea.round_id])
    if idea.booked:
        when = {"when": dates.moment(idea.booked_at)}
        url = reverse("pitching:rehearsal", args=[idea.booked])
        why = _("%(when)s. The same clock and the same form as on the day.") % when
        yield Step(_("Rehearse “%(title)s”") % words, why, url, _("See your rehearsal"), due=idea.booked_at, weight=2)
    elif idea.free_at and not idea.has_booked:
        why = _("Three minutes are shorter than one thinks. The first free time is %(when)s.")
        yield Step(
            _("Book a rehearsal for “%(title)s”") % words, why % {"when": dates.moment(idea.free_at)}, training,
            _("Choose a time"), due=idea.free_at, weight=3,
        )  # fmt: skip
    if idea.pitch_at and idea.pitch_at - SOON <= now() <= idea.pitch_at + STILL:
        why = _("You are number %(number)s. Be in the waiting room %(when)s. %(place)s.")
        facts = {"number": idea.number, "when": dates.moment(idea.pitch_at), "place": idea.place or ""}
        yield Step(_("Pitch “%(title)s”") % words, (why % facts).replace(". .", "."), training,
                   _("See your rehearsals"), due=idea.pitch_at, weight=1)  # fmt: skip
