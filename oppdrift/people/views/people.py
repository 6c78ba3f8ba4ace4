"""The people of the programme, for those who run it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.people.forms import AboutPerson, NewPerson
from oppdrift.people.models import Person
from oppdrift.people.policies import may_close_access, may_manage, may_relieve
from oppdrift.toolbox.answers import permit

PER_PAGE = 50


def people(request):
    permit(may_manage(request.user))
    words = request.GET.get("q", "").strip()
    found = Person.objects.select_related("unit").found_by(words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/people.html", {"page": page, "words": words})


def add(request):
    permit(may_manage(request.user))
    form = NewPerson(request.POST or None, initial={"language": "nb"})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        person = Person.objects.add(values.pop("email"), by=request.user, **values)
        messages.success(request, _("%(name)s can sign in now.") % {"name": person.name})
        return redirect(person)
    return render(request, "people/add.html", {"form": form})


def person(request, pk):
    permit(may_manage(request.user))
    person = get_object_or_404(Person.objects.select_related("unit"), pk=pk)
    form = AboutPerson(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        Person.objects.get(pk=pk).correct(by=request.user, **form.written())
        messages.success(request, _("Saved."))
        return redirect(person)
    surroundings = {
        "them": Person.objects.select_related("unit").get(pk=pk) if form.errors else person,
        "form": form,
        "addresses": person.addresses,
        "changes": person.changes.select_related("by")[:PER_PAGE],
        "may_relieve": may_relieve(request.user, person),
        "may_close": may_close_access(request.user, person),
    }
    return render(request, "people/person.html", surroundings)


@require_POST
def entrust(request, pk):
    permit(may_manage(request.user))
    person = get_object_or_404(Person.objects.active(), pk=pk)
    person.entrust(True, by=request.user)
    messages.success(request, _("%(name)s may run the programme now.") % {"name": person.name})
    return redirect(person)


@require_POST
def relieve(request, pk):
    permit(may_manage(request.user))
    person = get_object_or_404(Person, pk=pk)
    permit(may_relieve(request.user, person))
    person.entrust(False, by=request.user)
    messages.success(request, _("%(name)s no longer runs the programme.") % {"name": person.name})
    return redirect("people:me" if person == request.user else person)


@require_POST
def close(request, pk):
    permit(may_manage(request.user))
    person = get_object_or_404(Person, pk=pk)
    permit(may_close_access(request.user, person))
    person.leave(by=request.user)
    messages.success(request, _("%(name)s can no longer sign in.") % {"name": person.name})
    return redirect(person)


@require_POST
def open_again(request, pk):
    permit(may_manage(request.user))
    person = get_object_or_404(Person, pk=pk)
    person.come_back(by=request.user)
    messages.success(request, _("%(name)s can sign in now.") % {"name": person.name})
    return redirect(person)
