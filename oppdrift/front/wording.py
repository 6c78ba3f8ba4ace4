"""Sentences that several pages of the front say."""

from django.utils.translation import gettext as _


def in_words(what: str, when: str) -> str:
    """What comes next for somebody who owes nothing."""
    return _("Next for you: %(what)s, %(when)s.") % {"what": what, "when": when}
