"""People say in Spanish when, how long and how often, and are taken at their word as in English.

What they say is put into the words that the grammars know; a city, a point and the name of a routine stay as
they are. Each example here was written down before the table was tried on it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library import load
from bot.reminders.pauses import read_pause
from bot.understanding.quantities import hold_seconds, minutes_available, repeats, score
from bot.understanding.reminder_requests import Request, half_in, quiet_hours_in, request_in
from bot.understanding.sayings import NO_SAYINGS, Sayings
from bot.understanding.text import fold
from bot.understanding.time_words import EVERY_DAY, WEEKDAYS, WEEKEND
from bot.understanding.times import Fault, TimeWish, read_time
from bot.understanding.waited import waited

NOW = datetime(2026, 5, 12, 10, 0, tzinfo=UTC)  # a Tuesday
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


@pytest.fixture(scope="module")
def spanish() -> Sayings:
    return Sayings(load(language="es").words.sayings)


def at(*clocks: str) -> tuple[time, ...]:
    return tuple(time.fromisoformat(clock) for clock in clocks)


def read(text: str, sayings: Sayings) -> TimeWish:
    return read_time(sayings.in_our_words(text), NOW)


# --- times of day

TIMES = {
    "a las 8 de la mañana": at("08:00"),
    "A LAS OCHO DE LA TARDE": at("20:00"),
    "a las nueve y media de la noche": at("21:30"),
    "a las 9 menos cuarto de la mañana": at("08:45"),
    "a las diez y diez de la noche": at("22:10"),
    "a la una y cuarto de la tarde": at("13:15"),
    "cuarto para las ocho de la mañana": at("07:45"),
    "a las 20 horas": at("20:00"),
    "20:30": at("20:30"),
    "al mediodía": at("12:00"),
    "a medianoche": at("00:00"),
    "8am y 8pm": at("08:00", "20:00"),
    "a las 8 y a las 20": at("08:00", "20:00"),
    "a las 21 en punto": at("21:00"),
}


@pytest.mark.parametrize("text", TIMES)
def test_a_time_of_day_is_read_to_the_minute(text: str, spanish: Sayings) -> None:
    wish = read(text, spanish)

    assert (wish.times, wish.unclear, wish.fault) == (TIMES[text], frozenset(), None)


@pytest.mark.parametrize(
    ("text", "clock"), [("a las 8", "08:00"), ("a las nueve y media", "09:30"), ("8:30", "08:30")]
)
def test_what_may_be_morning_or_evening_is_marked_as_open(text: str, clock: str, spanish: Sayings) -> None:
    assert read(text, spanish).unclear == {time.fromisoformat(clock)}


@pytest.mark.parametrize("text", ["por la mañana", "todas las noches", "después del trabajo", "esta noche"])
def test_a_part_of_the_day_is_our_guess(text: str, spanish: Sayings) -> None:
    wish = read(text, spanish)

    assert len(wish.times) == 1
    assert wish.guessed


# --- days

DAYS = {
    "todos los días a las 8": EVERY_DAY,
    "cada dia a las 8": EVERY_DAY,
    "a diario a las 8": EVERY_DAY,
    "de lunes a viernes 8:30": WEEKDAYS,
    "entre semana a las 9": WEEKDAYS,
    "los fines de semana a las 11": WEEKEND,
    "lunes, miércoles y viernes a las 7 de la tarde": {MON, WED, FRI},
    "todos los martes a las 7": {TUE},
    "los jueves a las 7": {THU},
    "todos los días menos los domingos a las 9": EVERY_DAY - {SUN},
    "todos los dias excepto sabado y domingo a las 7:15": WEEKDAYS,
    "todos los días menos el sábado a las 9": EVERY_DAY - {SAT},
}


@pytest.mark.parametrize("text", DAYS)
def test_days_are_read(text: str, spanish: Sayings) -> None:
    wish = read(text, spanish)

    assert (wish.weekdays, wish.days_said, wish.fault, wish.words_left) == (DAYS[text], True, None, 0)


ONCE = {
    "mañana a las 7": date(2026, 5, 13),
    "mañana por la mañana": date(2026, 5, 13),
    "pasado mañana a las 8": date(2026, 5, 14),
    "esta noche": date(2026, 5, 12),
    "esta tarde a las 6": date(2026, 5, 12),
    "el sábado a las 10": date(2026, 5, 16),
    "el próximo lunes a las 9": date(2026, 5, 18),
    "el martes que viene a las 9": date(2026, 5, 19),
}


@pytest.mark.parametrize("text", ONCE)
def test_a_single_day_is_that_day(text: str, spanish: Sayings) -> None:
    assert read(text, spanish).once_on == ONCE[text]


WAITS = {
    "en 2 horas": timedelta(hours=2),
    "recuérdame en una hora": timedelta(hours=1),
    "en media hora": timedelta(minutes=30),
    "dentro de una hora y media": timedelta(minutes=90),
    "dentro de tres cuartos de hora": timedelta(minutes=45),
    "en 15 minutos": timedelta(minutes=15),
}


@pytest.mark.parametrize("text", WAITS)
def test_a_wait_is_counted_from_now(text: str, spanish: Sayings) -> None:
    assert read(text, spanish).once_at == NOW + WAITS[text]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a las 25", Fault.NO_SUCH_TIME),
        ("cada dos días a las 8", Fault.EVERY_FEW_DAYS),
        ("un día sí y otro no", Fault.EVERY_FEW_DAYS),
        ("cada hora", Fault.WITHIN_THE_DAY),
        ("cada 30 minutos", Fault.WITHIN_THE_DAY),
        ("una vez a la semana", Fault.WHICH_DAYS),
        ("me duele el cuello", Fault.NO_TIME),
    ],
)
def test_what_no_reminder_can_do_is_said(text: str, fault: Fault, spanish: Sayings) -> None:
    assert read(text, spanish).fault is fault


# --- orders, pauses, quiet hours


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("hoy no", Request.NOT_TODAY),
        ("no me recuerdes más", Request.STOP),
        ("deja de avisarme", Request.STOP),
        ("pausa los recordatorios hasta el lunes", Request.PAUSE),
        ("estoy de vacaciones hasta el 3 de junio", Request.PAUSE),
        ("reanuda los recordatorios", Request.RESUME),
        ("ahora estoy en Bogotá", Request.MOVED),
        ("mis recordatorios", Request.LIST),
        ("recuérdame LI4", Request.ADD),
        ("me duele la espalda", None),
    ],
)
def test_orders_to_reminders_are_told_apart(text: str, request_: Request | None, spanish: Sayings) -> None:
    assert request_in(spanish.in_our_words(text)) is request_


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("hasta el lunes", date(2026, 5, 18)),
        ("por una semana", date(2026, 5, 19)),
        ("dos semanas", date(2026, 5, 26)),
        ("hasta el 3 de junio", date(2026, 6, 3)),
        ("hasta fin de mes", date(2026, 6, 1)),
        ("hasta mañana", date(2026, 5, 13)),
        ("hasta que te diga", None),
    ],
)
def test_a_pause_lasts_as_long_as_was_said(text: str, until: date | None, spanish: Sayings) -> None:
    wish = read_pause(spanish.in_our_words(text), NOW.date())

    assert (wish.until, wish.open_ended, wish.fault) == (until, until is None, None)


@pytest.mark.parametrize(
    "text", ["de 22 a 7", "de las 10 de la noche a las 7 de la mañana", "entre las 22 y las 7"]
)
def test_quiet_hours_are_read(text: str, spanish: Sayings) -> None:
    assert quiet_hours_in(spanish.in_our_words(text), NOW) == (time(22), time(7))


@pytest.mark.parametrize(
    ("text", "evening"), [("por la mañana", False), ("de la noche", True), ("tarde", True), ("sí", None)]
)
def test_the_half_of_the_day_is_read(text: str, evening: bool | None, spanish: Sayings) -> None:
    assert half_in(spanish.in_our_words(text)) is evening


# --- amounts


def test_seconds_counts_minutes_and_scores_are_read(spanish: Sayings) -> None:
    ours = spanish.in_our_words

    assert hold_seconds(ours("mantén LI4 40 segundos")) == 40
    assert hold_seconds(ours("presiona LI4 durante un minuto y medio")) == 90
    assert hold_seconds(ours("medio minuto cada lado")) == 30
    assert repeats(ours("cronometra LI4 por 30 segundos tres veces")) == 3
    assert repeats(ours("tres veces al día")) is None
    assert minutes_available(ours("tengo 5 minutos")) == 5
    assert minutes_available(ours("una rutina rápida")) == 2
    assert [score(ours(text)) for text in ("7 de 10", "un siete", "ahora un 3", "sin dolor")] == [7, 7, 3, 0]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("me duele el cuello desde hace 3 semanas", 21),
        ("llevo dos días así", 2),
        ("desde ayer", 1),
        ("desde hace meses", 60),
        ("hace una semana", 7),
        ("tengo 45 años", None),
        ("embarazada de 20 semanas", None),
        ("recuérdame en 2 días", None),
    ],
)
def test_how_long_it_has_lasted_is_read(text: str, days: int | None, spanish: Sayings) -> None:
    expected = None if days is None else timedelta(days=days)

    assert waited(spanish.in_our_words(text)) == expected


# --- whatever is written


def test_numbers_up_to_ninety_nine_are_known_in_words(spanish: Sayings) -> None:
    words = "treinta y cinco, veintidós, noventa y nueve, dieciséis"

    assert spanish.in_our_words(words) == "35, 22, 99, 16"


def test_the_longest_saying_counts_and_punctuation_ends_one(spanish: Sayings) -> None:
    assert spanish.in_our_words("pasado mañana") == "day after tomorrow"
    assert spanish.in_our_words("pasado, mañana") == "pasado, tomorrow"


def test_every_saying_can_be_met_in_a_folded_message() -> None:
    for ours, sayings in load(language="es").words.sayings.items():
        assert [saying for saying in sayings if fold(saying) != saying] == [], ours


def test_no_saying_stands_for_two_things() -> None:
    table = load(language="es").words.sayings
    everything = [saying for sayings in table.values() for saying in sayings]

    assert sorted(saying for saying in set(everything) if everything.count(saying) > 1) == []


@given(st.text(max_size=300))
def test_english_stays_as_it_is(text: str) -> None:
    assert NO_SAYINGS.in_our_words(text) == text


SPANISH = Sayings(load(language="es").words.sayings)


@given(st.text(max_size=300))
def test_any_text_can_be_put_into_our_words(text: str) -> None:
    assert isinstance(SPANISH.in_our_words(text), str)


@given(st.integers(0, 99))
def test_what_is_no_saying_stays_where_it_is(number: int) -> None:
    assert SPANISH.in_our_words(f"zurich {number}, li4") == f"zurich {number}, li4"
