"""What happened to ideas, in words. Names of those who judge are never in a sentence: the team reads these too."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "idea.begun": _("%(by)s wrote the idea."),
    "idea.changed": _("%(by)s changed the text of the idea."),
    "idea.shared": _("%(by)s showed the idea to colleagues."),
    "idea.kept": _("%(by)s kept the idea to the team."),
    "idea.joined": _("The idea joined the round."),
    "idea.withdrawn": _("%(by)s withdrew the idea."),
    "idea.taken_up": _("%(by)s took the idea up again."),
    "idea.published": _("%(by)s published it for everybody to read."),
    "idea.unpublished": _("%(by)s took it off the open pages."),
    "part.team_given": _("%(by)s took somebody into the team."),
    "part.team_ended": _("Somebody left the team."),
    "part.lead_taken": _("The team has a new project lead."),
    "part.owner_given": _("The idea has a project owner."),
    "part.owner_ended": _("The project owner stepped back."),
    "part.endorser_given": _("A leader was asked for support."),
    "part.endorser_ended": _("A leader is no longer asked for support."),
    "part.coach_given": _("The team has a coach."),
    "part.coach_ended": _("A coach stepped back."),
    "part.benefit_given": _("A benefit of it has an owner in the line."),
    "part.benefit_ended": _("Somebody no longer owns a benefit of it."),
    "part.assessor_given": _("Somebody was asked to assess it."),
    "part.assessor_ended": _("Somebody was freed from assessing it."),
    "part.panel_given": _("Somebody was asked to hear the pitch."),
    "part.panel_ended": _("Somebody was freed from hearing the pitch."),
    "disqualification.declared": _("A conflict of interest was written down."),
    "disqualification.ended": _("A conflict of interest turned out not to be one."),
    "decision.made": _("A decision was written. It waits for release."),
    "decision.released": _("The decision was released."),
}
