"""Where a team prepares its talk: words, slides, who speaks, and what else the conference waits for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from oppdrift.sharing import readiness
from oppdrift.sharing.forms.conference import OwnNameForm, SlidesForm, SpeakerForm, TalkForm
from oppdrift.sharing.models import Showcase, Slot, Speaker
from oppdrift.sharing.policies import conference as policies
from oppdrift.toolbox.answers import NotNow, permit

ABOUT_TALK = (
    "slot__idea",
    "slot__hall",
    "slot__conference__gathering__round",
    "slot__conference__gathering__appointment",
)


def find(request, pk) -> Slot:
    seen = Slot.objects.seen_by(request.user).select_related(
        "idea", "slides", "hall", "conference__gathering__round", "conference__gathering__appointment"
    )
    return get_object_or_404(seen.counted().prefetch_related("speakers"), pk=pk)


def talk(request, pk):
    """Words of the talk, and what is missing."""
    slot = find(request, pk)
    own = Slot.objects.get(pk=pk)
    form = TalkForm(request.POST or None, instance=own)
    if request.method == "POST":
        permit(policies.may_prepare(request.user, slot))
        if form.is_valid():
            slot.change(by=request.user, **form.written())

            messages.success(request, _("Saved."))
            return redirect(slot)
    return show(request, slot, form=form)


def show(request, slot: Slot, *, form=None, slides_form=None, speaker_form=None):
    assert slot.idea is not None, "only talks are found here"
    showcase = Showcase.objects.filter(idea=slot.idea).with_consent().select_related("idea").first()
    context = {
        "slot": slot,
        "conference": slot.conference,
        "ready": readiness.of(slot.idea, slot, showcase),
        "showcase": showcase,
        "may_prepare": policies.may_prepare(request.user, slot),
        "form": form or TalkForm(instance=slot),
        "slides_form": slides_form or SlidesForm(),
        "speaker_form": speaker_form or SpeakerForm(slot=slot, initial={"person": request.user.pk}),
    }
    return render(request, "sharing/talk.html", context)


@require_POST
def put_slides(request, pk):
    slot = find(request, pk)
    permit(policies.may_prepare(request.user, slot))

    form = SlidesForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            slot.put_slides(form.cleaned_data["upload"], by=request.user)
        except ValidationError as refusal:
            form.add_error("upload", refusal)
        else:
            messages.success(request, _("The slides are handed in."))
            return redirect(slot)
    return show(request, slot, slides_form=form)


@require_POST
def name_speaker(request, pk):
    slot = find(request, pk)
    permit(policies.may_prepare(request.user, slot))

    form = SpeakerForm(request.POST, slot=slot)
    if form.is_valid():
        try:
            speaker = slot.name_speaker(by=request.user, **form.cleaned_data)
        except NotNow as refusal:
            form.add_error("name", str(refusal))
        else:
            told = _("Written down. The name is shown when they have said yes to it.")
            if speaker.agreed_at:
                told = _("Written down. Your name stands in the programme.")
            elif speaker.token:
                told = _("Written down. They get a letter with a link, and the name is shown when they say yes to it.")
            messages.success(request, told)
            return redirect(slot)
    return show(request, slot, speaker_form=form)


@require_POST
def speaker(request, pk, row):
    """Note that somebody has said yes to being named, or no more; or somebody else speaks."""
    slot = find(request, pk)
    found = get_object_or_404(Speaker, pk=row, slot=slot)
    deed = request.POST.get("deed", "")
    permit(policies.may_change_speaker(request.user, found, deed))

    if deed == "agree":
        found.agree(by=request.user)
        messages.success(request, _("Noted: %(name)s may be named.") % {"name": found.name})
    elif deed == "take-back":
        found.take_back(by=request.user)
        messages.success(request, _("%(name)s is named no more.") % {"name": found.name})
    else:
        found.take_off(by=request.user)
        messages.success(request, _("%(name)s is not among the speakers any more.") % {"name": found.name})
    return redirect(slot)


@login_not_required  # the link is the key: it was sent to whoever speaks, who may have no account here
@never_cache
def own_name(request, token):
    """What is written about a speaker from outside, and what they want done with it. Looking changes nothing."""
    found = get_object_or_404(Speaker.objects.select_related(*ABOUT_TALK), token=token)
    form = OwnNameForm(initial={"name": found.name})
    if request.method == "POST":
        by = request.user if request.user.is_authenticated and request.user.pk == found.person_id else None
        deed = request.POST.get("deed", "correct")
        if deed == "erase":
            found.erase(by=by)
            return render(request, "sharing/name_erased.html")
        form = OwnNameForm(request.POST if deed == "correct" else None, initial={"name": found.name})
        if told := answered(found, deed, form, by=by):
            messages.success(request, told)
            return redirect(found)
    response = render(request, "sharing/own_name.html", {"speaker": found, "slot": found.slot, "form": form})
    response["X-Robots-Tag"] = "noindex, nofollow"  # the address is the key
    return response


def answered(found: Speaker, deed: str, form: OwnNameForm, *, by) -> str:
    """Do what a speaker wants with their name. What they read then; nothing where the form must be shown again."""
    if deed == "agree":
        found.agree(by=by)
        return _("Thank you. Your name stands in the programme.")
    if deed == "take-back":
        found.take_back(by=by)
        return _("Your name is not shown any more.")
    if form.is_valid():
        try:
            found.correct(form.cleaned_data["name"], by=by)
        except NotNow as refusal:
            form.add_error("name", str(refusal))
        else:
            return _("The name is corrected.")
    return ""
