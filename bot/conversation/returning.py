"""Coming back: what was done last and can be done again, and what comes next."""

from __future__ import annotations

from bot.conversation.browsing_decisions import WelcomeBack
from bot.conversation.memory import Done
from bot.conversation.reminded import known, refused
from bot.conversation.scene import Scene, Turn


def about_command(name: str, argument: str, scene: Scene) -> Turn | None:
    """The turn for a bare ``/start`` of somebody known; ``None`` for any other command."""
    memory = scene.memory
    if name != "start" or argument or not scene.private or memory.consent_at is None:
        return None
    coming = [(due, each) for each in memory.reminders if (due := each.next_due())]
    following = min(coming, key=lambda found: found[0])[1] if coming else None
    return Turn((WelcomeBack(_last(scene), following, scene.now, memory.person()),), memory)


def _last(scene: Scene) -> str:
    """The routine or point that was done last, if it is still there and for this person now."""
    if scene.memory.held or not scene.memory.done:
        return ""
    what = _what(scene.memory.done[-1])
    if not known(what, scene.library) or refused(what, scene.memory.person(), scene.library):
        return ""
    return "" if what in scene.memory.resting else what


def _what(done: Done) -> str:
    return done.name or (done.points[0] if len(done.points) == 1 else "")
