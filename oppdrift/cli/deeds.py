"""The commands that do one thing to the data and end."""

import argparse

from oppdrift.cli.trouble import Trouble


def deed(options: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.core.exceptions import ValidationError
    from django.db import DatabaseError
    from django.utils import translation

    from oppdrift.toolbox.answers import NotNow

    try:
        # The command line speaks one language, also where it says what the rooms say in Norwegian on pages.
        with translation.override("en"):
            do(options)
    except ValidationError as error:
        with translation.override("en"):
            raise Trouble(" ".join(error.messages)) from None
    except (NotNow, ValueError) as error:
        with translation.override("en"):  # a lazy sentence is made here
            raise Trouble(str(error)) from None
    except DatabaseError as error:
        raise Trouble(
            f"The database refuses: {str(error).strip()}. Is it up to date? oppdrift manage migrate"
        ) from None


def do(options: argparse.Namespace) -> None:
    match options.command:
        case "import-round":
            from oppdrift.archive.importing import import_round

            import_round(
                options.file,
                name=options.name,
                year=options.year,
                total=options.total,
                confirm=options.yes,
                same=options.same,
                other=options.other,
                sheet=options.sheet,
            )
        case "backup":
            from oppdrift.archive.backups import backup

            for line in backup(options.file, with_key=options.with_key):
                print(line)
        case "restore":
            from oppdrift.archive.backups import restore

            for line in restore(options.file, force=options.force):
                print(line)
        case "add-lead":
            from oppdrift.people.models import Person

            Person.objects.make_lead(options.address, options.name)
            print(f"{options.name} can open rounds, and signs in with a code sent to {options.address}.")
