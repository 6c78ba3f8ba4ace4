"""Codes by mail: for signing in, and for showing that an address is one's own. The library does the counting.

The code lives in the visitor's session and in the mail; it is typed where it was asked for, so the mail may be read on
any device, and opening a link never uses it up.
"""

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.conf import settings
from django.db import transaction

from oppdrift.people.models import Change, Person

TIMEOUT = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT  # seconds
ADDRESS_KEY = "new_address"  # in the session


def is_welcome(address: str) -> bool:
    """Whether an address that nobody has yet may sign in: it is in a domain of the municipality."""
    domain = address.rpartition("@")[2].lower()
    return domain in {known.strip().lower().removeprefix("@") for known in settings.SIGN_IN_DOMAINS}


def mail_code(kind: str, address: str, code: str, person: Person | None) -> None:
    words = {"code": code, "person": person, "programme": settings.PROGRAMME, "minutes": TIMEOUT // 60}
    get_adapter().send_mail(f"account/email/{kind}", address, words)


class SignIn(LoginCodeVerificationProcess):
    """Somebody asks for a code and types it. A new colleague becomes a Person when the code is right, never before."""

    @classmethod
    def start(cls, request, address: str, next_url: str = "") -> "SignIn":
        """Send a code, if the address may sign in; behave the same if not, so that nobody learns who is here."""
        address = address.strip().lower()
        person = Person.objects.by_address(address)
        user = person if person and person.is_active else None
        login = Login(user=user, email=address)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, email=address))
        stage.state.update(initiated_by_user=True, next=next_url)
        process = cls(stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def under_way(cls, request) -> "SignIn | None":
        """What this visitor has begun, also when its time is out (`is_valid`)."""
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        return cls(stage) if stage else None

    @property
    def address(self) -> str:
        return self.state["email"]

    @property
    def next_url(self) -> str:
        return self.state.get("next", "")

    @property
    def tries_left(self) -> int:
        return self.max_attempts - self.state["failed_attempts"]

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        if self.user or is_welcome(email):
            mail_code("login_code", email, self.generate_code(), self.user)

    def resend(self) -> None:
        self.send()
        self.record_resend()
        self.persist()

    @transaction.atomic
    def finish(self, redirect_url: str | None = None):
        """The code was right: let them in, as a new Person if nobody had the address."""
        if not self.user:
            self._user = self.stage.login.user = self.welcome_newcomer()
        return super().finish(redirect_url or self.next_url or None)

    def welcome_newcomer(self) -> Person:
        if person := Person.objects.by_address(self.address):
            return person
        person = Person.objects.with_address(self.address, language=self.request.LANGUAGE_CODE)
        Change.objects.create(verb="person.joined", person=person, by=person)
        return person


class NewAddress(AbstractCodeVerificationProcess):
    """A person adds a mail address and shows by a code that they can read what comes there."""

    def __init__(self, request, state: dict):
        self.request = request
        attempts = app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS
        super().__init__(max_attempts=attempts, timeout=TIMEOUT, state=state, user=request.user)

    @classmethod
    def start(cls, request, address: str) -> "NewAddress":
        process = cls(request, cls.initial_state(user=request.user, email=address.strip().lower()))
        process.send()
        process.persist()
        return process

    @classmethod
    def under_way(cls, request) -> "NewAddress | None":
        state = request.session.get(ADDRESS_KEY)
        process = cls(request, state) if state and state.get("user_id") == str(request.user.pk) else None
        return process.abort_if_invalid() if process else None

    @property
    def address(self) -> str:
        return self.state["email"]

    @property
    def tries_left(self) -> int:
        return self.max_attempts - self.state["failed_attempts"]

    def send(self) -> None:
        self.state["code"] = get_adapter().generate_email_verification_code()
        mail_code("address_code", self.address, self.code, self.request.user)

    def persist(self) -> None:
        self.request.session[ADDRESS_KEY] = self.state

    def abort(self) -> None:
        self.request.session.pop(ADDRESS_KEY, None)
