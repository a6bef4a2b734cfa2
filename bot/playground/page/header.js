/* The top of the page: the bot and its state, and who is holding the phone. */

import { avatar, byId, el } from "./dom.js";
import { act } from "./server.js";
import { menuChoice, sheet } from "./sheets.js";
import { me, state } from "./state.js";

const LANGUAGES = ["en", "de", "es", "fr", "it", "pt-br", "pl", "ru", "uk", "tr", "ar", "hi", "id", "ja", "zh-hans"];
let switchTo;
let tell;

/** `choose(id)` shows another person's chat; `say(sentence)` shows what went wrong. */
export function setUpHeader(choose, say) {
  switchTo = choose;
  tell = say;
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

function fillPeople() {
  const people = [...state.people.values()].map((person) => menuChoice(person.id === state.current, () => switchTo(person.id),
    picture(person), el("span", {}, seatName(person)), person.unread ? el("span", { class: "badge" }, String(person.unread)) : null));
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
