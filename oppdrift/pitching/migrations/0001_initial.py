import django.core.validators
import django.db.models.deletion
import oppdrift.pitching.drawing
import oppdrift.pitching.models.day
import oppdrift.toolbox.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("gatherings", "0001_initial"),
        ("ideas", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("rounds", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pitch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("paused_at", models.DateTimeField(editable=False, null=True)),
                ("paused_ms", models.PositiveIntegerField(default=0, editable=False)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                ("order", models.PositiveSmallIntegerField()),
                ("dropped_at", models.DateTimeField(editable=False, null=True)),
                ("called_at", models.DateTimeField(editable=False, null=True)),
                ("asked_at", models.DateTimeField(editable=False, null=True)),
                ("questions_paused_at", models.DateTimeField(editable=False, null=True)),
                ("questions_paused_ms", models.PositiveIntegerField(default=0, editable=False)),
                ("questions_ended_at", models.DateTimeField(editable=False, null=True)),
                ("done_at", models.DateTimeField(editable=False, null=True)),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.idea"),
                ),
            ],
            options={
                "ordering": ["order", "id"],
            },
        ),
        migrations.CreateModel(
            name="PitchDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveBigIntegerField(default=1, editable=False)),
                ("votes", models.PositiveBigIntegerField(default=0, editable=False)),
                ("break_at", models.DateTimeField(editable=False, null=True)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                ("locked_at", models.DateTimeField(editable=False, null=True)),
                ("unlock_reason", models.TextField(blank=True, verbose_name="why the voting was opened again")),
                (
                    "pitch_seconds",
                    models.PositiveSmallIntegerField(
                        default=180,
                        validators=[
                            django.core.validators.MinValueValidator(30),
                            django.core.validators.MaxValueValidator(3600),
                        ],
                        verbose_name="seconds for a pitch",
                    ),
                ),
                (
                    "question_seconds",
                    models.PositiveSmallIntegerField(
                        default=300,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(3600),
                        ],
                        verbose_name="seconds for questions",
                    ),
                ),
                (
                    "break_after",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="break after team number"),
                ),
                ("break_minutes", models.PositiveSmallIntegerField(default=10, verbose_name="minutes of break")),
                ("seed", models.CharField(default=oppdrift.pitching.drawing.new_seed, editable=False, max_length=20)),
                (
                    "order_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why the order was changed"),
                ),
                (
                    "token",
                    models.CharField(
                        default=oppdrift.pitching.models.day.new_token, editable=False, max_length=64, unique=True
                    ),
                ),
                ("made_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gatherings.appointment"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.edition"
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "on",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="pitching.pitch"
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rounds.round"
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
            },
        ),
        migrations.AddField(
            model_name="pitch",
            name="day",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pitches", to="pitching.pitchday"
            ),
        ),
        migrations.CreateModel(
            name="Rehearsal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("booked_at", models.DateTimeField(editable=False, null=True)),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gatherings.appointment"
                    ),
                ),
                (
                    "booked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="gatherings.gathering"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "ordering": ["appointment__starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(editable=False, null=True)),
                ("paused_at", models.DateTimeField(editable=False, null=True)),
                ("paused_ms", models.PositiveIntegerField(default=0, editable=False)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "rehearsal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="pitching.rehearsal"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("rehearsal", "number"), name="attempts_are_numbered")],
            },
        ),
        migrations.CreateModel(
            name="Advice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scores", models.JSONField(default=dict)),
                ("words", models.TextField(blank=True)),
                ("at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "rehearsal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="advice", to="pitching.rehearsal"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("rehearsal", "by"), name="one_advice_per_person_and_rehearsal")
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token",
                    models.CharField(
                        default=oppdrift.pitching.models.day.new_token, editable=False, max_length=64, unique=True
                    ),
                ),
                ("renewals", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("made_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("heard_at", models.DateTimeField(editable=False, null=True)),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="pitching.pitchday"
                    ),
                ),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["person__name_key", "id"],
                "constraints": [models.UniqueConstraint(fields=("day", "person"), name="one_seat_per_member_and_day")],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "fit",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
                        max_length=8,
                        verbose_name="fit with the programme",
                    ),
                ),
                ("opens_door", models.BooleanField(default=False, verbose_name="can open this door")),
                ("to_team", models.CharField(blank=True, max_length=500, verbose_name="one thing to the team")),
                ("note", models.TextField(blank=True, verbose_name="private note")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why you abstain")),
                ("taps", models.JSONField(default=dict, editable=False)),
                ("begun_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("saved_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "pitch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="pitching.pitch"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="pitching.seat"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("pitch", "seat"), name="one_ballot_per_member_and_pitch")
                ],
            },
        ),
        migrations.CreateModel(
            name="BallotScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "points",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="pitching.ballot"
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.criterion"
                    ),
                ),
            ],
            options={
                "ordering": ["criterion__order"],
                "constraints": [
                    models.UniqueConstraint(fields=("ballot", "criterion"), name="one_score_per_ballot_and_criterion"),
                    models.CheckConstraint(
                        condition=models.Q(("points__gte", 1), ("points__lte", 5)),
                        name="points_of_a_ballot_are_from_1_to_5",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="pitch",
            constraint=models.UniqueConstraint(fields=("day", "idea"), name="an_idea_pitches_once_a_day"),
        ),
    ]
