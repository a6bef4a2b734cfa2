/* Who is holding the phone, and which chat is open: a private one, a group, a topic of it. */

import { avatar, byId, el, icon } from "./dom.js";
import { act } from "./server.js";
import { menuChoice, sheet } from "./sheets.js";
import { isSamePlace, me, state } from "./state.js";

const LANGUAGES = ["en", "es", "pt-br", "de", "fr", "it", "pl", "ru", "uk", "tr", "ar", "hi", "id", "ja", "zh-hans"];
const button = byId("people");
const panel = byId("people-sheet");
let switchTo;
let tell;

/** `choose(id)` shows another seat; `say(sentence)` shows what went wrong. */
export function setUpSwitcher(choose, say) {
  switchTo = choose;
  tell = say;
  sheet(button, panel, fill);
}

/** Redraw the button, and the sheet if it is open. */
export function drawSwitcher() {
  const others = unread(seats().filter(({ group, private: id }) => !group || id === me().private)); // a group once
  button.replaceChildren(picture(me()), others ? el("span", { class: "badge" }, String(others)) : "");
  const where = me().group ? ` in ${placeName(me())}` : "";
  button.setAttribute("aria-label", `You are ${me().name}${where}. Change person or chat${others ? `, ${others} unread` : ""}`);
  if (!panel.hidden) fill();
}

const seats = () => [...state.people.values()];

const unread = (some) => some.reduce((sum, seat) => sum + seat.unread, 0);

const badge = (number) => el("span", { class: "badge" }, String(number), el("span", { class: "spoken" }, " unread"));

/** Another person, who stays in the same chat where that is possible; the same person in another chat. */
function fill() {
  const people = seats().filter(({ group }) => !group);
  const places = seats().filter((seat) => seat.private === me().private);
  panel.replaceChildren(
    section("You are", people.map((person) => {
      const theirs = seats().filter((seat) => seat.private === person.private);
      const seat = theirs.find((one) => isSamePlace(one, me())) ?? person;
      const elsewhere = person.private === me().private ? 0 : unread(theirs);
      return menuChoice(person.private === me().private, () => switchTo(seat.id), picture(person), el("span", {}, person.name), elsewhere ? badge(elsewhere) : null);
    })),
    places.length > 1 ? section("In", places.map((seat) =>
      menuChoice(seat.id === state.current, () => switchTo(seat.id),
        icon(seat.topic ? "topic" : seat.group ? "group" : "chat"), el("span", {}, placeName(seat)), seat.unread ? badge(seat.unread) : null))) : "",
    languageChoice(),
  );
}

function section(title, items) {
  return el("div", { class: "section", role: "menu", "aria-label": title }, el("p", { class: "section-title", "aria-hidden": "true" }, title), items);
}

function placeName({ group, topic, has_bot }) {
  if (!group) return "Private chat";
  if (topic) return `${topic} in ${group}`;
  return has_bot ? group : `${group}, without the bot`;
}

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
