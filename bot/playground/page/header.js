/* The top of the page: the bot and its state, sound, theme, and who is holding the phone. */

import { avatar, byId, el, icon } from "./dom.js";
import { act } from "./server.js";
import { setSound } from "./notices.js";
import { closeSheet, sheet } from "./sheets.js";
import { me, state } from "./state.js";

const LANGUAGES = ["en", "de", "es", "fr", "it", "pt-br", "pl", "ru", "uk", "tr", "ar", "hi", "id", "ja", "zh-hans"];
const THEME = "playground-theme";
let switchTo;
let tell;

/** `choose(id)` shows another person's chat; `say(sentence)` shows what went wrong. */
export function setUpHeader(choose, say) {
  switchTo = choose;
  tell = say;
  setUpSound();
  setUpTheme();
  sheet(byId("people"), byId("people-sheet"), fillPeople);
}

/** Redraw everything that can change. */
export function drawHeader() {
  const title = me().group ?? me().bot_name;
  byId("bot-name").textContent = title;
  document.title = title;
  const line = byId("bot-state");
  const [name, sentence] = stateSentence();
  line.className = `state state-${name}`;
  if (line.textContent !== sentence) line.textContent = sentence;
  const others = [...state.people.values()].reduce((sum, person) => sum + person.unread, 0);
  const button = byId("people");
  button.replaceChildren(picture(me()), others ? el("span", { class: "badge" }, String(others)) : "");
  button.setAttribute("aria-label", `You are ${seatName(me())}. Change person${others ? `, ${others} unread` : ""}`);
  if (!byId("people-sheet").hidden) fillPeople();
}

function stateSentence() {
  const { state: name, exit_code, pause_seconds } = state.bot;
  if (state.lost) return ["down", "the playground has stopped"];
  if (name === "ready") return ["ready", "ready"];
  if (name === "starting") return ["starting", "starting…"];
  return ["down", `stopped with code ${exit_code} (see the terminal), back in ${Math.ceil(pause_seconds)} s`];
}

function setUpSound() {
  const button = byId("sound");
  const draw = (on) => {
    button.setAttribute("aria-pressed", String(on));
    button.title = on ? "Sound is on" : "Sound is off";
    button.replaceChildren(icon(on ? "bell" : "bell-off"));
  };
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    setSound(on);
    draw(on);
  });
  draw(false);
}

function setUpTheme() {
  const button = byId("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const remembered = () => localStorage.getItem(THEME);
  const isDark = () => (remembered() ?? (system.matches ? "dark" : "light")) === "dark";
  const draw = () => {
    const dark = isDark();
    if (remembered()) document.documentElement.dataset.theme = remembered();
    button.setAttribute("aria-pressed", String(dark));
    button.title = dark ? "Dark" : "Light";
    button.replaceChildren(icon(dark ? "moon" : "sun"));
  };
  button.addEventListener("click", () => {
    localStorage.setItem(THEME, isDark() ? "light" : "dark");
    draw();
  });
  system.addEventListener("change", draw);
  draw();
}

function fillPeople() {
  const people = [...state.people.values()].map((person) => el("button", {
    type: "button", class: "item", role: "menuitemradio", "aria-checked": String(person.id === state.current),
    onclick: () => {
      closeSheet();
      switchTo(person.id);
    },
  }, picture(person), el("span", {}, seatName(person)), person.unread ? el("span", { class: "badge" }, String(person.unread)) : null));
  byId("people-sheet").replaceChildren(el("div", { role: "menu", "aria-label": "People" }, people), languageChoice());
}

const seatName = ({ name, group }) => (group ? `${name} in ${group}` : name);

/** The round picture of a person, of the same colour in every chat. */
const picture = (person) => avatar(person.name, [...state.people.keys()].indexOf(person.private));

function languageChoice() {
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  const select = el("select", { id: "language" }, LANGUAGES.map((code) =>
    el("option", { value: code, selected: code === me().language_code }, `${names.of(code)} (${code})`)));
  select.addEventListener("change", () =>
    act("language", { person: state.current, language_code: select.value }).catch((error) => tell(error.message)));
  return el("label", { class: "language" }, el("span", {}, "App language"), select);
}
