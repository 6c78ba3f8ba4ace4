"""Every piece on one page, for the tests of the look; no part of the product."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils.translation import override

from oppdrift import urls as doors
from oppdrift.toolbox import clock
from oppdrift.toolbox.answers import NotAllowed, NotNow
from oppdrift.toolbox.forms import Form, KronerField, LongText
from oppdrift.toolbox.look.statuses import STATUSES
from oppdrift.toolbox.look.year_line import Stage, YearLine

TODAY = clock.local(2026, 3, 12, 14, 32)


class Everything(Form):
    title = forms.CharField(label="Hva heter søknaden?", help_text="Et navn som kolleger husker.")
    challenge = forms.CharField(
        label="Hva gjør dere annerledes enn i dag?", help_text="Beskriv en vanlig natt.", widget=LongText(words=200)
    )
    amount = KronerField(label="Hvor mye søker dere om?", max_value=500_000)
    deadline = forms.DateField(label="Når er dere ferdige?", required=False)
    meeting = forms.DateTimeField(label="Når møtes dere?", required=False)
    unit = forms.ChoiceField(label="Virksomhet", choices=[("", "Velg"), ("1", "Solbakken sykehjem")])
    fit = forms.ChoiceField(label="Passer det?", choices=[("yes", "Ja"), ("no", "Nei")], widget=forms.RadioSelect)
    goals = forms.MultipleChoiceField(
        label="Mål", choices=[("a", "Kortere vei"), ("b", "Tid til omsorg")], widget=forms.CheckboxSelectMultiple
    )
    picture = forms.FileField(label="Bilde", required=False)
    agree = forms.BooleanField(label="Vi har ikke skrevet pasientopplysninger")


def year() -> YearLine:
    day = dt.date
    return YearLine(
        [
            Stage("Ideer", day(2025, 11, 11), "11. nov., 13. jan.", 41, "ideer", "63 på søkerverksted"),
            Stage("Søknad", day(2026, 1, 28), "13. feb. kl. 12.00", 25, "søknader", "Én til kom 20 minutter for sent"),
            Stage("Forbedring", day(2026, 3, 3), "", 4, "av 5", "Kom klarere tilbake"),
            Stage("Vurdering", day(2026, 3, 4), "Til 16. mars", 70, "av 75", "Vurderinger levert", "overdue",
                  "5 over fristen"),
            Stage("Pitch", day(2026, 4, 8), "", 8, "plasser", "22 av 24 i panelet kommer"),
            Stage("Beslutning", day(2026, 4, 10), "", "4–5", "planlagt", "2,4 mill. kr å fordele"),
            Stage("Høstprogram", day(2026, 8, 26), "26. aug.–25. nov.", 4, "samlinger", "", "missing",
                  "Mangler lokale 28. okt."),
            Stage("Konferanse", day(2027, 1, 20), "", 314, "dager", "Prosjektene på scenen"),
        ],
        TODAY.date(),
        after="Spredning og måling i to år",
    )  # fmt: skip


def context() -> dict:
    return {
        "person": SimpleNamespace(name="Ingrid Solhaug"),
        "nav": [
            {"name": name, "url": f"/{number}/", "current": number == 0}
            for number, name in enumerate(["Året", "Søknader", "Vurdering", "Utgående post"])
        ],
        "line": year(),
        "statuses": list(STATUSES),
        "then": [
            {"when": dt.date(2026, 3, 16), "title": "Lag innstillingen til pitchedagen", "url": "/3/"},
            {"when": dt.date(2026, 3, 16), "title": "Les 17 brev i utgående post", "url": ""},
        ],
        "facts": [
            {"label": "Årets utlysning", "number": "2,4", "unit": "mill. kr å søke på"},
            {"label": "Så langt", "number": "41", "unit": "ideer er delt"},
        ],
        "page": Paginator(range(420), 50).page(4),
        "marks": ["done"] * 7 + ["now"] + [""] * 4,
        "taps": [(number, number) for number in range(1, 6)],
        "answers": [("yes", "Ja"), ("partly", "Delvis"), ("no", "Nei")],
        "events": [
            {"at": TODAY, "words": "Søknaden er sendt inn.", "by": "Sunniva Hauge"},
            {"at": TODAY, "words": "Versjon 2 er sendt inn.", "url": "/2/"},
        ],
        "mine": "Vi slutter med runden klokken 02 fra første dag.",
        "theirs": "Vi slutter med én av de tre rundene.",
        "moment": TODAY,
        "form": Everything(),
        "wrong_form": Everything({"title": "", "amount": "mye", "challenge": "Vi bytter", "deadline": "i morgen"}),
    }


@login_not_required
def gallery(request, file="gallery.html"):
    template = engines["django"].from_string((Path(__file__).parent / file).read_text())
    with clock.at(TODAY), override("nb"):
        return HttpResponse(template.render(context(), request))


@login_not_required
def not_now(request):
    raise NotNow("Fristen er passert.")


@login_not_required
def not_allowed(request):
    raise NotAllowed("Bare teamet kan sende inn.")


@login_not_required
def broken(request):
    raise RuntimeError("a fault of our own")


urlpatterns = [
    path("gallery/", gallery),
    path("gallery/split/", gallery, {"file": "split.html"}),
    path("not-now/", not_now),
    path("not-allowed/", not_allowed),
    path("broken/", broken),
    *doors.urlpatterns,
]
handler403, handler404, handler500 = doors.handler403, doors.handler404, doors.handler500
