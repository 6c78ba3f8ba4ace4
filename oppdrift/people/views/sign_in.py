"""Signing in by a code in a mail, signing out, and choosing a language."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from oppdrift.people.codes import SignIn
from oppdrift.people.forms import AddressForm, CodeForm
from oppdrift.people.models import Person

A_YEAR = 365 * 24 * 60 * 60  # seconds


def safe_next(request) -> str:
    """Where the visitor wanted to go, if that is a page of ours."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours else ""


def may_ask_for_code(request, address: str) -> bool:
    """Slows down whoever floods an address or guesses in numbers."""
    return bool(ratelimit.consume(request, action="request_login_code", key=address))


@login_not_required  # whoever signs in is not signed in yet
@never_cache
def sign_in(request):
    if request.user.is_authenticated:
        return redirect(safe_next(request) or settings.LOGIN_REDIRECT_URL)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        if may_ask_for_code(request, address):
            SignIn.start(request, address, safe_next(request))
            return redirect("people:confirm")
        form.add_error("email", _("We have just sent codes to this address. Wait a minute, then try again."))
    return render(request, "people/sign_in.html", {"form": form, "next": safe_next(request)})


@login_not_required  # the second half of signing in
@never_cache
def confirm(request):
    """Type the code. A GET only shows the page, so a mail scanner that opens links uses up nothing."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    process = SignIn.under_way(request)
    if not process:
        messages.info(request, _("Write your mail address first, and we send you a code."))
        return redirect("people:sign_in")
    if not process.is_valid():
        process.abort()
        messages.warning(request, _("The code was too old. Ask for a new one."))
        return redirect("people:sign_in")

    form = CodeForm(request.POST or None, expected=process.code, tries_left=process.tries_left)
    if request.method == "POST":
        if form.is_valid():
            return process.finish()
        if form.has_error("code", "wrong") and not process.record_invalid_attempt():
            messages.warning(request, _("That was the third wrong code, so it no longer works. Ask for a new one."))
            return redirect("people:sign_in")
    surroundings = {"form": form, "process": process, "contact": settings.CONTACT}
    return render(request, "people/confirm.html", surroundings)


@login_not_required  # asks for the mail once more, before signing in
@require_POST
def send_again(request):
    process = SignIn.under_way(request)
    if not process or not process.is_valid():
        return redirect("people:confirm")
    if process.can_resend and may_ask_for_code(request, process.address):
        process.resend()
        messages.success(request, _("A new code is on its way. The old one no longer works."))
    else:
        messages.warning(request, _("We have sent several codes. Look in your spam folder, or wait a minute."))
    return redirect("people:confirm")


@login_not_required  # harmless for whoever is signed out already
@require_POST
def sign_out(request):
    language = getattr(request.user, "language", None)
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    if language:
        remember_language(response, language)
        with override(language):
            messages.success(request, _("You are signed out."))
    return response


@login_not_required  # strangers choose a language too
@require_POST
def language(request):
    """Read the pages in this language from now on: kept on the person, for strangers in a cookie."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise Http404
    if request.user.is_authenticated:
        request.user.choose_language(chosen, by=request.user)
    response = redirect(safe_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
    remember_language(response, chosen)
    return response


def remember_language(response, chosen: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=A_YEAR, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )


@login_not_required  # the demo's one click; not there in a real installation
@require_POST
def demo_sign_in(request):
    if not settings.DEMO:
        raise Http404
    key = request.POST.get("person", "")
    person = get_object_or_404(Person.objects.active(), pk=key if key.isdecimal() else None)
    logout(request)
    get_adapter(request).login(request, person)
    return redirect(settings.LOGIN_REDIRECT_URL)
