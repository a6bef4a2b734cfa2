"""What answers and delivers, put together for one bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from telegram import Bot

from bot.conversation.events import Blocked
from bot.delivery.budget import FREE_PER_SECOND, MESSAGES_PER_SECOND, Budget, budget_for
from bot.delivery.chats import Chats
from bot.delivery.clock import Now
from bot.delivery.courier import Courier
from bot.delivery.lanes import Lanes
from bot.library import CONTENT
from bot.storage.outbox import Letter
from bot.telegram.answering import Answerer
from bot.telegram.beforehand import upload_beforehand
from bot.telegram.outbound import Outbound
from bot.telegram.pictures import Pictures


@dataclass(frozen=True)
class Desk:
    """Answers what comes in and brings what goes out.

    ``upload_beforehand`` is for one of those who share the work; see ``bot.telegram.beforehand``.
    """

    answerer: Answerer
    courier: Courier
    budget: Budget
    lanes: Lanes
    upload_beforehand: Callable[[], Awaitable[None]]


def desk(
    bot: Bot,
    chats: Chats,
    now: Now,
    admin_chat_id: int | None = None,
    messages_per_second: float = MESSAGES_PER_SECOND,
) -> Desk:
    """The desk of a bot that knows its own name."""
    lanes, budget = Lanes(), budget_for(chats.database, messages_per_second)
    pictures = Pictures(CONTENT / "pictures", chats.database, bot.id)
    outbound = Outbound(bot, budget, pictures, paid=messages_per_second > FREE_PER_SECOND)

    async def unwanted(chat_id: int) -> None:
        await chats.answer(chat_id, Blocked(), now(), private=chat_id > 0)

    async def missed(chat_id: int) -> list[Letter]:
        return await chats.missed(chat_id, now())

    answerer = Answerer(bot, chats, outbound, lanes, now, admin_chat_id)
    courier = Courier(chats.database, outbound, unwanted, missed, now)
    beforehand = partial(upload_beforehand, bot, chats.companion, pictures, budget, admin_chat_id)
    return Desk(answerer, courier, budget, lanes, beforehand)
