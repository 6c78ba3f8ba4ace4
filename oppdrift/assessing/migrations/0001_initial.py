import django.core.validators
import django.db.models.deletion
import oppdrift.toolbox.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applications", "0001_initial"),
        ("gatherings", "0001_initial"),
        ("ideas", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("rounds", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Begun"), ("handed_in", "Handed in"), ("abstained", "Abstained")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "fit",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
                        max_length=8,
                        verbose_name="fit with the programme",
                    ),
                ),
                ("to_team", models.TextField(blank=True, verbose_name="to the team")),
                ("among", models.TextField(blank=True, verbose_name="among assessors")),
                ("abstain_reason", models.CharField(blank=True, max_length=300, verbose_name="why you abstain")),
                ("total", models.DecimalField(decimal_places=3, editable=False, max_digits=4, null=True)),
                ("begun_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("saved_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("handed_in_at", models.DateTimeField(editable=False, null=True)),
                ("discounted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="applications.application",
                    ),
                ),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="applications.version",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        fields=["application", "assessor", "version", "state", "saved_at"],
                        name="assessments_of_an_assessor",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "assessor"), name="one_assessment_per_assessor"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "abstained"), _negated=True),
                            models.Q(("abstain_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="who_abstains_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("total", None), models.Q(("total__gte", 1), ("total__lte", 5)), _connector="OR"
                        ),
                        name="a_total_is_from_1_to_5",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="applications.application",
                    ),
                ),
                (
                    "assessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["application__number", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["assessor", "application"],
                        name="assignments_of_an_assessor",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("application", "assessor"), name="assigned_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[("none", "No ties"), ("disqualified", "Disqualified"), ("unsure", "Unsure")],
                        max_length=12,
                        verbose_name="answer",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("party", "is part of the matter themselves"),
                            ("family", "is close family of somebody in the team"),
                            ("role", "leads or represents the unit that applies"),
                            ("other", "has another special tie to it"),
                        ],
                        max_length=10,
                        verbose_name="ground",
                    ),
                ),
                ("relation", models.CharField(blank=True, max_length=300, verbose_name="what it is about")),
                ("declared_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "settled_as",
                    models.CharField(
                        blank=True,
                        choices=[("impartial", "Impartial"), ("disqualified", "Disqualified")],
                        max_length=12,
                        verbose_name="settled as",
                    ),
                ),
                ("settled_at", models.DateTimeField(editable=False, null=True)),
                ("settled_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="declarations", to="ideas.idea"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["declared_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("answer", "unsure"), ("settled_as", "")),
                        fields=["idea"],
                        name="declarations_to_settle",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("idea", "person"), name="one_declaration_per_person_and_idea"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "disqualified"), _negated=True),
                            models.Q(("ground", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_disqualified_person_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_as", ""), models.Q(("settled_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="a_settled_declaration_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Improvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unclear", models.TextField(verbose_name="what is unclear")),
                ("until", models.DateTimeField(verbose_name="a new version may come until")),
                ("invited_at", models.DateTimeField(editable=False, null=True)),
                ("made_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="improvement",
                        to="applications.application",
                    ),
                ),
                (
                    "gathering",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="gatherings.gathering",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["application__number"],
            },
        ),
        migrations.CreateModel(
            name="OfferAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(verbose_name="answer by")),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=3, verbose_name="answer"
                    ),
                ),
                ("at", models.DateTimeField(editable=False, null=True)),
                ("settled_at", models.DateTimeField(editable=False, null=True)),
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
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offer", to="ideas.decision"
                    ),
                ),
            ],
            options={
                "ordering": ["until", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer", ""), ("at__isnull", False), _connector="OR"),
                        name="an_answered_offer_says_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "points",
                    models.PositiveSmallIntegerField(
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("passed", models.BooleanField(null=True)),
                ("comment", models.TextField(blank=True)),
                ("is_unclear", models.BooleanField(default=False)),
                ("unclear", models.TextField(blank=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="assessing.assessment"
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
                    models.UniqueConstraint(fields=("assessment", "criterion"), name="one_score_per_criterion"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("points", None), models.Q(("points__gte", 1), ("points__lte", 5)), _connector="OR"
                        ),
                        name="points_are_from_1_to_5",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shortlist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answer_by", models.DateTimeField(verbose_name="the teams answer by")),
                ("places_reason", models.TextField(blank=True, verbose_name="why not as many as planned")),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rounds.round"
                    ),
                ),
            ],
            options={
                "ordering": ["round"],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("assigned", models.PositiveSmallIntegerField(default=0)),
                ("answered", models.PositiveSmallIntegerField(default=0)),
                ("handed_in", models.PositiveSmallIntegerField(default=0)),
                ("abstained", models.PositiveSmallIntegerField(default=0)),
                ("counted", models.PositiveSmallIntegerField(default=0)),
                ("mean", models.DecimalField(decimal_places=3, max_digits=4, null=True)),
                ("lowest", models.DecimalField(decimal_places=3, max_digits=4, null=True)),
                ("highest", models.DecimalField(decimal_places=3, max_digits=4, null=True)),
                ("spread", models.DecimalField(decimal_places=3, max_digits=4, null=True)),
                ("gates", models.JSONField(default=dict)),
                ("fits", models.JSONField(default=dict)),
                ("unclear", models.PositiveSmallIntegerField(default=0)),
                ("discounted", models.PositiveSmallIntegerField(default=0)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standing",
                        to="applications.application",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="applications.version"
                    ),
                ),
            ],
            options={
                "ordering": [models.OrderBy(models.F("mean"), descending=True, nulls_last=True)],
                "indexes": [
                    models.Index(
                        condition=models.Q(("unclear__gt", 0)), fields=["application"], name="standings_with_questions"
                    )
                ],
            },
        ),
    ]
