"""Lessons: what anybody may read, and what a team keeps for itself until it says otherwise."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.ideas.models import Idea
from oppdrift.sharing.forms.mutual import LessonForm
from oppdrift.sharing.models import Lesson
from oppdrift.sharing.policies.mutual import may_keep_lesson, may_write_lesson
from oppdrift.toolbox.answers import permit

A_PAGE = 30


@login_not_required  # others learn from what teams have chosen to show
@require_safe
def lessons(request):
    shown = Lesson.objects.shown().select_related("idea__round").order_by("-shown_at", "-pk")
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "sharing/lessons.html", {"page": page})


@login_not_required  # a lesson that the team shows is for anybody; others are not found
@require_safe
def lesson(request, pk):
    lesson = find(request, pk)
    may_keep = request.user.is_authenticated and bool(may_keep_lesson(request.user, lesson))
    sees_idea = request.user.is_authenticated and Idea.objects.seen_by(request.user).filter(pk=lesson.idea_id).exists()
    return render(request, "sharing/lesson.html", {"lesson": lesson, "may_keep": may_keep, "sees_idea": sees_idea})


def write(request, idea):
    idea = get_object_or_404(Idea.objects.seen_by(request.user), pk=idea)
    permit(may_write_lesson(request.user, idea))

    form = LessonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lesson = Lesson.write(idea, by=request.user, **form.cleaned_data)

        messages.success(request, _("The lesson is saved. The team and the programme lead read it."))
        return redirect(lesson)
    return render(request, "sharing/lesson_write.html", {"form": form, "idea": idea})


def change(request, pk):
    lesson = find(request, pk)
    permit(may_keep_lesson(request.user, lesson))

    # The form gets an instance of its own: what does not fit must not stand on the page's lesson.
    form = LessonForm(request.POST or None, instance=Lesson.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        lesson.change(by=request.user, **form.written())

        messages.success(request, _("The changes are saved."))
        return redirect(lesson)
    return render(request, "sharing/lesson_write.html", {"form": form, "idea": lesson.idea, "lesson": lesson})


@require_POST
def show(request, pk):
    lesson = find(request, pk)
    permit(may_keep_lesson(request.user, lesson) and lesson.can_show())

    lesson.show(by=request.user)

    messages.success(request, _("Everybody can read the lesson now."))
    return redirect(lesson)


@require_POST
def hide(request, pk):
    lesson = find(request, pk)
    permit(may_keep_lesson(request.user, lesson) and lesson.can_hide())

    lesson.hide(by=request.user)

    messages.success(request, _("Only the team and the programme lead read it now."))
    return redirect(lesson)


@require_POST
def erase(request, pk):
    lesson = find(request, pk)
    permit(may_keep_lesson(request.user, lesson))

    lesson.erase(by=request.user)

    messages.success(request, _("The lesson is erased."))
    return redirect(lesson.idea)


def find(request, pk) -> Lesson:
    """One that this reader sees."""
    return get_object_or_404(Lesson.objects.seen_by(request.user).select_related("idea__round"), pk=pk)
