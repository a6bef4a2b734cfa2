"""Chats: who is in them, what was said, and what the bot gets to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.playground.botapi import topics
from bot.playground.botapi.messages import EventKind, File, Msg
from bot.playground.botapi.wire import Json

if TYPE_CHECKING:
    from bot.playground.botapi.people import User
    from bot.playground.botapi.server import Simulator

MEMBER_TYPES = {"kicked": "Banned", "administrator": "Administrator", "left": "Left"}


class Chat:
    """A private chat, group, supergroup or channel."""

    def __init__(self, sim: Simulator, id: int, type: str, title: str = "", user: User | None = None) -> None:
        self.sim, self.id, self.type, self.title, self.user = sim, id, type, title, user
        self.members: list[User] = [user] if user else []
        self.admins: set[int] = set()  # the ids of members
        self.bot_status = "member"
        self.migrated_to = 0  # the id of the supergroup it became
        self.username = ""
        self.messages: dict[int, Msg] = {}
        self.keyboard: Json = {}  # the reply keyboard now shown
        self.pinned: list[int] = []
        self.topics: dict[int, Msg] = {}  # the first message of each; a forum has some
        self.open_topics: dict[int, int] = {}  # which one a person looks at

    @property
    def json(self) -> Json:
        """The Bot API's Chat object."""
        if self.user:
            names = ("id", "first_name", "last_name", "username")
            return {key: self.user.json[key] for key in names if key in self.user.json} | {"type": "private"}
        named = {"username": self.username} if self.username else {}
        forum = {"is_forum": True} if self.topics else {}
        return {"id": self.id, "type": self.type, "title": self.title, **named, **forum}

    def visible(self) -> list[Msg]:
        """The messages nobody deleted, oldest first."""
        return [msg for msg in self.messages.values() if not msg.deleted]

    def add(self, sender: Json, content: Json, files: list[File], *, from_bot: bool) -> Msg:
        """Put a new message into the chat, without showing it yet."""
        if topic_id := self.open_topics.get(sender["id"], 0):
            content = {**topics.of_a_person(self, topic_id, replies="reply_to_message" in content), **content}
        id = self.sim.next_message_id(self)
        data = {"message_id": id, "from": sender, "chat": self.json, "date": self.sim.now(), **content}
        msg = self.messages[id] = Msg(self, data, files, from_bot)
        return msg

    def show(
        self,
        kind: EventKind,
        by: str,
        msg: Msg | None = None,
        text: str | None = None,
        data: Json | None = None,
    ) -> None:
        """Let every member see something; a person sees the own messages as "sent"."""
        for user in self.members:
            is_own = msg is not None and msg.data.get("from", {}).get("id") == user.id
            user.see("sent" if kind == "other" and is_own else kind, self, by, text, msg, data)

    def bot_reads(self, msg: Msg) -> bool:
        """Whether the bot gets this message: always in private, in groups as its privacy mode says."""
        if self.user or "migrate_to_chat_id" in msg.data:
            return True
        if self.bot_status not in ("member", "administrator") or self.migrated_to:
            return False
        name, text = "@" + self.sim.me["username"].lower(), msg.text.lower()
        command = re.match(r"/\w+(@\w+)?", text)
        replied_to = msg.data.get("reply_to_message", {}).get("from", {}).get("id")
        return (
            not self.sim.privacy_mode
            or self.bot_status == "administrator"
            or msg.kind == "service"
            or name in text
            or (command is not None and command[1] in (None, name))
            or replied_to == self.sim.me["id"]
            or "via_bot" in msg.data
        )

    async def add_bot(self, by: User, status: str = "member") -> None:
        """A member adds the bot."""
        self._set_bot_status(by, status)
        by.post(self, {"new_chat_members": [self.sim.me]})

    async def remove_bot(self, by: User, status: str = "kicked") -> None:
        """A member removes the bot."""
        self._set_bot_status(by, status)

    async def join(self, user: User) -> None:
        """A person joins the group."""
        self.members.append(user)
        user.post(self, {"new_chat_members": [user.json]})

    async def migrate(self) -> Chat:
        """Upgrade a basic group to a supergroup: a new id, and a service message in both."""
        new, owner = self.sim.group(self.title, *self.members), self.members[0]
        self.migrated_to, new.admins = new.id, self.admins
        owner.post(self, {"migrate_to_chat_id": new.id})
        owner.post(new, {"migrate_from_chat_id": self.id})
        return new

    def bot_as_member(self, status: str) -> Json:
        """The bot's ChatMember object."""
        return self._as_member(self.sim.me, status)

    def person_as_member(self, user: User) -> Json:
        """A person's ChatMember object."""
        status = "administrator" if user.id in self.admins else "member"
        return self._as_member(user.json, status if user in self.members else "left")

    def _as_member(self, user: Json, status: str) -> Json:
        dummy: Json = self.sim.spec.dummy("ChatMember" + MEMBER_TYPES.get(status, "Member"))
        return {**dummy, "user": user, "status": status}

    def report_bot_status(self, by: User, old: str, new: str) -> None:
        """Tell the bot that its place in this chat changed; a block is "kicked"."""
        change = {"old_chat_member": self.bot_as_member(old), "new_chat_member": self.bot_as_member(new)}
        self.sim.push(
            "my_chat_member", {"chat": self.json, "from": by.json, "date": self.sim.now(), **change}
        )

    def _set_bot_status(self, by: User, status: str) -> None:
        old, self.bot_status = self.bot_status, status
        self.report_bot_status(by, old, status)
