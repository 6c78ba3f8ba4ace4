"""What happened here, in words."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict = {
    "showcase.begun": _("%(by)s began the public page."),
    "showcase.changed": _("%(by)s changed the public page."),
    "showcase.team_agreed": _("%(by)s said yes for the team to publish the page."),
    "showcase.lead_agreed": _("%(by)s said yes for the programme to publish the page."),
    "showcase.looked_over": _("%(by)s looked over what was changed on the page."),
    "conference.begun": _("%(by)s began the programme of the conference."),
    "conference.planned": _("%(by)s changed the rooms or the due date of the conference."),
    "conference.published": _("%(by)s published the programme of the conference."),
    "conference.republished": _("%(by)s published changes in the programme of the conference."),
    "slot.added": _("%(by)s put something into the programme of the conference."),
    "slot.changed": _("%(by)s changed something in the programme of the conference."),
    "slot.moved": _("%(by)s changed the order of the conference."),
    "slot.removed": _("%(by)s took something out of the programme of the conference."),
    "slot.slides_handed_in": _("%(by)s handed in the slides for the conference."),
    "slot.speaker_named": _("%(by)s wrote who speaks at the conference."),
    "slot.speaker_taken_off": _("%(by)s changed who speaks at the conference."),
}
