"""The reader: text in, ``Reading`` out, always in the same order.

Danger is looked for in every message and by itself, so that no complaint can hide it. Then come complaints,
points and control words. Nothing is remembered from one message to the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from bot.library import Library
from bot.understanding.codes import CodeSpellings
from bot.understanding.complaints import Evidence, complaints
from bot.understanding.danger import most_urgent
from bot.understanding.denial import Denials
from bot.understanding.phrase_book import Found, PhraseBook
from bot.understanding.phrases import Grammar
from bot.understanding.points import AskedPoints, names_of, read_points
from bot.understanding.reading import Context, Danger, Kind, Onset, Reading, Side
from bot.understanding.spelling import Speller
from bot.understanding.text import fold, sentence_around, sentences

PREGNANCY = "CR01"
SENSES = ("pain", "stiff", "numb", "weak", "electric", "trouble")
"""The sets of the lexicon that say something is wrong with a body part."""
PREGNANCY_BACK = "pregnancy_back"
PARTS_OF_THE_BACK = ("lower_back", "mid_back", "upper_back")
ORDERS = frozenset({"stop", "timer", "remind"})
LATEST_START_OF_AN_ORDER = 2
MOST_WORDS_OF_A_REQUEST = 10
SHORTEST_WARY_WORD = 5
FOREIGN, LEAST_FOREIGN_WORDS = "foreign", 2
"""Shorter words of danger signs are too close to too many harmless ones."""

Matches = defaultdict[str, list[Found]]


class Reader:
    """Reads messages with the phrases of one library. Build it once: that takes about a fifth of a second."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lexicon = library.words.lexicon
        misprints = [misprint for point in library.points.values() for misprint in point.misprints]
        self._codes = CodeSpellings(self._lexicon.channels, self._lexicon.units, misprints)
        grammar = Grammar(self._lexicon.sets, self._lexicon.fillers, self._lexicon.spellings)
        self._denials = Denials(self._lexicon, grammar)
        self._entries = {
            f"{subject}/{entry}": (subject, entry, phrases)
            for subject, entries in _subjects(library).items()
            for entry, phrases in entries.items()
        }
        self._book = PhraseBook({key: phrases for key, (_, _, phrases) in self._entries.items()}, grammar)
        language, vocabulary = library.words.language, self._book.words() | self._denials.book.words()
        beginnings = self._book.beginnings | self._denials.book.beginnings
        core = self._words_of("part"), self._words_of("sense")
        self._speller = Speller(vocabulary, language, core, beginnings=beginnings)
        dangers = {word for word in self._words_of("danger") if len(word) >= SHORTEST_WARY_WORD}
        self._wary_speller = Speller(dangers, language, left_alone=vocabulary, beginnings=beginnings)

    def read(self, text: str) -> Reading:
        """What a message means. Every text has a reading; what is not understood is ``unknown``."""
        folded = fold(text)
        written = self._split(folded)
        words = self._speller.correct(written)
        said, denied = self._find(words)
        danger = most_urgent(self._dangers(said, written, words), self._library.red_flags)
        conditions = frozenset(found.entry for found in said["rule"])
        meant = complaints(
            Evidence(
                words=words,
                parts=said["part"],
                phrases=said["phrase"],
                not_ours=said["not_ours"],
                senses=frozenset(index for found in said["sense"] for index in found.at),
                asks=bool(said["context.asks"]),
            )
        )
        asked = read_points(
            self._codes.find(folded), [found.entry for found in said["point"]], meant, self._library
        )
        control = _control(said["control"], words, has_subject=bool(meant or asked.points))
        return Reading(
            kind=_kind(danger, control, asked, meant),
            complaints=_with_pregnancy(meant, pregnant=PREGNANCY in conditions),
            points=asked.points,
            ask=asked.ask,
            danger=danger,
            context=Context(
                pregnant=_yes_or_no(PREGNANCY, said["rule"], denied["rule"]),
                side=cast("Side | None", _first(said["context.side"])),
                position=_first(said["context.position"]),
                helper=_helper(said["context.helper"]),
                onset=cast("Onset | None", _first(said["context.onset"])),
                control=control.entry if control else None,
            ),
            conditions=conditions,
            not_covered=asked.not_covered,
            foreign=sum(found.entry == FOREIGN for found in said["not_ours"]) >= LEAST_FOREIGN_WORDS,
        )

    def red_flags(self, text: str) -> frozenset[str]:
        """Every danger sign in a text, however many there are."""
        written = self._split(fold(text))
        words = self._speller.correct(written)
        return frozenset(self._dangers(self._find(words)[0], written, words))

    def _dangers(self, said: Matches, written: Sequence[str], words: Sequence[str]) -> Iterator[str]:
        """The danger signs as the message most likely reads, and as its misspellings read at their worst."""
        yield from self._present(said, words)
        wary = self._speller.correct(self._wary_speller.correct(written))
        if wary != words:
            at_worst, _ = self._find(wary)
            yield from self._present(at_worst, wary)

    def _present(self, said: Matches, words: Sequence[str]) -> Iterator[str]:
        """The danger signs without those that count only when recent and are told of as long ago.

        A sentence that speaks of something new as well is not about long ago.
        """
        past = {found.start for found in said["context.past"]}
        new = {found.start for found in said["context.onset"] if found.entry == "new"}
        for found in said["danger"]:
            sentence = set(sentence_around(words, found.start))
            long_ago = past & sentence and not new & sentence
            if not (self._library.red_flags[found.entry].recent_only and long_ago):
                yield found.entry

    def _words_of(self, wanted: str) -> frozenset[str]:
        return self._book.words(key for key, (subject, _, _) in self._entries.items() if subject == wanted)

    def _split(self, folded: str) -> list[str]:
        return sentences(folded, self._lexicon.fillers, self._lexicon.spellings)

    def _find(self, words: Sequence[str]) -> tuple[Matches, Matches]:
        """What is said and what is denied, by subject."""
        denials = self._denials.of(words)
        said: Matches = defaultdict(list)
        denied: Matches = defaultdict(list)
        for found in self._book.find(words):
            subject, entry, _ = self._entries[found.entry]
            where = denied if any(denial.holds_for(found) for denial in denials) else said
            where[subject].append(replace(found, entry=entry))
        return said, denied


def _subjects(library: Library) -> Mapping[str, Mapping[str, Iterable[str]]]:
    """Everything that can be said, by subject and entry."""
    words = library.words
    return {
        "danger": {flag: entry.phrases for flag, entry in words.red_flags.items()},
        "rule": {rule: entry.phrases for rule, entry in words.rules.items()},
        "control": {control: entry.phrases for control, entry in words.controls.items()},
        "point": {code: names_of(code, library) for code in words.points},
        "part": {slug: entry.parts for slug, entry in words.complaints.items()},
        "phrase": {slug: entry.phrases for slug, entry in words.complaints.items()},
        "not_ours": words.not_ours,
        "sense": {name: words.lexicon.sets[name] for name in SENSES},
        **{f"context.{question}": values for question, values in words.context.items()},
    }


def _kind(danger: Danger | None, control: Found | None, asked: AskedPoints, meant: Sequence[str]) -> Kind:
    if danger and danger.stops_everything:
        return Kind.DANGER
    if control:
        return Kind.CONTROL
    if asked.points or asked.ask or asked.not_covered:
        return Kind.POINT
    return Kind.COMPLAINT if meant else Kind.UNKNOWN


def _control(found: Sequence[Found], words: Sequence[str], *, has_subject: bool) -> Found | None:
    """The control word that the message is about, if it is about one.

    Beside a complaint or a point only an order at the very beginning counts: "remind me to press LI4".
    """
    if has_subject:
        found = [
            match for match in found if match.entry in ORDERS and match.start <= LATEST_START_OF_AN_ORDER
        ]
    if len(words) > MOST_WORDS_OF_A_REQUEST:
        found = [match for match in found if match.entry in ORDERS]
    return min(
        found, key=lambda match: (match.entry not in ORDERS, match.start, -len(match.at)), default=None
    )


def _with_pregnancy(meant: tuple[str, ...], *, pregnant: bool) -> tuple[str, ...]:
    """A back that hurts in pregnancy is a complaint of its own; "lower back" says more than "back"."""
    if "back" in meant and set(meant) & set(PARTS_OF_THE_BACK):
        meant = tuple(slug for slug in meant if slug != "back")
    if pregnant and set(meant) & {"back", *PARTS_OF_THE_BACK} and PREGNANCY_BACK not in meant:
        meant = (PREGNANCY_BACK, *meant)
    if PREGNANCY_BACK in meant:
        meant = (PREGNANCY_BACK, *(slug for slug in meant if slug not in (PREGNANCY_BACK, "back")))
    return meant


def _first(found: Sequence[Found]) -> str | None:
    return found[0].entry if found else None


def _helper(found: Sequence[Found]) -> bool | None:
    return found[0].entry == "true" if found else None


def _yes_or_no(entry: str, said: Sequence[Found], denied: Sequence[Found]) -> bool | None:
    if any(found.entry == entry for found in said):
        return True
    return False if any(found.entry == entry for found in denied) else None
