"""Several rounds in one picture, open to anybody."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from ..years import years as rows_of_years


@login_not_required  # what a municipality has given, and what came of it, is public
def years(request):
    rows = rows_of_years()
    return render(request, "front/years.html", {"rows": rows, "decided": [row for row in rows if row.is_decided]})
