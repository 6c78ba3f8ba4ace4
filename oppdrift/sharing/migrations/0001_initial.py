import django.db.models.deletion
import oppdrift.sharing.models.consent
import oppdrift.toolbox.clock
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("gatherings", "0001_initial"),
        ("history", "0001_initial"),
        ("ideas", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("rounds", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Conference",
            fields=[
                (
                    "gathering",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="conference",
                        serialize=False,
                        to="gatherings.gathering",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="presentations are due")),
                ("published_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "ordering": ["gathering__appointment__starts_at"],
            },
        ),
        migrations.CreateModel(
            name="Ask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("ask", "We need"), ("offer", "We offer")], max_length=5)),
                ("title", models.CharField(max_length=120, verbose_name="in one line")),
                ("text", models.TextField(blank=True, verbose_name="more about it")),
                ("at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                ("came_of_it", models.TextField(blank=True, verbose_name="what came of it")),
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
                    "closed_by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="ideas.idea",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rounds.round"),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ConceptList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="concepts")),
                ("written_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
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
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="mail address")),
                (
                    "how",
                    models.CharField(
                        choices=[("written", "In writing"), ("mail", "By mail"), ("spoken", "By word of mouth")],
                        max_length=8,
                        verbose_name="how they said yes",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="when they said yes")),
                (
                    "token",
                    models.CharField(
                        default=oppdrift.sharing.models.consent.new_token, editable=False, max_length=64, unique=True
                    ),
                ),
                ("recorded_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "file",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="history.file"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Hall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="room")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="halls", to="sharing.conference"
                    ),
                ),
            ],
            options={
                "ordering": ["order", "id"],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="the lesson in one line")),
                (
                    "went",
                    models.CharField(
                        choices=[
                            ("as_hoped", "As we hoped"),
                            ("otherwise", "Otherwise than we thought"),
                            ("failed", "It did not work"),
                        ],
                        max_length=10,
                        verbose_name="how did it go?",
                    ),
                ),
                ("believed", models.TextField(verbose_name="What did you believe?")),
                ("saw", models.TextField(verbose_name="What did you see?")),
                ("would_do", models.TextField(verbose_name="What would you do now?")),
                ("at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("shown_at", models.DateTimeField(editable=False, null=True)),
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
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Prize",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("name_nn", models.CharField(blank=True, max_length=80, verbose_name="name in nynorsk")),
                ("what_for", models.CharField(blank=True, max_length=200, verbose_name="what it is given for")),
                (
                    "what_for_nn",
                    models.CharField(blank=True, max_length=200, verbose_name="what it is given for, in nynorsk"),
                ),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "round",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="rounds.round"),
                ),
            ],
            options={
                "ordering": ["order", "id"],
                "constraints": [models.UniqueConstraint(fields=("round", "name"), name="one_prize_of_a_name_a_round")],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("announced_at", models.DateTimeField(editable=False, null=True)),
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
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
                (
                    "prize",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="sharing.prize"
                    ),
                ),
            ],
            options={
                "ordering": ["prize__order", "at", "id"],
                "constraints": [models.UniqueConstraint(fields=("prize", "idea"), name="a_prize_goes_to_an_idea_once")],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("rows", models.JSONField(default=list)),
                ("made_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="releases", to="sharing.conference"
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
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("conference", "number"), name="releases_are_numbered")],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="your answer")),
                ("at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "ask",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="sharing.ask"
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
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Showcase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("title_key", models.CharField(db_index=True, editable=False, max_length=250)),
                ("search_key", models.TextField(editable=False)),
                ("summary", models.CharField(blank=True, max_length=400, verbose_name="in one or two sentences")),
                ("challenge", models.TextField(blank=True, verbose_name="the challenge")),
                ("core", models.TextField(blank=True, verbose_name="the core of the solution")),
                ("adapting", models.TextField(blank=True, verbose_name="what must be adapted")),
                ("setback", models.TextField(blank=True, verbose_name="what did not work")),
                (
                    "cost",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="kroner of the grant that were used"
                    ),
                ),
                ("hours", models.PositiveIntegerField(blank=True, null=True, verbose_name="hours of work")),
                ("contact_agreed_at", models.DateTimeField(editable=False, null=True)),
                ("contact_name", models.CharField(blank=True, max_length=150, verbose_name="who answers")),
                (
                    "contact_address",
                    models.EmailField(blank=True, max_length=254, verbose_name="mail address of the office"),
                ),
                ("picture_alt", models.CharField(blank=True, max_length=300, verbose_name="the picture in words")),
                (
                    "picture_people",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nobody", "Nobody can be recognised"),
                            ("some", "People can be recognised, and each has said yes"),
                        ],
                        max_length=6,
                        verbose_name="people in the picture",
                    ),
                ),
                ("team_agreed_at", models.DateTimeField(editable=False, null=True)),
                ("lead_agreed_at", models.DateTimeField(editable=False, null=True)),
                ("begun_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("changed_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "idea",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="showcase", to="ideas.idea"
                    ),
                ),
                (
                    "lead_agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="history.file",
                    ),
                ),
                (
                    "team_agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["title_key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("picture", None), models.Q(("picture_alt", ""), _negated=True), _connector="OR"
                        ),
                        name="a_shown_picture_is_told_in_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("abstract", models.TextField(blank=True, verbose_name="what it is about")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="starts")),
                ("minutes", models.PositiveSmallIntegerField(default=10, verbose_name="minutes")),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="sharing.conference"
                    ),
                ),
                (
                    "hall",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="sharing.hall",
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ideas.idea",
                    ),
                ),
                (
                    "slides",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="history.file",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("idea", None), _negated=True),
                        fields=("conference", "idea"),
                        name="one_talk_per_project",
                    ),
                    models.CheckConstraint(condition=models.Q(("minutes__gt", 0)), name="a_slot_takes_time"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="mail address")),
                ("token", models.CharField(blank=True, editable=False, max_length=64)),
                ("agreed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "agreed_noted_by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="speakers", to="sharing.slot"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("token", ""), _negated=True),
                        fields=("token",),
                        name="a_speakers_link_is_their_own",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Story",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "language",
                    models.CharField(
                        choices=[("nb", "Bokmål"), ("nn", "Nynorsk")],
                        default="nb",
                        max_length=2,
                        verbose_name="language of the text",
                    ),
                ),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("intro", models.CharField(max_length=400, verbose_name="in one or two sentences")),
                ("text", models.TextField(blank=True, verbose_name="the story")),
                (
                    "drawing",
                    models.CharField(
                        blank=True,
                        choices=[("", "No drawing"), ("bench", "People who wait on a bench to pitch")],
                        default="",
                        max_length=10,
                        verbose_name="drawing",
                    ),
                ),
                ("picture_alt", models.CharField(blank=True, max_length=300, verbose_name="the picture in words")),
                ("picture_credit", models.CharField(blank=True, max_length=100, verbose_name="who took it")),
                (
                    "picture_people",
                    models.CharField(
                        blank=True,
                        choices=[("nobody", "Nobody can be recognised"), ("some", "People can be recognised")],
                        max_length=6,
                        verbose_name="people in the picture",
                    ),
                ),
                ("begun_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("changed_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                ("taken_down_at", models.DateTimeField(editable=False, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ideas", models.ManyToManyField(blank=True, related_name="+", to="ideas.idea")),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="history.file",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rounds.round",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "stories",
                "ordering": ["-begun_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("picture", None), models.Q(("picture_alt", ""), _negated=True), _connector="OR"
                        ),
                        name="a_storys_picture_is_told_in_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("suggested", "Suggested"), ("confirmed", "Confirmed"), ("dismissed", "Dismissed")],
                        default="suggested",
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same_users", "Are there for the same people"),
                            ("same_data", "Need the same data"),
                            ("reuse", "Can use what the other has made"),
                            ("meet", "Should meet"),
                        ],
                        max_length=10,
                        verbose_name="kind of link",
                    ),
                ),
                ("likeness", models.FloatField(default=0)),
                ("reasons", models.JSONField(default=dict)),
                ("rests_on_open", models.BooleanField(default=True)),
                ("words", models.TextField(blank=True, verbose_name="what they can do together")),
                (
                    "suggested_at",
                    oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "idea_a",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
                (
                    "idea_b",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ideas.idea"),
                ),
                (
                    "session",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="gatherings.gathering",
                    ),
                ),
            ],
            options={
                "ordering": ["-likeness", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("idea_a", "idea_b"), name="two_ideas_are_linked_once"),
                    models.CheckConstraint(
                        condition=models.Q(("idea_a__lt", models.F("idea_b"))), name="a_link_joins_two_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "suggested"), ("decided_at__isnull", False), _connector="OR"),
                        name="a_decided_link_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            models.Q(("kind", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_confirmed_link_has_its_kind",
                    ),
                ],
            },
        ),
    ]
