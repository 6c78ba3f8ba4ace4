"""What teams owe their application, and leaders their answer."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from oppdrift.ideas import sight
from oppdrift.toolbox import dates
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.prepared import prepared
from oppdrift.toolbox.steps import Step

from .models import Answer, Application, Endorsement, Version


def steps_for(person) -> list[Step]:
    """Two statements at most: the applications one writes, and the questions one has been asked as a leader."""
    steps = [_write(each) for each in _written(person)] if sight.ties(person).team else []
    steps += [_endorse(each) for each in _asked(person) if each.can_answer()]
    return [step for step in steps if step]


@prepared
def _written(person) -> QuerySet[Application]:
    newer = Version.objects.filter(application=OuterRef("pk"), handed_in_at__gte=OuterRef("improve_from"))
    return (
        Application.objects.written_by(person)
        .filter(round__closed_at=None)
        .exclude(state=Application.State.WITHDRAWN)
        .select_related("idea", "round")
        .annotate(
            is_begun=Exists(Answer.objects.filter(application=OuterRef("pk")).exclude(text="")),
            is_asked=Exists(Endorsement.objects.in_force().filter(application=OuterRef("pk"))),
            is_revised=Exists(newer),
        )
    )


@prepared
def _asked(person) -> QuerySet[Endorsement]:
    return (
        Endorsement.objects.unanswered()
        .asked_of(person)
        .filter(application__round__closed_at=None)
        .select_related("application__idea", "application__round", "asked_by")
    )


def _write(application) -> Step | None:
    deadline = dates.moment(application.deadline)
    form = reverse("applications:write", args=[application.pk])
    words = {"title": application.idea.title, "deadline": deadline}
    if application.is_draft:
        if application.is_late:
            return None
        unasked = None
        if not application.is_asked:
            unasked = (_("Ask your leader for support"), reverse("applications:ask", args=[application.pk]))
        return Step(
            (_("Write on and hand in “%(title)s”") if application.is_begun else _("Write the application “%(title)s”"))
            % words,
            _("The deadline is %(deadline)s. Then the form is closed.") % words if deadline else "",
            form,
            _("Write on") if application.is_begun else _("Start writing"),
            due=application.deadline,
            weight=5,
            quiet_link=unasked,
        )
    if application.is_correcting:
        return Step(
            _("Hand in the corrections of “%(title)s”") % words,
            _("You have opened it for correction until %(deadline)s. What you handed in before counts until then.")
            % words,
            form,
            _("See the application"),
            due=application.deadline,
            weight=5,
        )
    if application.is_improving and not application.is_revised:
        return Step(
            _("Hand in a clearer version of “%(title)s”") % words,
            _("You have been asked to make it clearer by %(until)s.")
            % {"until": dates.moment(application.improve_until)},
            form,
            _("Make it clearer"),
            due=application.improve_until,
            weight=6,
        )
    return None


def _endorse(asked: Endorsement) -> Step:
    application = asked.application
    words = {
        "title": application.idea.title,
        "who": asked.asked_by.name if asked.asked_by else _("The team"),
        "day": dates.long_date(asked.asked_at),
    }
    return Step(
        _("Say whether you support “%(title)s”") % words,
        _("%(who)s asked you on %(day)s, because a project needs a leader who sets time aside.") % words,
        asked.get_absolute_url(),
        _("Read and answer"),
        due=application.deadline,
        weight=4,
    )
