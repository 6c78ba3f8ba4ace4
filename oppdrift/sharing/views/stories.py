"""Stories: the list and one of them for anybody; writing, picture and publishing for those who tell."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.ideas.models import Idea
from oppdrift.rounds.models import Round
from oppdrift.sharing.forms.stories import StoryForm, StoryPictureForm
from oppdrift.sharing.models import Award, Consent, Lesson, Story
from oppdrift.sharing.pictures import answer_with
from oppdrift.sharing.policies.stories import (
    may_change,
    may_erase,
    may_publish,
    may_take_down,
    may_write,
)
from oppdrift.sharing.sight import projects
from oppdrift.toolbox.answers import NotNow, permit
from oppdrift.toolbox.reading import refusal_is_told

A_PAGE = 20


@login_not_required  # the town hears what goes on
@require_safe
def stories(request):
    """Published ones; for those who write, drafts and what was taken down come first."""
    published = Story.objects.published().newest_first().select_related("round", "picture")
    page = Paginator(published, A_PAGE).get_page(request.GET.get("page"))
    own = []
    if request.user.is_authenticated:
        own = list(Story.objects.seen_by(request.user).exclude(pk__in=Story.objects.published())[:A_PAGE])
    context = {
        "page": page,
        "own": own,
        "may_write": request.user.is_authenticated and bool(may_write(request.user)),
        "has_asks": request.user.is_authenticated and projects().filter(round__in=Round.objects.alive()).exists(),
        "has_lessons": Lesson.objects.shown().exists(),
        "has_awards": Award.objects.announced().exists(),
    }
    return render(request, "sharing/stories.html", context)


@login_not_required  # a published story is for anybody; others are not found
@require_safe
def story(request, pk):
    found = find(request, pk)
    person = request.user if request.user.is_authenticated else None
    consents = Consent.objects.in_force().filter(file=found.picture, person=person) if found.picture and person else []
    context = {
        "story": found,
        "pages": list(Idea.objects.published().filter(pk__in=found.ideas.values("pk")).alphabetically()),
        "may_change": bool(person and may_change(person, found)),
        "may_publish": person and may_publish(person, found),
        "may_take_down": bool(person and may_take_down(person, found)),
        "may_erase": bool(person and may_erase(person, found)),
        "own_consent": next(iter(consents), None),
    }
    return render(request, "sharing/story.html", context)


@login_not_required  # it stands on an open page, and goes with it
@require_safe
def picture(request, pk):
    found = find(request, pk)
    if not found.picture:
        raise Http404
    return answer_with(request, found.picture)


def new(request):
    permit(may_write(request.user))

    form = StoryForm(request.POST or None, person=request.user, initial={"ideas": request.GET.getlist("idea")})
    if request.method == "POST" and form.is_valid():
        words = dict(form.cleaned_data)
        ideas = list(words.pop("ideas"))
        words.setdefault("round", ideas[0].round if ideas else None)
        made = Story.begin(by=request.user, ideas=ideas, **words)

        messages.success(request, _("The draft is saved. Now you can add a picture."))
        return redirect(made)
    return render(request, "sharing/story_write.html", {"form": form})


def change(request, pk):
    found = find(request, pk)
    permit(may_change(request.user, found))

    # The form gets an instance of its own: what does not fit must not stand on the page's story.
    form = StoryForm(request.POST or None, person=request.user, instance=Story.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        words = form.written()
        ideas = list(words.pop("ideas")) if "ideas" in words else None
        found.change(by=request.user, ideas=ideas, **words)

        messages.success(request, _("The story is saved."))
        return redirect(found)
    return render(request, "sharing/story_write.html", {"form": form, "story": found})


def put_picture(request, pk):
    found = find(request, pk)
    permit(may_change(request.user, found))

    form = StoryPictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            found.put_picture(fields.pop("upload"), by=request.user, **fields)
        except ValidationError as refusal:
            form.add_error("upload", refusal)
        except NotNow as refusal:
            form.add_error("people", str(refusal))
        else:
            if found.picture and found.picture_people == Story.InPicture.SOME:
                messages.success(request, _("The picture is saved. Now write down who has said yes to being in it."))
                return redirect("sharing:consents", found.picture.pk)
            messages.success(request, _("The picture is saved."))
            return redirect(found)
    return render(request, "sharing/story_picture.html", {"form": form, "story": found})


@require_POST
def take_picture_off(request, pk):
    found = find(request, pk)
    permit(may_change(request.user, found))

    found.take_picture_off(by=request.user)

    messages.success(request, _("The picture is erased."))
    return redirect(found)


@require_POST
def publish(request, pk):
    found = find(request, pk)
    permit(may_publish(request.user, found))

    with refusal_is_told(request):
        found.publish(by=request.user, read=request.POST.get("read"))
        messages.success(request, _("Everybody can read the story now."))
    return redirect(found)


@require_POST
def take_down(request, pk):
    found = find(request, pk)
    permit(may_take_down(request.user, found))

    found.take_down(by=request.user)

    messages.success(request, _("The story is taken down. You can publish it again here."))
    return redirect(found)


@require_POST
def erase(request, pk):
    found = find(request, pk)
    permit(may_erase(request.user, found))

    found.erase(by=request.user)

    messages.success(request, _("The draft is erased."))
    return redirect("sharing:stories")


def find(request, pk) -> Story:
    """One that this reader sees."""
    return get_object_or_404(Story.objects.seen_by(request.user).select_related("picture", "round", "by"), pk=pk)
