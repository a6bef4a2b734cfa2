"""What may be stored comes back as it was, the rest is not stored, and what is deleted leaves the files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.conversation.memory import Hold, Memory, Profile, Round
from bot.guidance.steps import Plan, PlanStep
from bot.library.facts import Tier
from bot.routines import machine
from bot.storage.database import Database
from bot.storage.memories import load, save, shown
from tests.answering import NOTHING, NOW

CHAT = 1001

moments = st.integers(1_600_000_000_000, 4_000_000_000_000).map(
    lambda milliseconds: datetime.fromtimestamp(milliseconds / 1000, UTC)
)
rules = st.frozensets(st.integers(1, 23).map(lambda number: f"CR{number:02}"))
profiles = st.builds(
    Profile, rules, st.sampled_from([None, True, False]), st.frozensets(st.sampled_from(["lying_down"]))
)
holds = st.none() | st.builds(Hold, st.just("RF11"), st.sampled_from(Tier), moments)
stored = st.builds(Memory, moments, profiles, holds)
unstored = st.builds(Memory, st.none(), profiles, holds, rules, moments)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(stored | unstored, min_size=1, max_size=4))
def test_only_what_was_agreed_to_is_stored_and_comes_back_as_it_was(
    database: Database, memories: list[Memory]
) -> None:
    for memory in memories:

        def change(connection, memory=memory):
            save(connection, CHAT, load(connection, CHAT), memory)
            return load(connection, CHAT)

        kept = memory if memory.consent_at else Memory()
        assert database.run_now(change) == Memory(kept.consent_at, kept.profile, kept.held)


def test_of_a_stranger_nothing_is_known(database: Database) -> None:
    assert database.run_now(lambda connection: load(connection, 7)) == NOTHING


def test_one_chat_knows_nothing_of_another(database: Database) -> None:
    known = Memory(NOW, Profile(frozenset({"CR01"})))
    database.run_now(lambda connection: save(connection, CHAT, NOTHING, known))

    assert database.run_now(lambda connection: load(connection, CHAT + 1)) == NOTHING


@pytest.mark.parametrize("consent_at", [NOW, None], ids=["consent", "no consent"])
def test_a_routine_that_runs_is_kept_with_and_without_consent(
    database: Database, consent_at: datetime | None
) -> None:
    hold = PlanStep("LI4", None, "each", hold_seconds=60, release_seconds=0)
    running, _ = machine.start(Plan("", (hold,), 0, 0), NOW)
    known = Memory(consent_at, round=Round(running, by=CHAT))
    ended = Memory(consent_at)

    def start_show_and_end(connection: Connection) -> list[Memory]:
        save(connection, CHAT, NOTHING, known)
        shown(connection, CHAT, 77)
        kept = [load(connection, CHAT)]
        save(connection, CHAT, kept[0], ended)
        return [*kept, load(connection, CHAT)]

    seen = Memory(consent_at, round=Round(running, by=CHAT, message_id=77))
    assert database.run_now(start_show_and_end) == [seen, ended]


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_what_was_deleted_cannot_be_read_from_the_files(tmp_path: Path) -> None:
    """The secret is a chat's number, which would say who was here."""
    chat = 0x5EC2E7C0DE
    database = Database(f"sqlite:///{tmp_path}/companion.db")
    secret = chat.to_bytes(8).lstrip(b"\0")
    known = Memory(NOW, Profile(frozenset({"CR01"})))
    await database.run(lambda connection: save(connection, chat, NOTHING, known))
    written = bytes_of(tmp_path)

    await database.run(lambda connection: save(connection, chat, known, NOTHING))
    await database.forget_deleted()

    database.close()

    assert secret in written
    assert secret not in bytes_of(tmp_path)
