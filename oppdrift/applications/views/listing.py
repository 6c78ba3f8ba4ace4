"""All applications of a round, for those who run it; and the same as a file."""

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from oppdrift.rounds.models import Role, Round
from oppdrift.rounds.models.role import roles_held_by
from oppdrift.toolbox.tables.out import csv_response, xlsx_response

from ..listing import HEADERS, Listing, support_in_words
from ..models import Application

A_PAGE = 50


def find_listing(request, round) -> Listing:
    led = next((each for each in run_by(request.user) if each.pk == round), None)
    if not led:
        raise Http404
    return Listing(led, request.user, request.GET)


def run_by(person) -> list[Round]:
    """The rounds of which the person is lead or substitute, the newest first."""
    rounds = {role.round for role in roles_held_by(person) if role.kind in Role.RUNS}
    return sorted(rounds, key=lambda each: (each.year, each.pk), reverse=True)


def applications(request, round):
    listing = find_listing(request, round)
    page: Page[Any] = Paginator(cast(Any, listing.found), A_PAGE).get_page(request.GET.get("page"))
    others = [each for each in run_by(request.user) if each.pk != round and each.has_opened][:5]
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "listing": listing,
        "round": listing.round,
        "page": page,
        "rows": [row_of(*each) for each in page],
        "others": others,
        "hidden_rows": range(listing.hidden),
        "asked": f"?{asked.urlencode()}" if asked else "",
    }
    return render(request, "applications/list.html", context)


def row_of(key, number, title, unit, state, amount, submitted_at, many, support) -> dict[str, Any]:
    """As the list shows it."""
    handed_in = state == Application.State.SUBMITTED
    return {
        "key": key,
        "number": "" if number is None else number,
        "title": title,
        "unit": unit,
        "status": "new_version" if handed_in and many > 1 else state,
        "support": support_in_words(support),
        "handed_in": submitted_at if handed_in else None,
        "amount": amount if handed_in else None,
    }


def export(request, round, kind):
    """What the list shows, all pages of it."""
    listing = find_listing(request, round)
    name = f"{slugify(listing.round.name) or 'applications'}-{listing.round.year}"
    if kind == "csv":
        return csv_response(f"{name}.csv", HEADERS, listing.table())
    if kind == "xlsx":
        return xlsx_response(f"{name}.xlsx", _("Applications"), HEADERS, listing.table())
    raise Http404
