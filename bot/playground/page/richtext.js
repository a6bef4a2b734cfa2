/* Message text with its entities as DOM nodes. Offsets of entities are UTF-16 units, as in JavaScript strings. */

import { el, icon } from "./dom.js";
import { drawTime } from "./clock.js";

const PLAIN = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/**
 * The text as nodes. `reader.language` draws times; `reader.command(text)`, `reader.deepLink(payload)` and
 * `reader.copy(text)` do what a tap asks for; `reader.username` is the bot's.
 */
export function richText(text, entities = [], reader) {
  const sorted = entities
    .map((entity) => ({ ...entity, end: entity.offset + entity.length }))
    .sort((a, b) => a.offset - b.offset || b.end - a.end);
  const fragment = document.createDocumentFragment();
  fragment.append(...range(text, 0, text.length, sorted, reader));
  return fragment;
}

function range(text, start, end, entities, reader) {
  const nodes = [];
  let at = start;
  let afterBlock = false;
  const put = (upTo) => {
    let piece = text.slice(at, upTo);
    // A block ends its own line: the line break that follows it would show as an empty line.
    if (afterBlock && piece.startsWith("\n")) piece = piece.slice(1);
    if (piece) nodes.push(document.createTextNode(piece));
    if (upTo > at) afterBlock = false;
    at = Math.max(at, upTo);
  };
  const waiting = [...entities];
  while (waiting.length) {
    const entity = waiting.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.end, end);
    if (from >= to) continue;
    put(from);
    const inside = waiting.filter((other) => other.offset < to).map((other) => ({ ...other, end: Math.min(other.end, to) }));
    // What begins inside and reaches further goes on after this entity.
    const rest = waiting.filter((other) => other.end > to).map((other) => ({ ...other, offset: Math.max(other.offset, to) }));
    nodes.push(wrap(entity, text.slice(from, to), range(text, from, to, inside, reader), reader));
    waiting.splice(0, waiting.length, ...rest.sort((a, b) => a.offset - b.offset || b.end - a.end));
    at = to;
    afterBlock = BLOCKS.has(entity.type);
  }
  put(end);
  return nodes;
}

function wrap(entity, text, children, reader) {
  const { type } = entity;
  if (type in PLAIN) return el(PLAIN[type], {}, children);
  switch (type) {
    case "spoiler":
      return spoiler(children);
    case "code":
      return el("code", { class: "tap", tabindex: "0", role: "button", title: "Copy", ...tap(() => reader.copy(text)) }, children);
    case "pre":
      return codeBlock(entity.language, text, children, reader);
    case "blockquote":
      return el("blockquote", {}, children);
    case "expandable_blockquote":
      return expandable(children);
    case "text_link":
      return link(entity.url, children, reader);
    case "url":
      return link(/^[a-z][\w+.-]*:/i.test(text) ? text : `https://${text}`, children, reader);
    case "email":
      return link(`mailto:${text}`, children, reader);
    case "phone_number":
      return link(`tel:${text.replace(/[^\d+]/g, "")}`, children, reader);
    case "bot_command":
      return el("button", { type: "button", class: "inline-link", onclick: () => reader.command(text) }, children);
    case "date_time":
      return liveTime(entity, children, reader);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "mention" }, children);
    default: // a kind this page does not draw, such as a custom emoji, keeps its text
      return el("span", {}, children);
  }
}

/** A link; one that leads to this bot with a start payload starts it instead. Only harmless kinds can be opened. */
export function link(url, children, reader, attributes = {}) {
  const payload = startPayload(url, reader.username);
  if (payload !== null) {
    return el("button", { type: "button", class: "inline-link", ...attributes, onclick: () => reader.deepLink(payload) }, children);
  }
  if (!/^(https?|mailto|tel):/i.test(url)) return el("span", { class: "mention", title: url, ...attributes }, children);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url, ...attributes }, children);
}

/** The payload of a t.me link to the bot, "" without one, null when the link leads elsewhere. */
export function startPayload(url, username) {
  if (!URL.canParse(url)) return null;
  const { hostname, pathname, searchParams } = new URL(url);
  const mine = hostname === "t.me" && pathname.slice(1).toLowerCase() === username.toLowerCase();
  return mine ? searchParams.get("start") ?? "" : null;
}

function spoiler(children) {
  const inner = el("span", { class: "spoiler-text" }, children);
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, tap to show" }, inner);
  const reveal = (event) => {
    event.preventDefault();
    event.stopPropagation();
    for (const one of (node.closest(".bubble") ?? node.parentNode).querySelectorAll(".spoiler")) {
      one.classList.add("shown");
      one.removeAttribute("role");
      one.removeAttribute("aria-label");
      one.removeAttribute("tabindex");
      one.firstChild.inert = false;
    }
  };
  inner.inert = true;
  const listeners = tap((event) => node.classList.contains("shown") || reveal(event));
  node.addEventListener("click", listeners.onclick, true);
  node.addEventListener("keydown", listeners.onkeydown);
  return node;
}

function codeBlock(language, text, children, reader) {
  const copy = el("button", { type: "button", class: "copy", "aria-label": "Copy", onclick: () => reader.copy(text) }, icon("copy"));
  return el("pre", {}, el("span", { class: "pre-head" }, language ?? "", copy), el("code", {}, children));
}

const overflowing = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.parentNode.classList.contains("open")) continue;
    target.parentNode.classList.toggle("long", target.scrollHeight > target.clientHeight + 2);
  }
});

function expandable(children) {
  const inner = el("div", { class: "quote-text" }, children);
  const button = el("button", { type: "button", class: "unfold", "aria-expanded": "false", "aria-label": "Show the whole quote" }, icon("down"));
  const node = el("blockquote", { class: "expandable" }, inner, button);
  node.addEventListener("click", (event) => {
    if (!node.classList.contains("long") || (event.target !== button && event.target.closest("a, button:not(.unfold), .spoiler"))) return;
    const open = node.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", open ? "Fold the quote" : "Show the whole quote");
  });
  overflowing.observe(inner);
  return node;
}

function liveTime(entity, children, reader) {
  const moment = new Date(entity.unix_time * 1000);
  const node = el("time", { datetime: moment.toISOString(), title: moment.toLocaleString(), role: "timer" });
  if (!entity.date_time_format) {
    node.append(...children);
    return node;
  }
  node.dataset.unix = entity.unix_time;
  node.dataset.format = entity.date_time_format;
  drawTime(node, reader.language);
  return node;
}

function tap(action) {
  return {
    onclick: action,
    onkeydown: (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        action(event);
      }
    },
  };
}
