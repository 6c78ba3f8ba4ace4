from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ideas", "0005_withdrawn_before_the_decision")]

    operations = [
        migrations.AddIndex(
            "idea",
            models.Index(condition=models.Q(("withdrawn_at", None)), fields=["round", "shared"], name="ideas_of_a_round"),
        ),
    ]
