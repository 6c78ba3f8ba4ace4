from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def count(apps, schema_editor):
    Application, Version = apps.get_model("applications", "Application"), apps.get_model("applications", "Version")
    numbers = Version.objects.filter(application=OuterRef("pk")).order_by("-number").values("number")[:1]
    Application.objects.exclude(number=None).update(newest=Subquery(numbers))


class Migration(migrations.Migration):
    dependencies = [("applications", "0004_versions_remember_their_unit")]

    operations = [
        migrations.AddField("application", "newest", models.PositiveSmallIntegerField(default=0, editable=False)),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.AddIndex(
            "application", models.Index(fields=["round", "state", "idea"], name="applications_counted")
        ),
    ]
