"""Who is signed in, by prepared questions: every page of theirs asks these two."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from oppdrift.toolbox.clock import now
from oppdrift.toolbox.prepared import prepared

from .models import Person


@prepared
def _session(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now())


@prepared
def _person(key: int) -> QuerySet[Person]:
    return Person.objects.active().filter(pk=key)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        session = _session.first(self.session_key) if self.session_key else None
        if session is None:
            self._session_key = None
        return session


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> Person | None:
        return _person.first(int(user_id))
