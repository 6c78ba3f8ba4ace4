"""Requests as the views behind the sign-in know them."""

from django.http import HttpRequest

from .models import Person


class SignedInRequest(HttpRequest):
    """From somebody signed in: the middleware sends everybody else to the sign-in page before a view is asked."""

    user: Person
