"""What kinds of letters are called on screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAMES: dict[str, str | Promise] = {
    "receipt": _("Receipt"),
    "late_refused": _("Came in too late"),
    "extension": _("Extension"),
    "endorsement_request": _("Question to a leader about support"),
    "unclear_invitation": _("Invitation to the improvement workshop"),
    "shortlisted": _("Shortlisted for the pitch"),
    "guidance_only": _("Guidance without funding"),
    "declined": _("Not this time"),
    "outcome_leader": _("Answer to a leader who supports it"),
    "final_admitted": pgettext_lazy("kind of letter", "Goes on"),
    "final_guidance": pgettext_lazy("kind of letter", "Guidance after the decision"),
    "offer_corrected": pgettext_lazy("kind of letter", "Correction of what a project has started from"),
    "final_reserve": pgettext_lazy("kind of letter", "On the reserve list"),
    "final_declined": pgettext_lazy("kind of letter", "Does not go on"),
    "final_withdrawn": pgettext_lazy("kind of letter", "Noted as withdrawn"),
    "final_leader": pgettext_lazy("kind of letter", "The decision, to a leader who supports it"),
    "reminder_assessor": _("Reminder to an assessor"),
    "form_changed": _("New questions or criteria"),
    "edition_changed": _("New version to assess"),
    "signup_confirmed": _("Signed up"),
    "waiting_list": _("On the waiting list"),
    "promoted": _("A place from the waiting list"),
    "gathering_invitation": _("Invitation to a gathering"),
    "gathering_changed": _("Gathering changed"),
    "gathering_cancelled": _("Gathering cancelled"),
    "team_invitation": _("Invitation to a team"),
    "programme_published": _("When a talk is at the conference"),
    "programme_changed": _("A talk at the conference is changed"),
    "conference_reminder": _("What is missing for the conference"),
    "speaker_named": _("Question to a speaker about being named"),
    "speaker_answered": _("A speaker’s answer about being named"),
    "lup_invitation": _("Invitation to the leadership programme"),
    "ask_answered": _("Answer to an ask or offer"),
    "consent_recorded": _("Consent to a picture"),
    "consent_withdrawn": _("Consent taken back"),
    "project_started": _("Start of a project"),
    "agreement_to_sign": _("Agreement to say yes to"),
    "coach_coupled": _("A coach for a project"),
    "coach_handover": _("Another coach"),
    "session_booked": _("Guidance session booked"),
    "session_moved": _("Guidance session moved"),
    "session_cancelled": _("Guidance session cancelled"),
    "report_returned": _("Report returned"),
    "report_accepted": _("Report accepted"),
    "project_silent": _("Question about how it goes"),
    "report_reminder": _("Reminder of a report"),
    "panel_link": _("A panel member’s link to the pitch day"),
    "pitch_day_moved": _("Pitch day moved"),
    "rehearsal_booked": _("Rehearsal booked"),
    "rehearsal_given_back": _("Rehearsal given back"),
    "benefit_owner": _("Question to own a benefit"),
    "measurement_due": _("Reminder to measure"),
    "measurement_late": _("Reminder of a late measurement"),
    "copy_confirm": _("Question to confirm a wish to copy"),
    "copy_asked": _("Somebody wants to copy a solution"),
}
# They say nothing of what stands in an application or is thought of it: who leads reads them before declaring ties too.
WITHOUT_JUDGEMENT = frozenset(
    {
        "receipt",
        "late_refused",
        "extension",
        "endorsement_request",
        "reminder_assessor",
        "form_changed",
        "edition_changed",
        "signup_confirmed",
        "waiting_list",
        "promoted",
        "gathering_invitation",
        "gathering_changed",
        "gathering_cancelled",
        "team_invitation",
        "benefit_owner",
        "measurement_due",
        "measurement_late",
        "copy_asked",
    }
)
OTHER = pgettext_lazy("kind of letter", "Other letter")


def name_of(kind: str) -> str:
    return str(NAMES.get(kind, OTHER))
