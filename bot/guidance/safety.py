"""The contraindication rules, applied: what a person with some conditions may be shown of a point."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from bot.library import Library
from bot.library.facts import Effect, Rule

EVERYTHING = "*"
_STRICTNESS = tuple(Effect)


@dataclass(frozen=True)
class Verdict:
    """What the rules say of a point for somebody, and which of them say it. No effect: show it."""

    effect: Effect | None = None
    rules: tuple[str, ...] = ()


def judge(code: str, conditions: Set[str], library: Library, *, asked: bool = False) -> Verdict:
    """The strictest verdict of all rules in ``conditions`` (rule ids) on the point ``code``.

    With ``asked`` a doctor or midwife has agreed, so nothing has to be asked first any more.
    """
    effects = {rule: _effect(code, library.rules[rule]) for rule in sorted(conditions)}
    settled = {None, Effect.ASK_FIRST} if asked else {None}
    effects = {rule: effect for rule, effect in effects.items() if effect not in settled}
    if not effects:
        return Verdict()
    strictest = min(effects.values(), key=_STRICTNESS.index)
    return Verdict(strictest, tuple(rule for rule, effect in effects.items() if effect is strictest))


def _effect(code: str, rule: Rule) -> Effect | None:
    if code in rule.allow:
        return None
    if code in rule.withhold or EVERYTHING in rule.withhold:
        return Effect.WITHHOLD
    if code in rule.ask_first:
        return Effect.ASK_FIRST
    if code in rule.warn or rule.site_only:
        return Effect.WARN  # where on the body the site is, only the person knows
    return None


def silent(rule: str, library: Library) -> bool:
    """Whether a rule is about no point at all, such as one about cold, scents or bath time."""
    entry = library.rules[rule]
    return not (entry.withhold or entry.ask_first or entry.warn or entry.site_only)


def forbids_everything(conditions: Set[str], library: Library) -> str | None:
    """The rule under which no point at all may be shown, if there is one among ``conditions``."""
    return next((rule for rule in sorted(conditions) if EVERYTHING in library.rules[rule].withhold), None)
