"""How sign-in meets our people. django-allauth asks here."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """Sign-in codes by mail; no passwords, no sign-up form."""

    def is_open_for_signup(self, request) -> bool:
        return False
