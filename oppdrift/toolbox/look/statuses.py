"""What a thing's state is called and drawn as: an icon and a word, with colour only third."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Status:
    icon: str
    word: str | Promise
    color: str  # neutral, accent, success, warning, danger


STATUSES: dict[str, Status] = {
    "draft": Status("PencilWriting", _("Draft"), "neutral"),
    "declined": Status("MinusCircle", _("Declined"), "neutral"),
    "withdrawn": Status("ArrowUndo", _("Withdrawn"), "neutral"),
    "not_measured": Status("ClockDashed", _("Not measured yet"), "neutral"),
    "hidden": Status("EyeSlash", _("Hidden: impartiality"), "neutral"),
    "not_started": Status("Circle", _("Not started"), "neutral"),
    "cancelled": Status("MinusCircle", _("Cancelled"), "neutral"),
    "closed": Status("PadlockLocked", pgettext_lazy("no longer open", "Closed"), "neutral"),
    "submitted": Status("Paperplane", _("Submitted"), "accent"),
    "new_version": Status("Files", _("New version"), "accent"),
    "assessed": Status("CheckmarkCircle", _("Assessed"), "accent"),
    "guidance_only": Status("PersonChat", _("Guidance without funding"), "accent"),
    "sent": Status("Paperplane", pgettext_lazy("a message", "Sent"), "accent"),
    "open": Status("Pencil", pgettext_lazy("for applications", "Open"), "accent"),
    "admitted": Status("CheckmarkHeavy", _("Admitted"), "success"),
    "saved": Status("CloudUp", _("Saved"), "success"),
    "received": Status("Inbox", _("Received"), "success"),
    "done": Status("Checkmark", pgettext_lazy("a task", "Done"), "success"),
    "supported": Status("Checkmark", _("Supported by the leader"), "success"),
    "signed_up": Status("Checkmark", _("Signed up"), "success"),
    "unclear": Status("QuestionmarkDiamond", _("Unclear"), "warning"),
    "not_sent": Status("CloudSlash", _("Not sent yet"), "warning"),
    "waiting": Status("Clock", _("Waiting"), "warning"),
    "waiting_list": Status("Hourglass", _("On the waiting list"), "warning"),
    "missing": Status("ExclamationmarkTriangle", _("Missing"), "warning"),
    "overdue": Status("Clock", _("Past the deadline"), "danger"),
    "failed": Status("XMarkOctagon", pgettext_lazy("a message", "Failed"), "danger"),
}
