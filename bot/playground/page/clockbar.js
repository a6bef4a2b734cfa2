/* The bar under the header: what time it is in the playground, once that is not the real one, and steps ahead. */

import { ahead, dateAndTime, everySecond, now, setAhead } from "./clock.js";
import { byId, el, icon } from "./dom.js";
import { act } from "./server.js";
import { state } from "./state.js";

const MORNING_HOUR = 8;
const STEPS = [
  ["+10 s", () => 10],
  ["+1 min", () => 60],
  ["+10 min", () => 600],
  ["+1 h", () => 3600],
  [`Tomorrow ${MORNING_HOUR}:00`, untilTomorrow],
];

const button = byId("clock");
const bar = byId("clock-bar");
const steps = byId("clock-steps");
const line = byId("clock-time");
const shown = el("time");
let moving = Promise.resolve();

/** `tell(sentence)` shows what went wrong. */
export function setUpClockBar(tell) {
  button.append(icon("clock"));
  button.addEventListener("click", () => {
    steps.hidden = !steps.hidden;
    button.setAttribute("aria-expanded", String(!steps.hidden));
    draw();
  });
  steps.append(...STEPS.map(([label, seconds]) =>
    el("button", { type: "button", class: "chip", onclick: () => move(seconds, tell) }, label)));
  line.append(icon("clock"), el("span", {}, "Playground time "), shown);
  everySecond(draw);
}

/** The clock of the playground was moved, here or on another page. */
export function clockMoved({ seconds_ahead }) {
  setAhead(Math.max(ahead(), seconds_ahead)); // it only goes ahead, so the lower one is old news
}

/** One step after the other: how far it is to tomorrow depends on the step before. */
function move(seconds, tell) {
  steps.setAttribute("aria-busy", "true");
  const mine = moving
    .then(async () => clockMoved(await act("clock", { person: state.current, seconds: seconds() })))
    .catch((error) => tell(error.message))
    .finally(() => moving === mine && steps.removeAttribute("aria-busy"));
  moving = mine;
}

function untilTomorrow() {
  const morning = new Date(now() * 1000);
  morning.setDate(morning.getDate() + 1);
  morning.setHours(MORNING_HOUR, 0, 0, 0);
  return morning.getTime() / 1000 - now();
}

function draw() {
  line.hidden = ahead() === 0;
  bar.hidden = line.hidden && steps.hidden;
  if (line.hidden) return;
  shown.dateTime = new Date(now() * 1000).toISOString();
  shown.textContent = dateAndTime(now());
}
