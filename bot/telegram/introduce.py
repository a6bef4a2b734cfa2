"""What people see of the bot before they write: its name, descriptions, commands and the button for them.

Everything is read first and written only when it differs: Telegram lets a bot change these rarely.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
    MenuButtonCommands,
)
from telegram.error import RetryAfter, TelegramError

from bot.flow import Companion
from bot.library import ENGLISH
from bot.telegram.calls import seconds_to_wait
from bot.wording.writer import Writer

log = logging.getLogger(__name__)

LONGEST_WAIT_SECONDS = 60.0
"""Whoever is told to wait longer, as for a new name, leaves that to the next start."""

TELEGRAMS_CODE = 2
"""Telegram knows languages by two letters, and none of their kinds."""

Step = Callable[[], Awaitable[object]]


async def introduce(bot: Bot, companion: Companion) -> None:
    """Bring what Telegram shows of the bot to what the content says, in each language of ours.

    What cannot be set is left as it is, and the rest goes on.
    """
    for language in sorted(companion.languages):
        # Telegram shows what is set for no language to all whose language has nothing of its own.
        if language == ENGLISH:
            await _introduce(bot, "", companion.writer)
        elif len(language) == TELEGRAMS_CODE:
            await _introduce(bot, language, await asyncio.to_thread(companion.writer_for, language))


async def _introduce(bot: Bot, language: str, writer: Writer) -> None:
    for step in _steps(bot, language, writer):
        try:
            await _with_patience(step)
        except TelegramError as error:
            log.warning("the bot could not be introduced in full", extra={"reason": type(error).__name__})


async def _with_patience(step: Step) -> None:
    try:
        await step()
    except RetryAfter as error:
        if seconds_to_wait(error) > LONGEST_WAIT_SECONDS:
            raise
        await asyncio.sleep(seconds_to_wait(error))
        await step()


def _steps(bot: Bot, language: str, writer: Writer) -> Iterator[Step]:
    for scope, menu in _menus(writer):
        yield partial(_set_commands, bot, scope, menu, language)
    yield partial(_set_description, bot, writer.description(), language)
    yield partial(_set_short_description, bot, writer.short_description(), language)
    yield partial(_set_name, bot, writer.name(), language)
    yield partial(_set_menu_button, bot)


def _menus(writer: Writer) -> Iterator[tuple[BotCommandScope, Mapping[str, str]]]:
    yield BotCommandScopeDefault(), writer.commands()
    yield BotCommandScopeAllPrivateChats(), writer.commands()
    yield BotCommandScopeAllGroupChats(), writer.group_commands()
    yield BotCommandScopeAllChatAdministrators(), writer.admin_commands()


async def _set_commands(bot: Bot, scope: BotCommandScope, menu: Mapping[str, str], language: str) -> None:
    commands = [BotCommand(name, description) for name, description in menu.items()]
    if list(await bot.get_my_commands(scope, language)) != commands:
        await bot.set_my_commands(commands, scope, language)


async def _set_description(bot: Bot, text: str, language: str) -> None:
    if (await bot.get_my_description(language)).description != text:
        await bot.set_my_description(text, language)


async def _set_short_description(bot: Bot, text: str, language: str) -> None:
    if (await bot.get_my_short_description(language)).short_description != text:
        await bot.set_my_short_description(text, language)


async def _set_name(bot: Bot, name: str, language: str) -> None:
    if (await bot.get_my_name(language)).name != name:
        await bot.set_my_name(name, language)


async def _set_menu_button(bot: Bot) -> None:
    if not isinstance(await bot.get_chat_menu_button(), MenuButtonCommands):
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
