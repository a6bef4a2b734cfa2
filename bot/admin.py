"""What whoever runs the bot can ask of its database: figures, news for those who want them, tidying up.

It works beside a running bot. Nothing it says tells of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.delivery.newsroom import Newsroom
from bot.storage import mailings, retention
from bot.storage.database import Database
from bot.storage.mailings import Mailing, OtherWords
from bot.storage.survey import survey
from bot.storage.tables import person, reminder, round_

LONGEST_NEWS = 3_500
"""Characters. Telegram takes 4,096, and some of them are written as several."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")


class Refused(Exception):
    """Why something is not done, in one sentence."""


def stats(database: Database, now: datetime) -> Sequence[str]:
    """How many of what there are."""

    def work(connection: Connection) -> list[str]:
        waiting = survey(connection)
        counted = {
            "people who agreed to storing": select(func.count()).select_from(person),
            "reminders that are on": select(func.count()).where(reminder.c.due_at.is_not(None)),
            "routines that run": select(func.count()).where(round_.c.deadline.is_not(None)),
        }
        figures = {words: connection.execute(count).scalar_one() for words, count in counted.items()}
        figures["updates that wait"] = waiting.updates
        figures |= {f"letters that wait, {urgency}": count for urgency, count in waiting.letters.items()}
        figures["seconds behind"] = round(waiting.lag_seconds(now))
        return [
            *(f"{count:>8}  {words}" for words, count in figures.items()),
            *(_progress(each) for each in mailings.every(connection)),
        ]

    return database.run_now(work)


def tidy(database: Database, now: datetime) -> Sequence[str]:
    """Forget what is old, which a running bot does by itself as well."""
    gone = database.run_now(lambda connection: retention.tidy(connection, now))
    return [f"{count:>8}  {kind} forgotten" for kind, count in gone.items()]


def broadcast(
    newsroom: Newsroom, name: str, words: str, language: str, now: datetime, *, dry_run: bool
) -> Sequence[str]:
    """Have a running bot send news to those who want them and read this language. Raises ``Refused``.

    Called again with the same name it does nothing but say how far it is.
    """
    words = words.strip()
    if not _NAME.fullmatch(name):
        raise Refused("The name of the file must be lower case letters, digits, dots, - and _, at most 64.")
    if not 0 < len(words) <= LONGEST_NEWS:
        raise Refused(f"The file must hold between 1 and {LONGEST_NEWS} characters.")
    if language not in newsroom.companion.languages:
        raise Refused("The bot does not speak this language.")
    if dry_run:
        people = newsroom.database.run_now(lambda connection: newsroom.count(connection, language))
        return [f"{people:>8}  people would get it. Nothing was sent."]
    try:
        known = newsroom.database.run_now(
            lambda connection: mailings.begin(connection, name, language, words, now)
        )
    except OtherWords:
        raise Refused("News of this name were sent with other words. Give the file another name.") from None
    return [_progress(known)]


def _progress(known: Mailing) -> str:
    state = "went out" if known.ended_at else "is going out"
    return f"{known.written:>8}  people so far to whom {known.name} ({known.language}) {state}"
