import django.db.models.deletion
import oppdrift.benefits.models.adoption
import oppdrift.toolbox.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ideas", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Benefit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="what becomes better")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("saved_time", "Time saved"),
                            ("avoided_cost", "Avoided cost"),
                            ("quality_users", "Better quality for users"),
                            ("quality_staff", "Better quality for staff"),
                            ("environment", "Environment"),
                            ("other", "Something else"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("for_whom", models.CharField(blank=True, max_length=150, verbose_name="for whom")),
                ("is_foreseen", models.BooleanField(default=True)),
                ("is_negative", models.BooleanField(default=False)),
                ("grew_from", models.TextField(blank=True, verbose_name="the sentence of the application")),
                ("is_quantitative", models.BooleanField(default=True)),
                ("indicator", models.CharField(blank=True, max_length=150, verbose_name="indicator")),
                ("in_a_sentence", models.CharField(blank=True, max_length=80)),
                (
                    "measured_in",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("percent", "per cent"),
                            ("kroner", "kroner"),
                            ("minutes", "minutes"),
                            ("hours", "hours"),
                            ("days", "days"),
                            ("count", "a number of something"),
                        ],
                        max_length=10,
                    ),
                ),
                ("counted_what", models.CharField(blank=True, max_length=60)),
                (
                    "per",
                    models.CharField(
                        blank=True, choices=[("week", "a week"), ("month", "a month"), ("year", "a year")], max_length=6
                    ),
                ),
                (
                    "better",
                    models.CharField(
                        choices=[("up", "A higher number is better"), ("down", "A lower number is better")],
                        default="up",
                        max_length=5,
                    ),
                ),
                ("method", models.TextField(blank=True, verbose_name="how it is measured")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="where the numbers come from")),
                (
                    "target",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="target value"
                    ),
                ),
                ("target_on", models.DateField(blank=True, null=True, verbose_name="to be reached by")),
                ("target_words", models.TextField(blank=True, verbose_name="what it should be like")),
                (
                    "realised",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("budget", "A budget becomes smaller"),
                            ("alternative", "What is freed is used for something else"),
                            ("neither", "Neither a smaller budget nor something freed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("used_for", models.CharField(blank=True, max_length=200, verbose_name="used for")),
                ("claim", models.CharField(blank=True, max_length=150, verbose_name="which hours or budget line")),
                ("claim_key", models.CharField(blank=True, editable=False, max_length=150)),
                ("is_priced", models.BooleanField(default=False)),
                ("price", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("price_basis", models.TextField(blank=True)),
                ("assumptions", models.TextField(blank=True, verbose_name="assumptions")),
                ("preconditions", models.TextField(blank=True, verbose_name="preconditions")),
                ("agreed_at", models.DateTimeField(editable=False, null=True)),
                ("dropped_at", models.DateTimeField(editable=False, null=True)),
                ("dropped_why", models.TextField(blank=True)),
                ("created_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "claim_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
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
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.idea"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "abstract": False,
                "indexes": [models.Index(fields=["claim_key"], name="benefits_by_claim")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dropped_at", None), models.Q(("dropped_why", ""), _negated=True), _connector="OR"
                        ),
                        name="a_dropped_benefit_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price", None), ("is_priced", True), _connector="OR"),
                        name="only_what_is_priced_has_a_price",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed_at", None), ("owner__isnull", False), _connector="OR"),
                        name="an_owner_agrees",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_quantitative", True), ("target", None), _connector="OR"),
                        name="a_target_value_is_of_something_counted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("words", models.JSONField(default=dict)),
                ("agreed_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="benefits.benefit"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("benefit", "number"), name="benefit_versions_are_numbered")
                ],
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("baseline", "Baseline"), ("follow_up", "Measurement")],
                        default="follow_up",
                        max_length=10,
                    ),
                ),
                ("due", models.DateField(blank=True, null=True, verbose_name="to be measured")),
                ("after_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="value"),
                ),
                (
                    "low",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="could be as low as"
                    ),
                ),
                (
                    "high",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="could be as high as"
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="in words")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("better", "Better"), ("same", "No different"), ("worse", "Worse")],
                        max_length=6,
                    ),
                ),
                ("taken_on", models.DateField(blank=True, null=True, verbose_name="measured on")),
                ("period", models.CharField(blank=True, max_length=80, verbose_name="for the period")),
                (
                    "observations",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="number of observations"),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="where the numbers come from")),
                ("method", models.TextField(blank=True, verbose_name="how it was measured")),
                ("deviation", models.TextField(blank=True, verbose_name="why it turned out so")),
                ("made_at", models.DateTimeField(editable=False, null=True)),
                ("skipped_at", models.DateTimeField(editable=False, null=True)),
                ("skipped_why", models.TextField(blank=True)),
                ("corrected_why", models.TextField(blank=True)),
                ("planned_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                (
                    "benefit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="measurements", to="benefits.benefit"
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
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="benefits.measurement",
                    ),
                ),
            ],
            options={
                "ordering": ["due", "taken_on", "id"],
                "indexes": [
                    models.Index(condition=models.Q(("made_at", None)), fields=["due"], name="measurements_to_come")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "baseline"), ("replaces", None)),
                        fields=("benefit",),
                        name="one_first_baseline_per_benefit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("made_at", None),
                            ("value__isnull", False),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_measurement_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("made_at__isnull", False), models.Q(("value", None), ("words", "")), _connector="OR"
                        ),
                        name="what_is_not_measured_has_no_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("low", None), ("low__lte", models.F("value")), _connector="OR"),
                            models.Q(("high", None), ("high__gte", models.F("value")), _connector="OR"),
                        ),
                        name="a_value_lies_within_its_uncertainty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("skipped_at", None),
                            models.Q(("made_at", None), models.Q(("skipped_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="what_is_left_out_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("corrected_why", ""), _negated=True), _connector="OR"
                        ),
                        name="a_correction_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due__isnull", False), ("taken_on__isnull", False), _connector="OR"),
                        name="a_measurement_has_a_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(blank=True, max_length=150, verbose_name="organisation")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("copy", "Copy it as it is"),
                            ("adaptation", "Adapt it to our own"),
                            ("inspiration", "Be inspired by it"),
                        ],
                        default="copy",
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("interested", "Interested"),
                            ("testing", "Testing it"),
                            ("in_use", "In use"),
                            ("changed", "Works in a new way"),
                            ("dropped", "Did not go on"),
                        ],
                        default="interested",
                        max_length=10,
                    ),
                ),
                ("interested_on", models.DateField(blank=True, null=True)),
                ("testing_on", models.DateField(blank=True, null=True)),
                ("in_use_on", models.DateField(blank=True, null=True)),
                ("changed_on", models.DateField(blank=True, null=True)),
                ("dropped_on", models.DateField(blank=True, null=True)),
                ("dropped_why", models.TextField(blank=True)),
                ("what", models.CharField(blank=True, max_length=200, verbose_name="what they use")),
                ("effect", models.TextField(blank=True, verbose_name="the effect there")),
                ("contact_name", models.CharField(blank=True, max_length=150, verbose_name="contact")),
                ("contact_address", models.EmailField(blank=True, max_length=254, verbose_name="mail address")),
                (
                    "language",
                    models.CharField(
                        choices=[("nb", "Norwegian (bokmål)"), ("nn", "Norwegian (nynorsk)"), ("en", "English")],
                        default="nb",
                        max_length=2,
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=oppdrift.benefits.models.adoption.new_token, editable=False, max_length=40, unique=True
                    ),
                ),
                ("recorded_at", oppdrift.toolbox.clock.MomentField(default=oppdrift.toolbox.clock.now, editable=False)),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "idea",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.idea"),
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
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["interested_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit", None), models.Q(("organisation", ""), _negated=True)),
                            models.Q(("unit__isnull", False), ("organisation", "")),
                            _connector="OR",
                        ),
                        name="an_adoption_is_by_one_receiver",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", False)),
                        fields=("idea", "unit"),
                        name="a_unit_adopts_an_idea_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dropped"), _negated=True),
                            models.Q(("dropped_why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_did_not_go_on_says_why",
                    ),
                ],
            },
        ),
    ]
