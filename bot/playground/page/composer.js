/* Where a person writes: text, commands, answers, corrections, START, and the reply keyboard. */

import { byId, el, focusIn, icon } from "./dom.js";
import { act } from "./server.js";
import { drawReplyKeyboard } from "./buttons.js";
import { choosePlace, setUpAttach } from "./attach.js";
import { forgetSearch, searchInline } from "./inline.js";
import { menuItem, sheet } from "./sheets.js";
import { canEdit, me, senderName, state } from "./state.js";
import { offer, suggestionKey, withdraw } from "./suggestions.js";

const box = byId("text");
const drafts = new Map(); // person id -> what was typed but not sent
let about = null; // { kind: "edit" | "reply", message } while the text is a correction or an answer
let keysHidden = false;
let payload = new URLSearchParams(location.search).get("start"); // of a deep link, until START is pressed
let tell;
let inline;

/** `given.tell(sentence)` shows what went wrong; `given.deepLink(payload)` starts the bot in private. */
export function setUpComposer(given) {
  tell = given.tell;
  inline = { type, start: given.deepLink, tell };
  byId("send").append(icon("send"));
  byId("keys-toggle").append(icon("keys"));
  byId("menu").append(icon("menu"), el("span", {}, "Menu"));
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener("input", () => {
    fit();
    suggest();
  });
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", () => setTimeout(withdraw, 150));
  byId("start").addEventListener("click", () => start(payload ?? ""));
  byId("keys-toggle").addEventListener("click", () => {
    keysHidden = !keysHidden;
    drawKeyboard();
  });
  sheet(byId("menu"), byId("menu-sheet"), () => {
    byId("menu-sheet").replaceChildren(...me().commands.map((command) =>
      menuItem(() => say(`/${command.command}`), el("span", {}, command.description), el("small", {}, `/${command.command}`))));
  });
  setUpAttach(send, takeText, () => type(`@${state.bot.username} `));
}

/** Redraw for the current person: another chat, other commands, other keys. */
export function drawComposer() {
  byId("menu").hidden = me().commands.length === 0;
  const fresh = !me().group && (me().messages.size === 0 || payload !== null);
  const had = !byId("start").hidden;
  byId("start").hidden = !fresh;
  byId("composer").hidden = fresh;
  if (had && !fresh) box.focus({ preventScroll: true });
  drawKeyboard();
}

/** The chat changed hands: keep the draft of the one, take up that of the other. */
export function changePerson(from, to) {
  drafts.set(from, about?.kind === "edit" ? "" : box.value);
  leaveAbout();
  setText(drafts.get(to) ?? "");
  keysHidden = false;
}

/** A new reply keyboard is always shown, even if the one before was folded away. */
export function showKeyboard() {
  keysHidden = false;
  drawKeyboard();
}

/** Correct an own message. */
export function edit(message) {
  about = { kind: "edit", message };
  drawAbout("pencil", "Edit message", message.text);
  setText(message.text);
  box.focus();
}

/** Answer a message; a bot may ask for that by itself, with a hint of its own. */
export function reply(message, placeholder = "") {
  about = { kind: "reply", message };
  drawAbout("reply", senderName(message), message.text ?? message.caption ?? "Message");
  box.placeholder = placeholder || "Reply";
  box.focus();
}

/** Send a command that was tapped. In a group the apps add whom it is for. */
export function say(command) {
  const named = me().group && !command.includes("@") ? `${command}@${state.bot.username}` : command;
  return send("text", { text: named });
}

/** Press START, perhaps with the payload of a deep link. */
export async function start(given) {
  payload = null;
  const address = new URL(location.href);
  address.searchParams.delete("start"); // a reload must not start again
  history.replaceState(null, "", address);
  await send("start", { payload: given });
  drawComposer();
}

async function send(action, body) {
  try {
    await act(action, { person: state.current, ...body });
    return true;
  } catch (error) {
    tell(error.message);
    return false;
  }
}

async function submit() {
  const text = box.value.trim();
  if (!text) return;
  const subject = about;
  setText("");
  leaveAbout();
  const id = subject?.message.message_id;
  const done = subject?.kind === "edit"
    ? text === subject.message.text || await send("edit", { message_id: id, text })
    : await send("text", subject ? { text, reply_to: id } : { text });
  if (!done && !box.value) setText(text);
}

/** Write this into the box for the person, who goes on from there. */
function type(text) {
  setText(text);
  box.focus();
  suggest();
}

/** What stands in the box, for a caption or a forwarded text; the box is empty afterwards. */
function takeText() {
  const text = box.value.trim();
  setText("");
  return text;
}

function setText(text) {
  box.value = text;
  forgetSearch();
  withdraw();
  fit();
}

function fit() {
  const filled = box.value.trim() !== "";
  byId("send").disabled = !filled;
  byId("composer").classList.toggle("filled", filled);
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

function drawAbout(symbol, title, text) {
  const cancel = el("button", { type: "button", class: "round", "aria-label": "Cancel", onclick: () => {
    if (about?.kind === "edit") setText("");
    leaveAbout();
    box.focus();
  } }, icon("close"));
  byId("about").replaceChildren(icon(symbol), el("div", {}, el("strong", {}, title), el("span", {}, text)), cancel);
  byId("about").hidden = false;
}

function leaveAbout() {
  about = null;
  byId("about").hidden = true;
  box.placeholder = me()?.keyboard?.input_field_placeholder || "Message";
}

function drawKeyboard() {
  const keyboard = byId("composer").hidden ? null : me().keyboard;
  byId("keys-toggle").hidden = !keyboard;
  byId("keys").hidden = !keyboard || keysHidden;
  byId("keys-toggle").setAttribute("aria-expanded", String(!byId("keys").hidden));
  if (about === null) box.placeholder = keyboard?.input_field_placeholder || "Message";
  const putBack = focusIn(byId("keys"));
  drawReplyKeyboard(byId("keys"), keyboard, async (row, column, key) => {
    if (!key.request_location) return send("key", { row, column });
    const place = await choosePlace();
    return place && send("key", { row, column, ...place });
  });
  putBack(byId("keys"), box);
}

function onKey(event) {
  if (event.isComposing) return;
  if (suggestionKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape" && about) {
    if (about.kind === "edit") setText("");
    leaveAbout();
  } else if (event.key === "ArrowUp" && !box.value) {
    const last = [...me().messages.values()].findLast((message) => canEdit(message));
    if (last) {
      event.preventDefault();
      edit(last);
    }
  }
}

/* Suggestions while a command is being typed. */

function suggest() {
  if (searchInline(box.value, inline)) return;
  const typed = box.value.match(/^\/(\w*)$/);
  if (!typed) return withdraw();
  const fitting = me().commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase()));
  offer("Commands", fitting.map(({ command, description }) => ({
    nodes: [el("strong", {}, `/${command}`), el("span", {}, description)],
    choose() {
      setText("");
      say(`/${command}`);
    },
  })), { first: true });
}
