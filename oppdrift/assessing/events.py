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
    "unclear.prepared": _("%(by)s found the application unclear but promising."),
    "unclear.dropped": _("%(by)s chose not to invite the team to improve it."),
    "improvement.invited": _("%(by)s invited the team to make the application clearer."),
    "shortlist.answer_by_changed": _("%(by)s changed the day by which the teams answer."),
    "shortlist.places_explained": _("%(by)s wrote why the shortlist is not as long as planned."),
    "shortlist.released": _("%(by)s released the shortlist: %(decisions)s decisions, %(letters)s letters."),
    "shortlist.went_on": _("%(by)s settled what follows when a team will not pitch."),
    "offer.accepted": _("%(by)s said yes to the offer."),
    "offer.turned_down": _("%(by)s said no to the offer."),
    "assessing.reminded": _("%(by)s prepared %(letters)s reminders to assessors."),
}
