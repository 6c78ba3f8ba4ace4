"""The first page."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required  # the front page is for everybody
def home(request):
    return render(request, "front/home.html")
