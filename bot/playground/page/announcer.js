/* What a screen reader says by itself: each message once, in plain words, and nothing when only its time runs. */

import { byId, el } from "./dom.js";

const KEPT = 5;
const region = byId("spoken");
const KINDS = {
  photo: "Photo",
  animation: "Moving picture",
  video: "Film",
  video_note: "Film",
  sticker: "Sticker",
  voice: "Voice message",
  audio: "Sound",
  document: "File",
  location: "Place",
  contact: "Contact",
  poll: "Poll",
};

/** Say a sentence after what is being said. */
export function announce(sentence) {
  region.append(el("p", {}, sentence));
  while (region.children.length > KEPT) region.firstChild.remove();
}

/** Say a message that came, or one whose words are other ones now. */
export function announceMessage(sender, message, node, isNew) {
  const parts = [isNew ? sender : `${sender} changed a message`, ...words(message, node)];
  const buttons = message.reply_markup?.inline_keyboard?.flat().map(({ text }) => text) ?? [];
  if (buttons.length) parts.push(`${buttons.length === 1 ? "Button" : "Buttons"}: ${buttons.join(", ")}`);
  announce(parts.map((part) => (/[.:?]$/.test(part) ? part : `${part}.`)).join(" "));
}

function words(message, node) {
  const kind = Object.keys(KINDS).find((name) => name in message);
  const text = node.querySelector(".text")?.cloneNode(true);
  for (const part of text?.querySelectorAll(".meta, .spoiler-text, .unfold, .pre-head") ?? []) part.remove();
  return [kind && KINDS[kind], text?.textContent.trim()].filter(Boolean);
}
