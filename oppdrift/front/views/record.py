"""The page of an idea: every room's part of it on one page."""

from django.shortcuts import get_object_or_404, render

from oppdrift.applications.section import about as application_of
from oppdrift.assessing.section import about as judgement_of
from oppdrift.benefits.section import about as benefits_of
from oppdrift.deciding.section import about as decision_of
from oppdrift.gatherings.section import notes_about
from oppdrift.ideas import sight
from oppdrift.ideas.models import Idea
from oppdrift.ideas.section import about as idea_itself
from oppdrift.leadership.section import about as promises_of
from oppdrift.pitching.section import about as panel_of
from oppdrift.projects.section import about as project_of
from oppdrift.sharing.section.mutual import shared_of
from oppdrift.sharing.section.telling import told_of

from ..record import history_of


def record(request, pk):
    """The idea with its application, what was said of it, the notes, and its history for those close to it."""
    person = request.user
    idea = get_object_or_404(Idea.objects.seen_by(person).select_related("round", "unit", "created_by"), pk=pk)
    leads = Idea.objects.cleared_for(person).filter(pk=pk).exists()
    is_close = leads or Idea.objects.close_to(person).filter(pk=pk).exists()
    is_hidden = Idea.objects.hidden_from(person).filter(pk=pk).exists()
    context = {
        **idea_itself(idea, person),
        **notes_about(idea, person),
        **application_of(idea, person),
        **judgement_of(idea, person),
        "telling": told_of(idea, is_near=leads or Idea.objects.of(person).filter(pk=pk).exists()),
        **panel_of(idea, person),
        **shared_of(idea, person),
        **benefits_of(idea, person),
        **project_of(idea, person),
        **promises_of(idea, person),
        **decision_of(idea, person),
        "is_hidden": is_hidden,
        "is_nobodys": is_hidden and Idea.objects.filter(sight.nobody_is_free(), pk=pk).exists(),
        "events": history_of(idea, person, leads) if is_close else [],
    }
    return render(request, "front/record.html", context)
