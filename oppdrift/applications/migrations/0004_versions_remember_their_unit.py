from django.db import migrations
from django.db.models import OuterRef, Subquery


def remember(apps, schema_editor):
    Version, Idea = apps.get_model("applications", "Version"), apps.get_model("ideas", "Idea")
    ideas = Idea.objects.filter(application__versions=OuterRef("pk"))
    Version.objects.update(
        unit=Subquery(ideas.values("unit")[:1]), unit_name=Subquery(ideas.values("unit_name")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_the_name_it_is_handed_in_under"), ("ideas", "0001_initial")]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
