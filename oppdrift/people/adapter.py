"""How sign-in meets our people. django-allauth asks here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _


class Adapter(DefaultAccountAdapter):
    """Sign-in codes by mail; no passwords, no sign-up form. How a mail leaves, a later room adds (`history`)."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["allauth.account.stages.LoginByCodeStage"]

    def add_message(self, *args, **kwargs) -> None:
        """Our own views say what there is to say, in our own words."""

    def respond_user_inactive(self, request, user):
        messages.error(request, _("Your access is closed. Ask those who run the programme to open it again."))
        return redirect("people:sign_in")
