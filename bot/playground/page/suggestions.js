/* The list over the composer of what may be meant while something is being typed. */

import { announce } from "./announcer.js";
import { byId, el } from "./dom.js";

const box = byId("text");
const list = byId("suggestions");
let offered = []; // { nodes, choose }
let active = -1; // -1: none is chosen yet
let more = null; // asks for what comes after the last one

list.addEventListener("scroll", () => list.scrollTop + list.clientHeight > list.scrollHeight - 100 && extend());

/**
 * Offer these, each with what it shows and what choosing it does. `first` puts Enter on the first one;
 * `more()` asks for those after the last: `{ options, more }`.
 */
export function offer(name, options, given = {}) {
  const wasOpen = !list.hidden;
  offered = options;
  more = given.more ?? null;
  list.hidden = options.length === 0;
  list.setAttribute("aria-label", name);
  list.replaceChildren(...options.map(line));
  list.scrollTop = 0;
  point(given.first && options.length ? 0 : -1);
  if (!list.hidden && (!wasOpen || !given.first)) announce(`${name}: ${options.length}. Up and down to choose.`);
}

const line = ({ nodes, choose: act }, i) => el("div", {
  class: "item", role: "option", id: `suggestion-${i}`, "aria-selected": "false",
  onpointerdown: (event) => event.preventDefault(), // the box keeps the focus, and the keyboard of a phone stays
  onclick: () => choose(act),
}, ...nodes);

async function extend() {
  if (!more) return;
  const before = offered;
  const ask = more;
  more = null;
  const next = await ask().catch(() => null);
  if (!next || offered !== before) return; // something else is offered by now
  more = next.more;
  list.append(...next.options.map((option, i) => line(option, before.length + i)));
  offered = [...before, ...next.options];
}

/** Something new is being looked for: what is listed under this name stays in sight until then, unchosen. */
export function renew(name) {
  if (list.ariaLabel === name && !list.hidden) point(-1);
  else withdraw();
}

/** Nothing is offered any more. */
export function withdraw() {
  offer(list.ariaLabel, []);
}

/** Whether a key that was pressed in the box was meant for the list, and does there what it says. */
export function suggestionKey(event) {
  if (list.hidden) return false;
  const count = offered.length;
  if (event.key === "ArrowDown") point((active + 1) % count);
  else if (event.key === "ArrowUp") point((active <= 0 ? count : active) - 1);
  else if (event.key === "Escape") withdraw();
  else if (active >= 0 && ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab")) choose(offered[active].choose);
  else return false;
  event.preventDefault();
  return true;
}

function point(to) {
  active = to;
  [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === to)));
  if (to < 0) return box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-activedescendant", list.children[to].id);
  list.children[to].scrollIntoView({ block: "nearest" });
  if (to === offered.length - 1) extend();
}

function choose(act) {
  withdraw();
  act();
}
