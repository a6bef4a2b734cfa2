/* For developers: what the bot called, and what Telegram would have minded. */

import { byId, el, icon } from "./dom.js";
import { state } from "./state.js";

const panel = byId("inspector");
const button = byId("inspect");
const list = el("ol", { class: "calls" });
const LONGEST = 300;

export function setUpInspector() {
  button.replaceChildren(icon("code"));
  const toggle = (open) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("inspecting", open);
  };
  button.addEventListener("click", () => toggle(panel.hidden));
  const close = el("button", { type: "button", class: "round", "aria-label": "Close", onclick: () => {
    toggle(false);
    button.focus();
  } }, icon("close"));
  const only = el("input", { type: "checkbox", onchange: () => list.classList.toggle("only-faults", only.checked) });
  panel.append(el("header", {}, el("h2", {}, "What the bot called"), close),
    el("label", { class: "only" }, only, " Only what went wrong"), list);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close.click());
}

/** Redraw the list from nothing. */
export function drawCalls() {
  list.replaceChildren(...state.calls.map(line).reverse());
  drawFaults();
}

/** One more call. */
export function addCall(call) {
  state.calls.push(call);
  if (state.calls.length > LONGEST) state.calls.shift();
  list.prepend(line(call));
  while (list.children.length > LONGEST) list.lastChild.remove();
  drawFaults();
}

const faulty = (call) => Boolean(call.error || call.violations.length);

function drawFaults() {
  const faults = state.calls.filter(faulty).length;
  button.querySelector(".badge")?.remove();
  if (faults) button.append(el("span", { class: "badge badge-fault" }, String(faults)));
  button.setAttribute("aria-label", faults ? `What the bot called, ${faults} went wrong` : "What the bot called");
  button.title = "What the bot called";
}

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
