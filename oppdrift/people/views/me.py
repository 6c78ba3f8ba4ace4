"""My page: what is known about me, my mail addresses, my roles."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.people.codes import NewAddress
from oppdrift.people.forms import AboutMe, AddressForm, CodeForm
from oppdrift.people.models import Person
from oppdrift.people.views.sign_in import may_ask_for_code
from oppdrift.toolbox.answers import ensure


def me(request):
    # A row of its own: a name that is refused must not show in the head of the page.
    form = AboutMe(request.POST or None, instance=Person.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        request.user.correct(by=request.user, **form.written())
        messages.success(request, _("Saved."))
        return redirect("people:me")
    return show_me(request, form=form)


def show_me(request, *, form=None, address_form=None):
    surroundings = {
        "form": form or AboutMe(instance=request.user),
        "address_form": address_form or AddressForm(),
        "addresses": request.user.addresses,
        "identities": list(request.user.identities.order_by("added_at")),
    }
    return render(request, "people/me.html", surroundings)


def add_address(request):
    """Send a code to the new address."""
    if request.method != "POST":
        return redirect("people:me")
    form = AddressForm(request.POST)
    if not form.is_valid():
        return show_me(request, address_form=form)
    address = form.cleaned_data["email"]
    if address in {known.email for known in request.user.addresses}:
        form.add_error("email", _("This is your address already."))
        return show_me(request, address_form=form)
    if not may_ask_for_code(request, address):
        form.add_error("email", _("We have just sent codes to this address. Wait a minute, then try again."))
        return show_me(request, address_form=form)
    NewAddress.start(request, address)
    return redirect("people:confirm_address")


def confirm_address(request):
    """Type the code that came to the new address. Whose it is already is told only to whoever reads its mail."""
    process = NewAddress.under_way(request)
    if not process:
        messages.info(request, _("There is no address to confirm. A code is good for 15 minutes."))
        return redirect("people:me")
    form = CodeForm(request.POST or None, expected=process.code, tries_left=process.tries_left)
    if request.method == "POST":
        if form.is_valid():
            process.abort()
            ensure(request.user.can_add_address(process.address))
            request.user.add_address(process.address, by=request.user)
            messages.success(request, _("The address is yours. You can sign in with it from now on."))
            return redirect("people:me")
        if form.has_error("code", "wrong") and not process.record_invalid_attempt():
            messages.warning(request, _("That was the third wrong code, so it no longer works. Add the address again."))
            return redirect("people:me")
    return render(request, "people/confirm_address.html", {"form": form, "process": process})


@require_POST
def put_address_first(request, pk):
    address = get_object_or_404(EmailAddress, user=request.user, pk=pk)
    request.user.put_address_first(address, by=request.user)
    messages.success(request, _("Letters go to %(address)s from now on.") % {"address": address.email})
    return redirect("people:me")


@require_POST
def remove_address(request, pk):
    address = get_object_or_404(EmailAddress, user=request.user, pk=pk)
    request.user.remove_address(address, by=request.user)
    messages.success(request, _("%(address)s is removed.") % {"address": address.email})
    return redirect("people:me")
