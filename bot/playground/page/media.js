/* What a message shows besides text: pictures, films, files, places and the like. */

import { calm, el, icon, byId } from "./dom.js";
import { fileUrl } from "./server.js";

/** Nodes for everything in the message that is not text; an empty list for a plain text. */
export function media(message) {
  for (const [kind, draw] of Object.entries(KINDS)) {
    if (kind in message) return [draw(message[kind], message)];
  }
  return [];
}

/** Messages that stand without a bubble behind them. */
export const isBare = (message) => "sticker" in message || "dice" in message;

const KINDS = {
  photo: (sizes, message) => {
    const { file_id, width, height } = sizes.at(-1);
    const image = el("img", { src: fileUrl(file_id), width, height, alt: message.caption ? "" : "Photo", decoding: "async" });
    const open = () => {
      const viewer = byId("viewer");
      const large = el("img", { src: fileUrl(file_id), alt: message.caption ?? "Photo" });
      viewer.replaceChildren(el("button", { class: "viewer-close", "aria-label": "Close the picture", onclick: () => viewer.close() }, large));
      viewer.showModal();
    };
    return cover(message, el("button", { type: "button", class: "picture", "aria-label": "Open the photo", onclick: open }, image));
  },
  animation: (animation, message) => film(animation, message),
  video: (video, message) => film(video, message),
  video_note: (video, message) => film(video, message),
  sticker: ({ emoji }) => el("span", { class: "sticker", role: "img", "aria-label": `Sticker ${emoji ?? ""}` }, emoji ?? "🙂"),
  dice: ({ emoji, value }) => el("span", { class: "sticker", role: "img", "aria-label": `${emoji} shows ${value}` }, emoji),
  voice: ({ duration }) => sound("Voice message", duration),
  audio: ({ title, file_name, duration }) => sound(title ?? file_name ?? "Audio", duration),
  document: ({ file_id, file_name, file_size }) =>
    card("file", el("a", { href: fileUrl(file_id), download: file_name ?? "file" }, file_name ?? "File"), bytes(file_size)),
  venue: ({ title, address, location }) => map(location, title, address),
  location: (location) => map(location, "Location"),
  contact: ({ first_name, last_name, phone_number }) =>
    card("contact", [first_name, last_name].filter(Boolean).join(" "), phone_number),
  poll: ({ question, options }) =>
    el("div", { class: "poll" }, el("strong", {}, question), el("ul", {}, options.map(({ text }) => el("li", {}, text)))),
};

function film({ file_id, width, height }, message) {
  const video = el("video", {
    src: fileUrl(file_id), width, height, loop: true, muted: true, playsinline: "", preload: "auto",
    autoplay: !calm(), "aria-label": message.caption ?? "Moving picture",
  });
  video.muted = true; // the attribute alone only counts for films in the page's source
  const button = el("button", { type: "button", class: "film-button" });
  const draw = () => {
    button.setAttribute("aria-label", video.paused ? "Play" : "Pause");
    button.replaceChildren(icon(video.paused ? "play" : "pause"));
    button.classList.toggle("paused", video.paused);
  };
  const toggle = () => (video.paused ? video.play() : video.pause());
  button.addEventListener("click", toggle);
  video.addEventListener("play", draw);
  video.addEventListener("pause", draw);
  draw();
  return cover(message, el("div", { class: "picture film" }, video, button));
}

function cover(message, node) {
  if (!message.has_media_spoiler) return node;
  node.classList.add("covered");
  const lift = (event) => {
    event.stopPropagation();
    node.classList.remove("covered");
  };
  node.addEventListener("click", (event) => node.classList.contains("covered") && lift(event), true);
  return node;
}

function sound(name, seconds = 0) {
  const bars = Array.from({ length: 28 }, (_, i) => {
    const bar = el("i");
    bar.style.height = `${22 + 70 * Math.abs(Math.sin(i * 1.7) * Math.cos(i * 0.6))}%`;
    return bar;
  });
  const length = `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")}`;
  return el("div", { class: "card" }, el("span", { class: "card-icon" }, icon("voice")),
    el("span", { class: "card-text" }, el("span", { class: "wave", role: "img", "aria-label": name }, bars), el("small", {}, length)));
}

function card(symbol, title, detail) {
  return el("div", { class: "card" }, el("span", { class: "card-icon" }, icon(symbol)),
    el("span", { class: "card-text" }, el("strong", {}, title), detail ? el("small", {}, detail) : null));
}

function map({ latitude, longitude }, title, address) {
  const where = `${latitude.toFixed(3)}, ${longitude.toFixed(3)}`;
  return el("div", { class: "map-card" }, el("div", { class: "map", "aria-hidden": "true" }, icon("place")),
    el("strong", {}, title), el("small", {}, address ? `${address} · ${where}` : where));
}

function bytes(size) {
  if (size === undefined) return "";
  return size < 1024 ? `${size} bytes` : size < 1 << 20 ? `${Math.round(size / 1024)} KB` : `${(size / (1 << 20)).toFixed(1)} MB`;
}
