"""Danger signs together: the most urgent of them, and what they amount to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.library.facts import RedFlag, Tier
from bot.understanding.reading import Danger

_URGENCY = tuple(Tier)


def most_urgent(found: Iterable[str], red_flags: Mapping[str, RedFlag]) -> Danger | None:
    """The sign to answer, or ``None`` when nothing was found.

    Two different same-day signs are an emergency, and so is a same-day sign with new weakness or numbness or
    with a sign that the content names beside it.
    """
    signs = sorted(set(found))
    if not signs:
        return None
    tiers = {sign: red_flags[sign].tier for sign in signs}
    same_day = {sign for sign in signs if tiers[sign] is Tier.SAME_DAY}
    nerve = {sign for sign in signs if red_flags[sign].nerve}
    for sign in signs:
        beside = set(signs) - {sign}
        if beside & set(red_flags[sign].emergency_with) or (sign in same_day and beside & (same_day | nerve)):
            tiers[sign] = Tier.EMERGENCY_NOW
    first = min(
        signs, key=lambda sign: (_URGENCY.index(tiers[sign]), _URGENCY.index(red_flags[sign].tier), sign)
    )
    return Danger(first, tiers[first])
