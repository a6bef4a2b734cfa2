/* What shows up over the chat and goes away: toasts, alerts, the sound of a message. */

import { byId, el } from "./dom.js";

const TOAST_SECONDS = 4;
let audio = null;

/** A short text over the chat. */
export function toast(text) {
  const node = el("p", { class: "toast" }, text);
  byId("notices").append(node);
  setTimeout(() => node.classList.add("leaving"), TOAST_SECONDS * 1000);
  setTimeout(() => node.remove(), TOAST_SECONDS * 1000 + 250);
}

/** A text the person has to confirm. */
export function alertBox(text) {
  const box = byId("alert");
  byId("alert-text").textContent = text;
  if (!box.open) box.showModal();
}

/** Copy to the clipboard and say so. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  } catch {
    toast("The browser did not allow copying.");
  }
}

/** Turn the sound on or off; browsers allow this only in answer to a click. */
export function setSound(on) {
  if (on) audio = new AudioContext();
  else {
    audio?.close();
    audio = null;
  }
}

/** The sound of a message that may be heard. Nothing happens while the sound is off. */
export function beep() {
  if (!audio) return;
  const gain = audio.createGain();
  const start = audio.currentTime;
  gain.connect(audio.destination);
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.12, start + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.001, start + 0.4);
  for (const [hertz, delay] of [[784, 0], [1046, 0.09]]) {
    const tone = audio.createOscillator();
    tone.type = "sine";
    tone.frequency.value = hertz;
    tone.connect(gain);
    tone.start(start + delay);
    tone.stop(start + 0.42);
  }
}
