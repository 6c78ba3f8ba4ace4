import django.db.models.deletion
import oppdrift.history.models.file
import oppdrift.history.models.message
import oppdrift.toolbox.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=60)),
                (
                    "at",
                    oppdrift.toolbox.clock.MomentField(
                        db_index=True, default=oppdrift.toolbox.clock.now, editable=False
                    ),
                ),
                ("thing_id", models.BigIntegerField()),
                ("root_id", models.BigIntegerField()),
                ("data", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "root_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "thing_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["root_type", "root_id"], name="events_of_a_record"),
                    models.Index(fields=["thing_type", "thing_id"], name="events_of_a_thing"),
                ],
            },
        ),
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("content", models.FileField(upload_to=oppdrift.history.models.file.where_it_lies)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "access",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("partly", "Partly exempt"),
                            ("exempt", "Exempt from public access"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="access status",
                    ),
                ),
                ("legal_basis", models.CharField(blank=True, max_length=200, verbose_name="legal basis")),
                ("thing_id", models.BigIntegerField()),
                ("added_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thing_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "id"],
                "indexes": [models.Index(fields=["thing_type", "thing_id"], name="files_of_a_thing")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("access", "open"), models.Q(("legal_basis", ""), _negated=True), _connector="OR"
                        ),
                        name="exempt_files_name_their_legal_basis",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                (
                    "language",
                    models.CharField(
                        choices=[("nb", "Norwegian (bokmål)"), ("nn", "Norwegian (nynorsk)"), ("en", "English")],
                        max_length=2,
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="subject")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                ("changed_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "language"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "language"), name="one_text_of_a_kind_and_language"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body", ""), ("subject", "")),
                            models.Q(models.Q(("subject", ""), _negated=True), models.Q(("body", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_letter_has_subject_and_body",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, unique=True)),
                ("kind", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Waits to be read"),
                            ("held", "Held back"),
                            ("queued", "On its way"),
                            ("sent", "Sent"),
                            ("failed", "Not delivered"),
                            ("discarded", "Discarded"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="to")),
                (
                    "language",
                    models.CharField(
                        choices=[("nb", "Norwegian (bokmål)"), ("nn", "Norwegian (nynorsk)"), ("en", "English")],
                        default="nb",
                        max_length=2,
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(verbose_name="text")),
                ("reply_to", models.EmailField(blank=True, max_length=254)),
                ("calendar", models.TextField(blank=True)),
                ("calendar_method", models.CharField(blank=True, max_length=10)),
                (
                    "leaves_with",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("shortlist", "It leaves when the shortlist is released."),
                            ("decision", "It leaves when the decision is released."),
                        ],
                        max_length=20,
                    ),
                ),
                ("private", models.BooleanField(default=False)),
                ("root_id", models.BigIntegerField(null=True)),
                ("thing_id", models.BigIntegerField(null=True)),
                ("written_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("due_at", models.DateTimeField(default=oppdrift.toolbox.clock.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("leased_until", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "message_id",
                    models.CharField(
                        default=oppdrift.history.models.message.new_message_id, editable=False, max_length=200
                    ),
                ),
                ("error", models.TextField(blank=True)),
                (
                    "receiver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "root_type",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "thing_type",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-written_at", "-id"],
                "indexes": [
                    models.Index(fields=["state", "due_at"], name="messages_due"),
                    models.Index(fields=["root_type", "root_id", "state"], name="messages_of_a_round"),
                    models.Index(fields=["thing_type", "thing_id"], name="messages_about_a_thing"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="a_sent_message_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("leaves_with", ""), ("state__in", ["draft", "held", "discarded"]), _connector="OR"
                        ),
                        name="a_bound_letter_has_not_left",
                    ),
                ],
            },
        ),
    ]
