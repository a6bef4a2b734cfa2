"""People who have reminders, and people who do not have any yet."""

from __future__ import annotations

import pytest

from bot.flow import Companion
from tests.conversation.reminder_days import Days, subscribed


@pytest.fixture
def anna(companion: Companion) -> Days:
    """Somebody who is reminded of GV20 every day at eight in Berlin, where it is Monday 10:30."""
    return subscribed(companion)


@pytest.fixture
def stranger(companion: Companion) -> Days:
    return Days(companion)
