/* The menu for what is seldom needed: sound, theme, and the drawer for developers. */

import { byId, el, icon } from "./dom.js";
import { faultCount, toggleInspector } from "./inspector.js";
import { setSound } from "./notices.js";
import { menuItem, menuSwitch, sheet } from "./sheets.js";

const THEME = "playground-theme";
const button = byId("more");
const system = matchMedia("(prefers-color-scheme: dark)");
let sounds = false;

export function setUpMore() {
  button.append(icon("more"));
  sheet(button, byId("more-sheet"), fill);
  system.addEventListener("change", drawTheme);
  drawTheme();
  drawMore();
}

/** The button tells how many calls went wrong. */
export function drawMore() {
  const faults = faultCount();
  button.querySelector(".badge")?.remove();
  if (faults) button.append(faultBadge(faults));
  button.setAttribute("aria-label", faults ? `More, ${faults} calls went wrong` : "More");
}

function fill() {
  const faults = faultCount();
  byId("more-sheet").replaceChildren(
    menuSwitch(sounds, () => {
      sounds = !sounds;
      setSound(sounds);
    }, icon(sounds ? "bell" : "bell-off"), el("span", {}, "Sound"), stands(sounds)),
    menuSwitch(isDark(), () => {
      localStorage.setItem(THEME, isDark() ? "light" : "dark");
      drawTheme();
    }, icon(isDark() ? "moon" : "sun"), el("span", {}, "Dark theme"), stands(isDark())),
    menuItem(toggleInspector, icon("code"), el("span", {}, "What the bot called"), faults ? faultBadge(faults) : null),
  );
}

const stands = (on) => el("small", { "aria-hidden": "true" }, on ? "on" : "off");

const faultBadge = (faults) => el("span", { class: "badge badge-fault" }, String(faults));

const remembered = () => localStorage.getItem(THEME);

const isDark = () => (remembered() ?? (system.matches ? "dark" : "light")) === "dark";

function drawTheme() {
  if (remembered()) document.documentElement.dataset.theme = remembered();
}
