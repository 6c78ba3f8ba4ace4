"""Sentences of the decision room."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.toolbox.finding import in_words
from oppdrift.toolbox.money import grouped, kroner

from .room import Room
from .scenarios import Scenario


def who_scored(room: Room) -> str:
    """ "24 voted. Two are disqualified from a project each, and their votes do not count there." No names."""
    n = room.counted.voters
    if room.counted.is_pitched:
        said = ngettext("%(n)s voted.", "%(n)s voted.", n) % {"n": n}
    else:
        said = ngettext("%(n)s has assessed.", "%(n)s have assessed.", n) % {"n": n}
    return " ".join(filter(None, [said, _who_sat_out(room) if room.counted.is_pitched else ""]))


def _who_sat_out(room: Room) -> str:
    pairs = [pair for pair in room.barred if pair[0] not in room.without]
    ideas, people = {idea for idea, _person in pairs}, {person for _idea, person in pairs}
    if not pairs:
        return ""
    if len(pairs) == 1:
        return _("One is disqualified from one project, and has no vote there.")
    if len(pairs) == len(ideas) == len(people):
        words = _("%(n)s are disqualified from a project each, and have no vote there.")
        return words % {"n": in_words(len(people)).capitalize()}
    words = ngettext(
        "Some are disqualified from %(n)s project, and have no vote there.",
        "Some are disqualified from %(n)s projects, and have no vote there.",
        len(ideas),
    )
    return words % {"n": in_words(len(ideas))}


def planned(room: Room) -> str:
    """ "The plan was four to five." """
    numbers = room.planned
    if numbers is None:
        return _("No number was planned.")
    if len(numbers) == 1:
        return _("The plan was %(n)s.") % {"n": in_words(numbers[0])}
    return _("The plan was %(low)s to %(high)s.") % {"low": in_words(numbers[0]), "high": in_words(numbers[-1])}


def reach(chosen: Scenario) -> list[str]:
    """Whether money and hours reach for those chosen, and what is missing."""
    words = {"n": in_words(chosen.number), "kroner": kroner(chosen.kroner.over)}
    if chosen.kroner.limit is None:
        said = []
    elif chosen.kroner.over:
        said = [ngettext("With %(n)s project %(kroner)s is missing.", "With %(n)s projects %(kroner)s is missing.",
                         chosen.number) % words]  # fmt: skip
    else:
        said = [ngettext("With %(n)s project the money is enough.", "With %(n)s projects the money is enough.",
                         chosen.number) % words]  # fmt: skip
    if chosen.unknown:
        told = ngettext("The amount of %(n)s is not known.", "The amounts of %(n)s are not known.", chosen.unknown)
        said.append(told % {"n": in_words(chosen.unknown)})
    return said + _hours(chosen)


def _hours(chosen: Scenario) -> list[str]:
    hours = chosen.hours
    if hours is None or hours.limit is None:
        return []
    if not hours.over:
        return [
            _("So are the hours of guidance.") if not chosen.kroner.over else _("The hours of guidance are enough.")
        ]
    said = ngettext(
        "%(n)s hour of guidance is missing.", "%(n)s hours of guidance are missing.", hours.over
    ) % {"n": grouped(hours.over)}  # fmt: skip
    return [said]
