"""The shape of the words about reminders. Names in braces are filled in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.library.facts import Entry
from bot.library.words import Label, Text, Toast


class ReminderWords(Entry):
    """What people read about reminders."""

    button_remind: Label
    ask_what: Text
    ask_when: Text
    ask_when_of: Text
    fault_no_such_time: Text
    fault_too_many_times: Text
    fault_every_few_days: Text
    fault_within_the_day: Text
    fault_which_days: Text
    fault_over: Text
    fault_too_far: Text
    example: Text
    button_every_morning: Label
    button_every_noon: Label
    button_every_evening: Label
    button_weekdays: Label
    ask_half: Text
    button_morning: Label
    button_evening: Label
    ask_to_store: Text
    button_agree: Label
    button_decline: Label
    ask_zone: Text
    zone_unknown: Text
    zone_no_such_offset: Text
    zone_no_place: Text
    button_place: Label
    place_key_gone: Text
    which_zone: Text
    is_it_zone: Text
    zone_set: Text
    zone_reminders: Text

    subscribed: Text
    subscribed_once: Text
    already: Text
    already_off: Text
    your_clock: Text
    too_many: Text
    not_for_reminding: Text
    ended: Text
    other_point: Text

    due: Text
    due_plain: Text
    due_together: Text
    one_of_them: Text
    became_done: Text
    ask_to_pause_all: Text
    length_two: Text
    length_minutes: Text
    late: Text
    ask_to_pause: Text
    button_start: Label
    button_ten_minutes: Label
    button_hour: Label
    button_this_evening: Label
    button_done: Label
    button_start_one: Label
    button_done_one: Label
    button_all_done: Label
    button_others: Label
    button_skip: Label
    button_change: Label
    button_pause: Label
    button_keep: Label
    done: Text
    done_before: Text
    done_in_a_row: Text
    toast_done: Toast
    snoozed: Text
    toast_snoozed: Toast
    skipped: Text
    toast_skipped: Toast
    kept: Text
    toast_kept: Toast
    turned_off: Text
    toast_turned_off: Toast
    past: Text
    toast_past: Toast
    next_none: Text
    gone: Text

    list: Text
    line: Text
    state_next: Text
    state_off: Text
    state_paused: Text
    state_blocked: Text
    state_safety: Text
    deleted: Text
    none: Text
    button_list: Label
    button_new: Label
    button_undo: Label
    button_pause_all: Label
    button_resume_all: Label
    button_resume: Label
    button_time: Label
    button_delete: Label
    button_back: Label
    button_back_to_it: Label
    button_pause_one: Label
    button_done_today: Label
    numbered: Text
    shown: Text
    changed_paused: Text
    changed_resumed: Text
    changed_retimed: Text
    changed_restored: Text
    ask_new_time: Text
    new_time_example: Text
    ask_pause: Text
    ask_pause_which: Text
    pause_no_such_date: Text
    pause_over: Text
    pause_too_far: Text
    pause_example: Text
    button_until_tomorrow: Label
    button_until_monday: Label
    button_one_week: Label
    button_until_i_say: Label
    all_paused: Text
    all_paused_until: Text
    all_skipped: Text
    offer_resume: Text

    quiet: Text
    quiet_none: Text
    quiet_move: Text
    quiet_silent: Text
    button_quiet_move: Label
    button_quiet_silent: Label
    button_quiet_off: Label
    lock: Text
    lock_neutral: Text
    lock_plain: Text
    button_say_more: Label
    button_say_less: Label
    in_private: Text

    known_zone: Text
    known_quiet: Text
    known_plain: Text
    button_zone: Label
    button_zone_other: Label
    button_quiet: Label
    button_lock: Label

    every_day: Text
    from_monday_to_friday: Text
    at_weekends: Text
    on_days: Text
    at: Text
    at_one: Text
    """The same when the hour is one: "a la 1", but "a las 2"."""
    today: Text
    tomorrow: Text
    that_day: Text
    date: Text
    place: Text
    routine: Text

    days: Annotated[tuple[Text, ...], Field(min_length=7, max_length=7)]
    """From Monday on."""
    weekly_days: Annotated[tuple[Text, ...], Field(min_length=7, max_length=7)]
    """From Monday on, as they stand in ``on_days``: "los sábados", but "el sábado"."""
    months: Annotated[tuple[Text, ...], Field(min_length=12, max_length=12)]
    """From January on."""
