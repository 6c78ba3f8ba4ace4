import django.core.validators
import django.db.models.deletion
import oppdrift.rounds.defaults
import oppdrift.toolbox.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("stages", models.JSONField(default=list, verbose_name="stages")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="in one sentence")),
                ("call_text", models.TextField(blank=True, verbose_name="the call")),
                ("budget", models.PositiveIntegerField(blank=True, null=True, verbose_name="budget")),
                (
                    "places_from",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="planned places, from"),
                ),
                (
                    "places_to",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="planned places, to"),
                ),
                (
                    "shortlist_places",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="planned places in the pitch"),
                ),
                (
                    "guidance_hours",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="coaches' hours"),
                ),
                (
                    "silent_after",
                    models.DurationField(
                        default=oppdrift.rounds.defaults.silent_after,
                        verbose_name="time without contact until a project is silent",
                    ),
                ),
                (
                    "quorum",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="quorum",
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="the call opens")),
                ("deadline", models.DateTimeField(blank=True, null=True, verbose_name="application deadline")),
                ("assess_by", models.DateTimeField(blank=True, null=True, verbose_name="assessments due")),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                ("created_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="rounds.round",
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("name", "year"), name="one_round_of_a_name_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("places_from", None),
                            ("places_to", None),
                            ("places_to__gte", models.F("places_from")),
                            _connector="OR",
                        ),
                        name="places_to_is_not_below_places_from",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at", None),
                            ("deadline", None),
                            ("deadline__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="the_deadline_comes_after_the_opening",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lead", "Programme lead"),
                            ("substitute", "Substitute lead"),
                            ("assessor", "Assessor"),
                            ("panel", "Panel member"),
                            ("coach", "Coach"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("hours", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hours")),
                ("since", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roles", to="rounds.round"
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "person__name_key"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("round", "person", "kind"),
                        name="a_role_is_given_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("workshop", "Application workshop"),
                            ("information", "Information meeting"),
                            ("improvement", "Improvement workshop"),
                            ("shortlist", "Shortlist"),
                            ("training", "Pitch training"),
                            ("pitch_day", "Pitch day"),
                            ("decision", "Decision"),
                            ("gathering", "Joint gathering"),
                            ("conference", "Conference"),
                            ("report", "Final reports"),
                            ("measurement", "Measurement"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("at", models.DateTimeField(verbose_name="from")),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("whole_day", models.BooleanField(default=True, verbose_name="the clock time is not set")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="rounds.round"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("at")), _connector="OR"),
                        name="a_milestone_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(default=1, null=True)),
                ("made_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why it was changed")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="editions", to="rounds.round"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "number"), name="editions_are_numbered"),
                    models.UniqueConstraint(
                        condition=models.Q(("number", None)), fields=("round",), name="one_proposal_per_round"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("quality", "Quality, 1 to 5"),
                            ("gate", "Gate, yes or no"),
                            ("fit", "Fit with the programme"),
                        ],
                        default="quality",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "used",
                    models.CharField(
                        choices=[("assessing", "In assessing"), ("pitching", "In pitching"), ("both", "In both")],
                        default="both",
                        max_length=10,
                        verbose_name="used",
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField(default=0, verbose_name="weight")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("help", models.CharField(blank=True, max_length=300, verbose_name="help")),
                ("steps", models.JSONField(blank=True, default=list, verbose_name="steps")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="rounds.edition"
                    ),
                ),
            ],
            options={
                "ordering": ["order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "key"), name="one_criterion_per_key_and_edition"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "quality"), _negated=True), ("weight__gt", 0), _connector="OR"
                        ),
                        name="a_quality_criterion_has_weight",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("section", models.CharField(max_length=60, verbose_name="section")),
                (
                    "kind",
                    models.CharField(
                        choices=[("long", "Long text"), ("short", "Short text"), ("money", "Amount in kroner")],
                        default="long",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "words",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(5),
                            django.core.validators.MaxValueValidator(2000),
                        ],
                        verbose_name="words at most",
                    ),
                ),
                ("required", models.BooleanField(default=True, verbose_name="required")),
                ("asks_amount", models.BooleanField(default=False, verbose_name="this is the amount applied for")),
                ("label", models.CharField(max_length=200, verbose_name="question")),
                ("help", models.CharField(blank=True, max_length=400, verbose_name="help")),
                ("example", models.TextField(blank=True, verbose_name="a good answer")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="rounds.edition"
                    ),
                ),
            ],
            options={
                "ordering": ["order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "key"), name="one_question_per_key_and_edition"),
                    models.UniqueConstraint(
                        condition=models.Q(("asks_amount", True)), fields=("edition",), name="one_amount_applied_for"
                    ),
                ],
            },
        ),
    ]
