"""A Telegram Bot API server (10.1) on this machine, with people in it who do what a script or a page says.

It is strict: what Telegram refuses is refused with Telegram's own codes and sentences, and what Telegram only
tolerates is noted in `violations`. It has no network, no accounts and no memory beyond the process.

    async with Simulator() as sim:                   # start the bot with sim.base_url and sim.token
        anna = sim.user(1001, "Anna", "de")
        await anna.start()
        hello = await anna.expect("Willkommen")      # waits for a message that matches
        press = await anna.press("Berlin", hello)
        await press.answered()                       # waits for the end of the loading indicator
        sim.fault("sendMessage", "drop_after")       # the next sendMessage loses its answer
        sim.assert_clean()                           # nothing a correct bot would not do
"""

from bot.playground.botapi.chats import Chat
from bot.playground.botapi.inline import InlineAnswer
from bot.playground.botapi.limits import Limits
from bot.playground.botapi.messages import Event, Msg
from bot.playground.botapi.people import Press, User
from bot.playground.botapi.server import TOKEN, Simulator

__all__ = ["TOKEN", "Chat", "Event", "InlineAnswer", "Limits", "Msg", "Press", "Simulator", "User"]
