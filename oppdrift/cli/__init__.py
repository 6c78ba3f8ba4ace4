"""The command `oppdrift`. Nothing heavy is imported before it is known what is asked for."""

import argparse
import errno
import os
import sys
from pathlib import Path

from oppdrift.cli.trouble import Trouble


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="oppdrift",
        description="The whole year of an innovation programme in one place.",
        epilog="Settings are read from the environment; OPPDRIFT_DATA says where the data is kept.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="serve the program to browsers")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen at (127.0.0.1)")
    serve.add_argument("--port", type=port_number, default=8000, help="the port to listen at (8000)")
    serve.add_argument("--workers", type=workers, default=1, metavar="N", help="processes, on PostgreSQL (1)")

    commands.add_parser("worker", help="send the mails that are due, beside `serve`")

    demo = commands.add_parser("demo", help="serve an invented municipality on this machine, with the reference year")
    demo.add_argument("--at", metavar="STAGE", help="where in the year today is; a wrong one lists them all")
    demo.add_argument("--port", type=port_number, default=8000, help="the port to listen at (8000)")
    demo.add_argument("--data", type=Path, default=Path("oppdrift-demo"), metavar="DIR", help="where the demo is kept")
    demo.add_argument("--size", type=amount, default=0, metavar="N", help="N invented applications more, for load")

    import_round = commands.add_parser("import-round", help="bring in an earlier round from a spreadsheet")
    import_round.add_argument("file", type=Path, metavar="FILE", help="a .csv or .xlsx file")
    import_round.add_argument("--name", required=True, help="what the round was called")
    import_round.add_argument("--year", required=True, type=int)
    import_round.add_argument("--total", type=kroner, help="the sum in kroner that the rows should come to")
    import_round.add_argument("--sheet", default="", help="of a workbook, when it is not the first visible one")
    import_round.add_argument("--yes", action="store_true", help="write without asking")
    import_round.add_argument("--same", type=int, action="append", default=[], metavar="ROW", help="a near match is it")
    import_round.add_argument("--other", type=int, action="append", default=[], metavar="ROW", help="… is another one")

    backup = commands.add_parser("backup", help="keep the database and the files in one file, also while running")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.add_argument(
        "--with-key", action="store_true", help="also the secret key; such a file must be guarded like the server"
    )

    restore = commands.add_parser("restore", help="put a backup in place")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--force", action="store_true", help="also over data that is there")

    add_lead = commands.add_parser("add-lead", help="let somebody open rounds")
    add_lead.add_argument("address", metavar="ADDRESS", help="their mail address")
    add_lead.add_argument("--name", required=True)

    manage = commands.add_parser("manage", help="Django's own commands, such as migrate", add_help=False)
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    return parser


def port_number(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port; choose one from 1 to 65535")
    return int(text)


def workers(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 16:
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes; choose one from 1 to 16")
    return int(text)


def kroner(text: str) -> int:
    from oppdrift.toolbox.money import NotMoney, parse_kroner

    try:
        return parse_kroner(text)
    except NotMoney:
        raise argparse.ArgumentTypeError(f"{text} is not a sum in kroner, like 2575000") from None


def amount(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 upwards")
    return int(text)


def main(arguments: list[str] | None = None) -> int:
    options = make_parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oppdrift.settings")
    try:
        return run(options) or 0
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except OSError as error:
        print(sentence_of(error), file=sys.stderr)
        return 1


def sentence_of(error: OSError) -> str:
    where = error.filename or "the data folder"
    if error.errno == errno.ENOSPC:
        return "There is no space left on the disk."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{where} may not be written or read by this user."
    if error.errno == errno.ENOENT:
        return f"There is no {where}."
    return f"{error.strerror or error} ({where})."


def run(options: argparse.Namespace) -> int | None:
    match options.command:
        case "serve":
            from oppdrift.cli.serving import serve

            return serve(options.host, options.port, options.workers)
        case "worker":
            from oppdrift.cli.serving import work

            return work()
        case "demo":
            from oppdrift.cli.demo import demo

            return demo(options)
        case "manage":
            from django.core.management import execute_from_command_line

            execute_from_command_line(["oppdrift manage", *options.rest])
        case _:
            from oppdrift.cli.deeds import deed

            if options.command in ("import-round", "restore") and not options.file.is_file():
                raise Trouble(f"There is no file {options.file}.")
            deed(options)
    return 0
