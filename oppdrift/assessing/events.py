"""What happened about impartiality and assessing, in sentences. No sentence says a score."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "declaration.given": _("%(by)s declared their impartiality."),
    "declaration.changed": _("%(by)s changed their declaration of impartiality."),
    "declaration.settled": _("%(by)s settled somebody’s impartiality."),
    "assignment.given": _("%(by)s assigned the application to an assessor."),
    "assignment.ended": _("%(by)s took an assignment away."),
    "assessment.handed_in": _("%(by)s handed in an assessment of version %(number)s."),
    "assessment.changed": _("%(by)s changed their assessment of version %(number)s."),
    "assessment.abstained": _("%(by)s abstained from assessing version %(number)s."),
    "assessment.discounted": _("An assessment was taken out of the totals because of impartiality."),
    "assessment.counted_again": _("An assessment is counted in the totals again."),
    "assessing.reminded": _("%(by)s prepared %(letters)s reminders to assessors."),
}
