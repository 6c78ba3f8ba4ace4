"""oppdrift manage keep_times: erase and blank what has had its time, as docs/retention.yaml says."""

from django.core.management.base import BaseCommand

from oppdrift.archive import keeping


class Command(BaseCommand):
    help = "Erase and blank personal data that has had its time (docs/retention.yaml). The worker does this daily."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only count the rows")

    def handle(self, *args, dry_run=False, **options):
        if dry_run:
            waiting = [(rule, rule.rows().count()) for rule in keeping.rules() if rule.then != "keep"]
            done = [f"{rule.model}: {count} to {rule.then}" for rule, count in waiting if count]
        else:
            done = [f"{model}: {count}" for model, count in keeping.keep_times().items()]
        self.stdout.write("\n".join(done) if done else "Nothing has had its time.")
