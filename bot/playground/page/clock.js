/* Time on the page: the one place that reads the clock, and texts that follow it. */

let secondsAhead = 0; // of the playground's clock, before the real one
let timer;
const followers = [];

/** Seconds since 1970, in the playground. */
export const now = () => Date.now() / 1000 + secondsAhead;

/** How far the playground is before the real time, in seconds. */
export const ahead = () => secondsAhead;

/** Go by a clock that is ahead by so many seconds. */
export function setAhead(seconds) {
  if (seconds === secondsAhead) return;
  secondsAhead = seconds;
  tick();
}

/** Call `draw()` now, whenever a second is over, and whenever the clock was moved. */
export function everySecond(draw) {
  followers.push(draw);
  draw();
  timer ??= setTimeout(tick, untilNextSecond());
}

function tick() {
  clearTimeout(timer);
  timer = setTimeout(tick, untilNextSecond());
  for (const draw of followers) draw();
}

const untilNextSecond = () => 1005 - ((now() * 1000) % 1000);

const STEPS = [
  ["year", 31536000],
  ["month", 2592000],
  ["week", 604800],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

const HOUR_CYCLE = new Intl.DateTimeFormat([], { hour: "numeric" }).resolvedOptions().hourCycle; // 12 or 24, as the device has it

/** "in 42 seconds", "3 minutes ago": rounded down to the largest unit that fits. */
export function relative(unixTime, language, from = now()) {
  // A countdown that shows 1 has up to one second left, so what is ahead is rounded up.
  const seconds = Math.ceil(unixTime - from);
  const [unit, length] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? STEPS.at(-1);
  const numeric = seconds === 0 ? "auto" : "always";
  return new Intl.RelativeTimeFormat(language, { numeric }).format(Math.trunc(seconds / length), unit);
}

/** A moment in the reader's own zone. The format has w or W, d or D, t or T: weekday, date, time; short or long. */
export function absolute(unixTime, format, language) {
  const options = {};
  if (format.includes("w")) options.weekday = "short";
  if (format.includes("W")) options.weekday = "long";
  if (format.includes("d")) Object.assign(options, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (format.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/[tT]/.test(format)) Object.assign(options, { hour: "2-digit", minute: "2-digit", hourCycle: HOUR_CYCLE });
  if (format.includes("T")) options.second = "2-digit";
  return new Intl.DateTimeFormat(language, options).format(new Date(unixTime * 1000));
}

/** Hours and minutes of a message. */
export const hourMinute = (unixTime) =>
  new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" }).format(new Date(unixTime * 1000));

/** Date and time to the second. */
export const dateAndTime = (unixTime) =>
  new Intl.DateTimeFormat([], { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" })
    .format(new Date(unixTime * 1000));

/** Which day it is in the playground: a text that changes at midnight. */
export const today = () => new Date(now() * 1000).toDateString();

/** The heading over the messages of one day. */
export function dayName(unixTime) {
  const day = new Date(unixTime * 1000);
  if (day.toDateString() === today()) return "Today";
  return new Intl.DateTimeFormat([], { day: "numeric", month: "long" }).format(day);
}

/** Redraw one live time. */
export function drawTime(node, language) {
  const { unix, format } = node.dataset;
  const text = format === "r" ? relative(Number(unix), language) : absolute(Number(unix), format, language);
  if (node.textContent !== text) node.textContent = text;
}

/** Keep every relative time of the page right. */
export function keepTimesLive(language) {
  everySecond(() => {
    for (const node of document.querySelectorAll('time[data-format="r"]')) drawTime(node, language());
  });
}
