"""The shape of the words about reminders. Names in braces are filled in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.library.facts import Entry
from bot.library.words import Text


class ReminderWords(Entry):
    """What people read about reminders."""

    button_remind: Text
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
    button_every_morning: Text
    button_every_noon: Text
    button_every_evening: Text
    button_weekdays: Text
    ask_half: Text
    button_morning: Text
    button_evening: Text
    ask_to_store: Text
    button_agree: Text
    button_decline: Text
    ask_zone: Text
    zone_unknown: Text
    zone_no_such_offset: Text
    zone_no_place: Text
    button_place: Text
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
    length_two: Text
    length_minutes: Text
    late: Text
    ask_to_pause: Text
    button_start: Text
    button_ten_minutes: Text
    button_hour: Text
    button_this_evening: Text
    button_done: Text
    button_skip: Text
    button_change: Text
    button_pause: Text
    button_keep: Text
    done: Text
    done_before: Text
    done_in_a_row: Text
    toast_done: Text
    snoozed: Text
    toast_snoozed: Text
    skipped: Text
    toast_skipped: Text
    kept: Text
    toast_kept: Text
    turned_off: Text
    toast_turned_off: Text
    past: Text
    toast_past: Text
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
    button_list: Text
    button_new: Text
    button_undo: Text
    button_pause_all: Text
    button_resume_all: Text
    button_resume: Text
    button_time: Text
    button_delete: Text
    button_back: Text
    button_back_to_it: Text
    button_pause_one: Text
    button_done_today: Text
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
    button_until_tomorrow: Text
    button_until_monday: Text
    button_one_week: Text
    button_until_i_say: Text
    all_paused: Text
    all_paused_until: Text
    all_skipped: Text
    offer_resume: Text

    quiet: Text
    quiet_none: Text
    quiet_move: Text
    quiet_silent: Text
    button_quiet_move: Text
    button_quiet_silent: Text
    button_quiet_off: Text
    lock: Text
    lock_neutral: Text
    lock_plain: Text
    button_say_more: Text
    button_say_less: Text
    in_private: Text

    known_zone: Text
    known_quiet: Text
    known_plain: Text
    button_zone: Text
    button_zone_other: Text
    button_quiet: Text
    button_lock: Text

    every_day: Text
    from_monday_to_friday: Text
    at_weekends: Text
    on_days: Text
    at: Text
    today: Text
    tomorrow: Text
    that_day: Text
    date: Text
    place: Text
    routine: Text

    days: Annotated[tuple[Text, ...], Field(min_length=7, max_length=7)]
    """From Monday on."""
    months: Annotated[tuple[Text, ...], Field(min_length=12, max_length=12)]
    """From January on."""
