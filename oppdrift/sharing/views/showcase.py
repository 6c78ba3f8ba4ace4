"""Where team and lead make the public page of a project, and say yes to it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oppdrift.ideas.models import Idea
from oppdrift.sharing.forms.showcase import PictureForm, ShowcaseForm
from oppdrift.sharing.models import Showcase
from oppdrift.sharing.policies import showcase as policies
from oppdrift.toolbox.answers import permit
from oppdrift.toolbox.reading import refusal_is_told


def find_idea(request, idea) -> Idea:
    """One that the person belongs to, or whose case they lead."""
    near = Q(pk__in=Idea.objects.of(request.user)) | Q(pk__in=Idea.objects.cleared_for(request.user))
    return get_object_or_404(Idea.objects.filter(near), pk=idea)


def find(request, idea) -> Showcase:
    seen = Showcase.objects.seen_by(request.user).with_consent().select_related("idea__round", "contact", "picture")
    return get_object_or_404(seen, idea=idea)


@require_safe
def showcase(request, idea):
    """How far the page is, and what comes next."""
    found = find_idea(request, idea)
    made = Showcase.objects.seen_by(request.user).filter(idea=found).first()
    if made is None:
        context = {"idea": found, "may_begin": policies.may_begin(request.user, found)}
        return render(request, "sharing/showcase_none.html", context)
    return show(request, find(request, idea), PictureForm())


def show(request, made: Showcase, picture_form: PictureForm):
    person = request.user
    context = {
        "showcase": made,
        "idea": made.idea,
        "missing": made.missing_in_words(),
        "texts": [(made.name_of(name), getattr(made, name)) for name in made.TEXTS[1:]],
        "may_edit": policies.may_edit(person, made),
        "as_team": policies.may_agree_as_team(person, made),
        "as_lead": policies.may_agree_as_lead(person, made),
        "may_take_off": policies.may_take_off(person, made),
        "may_look_over": policies.may_look_over(person, made),
        "may_answer_calls": made.can_answer_calls(person),
        "picture_form": picture_form,
    }
    return render(request, "sharing/showcase.html", context)


@require_POST
def begin(request, idea):
    found = find_idea(request, idea)
    permit(policies.may_begin(request.user, found))

    Showcase.begin(found, by=request.user)

    messages.success(request, _("Here is a first draft, in your own words from the application. Make it shorter."))
    return redirect("sharing:edit_showcase", idea)


def edit(request, idea):
    made = find(request, idea)
    permit(policies.may_edit(request.user, made))

    # The form gets an instance of its own: what does not fit must not stand on the page's showcase.
    own = Showcase.objects.select_related("idea").get(pk=made.pk)
    form = ShowcaseForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        fields = form.written()
        if "contact" in fields:
            made.name_contact(fields.pop("contact"), by=request.user)
        made.change(by=request.user, **fields)

        messages.success(request, _("Saved. Everybody sees it now.") if made.idea.is_published else _("Saved."))
        return redirect("sharing:showcase", idea)
    return render(request, "sharing/showcase_edit.html", {"form": form, "showcase": made, "idea": made.idea})


@require_POST
def put_picture(request, idea):
    made = find(request, idea)
    permit(policies.may_edit(request.user, made))

    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            made.put_picture(
                form.cleaned_data["upload"], alt=form.cleaned_data["alt"], people=form.cleaned_data["people"],
                by=request.user,
            )  # fmt: skip
        except ValidationError as refusal:
            form.add_error("upload", refusal)
        else:
            messages.success(request, _("The picture is on the page."))
            return redirect("sharing:showcase", idea)
    return show(request, made, form)


@require_POST
def take_picture_off(request, idea):
    made = find(request, idea)
    permit(policies.may_edit(request.user, made))

    made.take_picture_off(by=request.user)

    messages.success(request, _("The picture is gone."))
    return redirect("sharing:showcase", idea)


@require_POST
def agree(request, idea, side):
    made = find(request, idea)
    if side not in ("team", "lead"):
        raise Http404
    as_lead = side == "lead"
    permit(
        policies.may_agree_as_lead(request.user, made) if as_lead else policies.may_agree_as_team(request.user, made)
    )

    with refusal_is_told(request):
        if made.agree(as_lead=as_lead, by=request.user, read=request.POST.get("read")):
            messages.success(request, _("The page is published. Anybody can read it now."))
            return redirect(made)
        messages.success(request, _("Your yes is noted. The page is published when the other side says yes, too."))
    return redirect("sharing:showcase", idea)


@require_POST
def take_off(request, idea):
    made = find(request, idea)
    permit(policies.may_take_off(request.user, made))

    made.take_off(by=request.user)

    messages.success(request, _("Nobody outside can read the page any more."))
    return redirect("sharing:showcase", idea)


@require_POST
def look_over(request, idea):
    made = find(request, idea)
    permit(policies.may_look_over(request.user, made))

    with refusal_is_told(request):
        made.look_over(by=request.user, read=request.POST.get("read"))
        messages.success(request, _("Noted that you have read the changes."))
    return redirect("sharing:showcase", idea)


@require_POST
def answer_calls(request, idea):
    """Whoever is named says yes to being called, or no more."""
    made = find(request, idea)
    if request.POST.get("answer") == "no":
        permit(policies.may_stop_answering(request.user, made))
        made.answer_no_more(by=request.user)
        messages.success(request, _("Your name is off the page."))
    else:
        permit(made.can_answer_calls(request.user))
        made.answer_calls(by=request.user)
        messages.success(request, _("Your name and mail address stand on the page."))
    return redirect("sharing:showcase", idea)
