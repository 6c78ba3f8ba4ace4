"""What happened to letters, in words. Without receiver and subject: history is read by more people than the outbox."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "message.edited": _("%(by)s changed a letter in the outbox."),
    "message.held": _("%(by)s held back a letter."),
    "message.put_back": _("%(by)s no longer holds back a letter."),
    "message.let_go": _("%(by)s let a letter go."),
    "message.taken_back": _("%(by)s took back a letter before it was sent."),
    "message.tried_again": _("%(by)s asked for a letter to be sent again."),
    "message.discarded": _("%(by)s discarded a letter."),
    "message.failed": _("A letter could not be delivered."),
    "letter_text.changed": _("%(by)s changed a standard letter."),
    "letter_text.back_to_standard": _("%(by)s went back to the standard text of a letter."),
    "file.added": _("%(by)s added a file."),
    "file.classified": _("%(by)s changed the access status of a file."),
    "file.erased": _("%(by)s erased a file."),
}
