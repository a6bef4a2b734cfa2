"""People read the bot's commands and descriptions in their own language before they write a word."""

from __future__ import annotations

import pytest
from expecting import refused
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat, MenuButtonCommands

from bot.playground.botapi import Simulator, User


def menu(user: User) -> list[str]:
    return [command["description"] for command in user.commands()]


async def test_the_menu_follows_the_language_of_the_person(bot: Bot, sim: Simulator, anna: User) -> None:
    await bot.set_my_commands([BotCommand("help", "What I can do")])
    await bot.set_my_commands([BotCommand("help", "Was ich kann")], language_code="de")
    assert menu(anna) == ["Was ich kann"]
    assert menu(sim.user(1002, "Béa", "fr")) == ["What I can do"]
    assert menu(sim.user(1003, "Cem", "de-at")) == ["Was ich kann"]


async def test_a_narrow_scope_comes_before_the_language(bot: Bot, anna: User) -> None:
    await bot.set_my_commands([BotCommand("a", "everywhere")], language_code="de")
    assert menu(anna) == ["everywhere"]
    await bot.set_my_commands([BotCommand("a", "in private")], scope=BotCommandScopeAllPrivateChats())
    assert menu(anna) == ["in private"]
    await bot.set_my_commands([BotCommand("a", "for Anna")], scope=BotCommandScopeChat(anna.id))
    assert menu(anna) == ["for Anna"]
    await bot.delete_my_commands(scope=BotCommandScopeChat(anna.id))
    assert menu(anna) == ["in private"]


async def test_commands_are_read_back_for_their_own_scope_only(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("help", "What I can do")])
    assert [command.command for command in await bot.get_my_commands()] == ["help"]
    assert await bot.get_my_commands(scope=BotCommandScopeAllPrivateChats()) == ()


@pytest.mark.parametrize(
    ("command", "description", "reason"),
    [
        ("Help", "a", "BOT_COMMAND_INVALID"),
        ("x" * 33, "a", "BOT_COMMAND_INVALID"),
        ("help", "a" * 257, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_command_has_to_follow_the_rules(
    bot: Bot, command: str, description: str, reason: str
) -> None:
    with refused(reason):
        await bot.set_my_commands([BotCommand(command, description)])


async def test_a_language_is_two_letters(bot: Bot) -> None:
    with refused("invalid language code specified"):
        await bot.set_my_name("Companion", language_code="english")


async def test_name_and_descriptions_are_kept_by_language(bot: Bot, sim: Simulator) -> None:
    await bot.set_my_name("Companion")
    await bot.set_my_description("Helft", language_code="de")
    await bot.set_my_short_description("In short")
    assert (await bot.get_my_name()).name == "Companion"
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_description("de")).description == "Helft"
    assert (await bot.get_my_short_description()).short_description == "In short"
    assert sim.profile["description", "de"] == "Helft"


@pytest.mark.parametrize(
    ("method", "length", "reason"),
    [
        ("setMyName", 65, "BOT_TITLE_INVALID"),
        ("setMyDescription", 513, "BOT_DESCRIPTION_TOO_LONG"),
        ("setMyShortDescription", 121, "BOT_SHORT_DESCRIPTION_TOO_LONG"),
    ],
)
async def test_name_and_descriptions_have_to_fit(post, method: str, length: int, reason: str) -> None:
    field = {"setMyName": "name", "setMyDescription": "description"}.get(method, "short_description")
    answer = await post(method, **{field: "x" * length})
    assert answer["description"] == f"Bad Request: {reason}"


async def test_a_chat_without_a_menu_button_has_the_default_one(bot: Bot, anna: User) -> None:
    assert (await bot.get_chat_menu_button(anna.id)).type == "default"
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button(anna.id)).type == "commands"


async def test_the_bot_knows_itself(bot: Bot, sim: Simulator) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (int(sim.token.split(":")[0]), "sim_test_bot", True)
