"""What happened to rounds, in sentences."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "round.begun": _("%(by)s began the round."),
    "round.copied": _("%(by)s made the round from the one of %(year)s."),
    "round.changed": _("%(by)s changed the round."),
    "round.published": _("%(by)s published the round."),
    "round.deadline_moved": _("%(by)s gave everybody a later application deadline."),
    "round.closed": _("%(by)s closed the round."),
    "round.reopened": _("%(by)s opened the closed round again."),
    "milestone.added": _("%(by)s added a date to the round."),
    "milestone.changed": _("%(by)s changed a date of the round."),
    "milestone.removed": _("%(by)s removed a date from the round."),
    "edition.edited": _("%(by)s worked on the questions and criteria."),
    "edition.corrected": _("%(by)s corrected texts of the questions or criteria."),
    "edition.made": _("%(by)s put edition %(number)s of the questions and criteria in force."),
    "role.lead_given": _("The round got a programme lead."),
    "role.lead_ended": _("A programme lead stepped back."),
    "role.substitute_given": _("%(by)s named a substitute lead."),
    "role.substitute_ended": _("A substitute lead stepped back."),
    "role.assessor_given": _("%(by)s named an assessor."),
    "role.assessor_ended": _("An assessor stepped back."),
    "role.panel_given": _("%(by)s named a panel member."),
    "role.panel_ended": _("A panel member stepped back."),
    "role.coach_given": _("%(by)s named a coach."),
    "role.coach_ended": _("A coach stepped back."),
    "role.hours_changed": _("%(by)s changed the hours of a role."),
}
