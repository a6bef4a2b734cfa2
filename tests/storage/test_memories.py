"""What may be stored comes back as it was, the rest is not stored, and what is deleted leaves the files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.memory import Hold, Memory, Profile
from bot.library.facts import Tier
from bot.storage.database import Database
from bot.storage.memories import load, save
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


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_what_was_deleted_cannot_be_read_from_the_files(tmp_path: Path, database: Database) -> None:
    """The secret is a chat's number, which would say who was here."""
    chat = 0x5EC2E7C0DE
    secret = chat.to_bytes(8).lstrip(b"\0")
    known = Memory(NOW, Profile(frozenset({"CR01"})))
    await database.run(lambda connection: save(connection, chat, NOTHING, known))
    written = bytes_of(tmp_path)

    await database.run(lambda connection: save(connection, chat, known, NOTHING))
    await database.forget_deleted()

    assert secret in written
    assert secret not in bytes_of(tmp_path)
