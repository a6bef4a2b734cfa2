"""Nobody has to tell a thing twice. Who allows nothing leaves nothing, and who deletes is a stranger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot.conversation import actions
from bot.conversation.actions import encode
from bot.conversation.events import Commanded, Event, Said, Tapped
from bot.conversation.hold_actions import HoldPoint
from bot.conversation.hold_decisions import WaitsForCheck
from bot.conversation.memory import Memory, Round
from bot.conversation.reminder_actions import ALL_DAYS, Subscribe
from bot.delivery import minds
from bot.delivery.chats import Chats, Source
from bot.flow import Companion
from bot.guidance.offer import Person
from bot.guidance.steps import Plan, PlanStep
from bot.routines import machine
from bot.storage import feedback, memories
from bot.storage.database import Database
from bot.storage.outbox import Urgency
from bot.wording.reply import Reply
from tests.answering import NOTHING, NOW
from tests.guidance.walk import Instructions

ANNA, BEN, GROUP = 1001, 1002, -100_200
Restart = Callable[..., Chats]
PREGNANT = Person(frozenset({"CR01"}))


class Talk:
    """One person and the bot, at a time that only the test moves."""

    def __init__(self, chats: Chats, chat_id: int = ANNA) -> None:
        self.chats, self.chat_id, self.now = chats, chat_id, NOW
        self.instructions = Instructions(chats.companion.library)

    async def __call__(self, event: Event | str) -> Reply:
        event = Said(event) if isinstance(event, str) else event
        (reply,) = await self.chats.answer(self.chat_id, event, self.now)
        return reply

    async def tap(self, action: actions.Action) -> Reply:
        return await self(Tapped(encode(action)))

    def pressed(self, reply: Reply) -> frozenset[str]:
        return self.instructions.given_in(reply)


@pytest.fixture
def anna(chats: Chats) -> Talk:
    return Talk(chats)


async def test_the_second_message_does_not_forget_the_first(anna: Talk) -> None:
    await anna("I'm 20 weeks pregnant")
    reply = await anna("where is LI4?")

    assert anna.pressed(reply) == frozenset()
    assert "pregnan" in reply.plain


async def test_what_was_only_said_is_forgotten_after_some_hours(anna: Talk) -> None:
    await anna("I'm 20 weeks pregnant")
    anna.now += timedelta(hours=12)

    assert anna.pressed(await anna("where is LI4?")) == {"LI4"}


async def test_what_was_only_said_is_known_to_all_who_share_a_database_and_else_to_nobody(
    anna: Talk, chats: Chats, restart: Restart
) -> None:
    await anna("I'm 20 weeks pregnant")
    other = Talk(restart())

    known = anna.pressed(await other("where is LI4?")) == frozenset()
    assert known is chats.database.is_shared


async def test_nothing_is_stored_before_consent(anna: Talk, database: Database) -> None:
    for words in ("I'm pregnant", "I take warfarin and my neck hurts", "my back hurts and I have a fever"):
        await anna(words)
    await anna.tap(actions.Remember(person=PREGNANT))
    await anna.tap(actions.SetCondition("CR03", "on"))
    await anna.tap(actions.SetHabit("helper", "on"))
    await anna.tap(actions.Decline())

    rows = database.run_now(lambda connection: connection.exec_driver_sql("SELECT * FROM person").all())
    assert rows == []


async def test_with_consent_it_is_known_for_good(anna: Talk, chats: Chats, restart: Restart) -> None:
    await anna("I'm 20 weeks pregnant")
    asked = await anna.tap(actions.Remember(person=PREGNANT))
    agreed = await anna.tap(actions.Agree(person=PREGNANT))
    later = Talk(restart())
    later.now += timedelta(days=40)

    assert "pregnant" in asked.plain
    assert "Stored" in agreed.plain
    assert later.pressed(await later("where is LI4?")) == frozenset()
    assert "LI4" not in str((await later("my neck hurts")).buttons)


async def test_an_old_button_obeys_what_was_learned_since(anna: Talk) -> None:
    answer = await anna("my neck hurts")
    await anna("I'm pregnant")
    for button in answer.buttons:
        assert button.action
        shown = anna.pressed(await anna.tap(button.action))
        assert not shown & {"LI4", "GB21", "BL60"}


async def test_a_refusal_leaves_answers_working(anna: Talk) -> None:
    await anna.tap(actions.Decline())

    assert anna.pressed(await anna("my lower back hurts"))


async def test_a_switch_tapped_twice_by_a_nervous_thumb_stays_where_it_is(anna: Talk) -> None:
    await anna.tap(actions.Agree())
    first = await anna.tap(actions.SetCondition("CR03", "on"))
    second = await anna.tap(actions.SetCondition("CR03", "on"))

    assert first == second
    assert "✓ Blood thinners" in str(second.buttons)


async def test_delete_asks_and_then_makes_a_stranger_of_them(
    anna: Talk, chats: Chats, restart: Restart, database: Database
) -> None:
    await anna.tap(actions.Agree(person=PREGNANT))
    asked = await anna(Commanded("delete"))
    still = await anna("where is LI4?")
    gone = await anna.tap(actions.Delete())

    assert asked.buttons[0].action == actions.Delete()
    assert anna.pressed(still) == frozenset()
    assert "deleted" in gone.plain
    assert anna.pressed(await anna("where is LI4?")) == {"LI4"}
    assert anna.pressed(await Talk(restart())("where is LI4?")) == {"LI4"}
    rows = database.run_now(lambda connection: connection.exec_driver_sql("SELECT * FROM person").all())
    assert rows == []


async def test_delete_forgets_what_was_only_in_mind_too(anna: Talk) -> None:
    await anna("I'm pregnant")
    await anna.tap(actions.Delete())

    assert anna.pressed(await anna("where is LI4?")) == {"LI4"}


async def test_my_data_holds_everything_and_nothing_of_others(anna: Talk, chats: Chats) -> None:
    ben = Talk(chats, BEN)
    await anna.tap(actions.Agree(person=PREGNANT))
    await ben.tap(actions.Agree(person=Person(frozenset({"CR03"}))))
    await ben.tap(actions.SetHabit("alone", "on"))

    reply = await ben(Commanded("mydata"))

    assert reply.document
    held = reply.document.content.decode()
    assert "CR03" in held
    assert '"helper": false' in held
    assert "CR01" not in held


async def test_in_a_group_nothing_personal_is_said_or_kept(chats: Chats, anna: Talk) -> None:
    await anna.tap(actions.Agree(person=PREGNANT))
    for name in ("settings", "mydata", "delete"):
        (reply,) = await chats.answer(GROUP, Commanded(name), NOW, private=False)
        assert [button.link for button in reply.buttons] == [name]
        assert "pregnan" not in reply.plain
    await chats.answer(GROUP, Said("I take warfarin"), NOW, private=False)
    (reply,) = await chats.answer(GROUP, Said("my neck hurts"), NOW, private=False)

    assert "thinners" not in reply.plain.split("Not with")[0]


async def test_what_is_stored_of_somebody_counts_in_a_group_and_is_not_named_there(
    chats: Chats, anna: Talk
) -> None:
    await anna.tap(actions.Agree(person=PREGNANT))

    (reply,) = await chats.answer(GROUP, Said("where is LI4", ANNA), NOW, private=False)
    (to_ben,) = await chats.answer(GROUP, Said("where is LI4", BEN), NOW, private=False)

    assert [button.link for button in reply.buttons] == ["p_LI4"]
    assert "pregnan" not in reply.plain
    assert "Hégǔ" in to_ben.plain


async def test_what_somebody_said_in_passing_counts_in_a_group(chats: Chats, anna: Talk) -> None:
    await anna("I'm 20 weeks pregnant and my neck hurts")

    (reply,) = await chats.answer(GROUP, Said("where is LI4", ANNA), NOW, private=False)

    assert [button.link for button in reply.buttons] == ["p_LI4"]


async def test_what_somebody_says_in_a_group_is_not_forgotten_by_the_next_message(
    chats: Chats, anna: Talk
) -> None:
    await chats.answer(GROUP, Said("I'm 20 weeks pregnant and my neck hurts", ANNA), NOW, private=False)

    (in_group,) = await chats.answer(GROUP, Said("where is LI4", ANNA), NOW, private=False)
    in_private = await anna("where is LI4")

    assert "Hégǔ" not in in_group.plain
    assert "pregnan" in in_private.plain
    for chat_id in (GROUP, ANNA):
        stored = await chats.database.run(
            lambda connection, chat_id=chat_id: memories.load(connection, chat_id)
        )
        assert stored == Memory()


async def test_who_writes_in_a_group_and_in_private_at_once_is_answered_one_after_the_other(
    chats: Chats, database: Database
) -> None:
    """What the two messages tell is kept in one place, and neither may overwrite the other's."""
    locked: list[int] = []

    def note(_connection, _cursor, statement: str, values, *_) -> None:
        if "advisory" in statement:
            locked.append(values[0])

    event.listen(Engine, "before_cursor_execute", note)
    await chats.answer(GROUP, Said("I'm pregnant and my neck hurts", ANNA), NOW, private=False)
    event.remove(Engine, "before_cursor_execute", note)

    assert locked == ([GROUP, ANNA] if database.is_shared else [])


@pytest.mark.parametrize("told", ["I'm pregnant and my neck hurts", "I have a fever"])
async def test_a_routine_in_private_ends_when_its_person_told_in_a_group_what_forbids_it(
    chats: Chats, anna: Talk, told: str
) -> None:
    await anna(Tapped(encode(HoldPoint("LI4", seconds=60, verb="start")), ANNA, 5))
    await chats.answer(GROUP, Said(told, ANNA), NOW, private=False)

    rung = await chats.due(NOW + timedelta(seconds=61))

    (ended, *_) = (letter.reply.plain for letter in rung.letters)
    assert "I ended the routine" in ended
    assert rung.next_due is None


async def test_an_update_that_waits_to_know_who_is_an_admin_is_not_acted_on(chats: Chats) -> None:
    """Also where something changed in passing: a question is over, another language was spoken."""
    remind = Commanded("remind", "neck 15:00, Berlin", ANNA, by_admin=True)
    await chats.answer(GROUP, remind, NOW, private=False)
    await chats.answer(GROUP, replace(remind, argument="shoulders 16:00, Springfield"), NOW, private=False)
    await chats.answer(GROUP, Commanded("relief", "ciatica", BEN, "es"), NOW, private=False)
    later, source = NOW + timedelta(hours=1), Source(7, {"chat_id": GROUP})
    stop = Commanded("stop", by=ANNA)

    first = await chats.take(GROUP, stop, later, private=False, source=source)
    again = await chats.take(GROUP, replace(stop, by_admin=True), later, private=False, source=source)

    assert first.asks_if_admin
    assert len(again.replies) == 1
    assert await chats.next_due() is None


@pytest.mark.parametrize("agreed", [True, False], ids=["stored", "in passing"])
async def test_a_danger_sign_told_in_a_group_ends_what_runs_in_private_and_holds_back_the_rest(
    chats: Chats, anna: Talk, agreed: bool
) -> None:
    if agreed:
        await anna(Commanded("remind", "LI4 every day 10:00"))
        await anna(Tapped(encode(Subscribe("LI4", ALL_DAYS, (600,), "on")), ANNA, 4))
        await chats.answer(ANNA, Said("Berlin", ANNA), NOW)
    await anna(Tapped(encode(HoldPoint("LI4", seconds=60, verb="start")), ANNA, 5))
    words = "I have chest pain and sweat"
    told = await chats.answer(GROUP, Said(words, ANNA), NOW, private=False)
    card = told[0].plain

    rung = await chats.due(NOW + timedelta(seconds=61))
    assert card in [letter.reply.plain for letter in rung.letters]
    stored = await chats.database.run(lambda connection: memories.load(connection, ANNA))
    assert stored.round is None
    assert (await chats.next_due() is None) is not agreed, "the reminder stays"
    sign = chats.companion.reader.read(words).danger
    assert sign
    start = Tapped(encode(HoldPoint("LI4", seconds=60, verb="start")), ANNA, 5)
    assert await anna(start) == chats.companion.writer.write(WaitsForCheck(sign.id))
    at_ten_in_berlin = await chats.due(NOW + timedelta(hours=23, minutes=31))
    assert at_ten_in_berlin.letters == []


async def test_a_verdict_is_counted_and_nothing_is_known_of_who_gave_it(chats: Chats, anna: Talk) -> None:
    asked = await anna(Commanded("feedback"))
    good, bad = (button.action for button in asked.buttons)

    thanks = await anna.tap(good)
    await anna.tap(good)
    await chats.answer(GROUP, Tapped(encode(bad), BEN, 7, BEN), NOW, private=False)

    assert thanks.toast
    assert thanks.buttons_only
    assert thanks.buttons == ()
    assert await chats.database.run(feedback.counts) == {"good": 2, "bad": 1}
    for chat_id in (ANNA, BEN, GROUP):
        stored = await chats.database.run(lambda connection, id=chat_id: memories.load(connection, id))
        assert stored == Memory()


async def test_under_18_is_not_asked_for_consent_and_a_slip_can_be_taken_back(anna: Talk) -> None:
    card = await anna("I'm 15 and my back hurts")
    later = await anna("where is LI4")
    (button,) = later.buttons
    assert button.action
    await anna.tap(button.action)

    assert card.buttons == ()
    assert anna.pressed(later) == frozenset()
    assert anna.pressed(await anna("where is LI4")) == {"LI4"}


async def test_while_pressing_is_forbidden_other_talk_goes_on(anna: Talk) -> None:
    await anna("I'm 15 and my back hurts")

    assert "keep" in (await anna(Commanded("privacy"))).plain
    assert "welcome" in (await anna("thank you")).plain


async def test_what_is_denied_no_longer_counts(anna: Talk) -> None:
    await anna("I'm pregnant")
    reply = await anna("sorry, I'm not pregnant. Where is LI4?")

    assert anna.pressed(reply) == {"LI4"}


async def test_the_mind_of_one_process_is_bounded(companion: Companion, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(minds, "MOST_IN_MIND", 2)
    chats = Chats(companion, Database(f"sqlite:///{tmp_path}/own.db"))
    for chat in (1, 2, 3):
        await chats.answer(chat, Said("I'm pregnant"), NOW)

    first, last = Talk(chats, 1), Talk(chats, 3)
    assert first.pressed(await first("where is LI4?")) == {"LI4"}
    assert last.pressed(await last("where is LI4?")) == frozenset()


async def test_a_danger_sign_is_held_until_somebody_was_checked(anna: Talk) -> None:
    await anna.tap(actions.Agree())
    card = await anna("my calf is swollen and hot")
    assert [button.action for button in card.buttons] == [actions.Checked()]
    held = (await anna(Commanded("mydata"))).document
    checked = await anna.tap(actions.Checked())
    after = (await anna(Commanded("mydata"))).document

    assert held
    assert after
    assert b"RF22" in held.content
    assert b"RF22" not in after.content
    assert "Good that" in checked.plain


async def test_what_comes_due_tells_when_to_wake_next_and_wakes_nobody_by_itself(
    chats: Chats, database: Database
) -> None:
    hold = PlanStep("LI4", None, "each", hold_seconds=60, release_seconds=0)
    running, _ = machine.start(Plan("", (hold,), 0, 0), NOW)
    known = Memory(round=Round(running, by=ANNA))
    database.run_now(lambda connection: memories.save(connection, ANNA, NOTHING, known))
    early = await chats.due(NOW)
    rung = await chats.due(NOW + timedelta(seconds=60))

    assert (early.letters, early.next_due) == ([], NOW + timedelta(seconds=60))
    assert [letter.chat_id for letter in rung.letters] == [ANNA]
    assert rung.next_due == NOW + timedelta(seconds=120)
    assert not chats.deadline_changed.is_set()


async def test_a_row_that_cannot_be_handled_is_set_aside_and_stops_no_other(
    chats: Chats, anna: Talk, database: Database
) -> None:
    ben = Talk(chats, BEN)
    for person in (anna, ben):
        await person("time LI4 for 60 seconds")
        await person.tap(HoldPoint("LI4", seconds=60, verb="start"))
    database.run_now(
        lambda connection: connection.exec_driver_sql(
            f"UPDATE round SET state = '{{}}' WHERE chat_id = {ANNA}"
        )
    )
    rung = await chats.due(NOW + timedelta(seconds=61))

    assert [letter.chat_id for letter in rung.letters] == [BEN]
    assert (await chats.due(NOW + timedelta(seconds=61))).letters == []


async def test_what_waits_is_revoked_by_danger_by_a_stop_and_by_deletion(chats: Chats, anna: Talk) -> None:
    told: list[set[str]] = []
    chats.letters_revoked = lambda chat_id, urgencies: told.append({each.name for each in urgencies})
    await anna.tap(actions.Agree(person=PREGNANT))
    await anna("crushing chest pain going down my left arm")
    await anna.tap(actions.Delete())

    assert told == [{"NEWS", "REMINDER"}, {each.name for each in Urgency}]


async def test_a_sign_of_pregnancy_teaches_pregnancy(anna: Talk) -> None:
    await anna("my waters broke, which point helps")
    reply = await anna("where is LI4")

    assert anna.pressed(reply) == frozenset()
