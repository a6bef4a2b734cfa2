"""The reader: text in, ``Reading`` out, always in the same order.

Danger is looked for in every message and by itself, so that no complaint can hide it. Then come complaints,
points and control words. Nothing is remembered from one message to the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from bot.library import Library
from bot.library.facts import Tier
from bot.understanding.codes import CodeSpellings
from bot.understanding.complaints import BACK, PARTS_OF_THE_BACK, Evidence, complaints, guessed_complaints
from bot.understanding.controls import control
from bot.understanding.danger import DangerSigns, Signs, danger_book, most_urgent
from bot.understanding.denial import Denial, Denials
from bot.understanding.phrase_book import Found, PhraseBook
from bot.understanding.phrases import Grammar
from bot.understanding.points import AskedPoints, names_of, pinyin_names, read_points, toned_names
from bot.understanding.reading import Context, Danger, Kind, Onset, Reading, Side
from bot.understanding.sayings import Sayings
from bot.understanding.spelling import Speller
from bot.understanding.text import fold, sentences
from bot.understanding.unsure import to_choose_from
from bot.understanding.waited import waited
from bot.understanding.whose import WHOSE, Story, Whose

PREGNANCY, UNDER_18, FOR_A_CHILD = "CR01", "CR12", "CR24"
SENSES = ("pain", "stiff", "numb", "weak", "electric", "trouble")
"""The sets of the lexicon that say something is wrong with a body part."""
MARKED = ("sense", "everyday", "plain", "join")
"""The subjects of which only the words count, not the entries; but for the senses, sets of the lexicon."""
PREGNANCY_BACK = "pregnancy_back"
SHORTEST_GUESS = 5
"""Shorter words of a complaint's phrases are too close to too many others to be guessed."""
FOREIGN, LEAST_FOREIGN_WORDS = "foreign", 2

Matches = defaultdict[str, list[Found]]


class Reader:
    """Reads messages with the phrases of one library. Build it once: that takes about half a second."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lexicon = library.words.lexicon
        self.sayings = Sayings(library.words.sayings)
        misprints = [misprint for point in library.points.values() for misprint in point.misprints]
        self._codes = CodeSpellings(self._lexicon.channels, self._lexicon.units, misprints)
        grammar = Grammar(self._lexicon.sets, self._lexicon.fillers, self._lexicon.spellings)
        self._pinyin = pinyin_names(library)
        self._denials = Denials(self._lexicon, grammar)
        self._entries = {
            f"{subject}/{entry}": (subject, entry, phrases)
            for subject, entries in _subjects(library).items()
            for entry, phrases in entries.items()
        }
        self._book = PhraseBook({key: phrases for key, (_, _, phrases) in self._entries.items()}, grammar)
        signs = danger_book(library, grammar)
        language = library.words.language
        vocabulary = self._book.words() | signs.words() | self._denials.book.words()
        beginnings = self._book.beginnings | signs.beginnings | self._denials.book.beginnings
        core = self._words_of("part"), self._words_of("sense")
        guesses = frozenset(word for word in self._words_of("phrase") if len(word) >= SHORTEST_GUESS)
        self._speller = Speller(
            vocabulary,
            language,
            core,
            beginnings=beginnings,
            small=self._lexicon.fillers,
            guesses=guesses,
        )
        self._danger_signs = DangerSigns(library, grammar, signs, self._denials, self._speller, vocabulary)
        self._whose = Whose(library.words, self._speller)

    def read(self, text: str, signs: Signs | None = None) -> Reading:
        """What a message means. Every text has a reading; what is not understood is ``unknown``.

        ``signs`` are all that the message holds, where they are known from more languages than this one.
        """
        story = self._whose.story(fold(text))
        signs = signs or self._signs(story)
        danger = most_urgent(signs.flags, self._library.red_flags)
        written = self._split(story.own)
        words = self._speller.correct(written)
        said = self._find(words)
        evidence = self._evidence(said, words, story.own)
        meant = complaints(evidence)
        asked = read_points(
            self._codes.find(story.own),
            [*(found.entry for found in said["point"]), *toned_names(story.own, self._pinyin)],
            meant,
            self._library,
        )
        asks_for = control(said["control"], words, has_subject=bool(meant or asked.points))
        slips = words != written
        if _kind(danger, asks_for, asked, meant) is Kind.UNKNOWN:
            meant = self._guess(evidence)
            slips = slips or bool(meant)
        elif meant == (BACK,):
            meant = tuple(slug for slug in self._guess(evidence) if slug in PARTS_OF_THE_BACK) or meant
        kind = _kind(danger, asks_for, asked, meant)
        unsure = bool(said["context.unsure"]) and kind is Kind.COMPLAINT
        return Reading(
            kind=kind,
            complaints=_with_pregnancy(meant, pregnant=PREGNANCY in signs.conditions),
            points=asked.points,
            ask=asked.ask or to_choose_from(meant, unsure=unsure, library=self._library),
            danger=danger,
            context=Context(
                pregnant=_pregnant(signs),
                side=cast("Side | None", _first(said["context.side"])),
                position=_first(said["context.position"]),
                helper=_helper(said["context.helper"]),
                onset=cast("Onset | None", _first(said["context.onset"])),
                control=asks_for,
                adult=bool(said["context.adult"]) and UNDER_18 not in signs.conditions,
                waited=waited(self.sayings.in_our_words(story.own)),
            ),
            conditions=signs.conditions,
            not_covered=asked.not_covered,
            foreign=sum(found.entry == FOREIGN for found in said["not_ours"]) >= LEAST_FOREIGN_WORDS,
            slips=slips,
        )

    def red_flags(self, text: str) -> frozenset[str]:
        """Every danger sign in a text, however many there are."""
        return self._signs(self._whose.story(fold(text))).flags

    def signs(self, text: str, counts: Callable[[str], bool] | None = None) -> Signs:
        """What a text holds of danger signs and conditions, each with at least one word that ``counts``."""
        return self._signs(self._whose.story(fold(text)), counts)

    def _signs(self, story: Story, counts: Callable[[str], bool] | None = None) -> Signs:
        """Emergencies whoever has them; milder signs and conditions of the one whom the message is about."""
        own = self._of_whom(self._danger_signs.find(self._split(story.own), counts), story)
        if story.own == story.told:
            return own
        told = self._danger_signs.find(self._split(story.told), counts).flags
        flags = self._library.red_flags
        emergencies = {flag for flag in told if flags[flag].tier is Tier.EMERGENCY_NOW}
        return replace(own, flags=(own.flags & told) | emergencies)

    def _of_whom(self, signs: Signs, story: Story) -> Signs:
        """The signs, where a parent who writes of a child is not taken for the child."""
        if UNDER_18 in signs.conditions and self._whose.about_a_child(story.own):
            return replace(signs, conditions=signs.conditions - {UNDER_18} | {FOR_A_CHILD})
        return signs

    def _guess(self, evidence: Evidence) -> tuple[str, ...]:
        """What a message that is not understood would mean if some of its words were slips: "neck pan"."""
        not_ours = {index for found in evidence.not_ours for index in found.at}
        places = [
            (word, *(() if index in not_ours else self._speller.confusable(word)))
            for index, word in enumerate(evidence.words)
        ]
        guessed = frozenset(index for index, readings in enumerate(places) if len(readings) > 1)
        if not guessed:
            return ()
        said = self._find(evidence.words, places)
        senses = frozenset(index for found in said["sense"] for index in found.at)
        return guessed_complaints(
            replace(evidence, parts=said["part"], phrases=said["phrase"], senses=senses, guessed=guessed)
        )

    def _evidence(self, said: Matches, words: Sequence[str], own: str) -> Evidence:
        marked = {name: frozenset(index for found in said[name] for index in found.at) for name in MARKED}
        return Evidence(
            words=words,
            parts=said["part"],
            phrases=said["phrase"],
            not_ours=[*said["not_ours"], *said["point"]],
            senses=marked["sense"],
            asks=bool(said["context.asks"]),
            everyday=marked["everyday"],
            owned=self._owned(words, own),
            plain=marked["plain"],
            joins=marked["join"],
        )

    def _owned(self, words: Sequence[str], own: str) -> frozenset[int]:
        """The indexes of the words that stand right after a word such as ``my``."""
        fillers = self._lexicon.fillers - self._lexicon.possessives
        owned, index, whose = set(), 0, False
        for word in self._speller.correct(sentences(own, fillers, self._lexicon.spellings)):
            if word in self._lexicon.possessives:
                whose = True
            elif index < len(words) and word == words[index]:
                if whose:
                    owned.add(index)
                index, whose = index + 1, False
        return frozenset(owned)

    def _words_of(self, wanted: str) -> frozenset[str]:
        return self._book.words(key for key, (subject, _, _) in self._entries.items() if subject == wanted)

    def _split(self, folded: str) -> list[str]:
        return sentences(folded, self._lexicon.fillers, self._lexicon.spellings)

    def _find(self, words: Sequence[str], places: Sequence[str | tuple[str, ...]] | None = None) -> Matches:
        """What is said and not denied, by subject; ``places`` are all readings of the ``words``."""
        deniers: defaultdict[int, list[Denial]] = defaultdict(list)
        for denial in self._denials.of(words):
            for index in denial.reach:
                deniers[index].append(denial)
        said: Matches = defaultdict(list)
        for found in self._book.find(places or words):
            subject, entry, _ = self._entries[found.entry]
            near = (denial for index in found.at for denial in deniers.get(index, ()))
            if not any(denial.holds_for(found) for denial in near):
                said[subject].append(replace(found, entry=entry))
        return said


def _subjects(library: Library) -> Mapping[str, Mapping[str, Iterable[str]]]:
    """Everything that can be said, by subject and entry."""
    words = library.words
    return {
        "control": {control: entry.phrases for control, entry in words.controls.items()},
        "point": {code: names_of(code, library) for code in words.points},
        "part": {slug: entry.parts for slug, entry in words.complaints.items()},
        "phrase": {slug: entry.phrases for slug, entry in words.complaints.items()},
        "not_ours": words.not_ours,
        "sense": {name: words.lexicon.sets[name] for name in SENSES},
        **{name: {name: words.lexicon.sets[name]} for name in MARKED if name != "sense"},
        **{f"context.{question}": values for question, values in words.context.items() if question != WHOSE},
    }


def _kind(danger: Danger | None, asks_for: str | None, asked: AskedPoints, meant: Sequence[str]) -> Kind:
    if danger and danger.stops_everything:
        return Kind.DANGER
    if asks_for:
        return Kind.CONTROL
    if asked.points or asked.ask or asked.not_covered:
        return Kind.POINT
    return Kind.COMPLAINT if meant else Kind.UNKNOWN


def _with_pregnancy(meant: tuple[str, ...], *, pregnant: bool) -> tuple[str, ...]:
    """A back that hurts in pregnancy is a complaint of its own; "lower back" says more than "back"."""
    if BACK in meant and set(meant) & set(PARTS_OF_THE_BACK):
        meant = tuple(slug for slug in meant if slug != BACK)
    if pregnant and set(meant) & {BACK, *PARTS_OF_THE_BACK} and PREGNANCY_BACK not in meant:
        meant = (PREGNANCY_BACK, *meant)
    if PREGNANCY_BACK in meant:
        meant = (PREGNANCY_BACK, *(slug for slug in meant if slug not in (PREGNANCY_BACK, BACK)))
    return meant


def _first(found: Sequence[Found]) -> str | None:
    """The value that is said first; "left and right" says more than "left"."""
    return min(found, key=lambda match: (match.start, -len(match.at))).entry if found else None


def _helper(found: Sequence[Found]) -> bool | None:
    return _first(found) == "true" if found else None


def _pregnant(signs: Signs) -> bool | None:
    if PREGNANCY in signs.conditions:
        return True
    return False if PREGNANCY in signs.denied else None
