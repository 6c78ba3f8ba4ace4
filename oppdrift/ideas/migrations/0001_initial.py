import django.db.models.deletion
import oppdrift.toolbox.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("rounds", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Idea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("title_key", models.CharField(db_index=True, editable=False, max_length=250)),
                ("search_key", models.TextField(editable=False)),
                ("problem", models.TextField(blank=True, verbose_name="What is the problem?")),
                ("wish", models.TextField(blank=True, verbose_name="What could be better?")),
                ("unit_name", models.CharField(blank=True, max_length=200, verbose_name="unit")),
                ("shared", models.BooleanField(default=True, verbose_name="shown to colleagues")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("written", "Written here"),
                            ("application", "Began as an application"),
                            ("imported", "Brought in from an earlier round"),
                        ],
                        default="written",
                        max_length=12,
                    ),
                ),
                ("created_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("is_applying", models.BooleanField(default=False, editable=False)),
                (
                    "created_by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ideas",
                        to="rounds.round",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="ideas_newest_first"),
                    models.Index(fields=["round", "withdrawn_at", "shared"], name="ideas_counted"),
                    models.Index(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=["published_at"],
                        name="ideas_published",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disqualification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ground",
                    models.CharField(
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
                ("relation", models.CharField(blank=True, max_length=300, verbose_name="relation")),
                ("since", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disqualifications",
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
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="disqualifications", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "ordering": ["since"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("idea", "person"),
                        name="disqualified_once_per_idea",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.CharField(choices=[("shortlist", "Shortlist"), ("final", "Decision")], max_length=10)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("admitted", "Admitted"),
                            ("guidance_only", "Guidance without funding"),
                            ("reserve", "Reserve"),
                            ("declined", "Not this time"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=15,
                        verbose_name="outcome",
                    ),
                ),
                ("amount", models.PositiveIntegerField(blank=True, null=True, verbose_name="amount")),
                ("reason", models.TextField(verbose_name="reason")),
                ("made_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="ideas.decision",
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces", None)),
                        fields=("idea", "stage"),
                        name="one_first_decision_per_idea_and_stage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", None), ("outcome__in", ["admitted", "reserve"]), _connector="OR"),
                        name="money_goes_to_the_admitted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clearances", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "ordering": ["since"],
                "indexes": [models.Index(fields=["person", "idea"], name="clearances_of_a_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("idea", "person"), name="cleared_once_per_idea"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("team", "Team"),
                            ("owner", "Project owner"),
                            ("endorser", "Endorsing leader"),
                            ("assessor", "Assessor"),
                            ("panel", "Panel member"),
                            ("coach", "Coach"),
                            ("benefit", "Benefit owner"),
                        ],
                        max_length=10,
                    ),
                ),
                ("leads", models.BooleanField(default=False)),
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
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="ideas.idea"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-leads", "since", "id"],
                "indexes": [models.Index(fields=["person", "kind"], name="parts_of_a_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("idea", "person", "kind"),
                        name="a_part_is_given_once",
                    )
                ],
            },
        ),
    ]
