from django.db import migrations
from django.db.models import Q


def clear(apps, schema_editor):
    Declaration, Clearance = apps.get_model("assessing", "Declaration"), apps.get_model("ideas", "Clearance")
    free = Declaration.objects.filter(Q(answer="none", settled_as="") | Q(settled_as="impartial"))
    Clearance.objects.bulk_create(
        (
            Clearance(idea_id=idea, person_id=person, since=since)
            for idea, person, since in free.values_list("idea", "person", "declared_at").iterator()
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("assessing", "0001_initial"), ("ideas", "0004_clearances")]

    operations = [migrations.RunPython(clear, migrations.RunPython.noop)]
