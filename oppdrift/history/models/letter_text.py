"""What a standard letter says in this municipality, where it says it in words of its own."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from oppdrift.toolbox.clock import MomentField, now

from .event import Event


class LetterText(models.Model):
    """One kind of letter in one language. Empty: the standard text of the program holds again."""

    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = MomentField()

    class Meta:
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language"], name="one_text_of_a_kind_and_language"),
            models.CheckConstraint(
                condition=models.Q(subject="", body="") | (~models.Q(subject="") & ~models.Q(body="")),
                name="a_letter_has_subject_and_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.language})"

    @classmethod
    def in_use(cls, kind: str, language: str) -> "LetterText | None":
        return cls.objects.filter(kind=kind, language=language).exclude(body="").first()

    @classmethod
    @transaction.atomic
    def put(cls, kind: str, language: str, subject: str, body: str, *, by) -> None:
        """Say it so from now on; letters that are written already stay as they are.

        What may stand in it is asked of `letters.texts.wrong_with` before. Both empty: back to the standard.
        """
        row, _is_new = cls.objects.select_for_update().get_or_create(kind=kind, language=language)
        if (row.subject, row.body) == (subject, body):
            return
        row.subject, row.body, row.changed_by, row.changed_at = subject, body, by, now()
        row.save()
        verb = "letter_text.changed" if body else "letter_text.back_to_standard"
        Event.record(verb, row, by=by, kind=kind, language=language)
