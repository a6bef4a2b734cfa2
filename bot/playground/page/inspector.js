/* For developers: what the bot called, and what Telegram would have minded. */

import { byId, el, icon } from "./dom.js";
import { state } from "./state.js";

const panel = byId("inspector");
const covers = matchMedia("(max-width: 64rem)"); // as in inspector.css: the drawer lies over the chat
const list = el("ol", { class: "calls" });
const LONGEST = 300;
let changed;

/** `given()` is called whenever the calls changed. */
export function setUpInspector(given) {
  changed = given;
  const close = el("button", { type: "button", class: "round", "aria-label": "Close", onclick: toggleInspector }, icon("close"));
  const only = el("input", { type: "checkbox", onchange: () => list.classList.toggle("only-faults", only.checked) });
  panel.append(el("header", {}, el("h2", {}, "What the bot called"), close),
    el("label", { class: "only" }, only, " Only what went wrong"), list);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && toggleInspector());
  covers.addEventListener("change", shield);
}

/** Open the drawer and go there, or close it and go back. */
export function toggleInspector() {
  panel.hidden = !panel.hidden;
  shield();
  (panel.hidden ? byId("more") : panel.querySelector("button")).focus();
}

/** What the drawer covers cannot be reached behind it. */
function shield() {
  document.querySelector(".phone").inert = covers.matches && !panel.hidden;
}

/** How many of the calls went wrong. */
export const faultCount = () => state.calls.filter(faulty).length;

/** Redraw the list from nothing. */
export function drawCalls() {
  list.replaceChildren(...state.calls.map(line).reverse());
  changed();
}

/** One more call. */
export function addCall(call) {
  state.calls.push(call);
  if (state.calls.length > LONGEST) state.calls.shift();
  list.prepend(line(call));
  while (list.children.length > LONGEST) list.lastChild.remove();
  changed();
}

const faulty = (call) => Boolean(call.error || call.violations.length);

function line(call) {
  const at = new Date(call.at * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return el("li", { class: faulty(call) ? "call fault" : "call" }, el("details", {},
    el("summary", {}, el("span", { class: "method" }, call.method), el("small", {}, `${at} · ${call.milliseconds} ms`),
      said(call) ? el("span", { class: "said" }, said(call)) : null,
      call.error ? el("span", { class: "error" }, call.error) : null,
      call.violations.map((text) => el("span", { class: "violation" }, text))),
    el("pre", {}, JSON.stringify(readable(call.params), null, 2))));
}

/** The words of a call, to find it by. */
const said = ({ params }) => params.text ?? params.caption ?? params.action ?? "";

/** Parameters of a form are strings; those that hold JSON read better as what they say. */
function readable(params) {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => {
    if (typeof value !== "string" || !/^[[{]/.test(value)) return [name, value];
    try {
      return [name, JSON.parse(value)];
    } catch {
      return [name, value];
    }
  }));
}
