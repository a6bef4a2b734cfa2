/* The chat: bubbles, days, and who is typing. */

import { byId, calm, el, focusIn, icon } from "./dom.js";
import { dayName, everySecond, hourMinute, today } from "./clock.js";
import { inlineKeyboard } from "./buttons.js";
import { isBare, media } from "./media.js";
import { richText } from "./richtext.js";
import { keepPlace, setUpScroll, showNew, toEnd } from "./scroll.js";
import { canEdit, isMine, isSamePlace, me, senderName, state } from "./state.js";

const GROUP_SECONDS = 300;
const TYPING_SECONDS = 5;
const ACTIONS = {
  typing: "typing",
  upload_photo: "sending a photo",
  upload_video: "sending a video",
  record_video: "recording a video",
  upload_voice: "sending a voice message",
  record_voice: "recording a voice message",
  upload_document: "sending a file",
  choose_sticker: "choosing a sticker",
  find_location: "looking for a place",
};

const list = byId("messages");
const typing = byId("typing");
let reader;
let typingTimer;
let drawnOn = today();

/** `given` is the reader of richtext.js plus `edit(message)` and `reply(message)`. */
export function setUpMessages(given) {
  reader = given;
  setUpScroll();
  everySecond(() => {
    if (drawnOn === today()) return;
    drawnOn = today();
    arrange(); // what was "Today" has a date now
  });
}

/** Draw the chat of the current person from nothing. */
export function drawMessages() {
  hideAction();
  list.setAttribute("aria-busy", "true");
  list.replaceChildren(...[...me().messages.values()].map((message) => bubble(message)));
  arrange();
  list.removeAttribute("aria-busy");
  drawIntro();
  toEnd();
}

/** Show a new message of the current person's chat, or one that changed; its node. */
export function drawMessage(message, isNew) {
  const before = list.querySelector(`[data-id="${message.message_id}"]`);
  const node = bubble(message);
  if (before) {
    const putBack = focusIn(before);
    before.replaceWith(node);
    putBack(node, byId("text"));
  } else list.append(node);
  arrange();
  drawIntro();
  if (!isNew) return node;
  if (message.from.is_bot) hideAction();
  node.classList.add("new");
  if (message.from.is_bot && !message.silent) ping(node);
  showNew(message, node);
  return node;
}

/** A message vanished. */
export function dropMessage(messageId) {
  const node = list.querySelector(`[data-id="${messageId}"]`);
  if (!node) return;
  const away = () => {
    if (node.contains(document.activeElement)) byId("text").focus({ preventScroll: true });
    node.remove();
    arrange();
    drawIntro();
  };
  if (calm()) return away();
  node.classList.add("leaving");
  node.setAttribute("aria-hidden", "true");
  node.removeAttribute("data-id");
  setTimeout(away, 180);
}

/** The bot is busy with something, for the next five seconds or until it writes. */
export function showAction(action) {
  const text = ACTIONS[action] ?? "busy";
  typing.replaceChildren(el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), `${text}…`);
  typing.hidden = false;
  keepPlace();
  clearTimeout(typingTimer);
  typingTimer = setTimeout(hideAction, TYPING_SECONDS * 1000);
}

function hideAction() {
  clearTimeout(typingTimer);
  typing.hidden = true;
}

function ping(node) {
  node.classList.add("ping");
  setTimeout(() => node.classList.remove("ping"), 2600);
}

/** Days and groups depend on the neighbours, so they are put in place after every change. */
function arrange() {
  for (const day of list.querySelectorAll(".day")) day.remove();
  let last = null;
  for (const node of list.querySelectorAll("li[data-id]")) {
    const message = me().messages.get(Number(node.dataset.id));
    if (!message) continue;
    const name = dayName(message.date);
    if (!last || dayName(last.message.date) !== name) node.before(el("li", { class: "day" }, el("span", {}, name)));
    const joined = last && last.message.from.id === message.from.id && message.date - last.message.date < GROUP_SECONDS;
    node.classList.toggle("joined", Boolean(joined));
    last?.node.classList.toggle("last", !joined);
    last = { node, message };
  }
  last?.node.classList.add("last");
}

function drawIntro() {
  const intro = byId("intro");
  const { bot_name, description, group, topic, has_bot, messages } = me();
  intro.hidden = messages.size > 0;
  if (intro.hidden) return;
  if (group) {
    const name = `@${state.bot.username}`;
    intro.replaceChildren(el("h2", {}, topic ?? group), el("p", {}, has_bot
      ? `From a group the bot is told of commands, of answers to its messages, and of what names ${name}.`
      : `The bot is not in this group and reads nothing here. A message that names ${name} may get one answer.`));
    return;
  }
  intro.replaceChildren(
    el("span", { class: "avatar avatar-bot", "aria-hidden": "true" }),
    el("h2", {}, description ? "What can this bot do?" : bot_name),
    el("p", {}, description || "There are no messages here yet."),
  );
}

function bubble(message) {
  const person = me();
  const mine = isMine(message);
  if ("forum_topic_created" in message) return service(message, `${senderName(message)} began the topic “${message.forum_topic_created.name}”`);
  const text = message.text ?? message.caption;
  const pictures = media(message);
  if (!pictures.length && !text) return service(message, "This kind of message is not shown here.");
  const sender = person.group && !mine ? el("strong", { class: "sender" }, senderName(message)) : null;
  const body = el("div", { class: "bubble" }, sender, header(message), pictures);
  if (text) {
    const entities = message.entities ?? message.caption_entities;
    body.append(el("div", { class: "text", dir: "auto" }, richText(text, entities, reader), meta(message)));
  } else {
    body.append(meta(message));
  }
  if (message.reaction) body.append(el("span", { class: "reaction", role: "img", "aria-label": `Reaction ${message.reaction}` }, message.reaction));
  const classes = ["message", mine ? "mine" : "theirs"];
  if (isBare(message)) classes.push("bare");
  if (pictures.length && !isBare(message)) classes.push("with-media");
  if (message.reply_markup?.inline_keyboard) classes.push("with-keys");
  return el("li", { class: classes.join(" "), "data-id": message.message_id },
    el("span", { class: "spoken" }, `${senderName(message)}: `),
    el("div", { class: "stack" }, el("div", { class: "line" }, body, tools(message)), inlineKeyboard(person, message, reader)));
}

const service = (message, sentence) => el("li", { class: "service", "data-id": message.message_id }, sentence);

function header(message) {
  const parts = [];
  const origin = message.forward_origin;
  if (origin) {
    const name = origin.sender_user_name ?? origin.sender_user?.first_name ?? origin.chat?.title ?? "somebody";
    parts.push(el("div", { class: "forwarded" }, "Forwarded from ", el("strong", {}, name)));
  }
  if (message.via_bot) parts.push(el("div", { class: "forwarded" }, "via ", el("strong", {}, `@${message.via_bot.username}`)));
  const replied = message.reply_to_message;
  if (replied && !("forum_topic_created" in replied)) {
    parts.push(el("div", { class: "replied" }, el("strong", {}, senderName(replied)), el("span", {}, replied.text ?? replied.caption ?? "Message")));
  }
  return parts;
}

function meta(message) {
  const silent = message.from.is_bot && message.silent;
  return el("span", { class: "meta" },
    silent ? el("span", { class: "silent", title: "Sent without sound" }, icon("bell-off"), el("span", { class: "spoken" }, "without sound ")) : null,
    message.edit_date ? "edited " : null,
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, hourMinute(message.date)),
    isMine(message) ? el("span", { class: "sent" }, icon("check")) : null);
}

function tools(message) {
  if (canEdit(message)) return tool("pencil", "Edit", () => reader.edit(message));
  return isMine(message) ? null : tool("reply", "Reply", () => reader.reply(message));
}

const tool = (symbol, label, onclick) =>
  el("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick }, icon(symbol));

/** Count a message for a person who is not looking, in a chat that is not shown. */
export function countUnread(person, message) {
  if (message.from.id !== person.private && !isSamePlace(person, me())) person.unread += 1;
}
