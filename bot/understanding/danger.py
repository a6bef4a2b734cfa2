"""Danger signs and conditions: every one that a message holds, and what the signs amount to together.

They are searched for by themselves, so that no complaint can hide one. A misspelt word counts as everything
that it may have been meant to be: a sign is found if any reading of the words makes one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from bot.library import Library
from bot.library.facts import RedFlag, Tier
from bot.understanding.denial import Denial, Denials
from bot.understanding.phrase_book import Found, PhraseBook
from bot.understanding.phrases import Grammar
from bot.understanding.reading import Danger
from bot.understanding.slips import OTHER, is_along_the_keys, one_slip
from bot.understanding.spelling import LONGEST, SHORTEST, Speller, word_list
from bot.understanding.text import SENTENCE_END, sentence_around

PAST, RECENT, OTHER_TEST = "past", "recent", "other"
RAREST_ORDINARY = 2.1e-6
"""Words that make up less of written English than this may be a slip for any word of a danger sign."""
MOST_CONFUSED = 4e-4
"""Words that are more common than this are taken as they stand."""
MOST_SUSPECTS = 8
LONGEST_OF_SHORT, HARDEST_SLIP = 5, 10.0
"""In short words only the easy slips count; in longer ones all do."""
WORDS_REMEMBERED = 8192
SHORTEST_BEGINNING = 5
"""Beginnings with fewer letters have too many words."""
_URGENCY = tuple(Tier)


def most_urgent(found: Iterable[str], red_flags: Mapping[str, RedFlag]) -> Danger | None:
    """The sign to answer, or ``None`` when nothing was found.

    A same-day sign with new weakness or numbness is an emergency, and so is a sign with another that the
    content names beside it.
    """
    signs = sorted(set(found))
    if not signs:
        return None
    tiers = {sign: red_flags[sign].tier for sign in signs}
    same_day = {sign for sign in signs if red_flags[sign].tier is Tier.SAME_DAY}
    nerve = {sign for sign in signs if red_flags[sign].nerve}
    for sign in signs:
        beside = set(signs) - {sign}
        with_nerve = sign in same_day and (beside & nerve or (sign in nerve and beside & same_day))
        if with_nerve or beside & set(red_flags[sign].emergency_with):
            tiers[sign] = Tier.EMERGENCY_NOW
    first = min(
        signs, key=lambda sign: (_URGENCY.index(tiers[sign]), _URGENCY.index(red_flags[sign].tier), sign)
    )
    return Danger(first, tiers[first])


@dataclass(frozen=True)
class Signs:
    """What a message holds: danger signs, conditions, and conditions that it denies."""

    flags: frozenset[str]
    conditions: frozenset[str]
    denied: frozenset[str]

    def __or__(self, other: Signs) -> Signs:
        """Both together."""
        return Signs(self.flags | other.flags, self.conditions | other.conditions, self.denied | other.denied)


NO_SIGNS = Signs(frozenset(), frozenset(), frozenset())


def danger_book(library: Library, grammar: Grammar) -> PhraseBook:
    """The phrases of danger signs and conditions, and those that tell of something long ago or recent."""
    words = library.words
    return PhraseBook(
        {
            **{flag: entry.phrases for flag, entry in words.red_flags.items()},
            **{rule: entry.phrases for rule, entry in words.rules.items()},
            PAST: words.context["past"]["yes"],
            RECENT: words.context["recent"]["yes"],
        },
        grammar,
    )


class DangerSigns:
    """Finds the danger signs and the conditions in a message. Build it once."""

    def __init__(
        self,
        library: Library,
        grammar: Grammar,
        book: PhraseBook,
        denials: Denials,
        speller: Speller,
        known: Set[str],
    ) -> None:
        """``known`` words are never taken for misspelt ones."""
        self._red_flags = library.red_flags
        self._rules = library.rules
        self._book = book
        self._harmless = PhraseBook({"harmless": library.words.context["harmless"]["yes"]}, grammar)
        self._tests = PhraseBook(library.words.context.get("positive_test", {}), grammar)
        self._denials = denials
        self._needed = book.words() | denials.book.words() | self._harmless.words() | self._tests.words()
        self._speller = speller
        language, lexicon = library.words.language, library.words.lexicon
        self._spellings = {word: meant for word, meant in lexicon.spellings.items() if meant in known}
        vocabulary = book.words([*library.red_flags, *library.rules]) | _with_beginnings(
            book.beginnings, language
        )
        self._vocabulary = frozenset(
            word for word in vocabulary | self._spellings.keys() if len(word) >= SHORTEST and word.isalpha()
        )
        self._telling = frozenset(library.words.context["telling"]["yes"])
        self._often = word_list(language)
        ordinary = frozenset(word for word, often in self._often.items() if often >= RAREST_ORDINARY)
        self._near_telling = frozenset(near for word in self._telling for near, _ in one_slip(word, ordinary))
        self._suspects = lru_cache(maxsize=WORDS_REMEMBERED)(self._suspects_of)

    def find(self, written: Sequence[str], counts: Callable[[str], bool] | None = None) -> Signs:
        """Everything in the words of a message, as they were written.

        Of each sign or condition at least one word has to be one that ``counts``, unless all do.
        """
        read = [(word, place) for word in written for place in self._places(word)]
        places = [place for _, place in read]
        likeliest = [place if isinstance(place, str) else place[0] for place in places]
        deniers: defaultdict[int, list[Denial]] = defaultdict(list)
        for denial in self._denials.of(likeliest):
            for index in denial.reach:
                deniers[index].append(denial)
        harmless = self.harmless(likeliest)
        said: list[Found] = []
        denied: list[Found] = []
        for found in self._book.find(places):
            if counts and not any(counts(read[index][0]) for index in found.at):
                continue
            if harmless.isdisjoint(found.at):
                near = (denial for index in found.at for denial in deniers.get(index, ()))
                (denied if any(denial.holds_for(found) for denial in near) else said).append(found)
        return Signs(
            flags=frozenset(self._present(said, likeliest)),
            conditions=frozenset(found.entry for found in said if found.entry in self._rules),
            denied=frozenset(found.entry for found in denied if found.entry in self._rules),
        )

    def harmless(self, words: Sequence[str]) -> frozenset[int]:
        """The indexes of words that only sound like a danger sign or a condition: "dead tired".

        A positive test does so where what was tested for is named as well, and is no pregnancy.
        """
        tests = self._tests.find(words)
        if any(found.entry == OTHER_TEST for found in tests):
            tests = [found for found in tests if found.entry != OTHER_TEST]
        else:
            tests = []
        return frozenset(index for found in (*self._harmless.find(words), *tests) for index in found.at)

    def _places(self, word: str) -> Iterator[str | tuple[str, ...]]:
        """For each place that a word takes, what may have been meant there, the likeliest first."""
        if len(word) < SHORTEST and word.isalpha() and word not in self._needed:
            return  # "mt", "ot": a slip for a word that is dropped
        meant = self._speller.correct([word])
        suspected = self._suspects(word)
        if suspected and len(meant) == 1:
            yield tuple(dict.fromkeys((*meant, *suspected)))
        else:
            yield from meant

    def _suspects_of(self, word: str) -> tuple[str, ...]:
        """What a word may be a slip for, the easiest slip first.

        A word that is hardly ever written may be a slip for any word of a danger sign, an ordinary one only
        an easy slip for a telling one, and not for another ending of its own: leg is not legs.
        """
        often = self._often.get(word, 0)
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or often > MOST_CONFUSED:
            return ()
        if is_along_the_keys(word):
            return ()
        if word in self._vocabulary or often >= RAREST_ORDINARY:
            if word not in self._near_telling:
                return ()
            near = [(cost, known) for known, cost in one_slip(word, self._telling) if cost < OTHER]
        else:
            hardest = HARDEST_SLIP if len(word) > LONGEST_OF_SHORT else OTHER
            near = [(cost, known) for known, cost in one_slip(word, self._vocabulary) if cost < hardest]
        suspects = (self._spellings.get(known, known) for _, known in sorted(near))
        return tuple(dict.fromkeys(known for known in suspects if known.removesuffix("s") != word))[
            :MOST_SUSPECTS
        ]

    def _present(self, said: Sequence[Found], words: Sequence[str]) -> Iterator[str]:
        """The danger signs without those that count only when recent and are told of as long ago.

        A sentence that speaks of something recent as well is not about long ago.
        """
        past = {found.start for found in said if found.entry == PAST}
        recent = {found.start for found in said if found.entry == RECENT}
        for found in said:
            if found.entry in self._red_flags:
                first = next(index for index in found.at if words[index] != SENTENCE_END)
                sentence = set(sentence_around(words, first))
                long_ago = past & sentence and not recent & sentence
                if not (self._red_flags[found.entry].recent_only and long_ago):
                    yield found.entry


def _with_beginnings(beginnings: Set[str], language: str) -> frozenset[str]:
    """The words of a language that have one of the longer beginnings: of ``suicid*`` suicide and suicidal."""
    longer = tuple(start for start in beginnings if len(start) >= SHORTEST_BEGINNING)
    return frozenset(word for word in word_list(language) if word.startswith(longer))
