"""What happened to gatherings and notes, in words."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "gathering.arranged": _("%(by)s called a gathering."),
    "gathering.changed": _("%(by)s changed a gathering."),
    "gathering.moved": _("%(by)s moved a gathering to another time or place."),
    "gathering.cancelled": _("%(by)s cancelled a gathering."),
    "gathering.invited": _("%(by)s invited somebody to a gathering."),
    "gathering.signed_up": _("%(by)s took a place at a gathering."),
    "gathering.queued": _("%(by)s joined the waiting list of a gathering."),
    "gathering.signed_off": _("%(by)s signed off from a gathering."),
    "gathering.promoted": _("A free place at a gathering went to the first on the waiting list."),
    "gathering.presence_noted": _("%(by)s noted who came to a gathering."),
    "note.written": _("%(by)s left a note on the idea."),
    "note.erased": _("%(by)s erased a note of their own."),
}
