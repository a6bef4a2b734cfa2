/* The buttons under a message, and the reply keyboard under the chat. */

import { el, icon } from "./dom.js";
import { act } from "./server.js";
import { link } from "./richtext.js";

const STYLES = new Set(["danger", "success", "primary"]);
const SPINNER_SECONDS = 30;
const loading = new Map(); // buttons without an answer -> timer; an edit must not lose the circle

/** The inline keyboard of a message, or nothing. */
export function inlineKeyboard(person, message, reader) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div", { class: "rows" }, rows.map((buttons, row) =>
    el("div", { class: "row" }, buttons.map((button, column) => inlineButton(person, message, button, row, column, reader)))));
}

const look = (button, kind = "") => `key ${kind} ${STYLES.has(button.style) ? `key-${button.style}` : ""}`;

function inlineButton(person, message, button, row, column, reader) {
  if ("url" in button) {
    return link(button.url, [button.text, corner("link")], reader, { class: look(button) });
  }
  if ("copy_text" in button) {
    const copy = () => reader.copy(button.copy_text.text);
    return el("button", { type: "button", class: look(button), onclick: copy }, button.text, corner("copy"));
  }
  if (!("callback_data" in button)) { // a kind that leads out of the chat, such as a web app
    return el("button", { type: "button", class: look(button), disabled: true }, button.text);
  }
  const name = `${person.id} ${message.message_id} ${button.callback_data}`;
  const node = el("button", { type: "button", class: look(button), "aria-busy": loading.has(name) ? "true" : null, "data-name": name }, button.text);
  node.addEventListener("click", async () => {
    if (loading.has(name)) return;
    loading.set(name, setTimeout(() => settle(name), SPINNER_SECONDS * 1000));
    busy(name, true);
    try {
      await act("press", { person: person.id, message_id: message.message_id, row, column });
    } catch (error) {
      settle(name);
      reader.tell(error.message);
    }
  });
  return node;
}

/** The bot has answered a button. */
export function buttonAnswered({ person, message_id, data }) {
  settle(`${person} ${message_id} ${data}`);
}

function settle(name) {
  clearTimeout(loading.get(name));
  loading.delete(name);
  busy(name, false);
}

const corner = (name) => el("span", { class: "corner" }, icon(name));

function busy(name, on) {
  for (const node of document.querySelectorAll(`.key[data-name="${CSS.escape(name)}"]`)) {
    if (on) node.setAttribute("aria-busy", "true");
    else node.removeAttribute("aria-busy");
  }
}

/** Fill `holder` with the keys of a reply keyboard; `press(row, column, key)` is what a key does. */
export function drawReplyKeyboard(holder, keyboard, press) {
  const rows = keyboard?.keyboard ?? [];
  holder.replaceChildren(...rows.map((keys, row) => el("div", { class: "row" }, keys.map((given, column) => {
    const key = typeof given === "string" ? { text: given } : given;
    const symbol = key.request_location ? icon("place") : key.request_contact ? icon("contact") : null;
    return el("button", { type: "button", class: look(key, "key-reply"), onclick: () => press(row, column, key) }, symbol, key.text);
  }))));
}
