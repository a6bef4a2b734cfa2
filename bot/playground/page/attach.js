/* What a person can send besides text, all of it made up. */

import { byId, el, icon } from "./dom.js";
import { menuItem, sheet } from "./sheets.js";

const STICKERS = [..."🙂👍🙏😴🤕🌧🎉🥱🤔❤"].map((emoji) => (emoji === "❤" ? "❤️" : emoji));
const PLACES = [
  ["Berlin", 52.52, 13.405],
  ["London", 51.507, -0.128],
  ["New York", 40.713, -74.006],
  ["São Paulo", -23.551, -46.633],
  ["Mumbai", 19.076, 72.878],
  ["Tokyo", 35.677, 139.65],
  ["Sydney", -33.869, 151.209],
  ["Apia", -13.833, -171.767],
];
const FORWARDED = "My neighbour says one point on the hand is enough for every kind of pain.";

/** `send(action, body)` sends; `takeText()` empties the box for a caption or a forwarded text; `search()` goes inline. */
export function setUpAttach(send, takeText, search) {
  byId("attach").append(icon("attach"));
  const offers = [
    ["photo", "Photo", () => send("photo", { caption: takeText() })],
    ["sticker", "Sticker", () => chooseSticker().then((emoji) => emoji && send("sticker", { emoji }))],
    ["voice", "Voice message", () => send("voice", {})],
    ["place", "Location", () => choosePlace().then((place) => place && send("location", place))],
    ["contact", "Own contact", () => send("contact", {})],
    ["forward", "Forwarded message", () => send("forward", { text: takeText() || FORWARDED, from_name: "Morning Post" })],
    ["at", "Search inline", search],
  ];
  sheet(byId("attach"), byId("attach-sheet"), () => {
    byId("attach-sheet").replaceChildren(...offers.map(([symbol, label, act]) => menuItem(act, icon(symbol), el("span", {}, label))));
  });
  byId("stickers").append(
    el("div", { class: "sticker-grid" }, STICKERS.map((emoji) =>
      el("button", { type: "button", "aria-label": `Sticker ${emoji}`, onclick: () => byId("stickers").close(emoji) }, emoji))),
    el("button", { type: "button", class: "box-button quiet", onclick: () => byId("stickers").close("") }, "Cancel"),
  );
  drawPlaceBox();
}

function chooseSticker() {
  return answered(byId("stickers"));
}

/** Ask for a made-up place: { latitude, longitude }, or null when the person thought better of it. */
export async function choosePlace() {
  const answer = await answered(byId("place"));
  return answer ? JSON.parse(answer) : null;
}

/** What an opened box was closed with; "" for Escape and Cancel. */
function answered(box) {
  box.returnValue = "";
  box.showModal();
  return new Promise((resolve) => box.addEventListener("close", () => resolve(box.returnValue), { once: true }));
}

function drawPlaceBox() {
  const box = byId("place");
  const finish = (latitude, longitude) => box.close(JSON.stringify({ latitude, longitude }));
  const field = (label, limit, value) => {
    const input = el("input", { type: "number", min: -limit, max: limit, step: "any", required: "", value });
    return [input, el("label", {}, label, input)];
  };
  const [latitude, latitudeLabel] = field("Latitude", 90, "52.52");
  const [longitude, longitudeLabel] = field("Longitude", 180, "13.405");
  const form = el("form", { class: "place-form", onsubmit: (event) => {
    event.preventDefault();
    finish(latitude.valueAsNumber, longitude.valueAsNumber);
  } }, latitudeLabel, longitudeLabel, el("button", { class: "box-button" }, "Send this place"));
  box.append(
    el("h2", { id: "place-title" }, "Where are you?"),
    el("p", {}, "A made-up place. Your real one stays with you."),
    el("div", { class: "place-grid" }, PLACES.map(([name, ...where]) => el("button", { type: "button", onclick: () => finish(...where) }, name))),
    form,
    el("button", { type: "button", class: "box-button quiet", onclick: () => box.close("") }, "Cancel"),
  );
}
