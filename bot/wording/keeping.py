"""Words about what is kept of a person: consent, settings, their data, privacy, and the end of it all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import singledispatchmethod

from pydantic import TypeAdapter

from bot.conversation import actions
from bot.conversation import decision as say
from bot.conversation.memory import Memory, Preferences, Profile
from bot.guidance.offer import Person
from bot.library import Library
from bot.wording.pieces import Pieces, escape
from bot.wording.reminders import ReminderWriter
from bot.wording.reply import Button, Document, Reply

DATA_FILE = "my-data.json"
UNDER_18 = "CR12"
_MEMORY = TypeAdapter(Memory)


class KeepingWriter:
    """Writes the words of decisions about what is kept."""

    def __init__(self, library: Library) -> None:
        self._s = library.words.settings
        self._pieces = Pieces(library)
        self._reminders = ReminderWriter(library)

    def write(self, decision: object) -> Reply:
        """The reply to ``decision``. Raises ``TypeError`` for a decision that has no words anywhere."""
        return self._write(decision)

    def offer(self, reply: Reply, conditions: frozenset[str]) -> Reply:
        """The same reply, which also offers to keep what the person told about themselves."""
        person = Person(conditions)
        buttons = (
            Button(self._s.button_remember, actions.Remember(person=person)),
            Button(self._s.button_not_so, actions.NotSo(person=person)),
        )
        return replace(
            reply,
            text=f"{reply.text}\n\n{self._s.remember_offer}",
            buttons=(*reply.buttons, *buttons),
        )

    def news(self, words: str) -> Reply:
        """What is new about the bot, in words of whoever runs it; quiet, and with a way to be rid of it."""
        return Reply(escape(words), (Button(self._s.button_no_news, actions.SetNews("off")),), silent=True)

    def not_now(self, rule: str) -> Reply:
        """Why there are no points, when it was said before and not just now."""
        text = self._s.not_now_before.format(conditions=self._pieces.conditions([rule]))
        label = self._s.button_adult if rule == UNDER_18 else self._s.button_fine
        return Reply(text, (Button(label, actions.NotSo(person=Person(frozenset({rule})))),))

    def checked_button(self) -> Button:
        """The button that says that somebody looked at a danger sign."""
        return Button(self._s.button_checked, actions.Checked())

    @singledispatchmethod
    def _write(self, decision: object) -> Reply:
        raise TypeError(f"no words for {type(decision).__name__}")

    @_write.register
    def _(self, decision: say.Privacy) -> Reply:
        return Reply(
            self._s.privacy,
            (
                Button(self._s.button_privacy_full, actions.ShowPrivacy()),
                Button(self._s.button_data, actions.ShowData()),
                Button(self._s.button_delete, actions.AskDelete()),
            ),
        )

    @_write.register
    def _(self, decision: say.PrivacyInFull) -> Reply:
        return Reply(
            self._s.privacy_full,
            (
                Button(self._s.button_data, actions.ShowData()),
                Button(self._s.button_delete, actions.AskDelete()),
            ),
        )

    @_write.register
    def _(self, decision: say.AskConsent) -> Reply:
        what = ""
        if decision.conditions:
            what = self._s.consent_conditions.format(conditions=self._conditions(decision.conditions)) + "\n"
        person = Person(decision.conditions)
        return Reply(
            self._s.ask_consent.format(what=what),
            (
                Button(self._s.button_agree, actions.Agree(person=person)),
                Button(self._s.button_decline, actions.Decline()),
                Button(self._s.button_privacy_full, actions.ShowPrivacy()),
            ),
        )

    @_write.register
    def _(self, decision: say.Remembered) -> Reply:
        if not decision.conditions:
            return Reply(self._s.remembered_nothing, self._settings_buttons())
        said = self._conditions(decision.conditions)
        return Reply(self._s.remembered.format(conditions=said), self._pieces.topics(decision.person))

    @_write.register
    def _(self, decision: say.AskStillSo) -> Reply:
        rule = frozenset({decision.rule})
        person = Person(rule)
        return Reply(
            self._s.ask_still_so.format(conditions=self._conditions(rule)),
            (
                Button(self._s.button_still_so, actions.Remember(person=person)),
                Button(self._s.button_no_more, actions.NotSo(person=person)),
            ),
        )

    @_write.register
    def _(self, decision: say.NotRemembered) -> Reply:
        return Reply(self._s.not_remembered, self._pieces.topics(decision.person))

    @_write.register
    def _(self, decision: say.Corrected) -> Reply:
        return Reply(self._s.corrected, self._pieces.topics(decision.person))

    @_write.register
    def _(self, decision: say.Settings) -> Reply:
        known = [*self._known(decision), *self._reminders.known(decision.preferences)]
        preferences = decision.preferences
        toast = None
        if decision.news_set:
            toast = self._s.toast_news if preferences.news else self._s.toast_no_news
        return Reply(
            self._s.settings.format(known="\n".join(known)),
            self._settings_buttons(news=preferences.news),
            toast=toast,
        )

    @_write.register
    def _(self, decision: say.Languages) -> Reply:
        chosen = decision.chosen or actions.AS_IN_APP
        names = (*decision.names, (actions.AS_IN_APP, self._s.button_language_of_app))
        buttons = [
            Button(self._marked(name, on=code == chosen), actions.SetLanguage(code)) for code, name in names
        ]
        return Reply(self._s.ask_language, (*buttons, self._back()))

    @_write.register
    def _(self, decision: say.LanguageSet) -> Reply:
        topics = self._pieces.topics(decision.person)
        if decision.as_in_app:
            return Reply(self._s.language_of_app, topics)
        if decision.kept:
            return Reply(self._s.language_set, topics)
        agree = Button(self._s.button_agree, actions.Agree())
        return Reply(f"{self._s.language_set} {self._s.language_not_kept}", (agree, *topics))

    @_write.register
    def _(self, decision: say.HealthSettings) -> Reply:
        buttons = [
            self._switch(label, actions.SetCondition(rule, "off" if rule in decision.kept else "on"))
            for rule, label in self._s.labels.items()
        ]
        return Reply(self._s.health, (*buttons, self._back()))

    @_write.register
    def _(self, decision: say.HabitSettings) -> Reply:
        profile = decision.profile
        states: dict[actions.Habit, bool] = {
            "helper": profile.helper is True,
            "alone": profile.helper is False,
            "lying_down": "lying_down" in profile.obstacles,
            "reaching_back": "reaching_back" in profile.obstacles,
        }
        buttons = [
            self._switch(getattr(self._s, f"button_{habit}"), actions.SetHabit(habit, "off" if on else "on"))
            for habit, on in states.items()
        ]
        return Reply(self._s.habits, (*buttons, self._back()))

    @_write.register
    def _(self, decision: say.MyData) -> Reply:
        content = _MEMORY.dump_json(decision.memory, indent=2)
        delete = Button(self._s.button_delete, actions.AskDelete())
        return Reply(self._s.my_data, (delete,), document=Document(DATA_FILE, content))

    @_write.register
    def _(self, decision: say.NothingHeld) -> Reply:
        return Reply(self._s.nothing_held, self._pieces.topics(Person()))

    @_write.register
    def _(self, decision: say.NothingToDelete) -> Reply:
        return Reply(self._s.nothing_to_delete, self._pieces.topics(Person()))

    @_write.register
    def _(self, decision: say.AskDelete) -> Reply:
        return Reply(
            self._s.ask_delete,
            (
                Button(self._s.button_delete_now, actions.Delete()),
                Button(self._s.button_keep, actions.ShowSettings()),
            ),
        )

    @_write.register
    def _(self, decision: say.Deleted) -> Reply:
        return Reply(self._s.deleted, self._pieces.topics(Person()))

    @_write.register
    def _(self, decision: say.Checked) -> Reply:
        if decision.forbidden:
            not_now = self.not_now(decision.forbidden)
            return replace(not_now, text=f"{self._s.checked_only} {not_now.text}")
        text = self._s.checked if decision.held else self._s.checked_nothing
        return Reply(text, self._pieces.topics(decision.person))

    @_write.register
    def _(self, decision: say.OnlyInPrivate) -> Reply:
        return Reply(self._s.only_in_private, (Button(self._s.button_private, link=decision.link),))

    def _known(self, decision: say.Settings) -> Iterator[str]:
        profile = decision.profile
        if not decision.consented:
            yield self._s.known_nothing
            return
        if profile == Profile() and decision.preferences == Preferences():
            yield self._s.known_consent
        if profile.conditions:
            yield self._s.known_conditions.format(conditions=self._conditions(profile.conditions))
        if profile.helper is not None:
            yield self._s.known_helper if profile.helper else self._s.known_alone
        for obstacle in sorted(profile.obstacles):
            yield getattr(self._s, f"known_{obstacle}")
        if decision.preferences.news:
            yield self._s.known_news

    def _conditions(self, rules: frozenset[str]) -> str:
        return self._pieces.conditions(sorted(rules))

    def _settings_buttons(self, *, news: bool = False) -> tuple[Button, ...]:
        return (
            Button(self._s.button_health, actions.ShowHealth()),
            Button(self._s.button_habits, actions.ShowHabits()),
            *self._reminders.settings_buttons(),
            Button(self._s.button_language, actions.ShowLanguages()),
            self._switch(self._s.button_news, actions.SetNews("off" if news else "on")),
            Button(self._s.button_data, actions.ShowData()),
            Button(self._s.button_delete, actions.AskDelete()),
        )

    def _switch(
        self, label: str, action: actions.SetCondition | actions.SetHabit | actions.SetNews
    ) -> Button:
        return Button(self._marked(label, on=action.on == "off"), action)

    def _marked(self, label: str, *, on: bool) -> str:
        return self._s.button_on.format(label=escape(label)) if on else label

    def _back(self) -> Button:
        return Button(self._s.button_back, actions.ShowSettings())
