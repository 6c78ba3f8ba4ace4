"""Reading: one's own applications, one application, its versions and what is new between them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from oppdrift.history.models import Event
from oppdrift.history.models.event import points_at
from oppdrift.ideas.models import Decision, Idea
from oppdrift.ideas.policies import must_declare, stand
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.rounds.models.edition import questions_of
from oppdrift.toolbox.addresses import reverse
from oppdrift.toolbox.answers import permit
from oppdrift.toolbox.prepared import prepared

from ..differences import compare
from ..events import SENTENCES
from ..forms import BeginForm, ReviseForm
from ..models import Application, Version
from ..policies import (
    belongs,
    in_team,
    leads,
    may_begin,
    may_bring_back,
    may_extend,
    may_read,
    may_read_draft,
    may_reopen,
    may_withdraw,
    may_write,
)  # fmt: skip
from ..section import surrounding
from ..sections import Form, as_read
from .writing import find


def mine(request):
    """The applications of the teams one is in, and the calls that are open."""
    applications = (
        Application.objects.written_by(request.user).select_related("idea", "round").order_by("-round__year", "-pk")
    )
    rounds = [round for round in Round.objects.with_open_call() if round.is_open]
    return render(request, "applications/mine.html", {"applications": applications, "rounds": rounds})


def begin(request, round):
    """Start an application: with an idea one has, or directly."""
    into = get_object_or_404(Round.objects.seen_by(request.user), pk=round)
    answer = may_begin(request.user, into)
    ideas = list(
        Idea.objects.alive()
        .filter(application=None, parts__in=request.user.parts.in_force().filter(kind="team"))
        .order_by("-created_at")
    )
    chosen = request.GET.get("idea", "")
    initial = {"idea": int(chosen) if chosen.isdecimal() else "", "unit": request.user.unit_id}
    form = BeginForm(request.POST or None, ideas=ideas, initial=initial)
    if request.method == "POST":
        permit(answer)
        if form.is_valid():
            values = form.cleaned_data
            idea = values.get("idea")
            if idea:
                permit(may_begin(request.user, into, idea))
            words = {} if idea else {name: values[name] for name in ("title", "unit", "shared")}
            begun = Application.begin(into, by=request.user, idea=idea, **words)

            messages.success(request, _("The draft is begun. What you write is saved as you write."))
            return redirect("applications:write", begun.pk)
    return render(
        request, "applications/begin.html", {"round": into, "form": form, "refusal": "" if answer else str(answer)}
    )


def application(request, pk):
    """The application as it stands: the team's own words, or what was handed in."""
    return show(request, find(request, pk))


def told_about(application: Application, reader: Person) -> Decision | None:
    """The outcome that was told last, for those who belong to the idea and who leads it."""
    if not (belongs(reader, application) or stand(reader, application.idea_id).is_cleared):
        return None
    return _told.first(application.idea)


@prepared
def _told(idea: Idea) -> QuerySet[Decision]:
    return Decision.objects.known().filter(idea=idea).order_by("-made_at", "-pk")[:1]


@prepared
def _versions(application: int) -> QuerySet[Version]:
    return Version.objects.filter(application=application).select_related("edition", "handed_in_by")


@prepared
def _history(kind: ContentType, idea: Idea) -> QuerySet[Event]:
    """The newest things that happened to it, of those that are told here."""
    events = Event.objects.filter(points_at(kind, idea.pk), verb__in=list(SENTENCES))
    return events.select_related("by")[:12]


def show(request, application: Application, *, problems=(), revise_form=None, status=200):
    person = request.user
    may_see_draft = bool(may_read_draft(person, application))
    versions = _versions(application.pk)
    shows_draft = may_see_draft and (application.is_draft or bool(may_write(person, application)))
    latest = versions[-1] if versions else None
    form = Form(application, person) if shows_draft else None
    readable = may_read(person, application)
    is_team = in_team(person, application)
    reads_history = is_team or leads(person, application)
    events = _history(ContentType.objects.get_for_model(Idea), application.idea) if reads_history else []
    outcome = told_about(application, person)
    context = {
        "application": application,
        "form": form,
        "version": latest,
        "rows": rows_of(latest) if latest and not shows_draft and readable else [],
        "refusal": "" if readable else str(readable),
        "declare_url": declare_url(application, person),
        "versions": versions,
        "is_team": is_team,
        "has_changes": bool(form and latest and application.differs()),
        "problems": [(each, form.section_of(each.question.key)) for each in problems] if form else [],
        "missing": missing_in(application, form) if form and application.is_draft and not problems else [],
        "two_texts": [(each, form.section_of(each.question.key)) for each in form.fields if each.two_texts]
        if form
        else [],
        "may_write": is_team and may_write(person, application),
        "may_reopen": is_team and may_reopen(person, application),
        "may_withdraw": is_team and may_withdraw(person, application),
        "may_bring_back": is_team and may_bring_back(person, application),
        "may_extend": may_extend(person, application),
        "revise_form": revise_form or (ReviseForm() if application.is_improving and is_team else None),
        "events": [told(event) for event in reversed(events)],
        "told": outcome,
        "told_url": reverse(settings.OUTCOME_PAGES[outcome.stage], args=[application.pk]) if outcome else "",
        **surrounding(application, person),
    }
    return render(request, "applications/application.html", context, status=status)


def declare_url(application: Application, person: Person) -> str:
    """Where whoever leads it says that they have no ties, if that is what keeps the text from them."""
    if not application.is_handed_in or not must_declare(person, application.idea):
        return ""
    return f"{reverse(settings.DECLARE_PAGE, args=[application.round_id])}?from={application.pk}"


def missing_in(application: Application, form: Form):
    """What must still be written before it can be handed in, with the part of the form where it is."""
    texts = {key: answer.text for key, answer in form.answers.items()}
    return [(each, form.section_of(each.question.key)) for each in application.problems(texts)]


def rows_of(version):
    """What was handed in, question by question, with the questions it was an answer to."""
    answers = version.answers
    return [(each, as_read(each, answers.get(each.key, ""))) for each in questions_of(version.edition_id)]


def told(event: Event) -> dict:
    """An event as `pieces/history.html` shows it."""
    by = event.by.name if event.by else _("The program")
    return {"at": event.at, "words": SENTENCES[event.verb] % {"by": by, **event.data}}


def version(request, pk, number):
    """One version, to read and to print."""
    application = find(request, pk)
    permit(may_read(request.user, application))
    shown = get_object_or_404(application.versions.select_related("edition", "handed_in_by"), number=number)
    context = {
        "application": application,
        "version": shown,
        "rows": rows_of(shown),
        "numbers": list(application.versions.values_list("number", flat=True)),
        **surrounding(application, request.user),
    }
    return render(request, "applications/version.html", context)


def since(request, pk, number, other):
    """One version beside an earlier one, what is new marked word by word."""
    application = find(request, pk)
    permit(may_read(request.user, application))
    if other >= number:
        raise Http404
    versions = {v.number: v for v in application.versions.filter(number__in=[number, other]).select_related("edition")}
    if len(versions) < 2:
        raise Http404
    context = {
        "application": application,
        "before": versions[other],
        "after": versions[number],
        "rows": compare(versions[other], versions[number]),
        "numbers": list(application.versions.values_list("number", flat=True)),
    }
    return render(request, "applications/since.html", context)
