"""What happened in the leadership programme, in words."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict = {
    "participation.begun": _("%(by)s invited somebody to the leadership programme."),
    "participation.ended": _("Somebody takes part in the leadership programme no longer."),
    "promise.followed_up": _("%(by)s said how it goes with a promise."),
    "reflection.written": _("%(by)s wrote a reflection."),
    "reflection.changed": _("%(by)s changed a reflection."),
    "reflection.shared": _("%(by)s shared a reflection with the programme lead."),
    "reflection.kept": _("%(by)s kept a reflection to the unit again."),
    "reflection.erased": _("%(by)s erased a reflection."),
}
