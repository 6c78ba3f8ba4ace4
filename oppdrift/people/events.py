"""What happened to people and units, as sentences."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from oppdrift.people.models import Change

SENTENCES = {
    "person.added": gettext_lazy("%(by)s added the person."),
    "person.joined": gettext_lazy("Signed in for the first time."),
    "person.corrected": gettext_lazy("%(by)s corrected what is known about the person."),
    "person.entrusted": gettext_lazy("%(by)s gave the right to run the programme."),
    "person.relieved": gettext_lazy("%(by)s took back the right to run the programme."),
    "person.left": gettext_lazy("%(by)s closed the access."),
    "person.returned": gettext_lazy("%(by)s opened the access again."),
    "person.address_added": gettext_lazy("%(by)s added a mail address."),
    "person.address_removed": gettext_lazy("%(by)s removed a mail address."),
    "person.address_first": gettext_lazy("%(by)s chose another mail address for letters."),
    "unit.added": gettext_lazy("%(by)s added the unit."),
    "unit.renamed": gettext_lazy("%(by)s gave it a new name. It was called %(old_name)s."),
    "unit.moved": gettext_lazy("%(by)s moved it in the organisation."),
    "unit.new_leader": gettext_lazy("%(by)s noted another leader."),
    "unit.closed": gettext_lazy("%(by)s closed it."),
    "unit.merged": gettext_lazy("%(by)s made it part of another unit."),
    "unit.reopened": gettext_lazy("%(by)s opened it again."),
}


def sentence_of(change: "Change") -> str:
    by = change.by.name if change.by else _("The program")
    return SENTENCES[change.verb] % {"by": by, "old_name": change.old_name, **change.data}
