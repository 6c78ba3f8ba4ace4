"""What was promised in an agreement by a day: a step of whoever promised it, from a week before until it is settled."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Subquery
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from oppdrift.applications.models import Promise
from oppdrift.people.models import Person
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.clock import OSLO, today
from oppdrift.toolbox.steps import Step

SOON = dt.timedelta(days=7)


def until() -> str:
    """What is due by this day is a next step; as the database keeps it."""
    return (today() + SOON).isoformat()


def due_of(person: Person, day: str, **where: Any) -> dict[str, Subquery]:
    """Annotations of the promise that is due first, for `step`."""
    rows: QuerySet = Promise.objects.open().filter(person=person, source=Promise.Source.AGREEMENT, due__lte=day)
    first = rows.filter(**where).order_by("due", "pk")
    named = {"promise_due": "due", "promised": "text", "promised_to": "idea", "promise_title": "idea__title"}
    return {name: Subquery(first.values(column)[:1]) for name, column in named.items()}


def step(asked: Any) -> Step:
    """`asked` was read with `due_of`."""
    words = {
        "title": asked.promise_title, "day": dates.day(asked.promise_due), "what": Truncator(asked.promised).words(30)
    }  # fmt: skip
    why = _("It was agreed to be done by %(day)s: %(what)s") if asked.promised else _("It was agreed by %(day)s.")
    at = dt.datetime.combine(asked.promise_due, dt.time(23, 59), OSLO)
    url = reverse(settings.PROMISES_PAGE, args=[asked.promised_to])
    return Step(_("Keep your promise to “%(title)s”") % words, why % words, url, _("Say how it goes"), due=at, weight=2)
