"""The protocol of a decision: everything that must be accounted for, as a document that is kept."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oppdrift.history.models import Event, File
from oppdrift.ideas.models import Decision, Disqualification
from oppdrift.people.models import Person
from oppdrift.pitching.models import PitchDay, Seat
from oppdrift.rounds.models import Role, Round
from oppdrift.toolbox import dates, pdf
from oppdrift.toolbox.answers import Answer, No, ensure
from oppdrift.toolbox.clock import now
from oppdrift.toolbox.finding import in_words
from oppdrift.toolbox.money import grouped, kroner
from oppdrift.toolbox.templatetags.look import decimal

from . import final
from .candidates import FINAL
from .forms import NAMES
from .models import Confirmation, Protocol, Sitting
from .room import Line, Room

TEMPLATE = Path(__file__).with_name("protocol.typ")
LEGAL_BASIS = "Offentleglova § 14"  # made for the body's own use


def can_make(round: Round) -> Answer:
    if not final.told_at(round):
        return No(_("The protocol is made when the decision is released."))
    if final.pending(round).exists():
        return No(_("A correction waits for release. Make the protocol after it."))
    if PitchDay.objects.filter(round=round, locked_at=None).exclude(unlock_reason="").exists():
        return No(
            _("The voting is open again. Close it before you make the protocol: until then there are no results.")
        )
    return True


@transaction.atomic
def make(round: Round, *, correction: str = "", by: Person) -> Protocol:
    """The next number, in the language of whoever makes it. A later one says what it corrects, beside the others."""
    sitting = Sitting.held(round)
    ensure(can_make(round))
    number = sitting.protocols.count() + 1
    ensure(number == 1 or bool(correction.strip()) or No(_("Write what the new protocol corrects.")))
    made = Protocol.objects.create(sitting=sitting, number=number, correction=correction.strip(), made_by=by)
    content = pdf.document(TEMPLATE, contents(made, by), language=get_language() or "nb")
    upload = ContentFile(content, name=_("Protocol") + f" {number}.pdf")
    File.keep(upload, made, by=by, access=File.Access.PARTLY, legal_basis=LEGAL_BASIS)
    Event.record("protocol.made", made, by=by, number=number)
    return made


def contents(protocol: Protocol, reader: Person) -> dict[str, Any]:
    """What `protocol.typ` shows: texts in the active language, and nothing of stages that the round does not use."""
    round = protocol.sitting.round
    room = Room(round, reader, whole=True)
    title = _("Protocol of the decision in %(round)s") % {"round": round.name}
    told = {row.idea_id: row for row in Decision.objects.known().at(FINAL).filter(idea__in=room.ideas)}
    return {
        "title": title,
        "footer": _("%(title)s, number %(n)s") % {"title": title, "n": protocol.number},
        "facts": facts(room, protocol),
        "correction": [_("Corrects"), protocol.correction] if protocol.correction else None,
        "present": {"title": _("Who was there"), "names": present(room)},
        "impartiality": impartiality(room),
        "order": order(room.day) if room.day else None,
        "results": results(room),
        "decision": decided(room, told),
        "confirmed": {"title": _("Confirmed and released"), "lines": confirmed(room)},
    }


def facts(room: Room, protocol: Protocol) -> list[list[str]]:
    round = room.round
    found = [
        (_("Round"), round.name if str(round.year) in round.name else f"{round.name}, {round.year}"),
        (_("Protocol"), _("Number %(n)s, made %(moment)s") % {"n": protocol.number, "moment": dates.moment(now())}),
    ]
    if planned := room.planned:
        found.append((_("Planned"), words_of(planned)))
    if round.budget is not None:
        found.append((_("Money to give"), kroner(round.budget)))
    if round.guidance_hours is not None:
        found.append((_("Hours of guidance"), grouped(round.guidance_hours)))
    if room.day:
        found += [(_("Voting opened again"), why) for why in room.day.unlock_reason.splitlines()]
    return [list(pair) for pair in found]


def words_of(planned: range) -> str:
    """ "four to five projects"."""
    low, high = in_words(planned[0]), in_words(planned[-1])
    if planned[0] == planned[-1]:
        return _("%(n)s projects") % {"n": low} if planned[0] > 1 else _("one project")
    return _("%(low)s to %(high)s projects") % {"low": low, "high": high}


def present(room: Room) -> list[str]:
    """Those of the panel who voted or said why not, and the names that were written."""
    written = [line.strip() for line in room.sitting.present.splitlines() if line.strip()]
    seats = Seat.objects.filter(day=room.day, ballots__isnull=False).distinct() if room.day else Seat.objects.none()
    panel = [seat.person.name for seat in seats.select_related("person")]
    return [*panel, *(name for name in written if name not in panel)]


def impartiality(room: Room) -> dict[str, Any]:
    """Who sat out of what, and on which ground in the general words of the law. The relation is nobody's here."""
    judges = Role.objects.in_force().filter(round=room.round).exclude(kind=Role.Kind.COACH).values("person")
    rows = Disqualification.objects.in_force().filter(idea__in=room.ideas, person__in=judges)
    rows = rows.select_related("person", "idea").order_by("person__name_key", "idea__title_key")
    return {
        "title": _("Impartiality"),
        "none": _("Nobody was disqualified."),
        "names": [_("Who sat out"), _("Of what"), _("Ground")],
        "rows": [[row.person.name, row.idea.title, str(row.get_ground_display())] for row in rows],
    }


def order(day: PitchDay) -> dict[str, Any]:
    pitches = day.pitches.on_stage().select_related("idea")
    how = _("Drawn by lot, with the seed %(seed)s.") % {"seed": day.seed}
    changed = _("Changed afterwards: %(why)s") % {"why": day.order_reason} if day.order_reason else ""
    return {
        "title": _("Order on stage"),
        "how": " ".join(filter(None, [how, changed])),
        "ideas": [pitch.idea.title for pitch in pitches],
    }


def results(room: Room) -> dict[str, Any]:
    found, seed = room.separation, room.sitting.seed
    method = _(
        "The mean is that of the counted totals. Two are told apart when the same one lies above in at least nine of "
        "ten of %(draws)s draws of those who scored, with replacement and the seed %(seed)s. The interval holds the "
        "middle nine of ten of the means drawn."
    )  # fmt: skip
    missed = [line.idea.title for line in room.lines if not line.given.has_quorum]
    quorum = _("Quorum, %(part)s per cent of those not disqualified, was met for every project.")
    if missed:
        quorum = _("Warning: quorum, %(part)s per cent of those not disqualified, was missed for %(which)s.")
    quorum %= {"part": room.round.quorum, "which": ", ".join(missed)}
    names = [_("Rank"), _("Project"), _("Mean"), _("Interval"), _("Counted")]
    return {
        "title": _("What the scores say"),
        "finding": [*room.finding, *room.cautions],
        "quorum": quorum,
        "is_warning": bool(missed),
        "names": [*names, _("Will help")] if room.counted.has_doors else names,
        "rows": [result(line, room.counted.has_doors) for line in room.lines],
        "method": method % {"draws": grouped(found.draws), "seed": seed},
    }


def result(line: Line, has_doors: bool) -> list[str]:
    given, figures = line.given, line.figures
    counted = _("%(n)s of %(all)s") % {"n": given.counted, "all": given.asked}
    if figures is None:
        cells = ["–", line.idea.title, _("not ranked"), "", counted]
    else:
        interval = "" if figures.low is None else f"{decimal(figures.low)}–{decimal(figures.high)}"
        cells = [str(figures.rank), line.idea.title, decimal(figures.mean), interval, counted]
    return [*cells, str(given.doors or 0)] if has_doors else cells


def decided(room: Room, told: dict[int, Decision]) -> dict[str, Any]:
    """Outcome, amount and reason of each, and what it comes to."""
    rows, reasons = [], []
    for line in room.lines:
        if decision := told.get(line.idea.pk):
            rows.append([line.idea.title, str(NAMES[decision.outcome]), kroner(decision.amount) or "–"])
            if decision.reason != room.sitting.reason:
                reasons.append([line.idea.title, decision.reason])
    given = sum(each.amount or 0 for each in told.values() if each.outcome == Decision.Outcome.ADMITTED)
    sums = [_("Given: %(sum)s.") % {"sum": kroner(given)}]
    if room.round.budget is not None:
        left = room.round.budget - given
        words = _("Left: %(sum)s.") if left >= 0 else _("Too much: %(sum)s.")
        sums.append(words % {"sum": kroner(abs(left))})
    return {
        "title": _("The decision"),
        "names": [_("Project"), _("Outcome"), _("Amount")],
        "rows": rows,
        "sums": " ".join(sums),
        "reason": {"title": _("Reason for the whole decision"), "words": room.sitting.reason},
        "reasons": {"title": _("Reasons of their own"), "each": reasons},
    }


def confirmed(room: Room) -> list[str]:
    words = _("%(by)s confirmed %(moment)s. Released %(released)s.")
    rows = Confirmation.objects.released().filter(sitting=room.sitting).select_related("by")
    return [
        words % {"by": row.by.name, "moment": dates.moment(row.at), "released": dates.moment(row.released_at)}
        for row in rows
    ]
