from django.db import migrations, models
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce


def count(apps, schema_editor):
    Standing, Assignment = apps.get_model("assessing", "Standing"), apps.get_model("assessing", "Assignment")
    Assessment, Version = apps.get_model("assessing", "Assessment"), apps.get_model("applications", "Version")
    asked = Assignment.objects.filter(application=OuterRef("application"), assessor=OuterRef("assessor"), ended_at=None)
    given = Assessment.objects.filter(version=OuterRef("version"), state__in=["handed_in", "abstained"])
    answered = given.filter(Exists(asked)).values("version").annotate(n=Count("pk")).values("n")
    Standing.objects.update(
        number=Subquery(Version.objects.filter(pk=OuterRef("version")).values("number")[:1]),
        answered=Coalesce(Subquery(answered, output_field=IntegerField()), Value(0)),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0005_the_number_of_the_newest_version"),
        ("assessing", "0002_who_declared_no_ties_is_cleared"),
    ]

    operations = [
        migrations.AddField("standing", "number", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("standing", "answered", models.PositiveSmallIntegerField(default=0)),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.AddIndex(
            "standing",
            models.Index(condition=Q(("unclear__gt", 0)), fields=["application"], name="standings_with_questions"),
        ),
        migrations.AddIndex(
            "declaration",
            models.Index(
                condition=Q(("answer", "unsure"), ("settled_as", "")), fields=["idea"], name="declarations_to_settle"
            ),
        ),
    ]
