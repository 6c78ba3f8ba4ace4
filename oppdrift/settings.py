"""One file of settings, read from the environment, safe unless asked otherwise."""

import os
from pathlib import Path

import environ
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

env = environ.Env()
PACKAGE = Path(__file__).resolve().parent

# Where this installation keeps its database, files and key.
DATA = Path(env.str("OPPDRIFT_DATA", default="oppdrift-data")).resolve()


def kept_secret() -> str:
    """The key from the environment, or one made once and kept beside the data."""
    path = DATA / "secret-key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(get_random_secret_key())
        except FileExistsError:
            pass
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret()
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("OPPDRIFT_DEMO", default=False)  # one-click sign-in; only ever on loopback, `oppdrift demo` sees to it
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# Names that a municipality sets.
MUNICIPALITY = env.str("MUNICIPALITY", default="Fjordvik kommune")
PROGRAMME = env.str("PROGRAMME", default="Oppdrift")
LEADER_GROUP = env.str("LEADER_GROUP", default="kommunedirektørens ledergruppe")
SILENT_WEEKS = env.int("SILENT_WEEKS", default=4)  # what a new round begins with, see `Round.silent_after`
OPERATED_BY = env.str("OPERATED_BY", default="")
CONTACT = env.str("CONTACT", default="")  # an address that strangers may write to
THEME_FILE = env.str("THEME_FILE", default="")  # one CSS file in DATA that replaces colours
SIGN_IN_DOMAINS = env.list("SIGN_IN_DOMAINS", default=[])  # addresses here may sign in without being known before

INSTALLED_APPS = [
    "oppdrift.toolbox",
    "oppdrift.people",
    "oppdrift.history",
    "oppdrift.rounds",
    "oppdrift.ideas",
    "oppdrift.gatherings",
    "oppdrift.applications",
    "oppdrift.assessing",
    "oppdrift.pitching",
    "oppdrift.deciding",
    "oppdrift.projects",
    "oppdrift.leadership",
    "oppdrift.benefits",
    "oppdrift.sharing",
    "oppdrift.archive",
    "oppdrift.front",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "oppdrift.toolbox.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "oppdrift.people.middleware.PersonsLanguage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "oppdrift.toolbox.refusals.Refusals",
    "oppdrift.toolbox.once.OnceARequest",
]

FORM_RENDERER = "oppdrift.toolbox.forms.Renderer"
ROOT_URLCONF = "oppdrift.urls"
ASGI_APPLICATION = "oppdrift.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "oppdrift.toolbox.thin.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oppdrift.front.surroundings.surroundings",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "oppdrift.toolbox.templatetags.look",
            ],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA / 'oppdrift.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "oppdrift.toolbox.sqlite3"
    DATA.mkdir(parents=True, exist_ok=True)  # with SECRET_KEY in the environment, nobody has made it yet
    # IMMEDIATE: a transaction that writes takes its lock at once instead of failing half-way; FULL: what was
    # acknowledged survives a power cut. No ATOMIC_REQUESTS, since every GET would then take the write lock.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None  # `toolbox.lanes` keeps the threads, so it may keep their connections
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["oppdrift.people.sessions.Backend"]
SESSION_ENGINE = "oppdrift.people.sessions"
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "front:home"
LOGOUT_REDIRECT_URL = "front:home"
# Pages of later rooms that pages of an earlier one lead to; a room itself names earlier rooms only.
APPLY_PAGE = "applications:begin"
REVIEW_PAGE = "front:revise"
IMPORT_PAGE = "archive:imports"
YEARS_PAGE = "front:years"
PROMISES_PAGE = "leadership:promises"
OPEN_PAGE = "sharing:project"  # of a published idea, for anybody
OUTBOX_PAGE = "front:outbox"
LETTER_PAGE = "front:message"
OUTCOME_PAGES = {"shortlist": "assessing:outcome", "final": "deciding:outcome"}  # by the stage of the decision
IDEAS_PAGE = "ideas:ideas"
DECLARE_PAGE = "assessing:impartiality"
PROGRAMME_PAGE = "sharing:programme"
PRIZES_PAGE = "sharing:round_prizes"
ASKED_OF_TEAM = "oppdrift.assessing.section.asked_of"  # a function: what a team is to make clearer while it writes
# Addresses in letters, before what is the receiver's own: who has that answers as the leader, votes as the panel
# member, is the one who is in the picture, or the one who speaks.
OWN_LINKS = ("/applications/support/", "/pitch/p/", "/sharing/consent/", "/sharing/speaker/")
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 31536000 if BASE_URL.startswith("https://") else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Sign-in is a code by mail; nobody has a password.
ACCOUNT_ADAPTER = "oppdrift.history.codes.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
ACCOUNT_LOGIN_TIMEOUT = 60 * 60  # longer than the code, so that a late one is told why
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "30/m/ip,3/m/key",  # a whole workshop signs in behind one address
    "ask_to_copy": "10/h/ip,3/d/key",  # a stranger's question costs somebody a mail
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", default=False) else 0
# What is counted to slow down guessing; each process counts for itself, and forgets when it stops.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Norwegian (bokmål)")), ("nn", _("Norwegian (nynorsk)")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "oppdrift.toolbox.statics.Storage"},
}
SERVESTATIC_KEEP_ONLY_HASHED_FILES = True  # no page names the others, and compressing them takes as long again
MEDIA_ROOT = DATA / "files"  # private: every file is fetched through a view that asks who is reading
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="Oppdrift <oppdrift@localhost>")
EMAIL_TIMEOUT = 30

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
