"""A button carries all that the bot remembers, in 64 bytes, and gives away nothing to a curious onlooker.

Buttons live for years in chats: they are tapped after updates, damaged by other programs and made up by the
curious. Whatever comes back is either exactly what was put in or an old button, and never a crash.
"""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.conversation.about import MOST_COMPLAINTS
from bot.conversation.actions import (
    AREAS,
    AS_IN_APP,
    MOST_BYTES,
    VERSION,
    Action,
    Keeping,
    OutOfReach,
    SetCondition,
    SetHabit,
    SetLanguage,
    SetNews,
    ShowArea,
    ShowAreas,
    ShowComplaints,
    ShowEvidence,
    ShowPoint,
    ShowPoints,
    ShowShared,
    StaleButton,
    decode,
    encode,
)
from bot.conversation.browsing_actions import Browse, Rate, Shelf, ShowPlaces, Star
from bot.conversation.decision import NoPressing, NotCovered, NotUnderstood
from bot.conversation.events import Tapped
from bot.conversation.reminder_actions import (
    IN_UTC,
    Answering,
    AnswerReminder,
    AnswerTogether,
    ManageReminder,
    Managing,
    OwnReminders,
    Page,
    PauseReminder,
    PickZone,
    Retime,
    SetQuiet,
    ShowReminders,
    Subscribe,
)
from bot.flow import Companion
from bot.guidance.offer import Person
from bot.guidance.safety import forbids_everything
from bot.library import offered
from bot.reminders.due import MOST_TOGETHER
from bot.reminders.reminder import MOST_REMINDER_ID
from bot.understanding.times import MOST_TIMES
from tests.answering import answered, decided
from tests.guidance.walk import NO_WORDS, replies_under_each_rule, replies_without_conditions

HIGHEST_RULE = 63
LAST_POINT = {"LU": 11, "LI": 20, "ST": 45, "SP": 21, "HT": 9, "SI": 19, "BL": 67}
LAST_POINT |= {"KI": 27, "PC": 9, "TE": 23, "GB": 44, "LR": 14, "GV": 28, "CV": 24}

codes = st.sampled_from([f"{channel}{n}" for channel, last in LAST_POINT.items() for n in range(1, last + 1)])
numbers = st.lists(st.integers(1, 99), max_size=MOST_COMPLAINTS).map(tuple)
rules = st.integers(1, HIGHEST_RULE).map(lambda number: f"CR{number:02}")
switches = st.sampled_from(["on", "off"])
persons = st.builds(Person, st.frozensets(rules, max_size=HIGHEST_RULE), st.booleans())
whats = codes | st.sampled_from(["", "R10", "R01"])
days = st.integers(0, 2 * IN_UTC - 1)
times = st.lists(st.integers(0, 24 * 60 - 1), max_size=MOST_TIMES).map(tuple)
ids = st.integers(1, MOST_REMINDER_ID)
REMINDING: dict[type[Action], dict[str, st.SearchStrategy[object]]] = {
    Subscribe: {"what": whats, "days": days, "times": times, "agreed": st.sampled_from(["on", "off"])},
    AnswerReminder: {
        "verb": st.sampled_from(get_args(Answering)),
        "reminder": ids,
        "on": st.integers(1, date.max.toordinal()),
    },
    AnswerTogether: {
        "verb": st.sampled_from([*get_args(Answering), "show"]),
        "reminders": st.lists(ids, min_size=2, max_size=MOST_TOGETHER).map(tuple),
        "place": st.integers(0, MOST_TOGETHER),
        "on": st.integers(1, date.max.toordinal()),
    },
    ManageReminder: {"verb": st.sampled_from(get_args(Managing)), "reminder": ids},
    PauseReminder: {
        "reminder": ids | st.just(0),
        "until": st.integers(1, date.max.toordinal()) | st.just(0),
    },
    Retime: {"reminder": ids, "days": days, "times": times.filter(len)},
    PickZone: {"zone": st.integers(0, 2**32)},
    SetQuiet: {
        "start": st.integers(0, 24 * 60 - 1),
        "end": st.integers(0, 24 * 60 - 1),
        "then": st.sampled_from(["off", "move", "silent"]),
    },
    ShowReminders: {"page": st.sampled_from(get_args(Page))},
}
WITH_FIELDS = (SetCondition, SetHabit, SetLanguage, SetNews)
actions = st.one_of(
    st.builds(ShowPoint, codes, numbers, person=persons),
    st.builds(OutOfReach, codes, numbers, person=persons),
    st.builds(ShowComplaints, numbers.filter(len), person=persons),
    st.builds(ShowArea, st.sampled_from(AREAS), person=persons),
    st.builds(ShowAreas, person=persons),
    st.builds(ShowPoints, person=persons),
    st.builds(ShowEvidence, person=persons),
    st.builds(ShowShared, codes, st.sampled_from(["how", "when_not"]), person=persons),
    st.builds(SetCondition, rules, st.sampled_from(["on", "off"]), person=persons),
    st.builds(SetHabit, st.sampled_from(["helper", "alone", "lying_down", "reaching_back"]), person=persons),
    *(st.builds(kind, **fields, person=persons) for kind, fields in REMINDING.items()),
    st.builds(Rate, st.sampled_from(["good", "bad"]), person=persons),
    st.builds(ShowPlaces, person=persons),
    st.builds(Browse, st.sampled_from(get_args(Shelf)), codes | st.just(""), person=persons),
    st.builds(Star, codes, switches, st.sampled_from(get_args(Shelf)), numbers, switches, person=persons),
    st.builds(SetNews, st.sampled_from(["on", "off"]), person=persons),
    st.builds(SetLanguage, st.sampled_from(["en", "pt-br", AS_IN_APP]), person=persons),
    *(st.builds(kind, person=persons) for kind in get_args(Keeping) if kind not in WITH_FIELDS),
)
EVERYBODY = Person(frozenset(f"CR{number:02}" for number in range(1, HIGHEST_RULE + 1)), cleared=True)
LONGEST = (99,) * MOST_COMPLAINTS
LATEST = (24 * 60 - 1,) * MOST_TIMES


@given(actions)
def test_what_a_button_does_comes_back_as_it_was(action: Action) -> None:
    assert decode(encode(action)) == action


@given(actions)
@example(OutOfReach("GB44", LONGEST, person=EVERYBODY))
@example(ShowComplaints(LONGEST, person=EVERYBODY))
@example(Star("GB44", "off", "answer", LONGEST, "off", person=EVERYBODY))
@example(Subscribe("GB44", 2 * IN_UTC - 1, LATEST, "off", person=EVERYBODY))
@example(Retime(MOST_REMINDER_ID, 2 * IN_UTC - 1, LATEST, person=EVERYBODY))
def test_button_data_is_short_plain_ascii(action: Action) -> None:
    data = encode(action)

    assert data.isascii()
    assert data.isprintable()
    assert 1 <= len(data.encode()) <= MOST_BYTES == 64


@given(actions)
def test_button_data_holds_codes_and_numbers_and_no_words(action: Action) -> None:
    fields = encode(action).split(":")

    assert fields[0] == VERSION
    assert re.fullmatch("[A-Za-z]", fields[1])
    assert all(re.fullmatch(r"[A-Z]{1,2}\d+|[\d.]*|[a-z]{2,3}(-[a-z]{2})?", field) for field in fields[2:-1])
    assert re.fullmatch("[0-9a-f]+", fields[-1])


def test_no_button_of_any_reply_names_a_complaint_or_a_condition(companion: Companion) -> None:
    words = companion.library.words
    secrets = {name.casefold() for slug in words.complaints for name in (slug, words.complaints[slug].name)}
    secrets |= {rule.condition.casefold() for rule in words.rules.values()}
    visits = [*replies_without_conditions(companion), *(v for _, v in replies_under_each_rule(companion))]
    actions = {button.action for visit in visits for button in visit.reply.buttons}
    every_data = "\n".join(encode(action) for action in actions).casefold()

    assert every_data
    assert [secret for secret in secrets if secret in every_data] == []


def test_more_complaints_than_a_button_carries_are_cut_to_the_first() -> None:
    assert decode(encode(ShowComplaints((1, 2, 3, 4, 5, 6)))) == ShowComplaints((1, 2, 3, 4))


@given(st.text(max_size=80))
@example("")
@example(":")
@example("2")
@example("2:")
@example("2:p")
@example("2:p:LI4:5")
@example("2:p:LI4:5:")
@example("2:p::5:0")
@example("2:p:LI4:5:0:0")
@example("2:c::0")
@example("2:c:.:0")
@example("2:a:0: 0")
@example("2:a:9:0")
@example("2:a::0")
@example("2:?:0")
@example("2:P:LI4:5:0")
@example("2:p:li4:5:0")
@example("2:p:LI4:5:-1")
@example("2:p:LI4:5:0x1")
@example("2:p:LI4:5:zz")
@example("2:m:0\n")
@example(" 2:m:0")
@example("2:c:²:0")
@example("2:t:CR99:0:0")
@example("2:t:CR01:2:0")
@example("\ud800")
@example("point:LI4")
@example("2:c:" + "9" * 5000 + ":0")
@example("2:p:LI" + "4" * 5000 + "::0")
def test_whatever_is_not_ours_is_an_old_button_and_no_other_fault(data: str) -> None:
    try:
        action = decode(data)
    except StaleButton:
        return
    assert decode(encode(action)) == action


@given(actions, st.data())
def test_damaged_data_is_an_old_button_and_no_other_fault(action: Action, data: st.DataObject) -> None:
    whole = encode(action)
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + data.draw(st.text(max_size=3)) + whole[place + 1 :]
    try:
        decode(damaged)
    except StaleButton:
        return


@given(actions, st.sampled_from(["0", "1", "9", "22", "", "v2"]))
def test_data_of_another_version_is_an_old_button(action: Action, version: str) -> None:
    data = version + encode(action).removeprefix(VERSION)

    with pytest.raises(StaleButton):
        decode(data)


@given(actions)
@example(Star("BL54", "on", "back", (), "on"))
def test_a_made_up_button_gets_an_answer_where_all_is_known_and_else_a_fresh_menu(
    companion: Companion, action: Action
) -> None:
    """Rules, points and complaints that the content does not have: gone since, or invented."""
    library = companion.library
    numbers_there = {complaint.number for complaint in library.complaints.values()}
    older_codes = {entry.code for entry in library.old_numbers.values()} - library.points.keys()
    code = getattr(action, "code", None)

    decision = decided(Tapped(encode(action)), NO_WORDS, library)

    assert companion.writer.write(decision).text
    if not action.person.conditions <= library.rules.keys() or isinstance(action, ShowShared):
        assert decision == NotUnderstood("old_button")
    elif isinstance(action, OwnReminders):
        pass  # what it is about is stored, and no stranger has it: the file about reminders tests it
    elif isinstance(action, Subscribe):
        forbidden = forbids_everything(action.person.conditions, library)
        gone = bool(action.what) and action.what not in {*library.points, *library.routines}
        assert isinstance(decision, NoPressing) is bool(forbidden)
        assert (decision == NotUnderstood("old_button")) is (gone and not forbidden)
    elif isinstance(action, Keeping):
        lasting = getattr(action, "rule", None) in (None, *companion.library.words.settings.labels)
        spoken = getattr(action, "language", AS_IN_APP) in (AS_IN_APP, *offered(library.languages))
        assert (decision != NotUnderstood("old_button")) is (lasting and spoken)
    elif isinstance(action, Rate):
        assert decision != NotUnderstood("old_button")  # a verdict is no pressing
    elif forbids_everything(action.person.conditions, library):
        assert isinstance(decision, NoPressing)
    elif isinstance(action, Browse):
        assert decision != NotUnderstood("old_button")  # what is not on the shelf opens it at its first
    elif code in older_codes and not isinstance(action, Star):
        assert isinstance(decision, NotCovered)
    else:
        known = set(getattr(action, "complaints", ())) <= numbers_there
        known = known and (code is None or code in library.points)
        assert (decision != NotUnderstood("old_button")) is known


def test_tampered_rules_lead_to_the_fresh_menu(companion: Companion) -> None:
    unknown = max(int(rule.removeprefix("CR")) for rule in companion.library.rules) + 1
    for bits in (1 << unknown, (1 << 64) - 1, (1 << 200) - 1):
        reply = answered(companion, Tapped(f"{VERSION}:p:LI4:5:{bits:x}"))
        assert reply.buttons_only
        assert reply.toast
        assert reply.buttons


@pytest.mark.parametrize("gone", ["2:c:98:0", "2:p:LI4:98:0", "2:p:ZZ9::0", "2:p:ST40::0", "2:r:LU1::0"])
def test_a_button_for_what_has_gone_from_the_content_leads_to_the_fresh_menu(
    companion: Companion, gone: str
) -> None:
    reply = answered(companion, Tapped(gone))

    assert reply.buttons_only
    assert reply.toast
    assert reply.buttons
