"""The floor: Django with what every site of its kind has (session, a signed-in person, CSRF), one query, one template.

Over the limit's rows, under the same server and the same threads as we have.
"""

import os

import django
from django.conf import settings

BASE = """<!doctype html><html lang="nb"><meta charset="utf-8"><title>{% block title %}{% endblock %}</title>
<header><a href="/">Start</a> {{ user }}</header><main>{% block main %}{% endblock %}</main></html>"""
LIST = """{% extends "base" %}{% block title %}Søknader{% endblock %}{% block main %}<h1>Søknader</h1><table>
{% for a in apps %}<tr><td><a href="/a/{{ a.id }}">{{ a.title }}</a><td>{{ a.writer }}<td>Enhet {{ a.unit }}
<td>{{ a.assessed }}<td>{{ a.mean|floatformat:1 }}{% endfor %}</table>{% endblock %}"""
ONE = """{% extends "base" %}{% block title %}{{ a.title }}{% endblock %}{% block main %}<h1>{{ a.title }}</h1>
<p>{{ a.pitch }}</p><p>{{ a.description }}</p><p>{{ a.notes }}</p>{% for r in said %}<h2>{{ r.assessor }}</h2>
<p>{{ r.words }}</p><p>{{ r.s0 }} {{ r.s1 }} {{ r.s2 }} {{ r.s3 }}</p>{% endfor %}{% endblock %}"""

DATABASE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": os.environ["BENCH_DATABASE"],
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    },
}
settings.configure(
    SECRET_KEY="b" * 50,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="floor",
    USE_TZ=True,
    DATABASES={"default": DATABASE},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        [("django.template.loaders.locmem.Loader", {"base": BASE, "list": LIST, "one": ONE})],
                    )
                ],
                "context_processors": ["django.contrib.auth.context_processors.auth"],
            },
        }
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()

from django.contrib.auth.decorators import login_required  # noqa: E402
from django.db import models, transaction  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.shortcuts import get_object_or_404, render  # noqa: E402
from django.urls import path  # noqa: E402

from oppdrift.toolbox.lanes import Handler  # noqa: E402


class App(models.Model):
    title, writer, pitch, description, notes = (models.TextField() for _ in range(5))
    unit, assessed, mean = models.IntegerField(), models.IntegerField(), models.FloatField()

    class Meta:
        app_label, db_table, managed = "floor", "app", False


class Assessment(models.Model):
    app = models.ForeignKey(App, models.CASCADE, db_column="app")
    assessor, s0, s1, s2, s3 = (models.IntegerField() for _ in range(5))
    words = models.TextField()

    class Meta:
        app_label, db_table, managed = "floor", "assessment", False


def front(request):
    return HttpResponse(f"<!doctype html><title>Utlysning</title><p>{App.objects.count()}</p>")


@login_required
def listing(request):
    return render(request, "list", {"apps": App.objects.defer("pitch", "description", "notes").order_by("-id")[:50]})


@login_required
def one(request, pk):
    app = get_object_or_404(App, pk=pk)
    if request.method != "POST":
        return render(request, "one", {"a": app, "said": Assessment.objects.filter(app=app)})
    points = {f"s{k}": int(request.POST[f"s{k}"]) for k in range(4)}
    with transaction.atomic():
        Assessment.objects.update_or_create(app=app, assessor=99, defaults={**points, "words": request.POST["words"]})
        App.objects.filter(pk=pk).update(assessed=models.F("assessed") + 1)
    return HttpResponseRedirect("/list")


urlpatterns = [path("", front), path("list", listing), path("a/<int:pk>", one)]


application = Handler()
