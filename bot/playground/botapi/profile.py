"""What the bot says about itself: name, descriptions, commands and menu button, by language and by chat."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from bot.playground.botapi.wire import Json, bad

if TYPE_CHECKING:
    from bot.playground.botapi.chats import Chat
    from bot.playground.botapi.people import User
    from bot.playground.botapi.server import Simulator

MOST_COMMANDS, MOST_COMMAND_DESCRIPTION = 100, 256
TEXTS = {  # characters, and the refusal of more
    "name": (64, "BOT_TITLE_INVALID"),
    "description": (512, "BOT_DESCRIPTION_TOO_LONG"),
    "short_description": (120, "BOT_SHORT_DESCRIPTION_TOO_LONG"),
}
DEFAULT_BUTTON: Json = {"type": "default"}


async def _get_me(sim: Simulator, p: Json) -> Json:
    return {
        **sim.me,
        "can_join_groups": True,
        "can_read_all_group_messages": not sim.privacy_mode,
        "supports_guest_queries": sim.guest_mode,
        "supports_inline_queries": sim.inline_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def commands_for(sim: Simulator, user: User, chat: Chat | None = None) -> list[Json]:
    """The menu in a group, or without one in private: narrow scopes first, then the person's language."""
    language = str(user.json.get("language_code", "")).partition("-")[0]
    scopes: tuple[Json, ...] = ({"type": "chat", "chat_id": user.id}, {"type": "all_private_chats"})
    if chat and not chat.user:
        member = {"type": "chat_member", "chat_id": chat.id, "user_id": user.id}
        here = {"type": "chat", "chat_id": chat.id}
        scopes = (member, here, {"type": "all_group_chats"})
        if user.id in chat.admins:
            admins_here = {"type": "chat_administrators", "chat_id": chat.id}
            scopes = (member, admins_here, here, {"type": "all_chat_administrators"}, scopes[-1])
    for scope in (*scopes, {"type": "default"}):
        for code in (language, ""):
            if found := sim.commands.get((_scope_key(scope), code)):
                return found
    return []


def _scope_key(scope: Json) -> str:
    return json.dumps(scope, sort_keys=True)


def _language(p: Json) -> str:
    """ "" or a two-letter code. Raises ApiError for anything else."""
    code: str = p.get("language_code") or ""
    if not re.fullmatch(r"([a-z]{2})?", code):
        raise bad("invalid language code specified")
    return code


def _scope_and_language(p: Json) -> tuple[str, str]:
    return _scope_key(p.get("scope") or {"type": "default"}), _language(p)


async def _set_my_commands(sim: Simulator, p: Json) -> bool:
    place = _scope_and_language(p)
    commands = [{**one, "command": one["command"].removeprefix("/")} for one in p.get("commands") or []]
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= MOST_COMMAND_DESCRIPTION:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    sim.commands[place] = commands
    return True


async def _get_my_commands(sim: Simulator, p: Json) -> list[Json]:
    return sim.commands.get(_scope_and_language(p), [])


async def _delete_my_commands(sim: Simulator, p: Json) -> bool:
    sim.commands.pop(_scope_and_language(p), None)
    return True


def _set_text(sim: Simulator, p: Json, field: str) -> bool:
    most, refusal = TEXTS[field]
    text = p.get(field) or ""
    if len(text) > most:
        raise bad(refusal)
    sim.profile[field, _language(p)] = text
    return True


def _get_text(sim: Simulator, p: Json, field: str) -> Json:
    return {field: sim.profile.get((field, _language(p)), "")}


async def _set_my_name(sim: Simulator, p: Json) -> bool:
    return _set_text(sim, p, "name")


async def _get_my_name(sim: Simulator, p: Json) -> Json:
    return _get_text(sim, p, "name")


async def _set_my_description(sim: Simulator, p: Json) -> bool:
    return _set_text(sim, p, "description")


async def _get_my_description(sim: Simulator, p: Json) -> Json:
    return _get_text(sim, p, "description")


async def _set_my_short_description(sim: Simulator, p: Json) -> bool:
    return _set_text(sim, p, "short_description")


async def _get_my_short_description(sim: Simulator, p: Json) -> Json:
    return _get_text(sim, p, "short_description")


async def _set_chat_menu_button(sim: Simulator, p: Json) -> bool:
    sim.menu_buttons[p.get("chat_id", 0)] = p.get("menu_button") or DEFAULT_BUTTON
    return True


async def _get_chat_menu_button(sim: Simulator, p: Json) -> Json:
    return sim.menu_buttons.get(p.get("chat_id", 0)) or sim.menu_buttons.get(0) or DEFAULT_BUTTON


async def _log_out(sim: Simulator, p: Json) -> bool:
    sim.logged_out = True
    return True


HANDLERS = {
    "getMe": _get_me,
    "setMyCommands": _set_my_commands,
    "getMyCommands": _get_my_commands,
    "deleteMyCommands": _delete_my_commands,
    "setMyName": _set_my_name,
    "getMyName": _get_my_name,
    "setMyDescription": _set_my_description,
    "getMyDescription": _get_my_description,
    "setMyShortDescription": _set_my_short_description,
    "getMyShortDescription": _get_my_short_description,
    "setChatMenuButton": _set_chat_menu_button,
    "getChatMenuButton": _get_chat_menu_button,
    "logOut": _log_out,
}
