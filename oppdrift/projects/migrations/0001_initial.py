import django.db.models.deletion
import django.db.models.expressions
import oppdrift.toolbox.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("gatherings", "0001_initial"),
        ("ideas", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.PositiveIntegerField(verbose_name="granted")),
                ("planned", models.PositiveIntegerField(default=0, editable=False)),
                ("made", models.PositiveIntegerField(default=0, editable=False)),
                ("conditions", models.TextField(blank=True, verbose_name="conditions")),
                ("given_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.decision"
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
                "ordering": ["given_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="GrantChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.PositiveIntegerField()),
                ("after", models.PositiveIntegerField()),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
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
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="projects.grant"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("funded", "With funds"), ("guidance", "Guidance without funding")], max_length=10
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Running"),
                            ("on_hold", "On hold"),
                            ("finished", "Finished"),
                            ("stopped", "Stopped"),
                        ],
                        default="running",
                        max_length=10,
                    ),
                ),
                ("started_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("moved_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("why", models.TextField(blank=True, verbose_name="why")),
                ("learned", models.TextField(blank=True, verbose_name="what was learned")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.decision"
                    ),
                ),
                (
                    "idea",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="project", to="ideas.idea"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["idea__title_key", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["on_hold", "stopped"]), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_halt_has_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GuidanceSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("booked", "Booked"), ("held", "Held"), ("cancelled", "Cancelled")],
                        default="booked",
                        max_length=10,
                    ),
                ),
                ("agenda", models.TextField(blank=True, verbose_name="what it is about")),
                ("notes", models.TextField(blank=True, verbose_name="what was said")),
                ("next_step", models.CharField(blank=True, max_length=300, verbose_name="next step")),
                ("next_step_due", models.DateField(blank=True, null=True, verbose_name="by when")),
                ("next_step_done_at", models.DateTimeField(editable=False, null=True)),
                ("booked_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("held_at", models.DateTimeField(editable=False, null=True)),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="session", to="gatherings.appointment"
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
                    "coach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "next_step_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who does it",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="projects.project"
                    ),
                ),
            ],
            options={
                "ordering": ["appointment__starts_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True), ("held_at__isnull", False), _connector="OR"
                        ),
                        name="a_session_held_says_when",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="grant",
            name="project",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="grant", to="projects.project"
            ),
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "going",
                    models.CharField(
                        choices=[("well", "As planned"), ("slower", "Slower than planned"), ("stuck", "We are stuck")],
                        max_length=10,
                        verbose_name="how it goes",
                    ),
                ),
                ("text", models.TextField(verbose_name="in a few words")),
                ("wish", models.CharField(blank=True, max_length=300, verbose_name="what would help")),
                ("at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="check_ins", to="projects.project"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("proposed", "Waits for everybody’s yes"),
                            ("agreed", "Agreed"),
                            ("replaced", "Replaced"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("team_does", models.TextField(blank=True, verbose_name="What the team does")),
                ("team_due", models.DateField(blank=True, null=True, verbose_name="The team does it by")),
                ("leader_gives", models.TextField(blank=True, verbose_name="What the leader gives")),
                (
                    "leader_hours",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Hours for the team in the year"
                    ),
                ),
                ("leader_due", models.DateField(blank=True, null=True, verbose_name="The leader gives it by")),
                ("programme_gives", models.TextField(blank=True, verbose_name="What the programme gives")),
                (
                    "guidance_hours",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Hours of guidance"),
                ),
                ("programme_due", models.DateField(blank=True, null=True, verbose_name="The programme gives it by")),
                ("benefits", models.TextField(blank=True, verbose_name="Which benefits we expect")),
                ("spread", models.TextField(blank=True, verbose_name="How it may spread")),
                ("amount", models.PositiveIntegerField(editable=False, null=True)),
                ("made_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("proposed_at", models.DateTimeField(editable=False, null=True)),
                ("agreed_at", models.DateTimeField(editable=False, null=True)),
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
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="projects.project"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="agreements_are_numbered"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "proposed"])),
                        fields=("project",),
                        name="one_open_agreement_per_project",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "agreed")),
                        fields=("project",),
                        name="one_agreement_holds_per_project",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("description", "Project description"), ("final", "Final report")], max_length=12
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Handed in"),
                            ("returned", "Returned with comments"),
                            ("accepted", "Accepted"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("texts", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField(editable=False, null=True)),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("accepted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="projects.project"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["kind"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "kind"), name="one_report_of_a_kind_per_project"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="an_accepted_report_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("saved_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("window", models.CharField(blank=True, editable=False, max_length=24)),
                ("part", models.SlugField(max_length=20)),
                (
                    "agreement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="projects.agreement",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="projects.report",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "part"), name="one_passage_per_part_of_a_report"),
                    models.UniqueConstraint(fields=("agreement", "part"), name="one_passage_per_part_of_an_agreement"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreement__isnull", False), ("report__isnull", True)),
                            models.Q(("agreement__isnull", True), ("report__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_passage_is_of_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("texts", models.JSONField(default=dict)),
                (
                    "handed_in_at",
                    oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False),
                ),
                ("comment", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="projects.report"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="report_versions_are_numbered")
                ],
            },
        ),
        migrations.CreateModel(
            name="SidePassage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("saved_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="side_texts", to="projects.passage"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["saved_at", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "as_what",
                    models.CharField(
                        choices=[
                            ("project_lead", "Project lead"),
                            ("owner", "Project owner"),
                            ("programme_lead", "Programme lead"),
                        ],
                        max_length=15,
                    ),
                ),
                ("at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="projects.agreement"
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
                "ordering": ["at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "as_what"), name="one_yes_of_each_to_an_agreement")
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("transfer", "Transfer"), ("refund", "Refund")], default="transfer", max_length=10
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("made", "Transferred"), ("dropped", "Dropped")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("amount", models.PositiveIntegerField(verbose_name="amount")),
                ("due", models.DateField(blank=True, null=True, verbose_name="to be transferred on")),
                ("what_for", models.CharField(blank=True, max_length=200, verbose_name="what lets it go")),
                ("account", models.CharField(blank=True, max_length=100, verbose_name="account string")),
                ("made_on", models.DateField(blank=True, null=True, verbose_name="transferred on")),
                ("planned_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="projects.grant"
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
                    "planned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": [
                    models.OrderBy(models.F("made_on"), nulls_last=True),
                    models.OrderBy(models.F("due"), nulls_last=True),
                    "id",
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="a_transfer_moves_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made_on__isnull", False), ("state", "made")),
                            models.Q(models.Q(("state", "made"), _negated=True), ("made_on", None)),
                            _connector="OR",
                        ),
                        name="a_transfer_that_is_made_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "transfer"), ("state", "made"), _connector="OR"),
                        name="a_refund_has_come",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "amount__gte",
                        django.db.models.expressions.CombinedExpression(models.F("planned"), "+", models.F("made")),
                    )
                ),
                name="a_grant_is_not_overdrawn",
            ),
        ),
    ]
