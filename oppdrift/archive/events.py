"""What happened to imports of earlier rounds, in sentences."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "import.read": _("%(by)s read in a file of an earlier round."),
    "import.columns_chosen": _("%(by)s chose the columns of a file of an earlier round."),
    "import.confirmed": _(
        "%(by)s brought in rows from a file: %(new)s new, %(changed)s changed, %(same)s known before."
    ),
    "import.taken_back": _("%(by)s took back what had been brought in from a file."),
    "round.brought_in": _("%(by)s brought in the round from a file."),
    "idea.brought_in": _("%(by)s brought in the idea from an earlier round."),
}
