"""What happened to applications, in sentences."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "application.begun": _("%(by)s began the application."),
    "application.submitted": _("%(by)s handed in version %(number)s."),
    "application.revised": _("%(by)s handed in a new version, number %(number)s."),
    "application.renamed": _("%(by)s chose another name or unit, from the next version on."),
    "application.reopened": _("%(by)s opened the application for correction."),
    "application.refused_late": _(
        "%(by)s tried to hand in %(minutes)s minutes after the deadline. It was not taken in."
    ),
    "application.withdrawn": _("%(by)s withdrew the application."),
    "application.brought_back": _("%(by)s brought the application back."),
    "application.extended": _("%(by)s gave the application a later deadline."),
    "application.opened_for_improvement": _("%(by)s asked the team for a clearer version."),
    "endorsement.asked": _("%(by)s asked the leader for support."),
    "endorsement.taken_back": _("%(by)s took back the question to the leader."),
    "endorsement.answered": _("The leader answered the question of support."),
    "promise.given": _("A promise was given."),
    "promise.replaced": _("A promise no longer holds, or another one has taken its place."),
    "promise.kept": _("%(by)s noted that a promise was kept."),
    "promise.not_kept": _("%(by)s noted that a promise was not kept."),
}
