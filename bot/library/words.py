"""The shapes of the words of one language: what people read, and the phrases by which they are understood."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from bot.library.facts import Entry, FrozenMap, RuleId

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
"""What stands on a button and has to be read on a phone."""
Toast = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
"""What Telegram shows for a moment when a button was tapped."""
CommandText = Annotated[str, StringConstraints(min_length=1, max_length=256, strip_whitespace=True)]
"""What a command does, as its menu says it."""
PlaceKey = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z0-9]{2,3})?$|^[A-Z]\w+(/[\w-]+)+$")]
"""A country (``GB``), a region in which towns have namesakes (``US-NY``), or a zone (``Europe/London``)."""
PlaceNames = Annotated[tuple[Text, ...], Field(min_length=1)]
"""What a place is called. The first name is shown, all of them are understood."""
Phrases = tuple[Annotated[str, StringConstraints(pattern=r"^[^A-Z]+$", strip_whitespace=True)], ...]
"""Phrases in the small language of ``bot/understanding/phrases.py``."""


def _expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return text


class PointWords(Entry):
    """A point in words that suffice without a picture."""

    name: Text
    nicknames: tuple[Text, ...] = ()
    aliases: Phrases = ()
    """Other ways people name or describe the point; understood, not shown."""
    where: Text
    another_way: Text
    """A second landmark, for someone who cannot find it."""
    position: Text
    how: Text
    side: Text
    why: Text
    reach: Text
    """What to do when the point is out of reach."""
    alternatives: FrozenMap[str, Text] = Field(default_factory=lambda: MappingProxyType({}))
    cautions: FrozenMap[str, Text]
    """By the id of the caution: a clause that completes "Do not press here" or a full sentence."""
    note: Text | None = None


class ComplaintWords(Entry):
    """A complaint: its names and the phrases that mean it."""

    name: Text
    """As it stands within a sentence: "lower back pain"."""
    button: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    parts: Phrases
    """Names of the body part. Alone they mean little; with a word of pain they are the complaint."""
    phrases: Phrases
    """What means the complaint by itself."""
    means: tuple[Text, ...]
    """Whole sentences that must be understood as this complaint, first and foremost."""
    none: Text | None = None
    """What to say when there is no point for it."""
    tip: Text | None = None


class RedFlagWords(Entry):
    """A danger sign: what people write, what they might write without danger, and what the card names."""

    name: Text
    phrases: Phrases
    calls: Annotated[tuple[Text, ...], Field(min_length=2)]
    """Messages that must raise this sign."""
    calm: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Messages that must not raise it."""
    card: Text | None = None
    """What to do now, when it is not what the tier says."""


class RuleWords(Entry):
    """A contraindication rule for the people it protects."""

    condition: Text
    """As it stands in a sentence: "you are pregnant, may be, or are trying"."""
    reason: Text
    phrases: Phrases = ()
    calls: tuple[Text, ...] = ()
    calm: tuple[Text, ...] = ()


class TechniqueWords(Entry):
    """A technique: what it is called and how it is done, or why it is refused."""

    name: Text
    how: Text | None = None
    limits: Text | None = None
    refused: Text | None = None


class RoutineWords(Entry):
    """A routine's name and its closing words; ``needs`` says what to have at hand."""

    name: Text
    button: Annotated[str, StringConstraints(min_length=1, max_length=28)]
    needs: Text
    after: Text


class StudyWords(Entry):
    """What the bot may say about a study."""

    says: Text | None = None


Expression = Annotated[str, StringConstraints(min_length=1), AfterValidator(_expression)]


class NotSaid(Entry):
    """What may stand in nothing that people read."""

    why: Text
    words: Annotated[tuple[Expression, ...], Field(min_length=1)]
    """Regular expressions that stand between the ends of words."""


class Lexicon(Entry):
    """Vocabulary that several phrases share."""

    fillers: frozenset[str]
    """Small words that are dropped before anything is matched."""
    possessives: frozenset[str] = frozenset()
    """The fillers that say whose something is."""
    spellings: FrozenMap[str, str]
    """Ways of writing a word, and the word or words they stand for."""
    contrasts: frozenset[str]
    """Words after which a denial no longer holds."""
    exceptions: frozenset[str]
    """Words after which something is said to be there after all: "no pain except ..."."""
    joins: frozenset[str]
    """Words that go on with a list of what is denied: "no fever, chills or numbness"."""
    denials: Phrases
    """What denies the words after it."""
    not_denials: Phrases
    """Runs that begin like a denial and deny nothing."""
    channels: FrozenMap[str, tuple[str, ...]]
    """By the letters of the WHO code: every name a channel goes by in front of a number."""
    units: tuple[str, ...]
    """Words that make the number before them a count and not part of a point's code."""
    sets: FrozenMap[str, Phrases]


class Control(Entry):
    """Something the bot is asked to do, and what people say to ask for it."""

    phrases: Phrases
    means: tuple[Text, ...]


Alternatives = FrozenMap[str, Phrases]
"""By value: the phrases that mean it. One question about a message, such as which side hurts."""


class Sentences(Entry):
    """Every sentence the bot says by itself. Names in braces are filled in."""

    welcome: Text
    help: Text
    stopped: Text
    thanked: Text
    one_at_a_time: Text
    sorry_for_the_delay: Text

    emergency: Text
    same_day: Text
    doctor_soon: Text
    under_18: Text
    for_a_child: Text
    not_now_ill: Text
    not_now_unsure: Text

    you_wrote_about: Text
    you_wrote_that: Text
    point_for_all: Text
    point_for_one: Text
    where: Text
    position: Text
    how: Text
    how_long: Text
    how_long_once: Text
    how_long_repeated: Text
    each_side: Text
    per_day: Text
    once_times: Text
    twice_times: Text
    many_times: Text
    side: Text
    not_with: Text
    ask_first_with: Text
    care_with: Text
    leave_out: Text
    ask_first: Text
    take_care: Text
    stop_if: Text
    another_way: Text
    other_ways: Text
    why: Text
    how_sure: Text
    how_sure_default: Text
    names: Text
    tip: Text
    comfort: Text

    left_out: Text
    with_agreement: Text
    withheld: Text
    ask_first_point: Text
    nothing_for_you: Text
    breathe: Text

    reach: Text
    easier: Text
    further_away: Text
    which_point: Text
    which_complaint: Text
    point_there: Text
    not_covered: Text

    areas: Text
    area: Text
    point_list: Text
    evidence: Text
    evidence_more: Text

    noted: Text
    not_understood: Text
    unknown_command: Text
    closest_command: Text
    no_words: Text
    foreign_words: Text
    old_button: Text
    old_button_toast: Toast
    went_wrong: Text

    and_: Text
    also: Text
    button_another: Label
    button_reach: Label
    button_agreed: Label
    button_evidence: Label
    button_topics: Label
    button_points: Label
    button_back: Label

    bot_name: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    bot_description: Annotated[str, StringConstraints(min_length=1, max_length=512)]
    bot_short_description: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    admin_notice: Text

    command_start: CommandText
    command_help: CommandText
    command_relief: CommandText
    command_points: CommandText
    command_routines: CommandText
    command_progress: CommandText
    command_remind: CommandText
    command_reminders: CommandText
    command_settings: CommandText
    command_language: CommandText
    command_feedback: CommandText
    command_privacy: CommandText
    command_mydata: CommandText
    command_delete: CommandText
    command_stop: CommandText

    area_back: Label
    area_neck_shoulders: Label
    area_hips_legs: Label
    area_head: Label
    area_belly_chest: Label
    area_whole_body: Label

    place_upper_back: Label
    place_mid_back: Label
    place_lower_back: Label
    place_buttock: Label
    place_thigh: Label
    place_knee: Label


class SettingsWords(Entry):
    """What people read about what is kept of them. Names in braces are filled in."""

    remember_offer: Text
    button_remember: Label
    button_not_so: Label
    ask_consent: Text
    consent_conditions: Text
    button_agree: Label
    button_decline: Label
    remembered: Text
    remembered_nothing: Text
    ask_still_so: Text
    button_still_so: Label
    button_no_more: Label
    not_remembered: Text
    corrected: Text
    settings: Text
    known_nothing: Text
    known_consent: Text
    known_conditions: Text
    known_helper: Text
    known_alone: Text
    known_lying_down: Text
    known_reaching_back: Text
    ask_language: Text
    button_language: Label
    button_language_of_app: Label
    language_set: Text
    language_of_app: Text
    language_not_kept: Text
    button_news: Label
    button_no_news: Label
    toast_news: Text
    toast_no_news: Text
    known_news: Text
    button_health: Label
    button_habits: Label
    button_data: Label
    button_delete: Label
    button_back: Label
    health: Text
    habits: Text
    button_helper: Label
    button_alone: Label
    button_lying_down: Label
    button_reaching_back: Label
    button_on: Label
    my_data: Text
    nothing_held: Text
    nothing_to_delete: Text
    ask_delete: Text
    button_delete_now: Label
    button_keep: Label
    deleted: Text
    checked: Text
    checked_only: Text
    checked_nothing: Text
    button_checked: Label
    only_in_private: Text
    button_private: Label
    not_now_before: Text
    button_adult: Label
    button_fine: Label
    privacy: Text
    button_privacy_full: Label
    privacy_full: Text

    labels: FrozenMap[RuleId, Label]
    """By rule: the condition as it stands on a button."""
