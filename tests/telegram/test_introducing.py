"""What people see before they write a word is what the content says, in every scope, and is set only once.

Telegram lets a bot change its name and descriptions rarely, and one that tries at every start is refused
for hours. What cannot be set must not keep anybody waiting for an answer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.flow import Companion
from bot.library import Library
from bot.playground.botapi import Simulator, User
from bot.telegram.introduce import introduce
from bot.telegram.transport import Transport
from bot.wording.writer import Writer

SETTERS = ("setMyCommands", "setMyName", "setMyDescription", "setMyShortDescription", "setChatMenuButton")


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    bot = Bot(sim.token, base_url=sim.base_url, request=Transport(2, 5), get_updates_request=Transport(1, 5))
    async with bot:
        yield bot


@pytest.fixture
def writer(companion: Companion) -> Writer:
    return companion.writer


@pytest.fixture(scope="module")
def in_two(library: Library) -> Companion:
    """A companion that speaks Spanish too."""
    return Companion(library, ["es"])


def names(commands: Any) -> list[str]:
    return [each.command for each in commands]


async def test_each_kind_of_chat_has_its_commands(
    bot: Bot, sim: Simulator, anna: User, writer: Writer, companion: Companion
) -> None:
    await introduce(bot, companion)

    private = await bot.get_my_commands(BotCommandScopeAllPrivateChats())
    groups = await bot.get_my_commands(BotCommandScopeAllGroupChats())
    admins = await bot.get_my_commands(BotCommandScopeAllChatAdministrators())
    assert names(private) == names(await bot.get_my_commands()) == list(writer.commands())
    assert names(groups) == list(writer.group_commands())
    assert {"relief", "help", "remind"} <= set(names(admins)) < set(names(private))
    told = {each.command: each.description for each in (*private, *groups)}
    differing = {each.command for each in admins if each.description != told[each.command]}
    assert differing == {"remind", "reminders"}
    assert {each["command"] for each in anna.commands()} == set(writer.commands())
    assert sim.errors() == []


async def test_the_profile_says_what_the_content_says(bot: Bot, writer: Writer, companion: Companion) -> None:
    await introduce(bot, companion)

    assert (await bot.get_my_name()).name == writer.name()
    assert (await bot.get_my_description()).description == writer.description()
    assert (await bot.get_my_short_description()).short_description == writer.short_description()
    assert (await bot.get_chat_menu_button()).type == "commands"


async def test_what_is_right_already_is_not_set_again(bot: Bot, sim: Simulator, companion: Companion) -> None:
    await introduce(bot, companion)
    before = {setter: sim.counts[setter] for setter in SETTERS}

    await introduce(bot, companion)

    assert all(before.values())
    assert {setter: sim.counts[setter] for setter in SETTERS} == before


async def test_every_language_is_introduced(bot: Bot, in_two: Companion) -> None:
    writer = in_two.writer_for("es")
    await introduce(bot, in_two)

    assert names(await bot.get_my_commands(BotCommandScopeAllGroupChats(), "es")) == list(
        writer.group_commands()
    )
    assert (await bot.get_my_description("es")).description == writer.description()


async def test_a_refusal_costs_its_own_part_only(
    bot: Bot, sim: Simulator, writer: Writer, companion: Companion
) -> None:
    sim.fault("setMyCommands", times=100, code=400, description="Bad Request: refused")
    sim.fault("setMyName", "flood", retry_after=5000)

    await introduce(bot, companion)

    assert sim.profile["description", ""] == writer.description()
    assert ("name", "") not in sim.profile
    assert sim.counts["setMyName"] == len(companion.languages), "asked for once in each"
    assert (await bot.get_chat_menu_button()).type == "commands"


async def test_a_short_wait_is_waited_for(
    bot: Bot, sim: Simulator, writer: Writer, companion: Companion
) -> None:
    sim.fault("setMyDescription", "flood", retry_after=1)

    await introduce(bot, companion)

    assert sim.profile["description", ""] == writer.description()
