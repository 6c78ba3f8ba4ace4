"""Standard letters in the municipality's own words: all of them, one in one language, back to the program's."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oppdrift.front.letter_forms import LetterTextForm
from oppdrift.front.record import in_words
from oppdrift.history.kinds import name_of
from oppdrift.history.letters import as_words, texts
from oppdrift.history.letters.naming import WORDS, named
from oppdrift.history.mails import text_of
from oppdrift.history.models import Event, LetterText, Message
from oppdrift.people.models import Person
from oppdrift.rounds.models import Round
from oppdrift.toolbox.answers import Answer, No, permit
from oppdrift.toolbox.clock import now


def may_write(person: Person) -> Answer:
    """Those who run the programme: the words are the same for all rounds."""
    if person.runs_programme:
        return True
    return No(_("Standard letters are changed by those who run the programme."))


def letter_texts(request):
    """Every kind of letter, and in which languages it has words of its own."""
    permit(may_write(request.user))
    own = set(LetterText.objects.exclude(body="").values_list("kind", "language"))
    kinds = [
        (kind, name_of(kind), [(code, name, (kind, code) in own) for code, name in settings.LANGUAGES])
        for kind in texts.kinds()
    ]
    return render(request, "front/letter_texts.html", {"kinds": kinds, "changed": len(own)})


def letter_text(request, kind, language):
    """One text: changed, or only looked at as it would be."""
    permit(may_write(request.user))
    _known(kind, language)
    form = LetterTextForm(kind, language, request.POST or None)
    shown = texts.text_of(kind, language)
    if request.method == "POST" and form.is_valid():
        shown = form.text
        if "preview" not in request.POST:
            is_standard = shown == texts.standard(kind, language)
            LetterText.put(kind, language, *(("", "") if is_standard else shown), by=request.user)

            messages.success(request, _("Saved. Letters that are written from now on say it so."))
            return redirect("front:letter_text", kind, language)
    row = LetterText.objects.filter(kind=kind, language=language).first()
    letter = _example(kind, language, shown, request.user)
    events = Event.objects.about(row).select_related("by")[:20] if row else []
    context = {
        "kind": kind,
        "name": name_of(kind),
        "language": language,
        "others": [code for code, _name in settings.LANGUAGES if code != language],
        "form": form,
        "is_preview": "preview" in request.POST and form.is_valid(),
        "is_own": bool(row and row.body),
        "standard": [named(text, language) for text in texts.standard(kind, language)],
        "message": letter,
        "text": text_of(letter),
        "events": [{"at": event.at, "words": in_words(event)} for event in events],
    }
    return render(request, "front/letter_text.html", context, status=422 if form.errors else 200)


@require_POST
def back_to_standard(request, kind, language):
    permit(may_write(request.user))
    _known(kind, language)

    LetterText.put(kind, language, "", "", by=request.user)

    messages.success(request, _("The standard text of the program holds again."))
    return redirect("front:letter_text", kind, language)


def _known(kind: str, language: str) -> None:
    if kind not in texts.kinds() or language not in texts.LANGUAGES:
        raise Http404


def _example(kind: str, language: str, text: tuple[str, str], reader: Person) -> Message:
    """The letter as the reader would get it. Words that only a real one has are named."""
    soon = now() + dt.timedelta(days=14)
    round = Round.objects.alive().order_by("-year", "-pk").first()
    with translation.override(language):
        words = {word: f"[{name}]" for word, name in WORDS.items()} | {
            word: f"[{word}]" for word in texts.placeholders(kind, language) - WORDS.keys()
        }
        real: dict[str, Any] = {
            "receiver": reader.name,
            "lead": reader.name,
            "round": round and round.name,
            "link": "/",  # the first page: an example leads nowhere else
        }
        real |= dict.fromkeys(["deadline", "until", "when"], soon)
        words |= {word: as_words(value) for word, value in real.items() if value}
    subject, body = (part.format_map(words) for part in text)
    return Message(kind=kind, language=language, subject=subject, body=body, receiver=reader, address=reader.email)
