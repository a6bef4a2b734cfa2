"""The command line: the only place that reads the environment and wires everything together."""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.conversation.events import Said
from bot.conversation.memory import Memory
from bot.delivery import clock
from bot.flow import Companion
from bot.library import CONTENT, ENGLISH, ContentError, in_language, languages, load
from bot.library.check import cross_check
from bot.logs import configure
from bot.settings import Settings, SettingsError
from bot.understanding.phrases import PhraseError

if TYPE_CHECKING:  # loaded when a command needs them
    from bot.delivery.chats import Chats
    from bot.storage.database import Database

OK, FAILED, NOT_CONFIGURED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that ``arguments`` name; returns the exit code."""
    parsed = _parser().parse_args(arguments)
    commands = {
        None: _on_telegram,
        "playground": _playground,
        "ask": _ask,
        "understand": _understand,
        "check": _check,
        "web": _web,
        "worker": _worker,
        "admin": _admin,
    }
    try:
        return commands[parsed.command](parsed)
    except SettingsError as error:
        return _say(str(error), NOT_CONFIGURED)
    except (ContentError, PhraseError) as error:
        return _say(f"The content has faults, so the bot does not start:\n{error}", FAILED)
    except KeyboardInterrupt:
        return OK
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - for the flush at exit
        return OK


def _companion(*languages: str) -> Companion:
    """The bot's mind, on content that holds together. Raises ``ContentError`` or ``PhraseError``.

    It speaks all complete languages, and those of these that are not.
    """
    gc.disable()  # what is built here stays; looking through it again and again takes a third of the start
    try:
        library = load()
        if found := cross_check(library):
            raise ContentError(found)
        return Companion(library, languages)
    finally:
        gc.freeze()
        gc.enable()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="An acupressure companion for Telegram."
    )
    commands = parser.add_subparsers(dest="command", title="commands", metavar="")
    playground = commands.add_parser("playground", help="a local Telegram in the browser; needs no token")
    playground.add_argument("--port", type=int, default=8080)
    ask = commands.add_parser("ask", help="print the answer to one message")
    ask.add_argument("text")
    understand = commands.add_parser(
        "understand", help="one JSON string a line in, one JSON reading a line out"
    )
    for command in (ask, understand):
        command.add_argument("--language", default=ENGLISH, choices=sorted(languages(CONTENT)))
    commands.add_parser("web", help="receive updates for workers; needs PostgreSQL and a webhook")
    commands.add_parser("worker", help="answer what was received; start as many as you need")
    admin = commands.add_parser("admin", help="figures, news, tidying up: beside a running bot")
    orders = admin.add_subparsers(dest="order", required=True, metavar="ORDER")
    orders.add_parser("stats", help="how many people, reminders, routines and things that wait")
    orders.add_parser("retention", help="forget what is old, which the bot does every day as well")
    broadcast = orders.add_parser("broadcast", help="send a text to everybody who wants news")
    broadcast.add_argument("file", type=Path)
    broadcast.add_argument("--language", default=ENGLISH, choices=sorted(languages(CONTENT)))
    broadcast.add_argument("--dry-run", action="store_true", help="only say how many would get it")
    commands.add_parser("check", help="check everything under content/")
    return parser


def _on_telegram(parsed: argparse.Namespace) -> int:
    from bot.telegram.run import run  # only what talks to Telegram needs its library

    return _with_database(lambda database, settings: run(_chats(database), settings))


def _web(parsed: argparse.Namespace) -> int:
    from bot.workers.web import run  # only many processes need this

    return _with_database(run)


def _worker(parsed: argparse.Namespace) -> int:
    from bot.workers.worker import run

    return _with_database(lambda database, settings: run(_chats(database), settings))


def _admin(parsed: argparse.Namespace) -> int:
    return _on_database(lambda database, settings: _ordered(parsed, database))


def _ordered(parsed: argparse.Namespace, database: Database) -> int:
    from bot import admin  # only operators need this
    from bot.delivery.newsroom import Newsroom

    now = clock.now()
    try:
        match parsed.order:
            case "stats":
                lines = admin.stats(database, now)
            case "retention":
                lines = admin.tidy(database, now)
            case _:
                words, name = parsed.file.read_text(encoding="utf-8"), parsed.file.stem
                newsroom = Newsroom(_companion(), database)
                lines = admin.broadcast(newsroom, name, words, parsed.language, now, dry_run=parsed.dry_run)
    except admin.Refused as error:
        return _say(str(error), FAILED)
    except (OSError, UnicodeDecodeError):
        return _say(f"The file {parsed.file} must be readable UTF-8 text.", FAILED)
    print("\n".join(lines))
    return OK


def _chats(database: Database) -> Chats:
    from bot.delivery.chats import Chats

    return Chats(_companion(), database)


def _with_database(
    run: Callable[[Database, Settings], Coroutine[Any, Any, None]],
) -> int:
    """Run something on Telegram with the database of the settings."""

    def until_it_ends(database: Database, settings: Settings) -> int:
        from bot.telegram.process import CannotStart  # only this needs Telegram's library

        try:
            asyncio.run(run(database, settings))
        except CannotStart as error:
            return _say(str(error), FAILED)
        return OK

    return _on_database(until_it_ends)


def _on_database(work: Callable[[Database, Settings], int]) -> int:
    """Do something with the database of the settings."""
    settings = Settings.read()
    if settings.telegram_bot_token is None:
        return _say(
            "TELEGRAM_BOT_TOKEN is not set. To try the bot without a token, run: python -m bot playground",
            NOT_CONFIGURED,
        )
    from bot.storage.database import CannotOpen, Database  # only this needs the database

    configure(settings.log_level, settings.log_format)
    try:
        database = Database(settings.database_url, settings.telegram_bot_token.get_secret_value())
    except CannotOpen as error:
        return _say(str(error), FAILED)
    try:
        return work(database, settings)
    finally:
        database.close()


def _playground(parsed: argparse.Namespace) -> int:
    from bot.playground.run import run_playground  # only this command needs the web server

    return asyncio.run(run_playground(parsed.port))


def _ask(parsed: argparse.Namespace) -> int:
    event = Said(parsed.text, language=parsed.language)
    answer = _companion(parsed.language).answer(event, Memory(), clock.now())
    for reply in answer.replies:
        print(reply.plain)
        for row in reply.rows:
            print("".join(f"[{button.label}] " for button in row).rstrip())
    return OK


def _understand(parsed: argparse.Namespace) -> int:
    from bot.understanding.lines import readings

    tongues = _companion(parsed.language).tongues
    for reading in readings(sys.stdin.buffer, lambda text: tongues.read_in(text, parsed.language)):
        print(reading, flush=False)
    return OK


def _check(parsed: argparse.Namespace) -> int:
    from bot.check import every_fault

    found = every_fault()
    for fault in found:
        print(fault)
    if found:
        print(f"{len(found)} faults")
        return FAILED
    print("The content is in order.")
    library = load()
    for what in (
        "points",
        "complaints",
        "red_flags",
        "rules",
        "routines",
        "techniques",
        "evidence",
        "sources",
    ):
        print(f"{len(getattr(library, what)):4} {what.replace('_', ' ')}")
    for code, language in library.languages.items():
        missing = len(in_language(library, code).words.missing)
        gaps = f", not complete: {missing} entries are there only in English" if missing else ""
        print(f"{code:>4} {language.name}{gaps}")
    return OK


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
