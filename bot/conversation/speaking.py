"""In which language somebody is answered: they choose, or it is that of their app."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import actions
from bot.conversation import decision as say
from bot.conversation.scene import Scene, Turn
from bot.library import offered
from bot.understanding.naming import language_named

COMMAND = "language"


def about_command(argument: str, scene: Scene) -> Turn:
    """The turn for the command, which may name the language."""
    named = language_named(argument, offered(scene.library.languages))
    return _chosen(named, scene) if named else choices(scene)


def about_words(text: str, scene: Scene) -> Turn | None:
    """The turn for words that name a language and hardly anything else; ``None`` for any others."""
    named = language_named(text, offered(scene.library.languages))
    return _chosen(named, scene) if named and scene.private else None


def about_tap(action: actions.ShowLanguages | actions.SetLanguage, scene: Scene) -> Turn:
    """The turn for a tap on a language, or on the button to all of them."""
    if isinstance(action, actions.ShowLanguages):
        return choices(scene)
    if action.language == actions.AS_IN_APP:
        return _chosen(None, scene)
    if action.language not in offered(scene.library.languages):
        raise actions.StaleButton
    return _chosen(action.language, scene)


def choices(scene: Scene) -> Turn:
    """The languages to choose from, each by its own name."""
    names = {code: language.name for code, language in offered(scene.library.languages).items()}
    shown = say.Languages(tuple(names.items()), scene.memory.preferences.language)
    return Turn((shown,), scene.memory)


def _chosen(language: str | None, scene: Scene) -> Turn:
    preferences = replace(scene.memory.preferences, language=language)
    kept = scene.memory.consent_at is not None
    said = say.LanguageSet(as_in_app=language is None, kept=kept, person=scene.memory.person())
    return Turn((said,), replace(scene.memory, preferences=preferences))
