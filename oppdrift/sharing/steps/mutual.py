"""Somebody has answered what one asked for or offered."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oppdrift.people.models import Person
from oppdrift.sharing.models import Ask
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step


def steps_of_asks(person: Person) -> list[Step]:
    """One statement."""
    return [_step(ask) for ask in _answered(person)]


@prepared
def _answered(person: Person) -> QuerySet[Ask]:
    own = Ask.objects.open().of(person).filter(replies__isnull=False)
    return own.counted().select_related("idea").order_by("at")


def _step(ask: Ask) -> Step:
    n = ask.reply_count
    why = ngettext(
        "%(n)s person has answered. Close it when it is settled, and say what came of it.",
        "%(n)s people have answered. Close it when it is settled, and say what came of it.",
        n,
    ) % {"n": n}
    words = {"title": ask.title}
    return Step(_("Read the answers to “%(title)s”") % words, why, ask.get_absolute_url(), _("Read them"))
