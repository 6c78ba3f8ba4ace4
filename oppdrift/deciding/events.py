"""What happened about the decision, in sentences."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict = {
    "sitting.planned": _("%(by)s changed what the decision plans with."),
    "sitting.explained": _("%(by)s wrote the reason that holds for the whole decision."),
    "sitting.answer_by_changed": _("%(by)s changed the day by which the teams answer."),
    "sitting.confirmed": _("%(by)s confirmed the decision."),
    "sitting.unconfirmed": _("%(by)s changed the decision, so it must be confirmed anew."),
    "sitting.released": _("%(by)s released the decision: %(decisions)s decisions, %(letters)s letters."),
    "protocol.made": _("%(by)s made protocol number %(number)s."),
    "final.went_on": _("%(by)s settled what follows when a team says no."),
}
