/* The top of the page: the chat, the bot and its state. */

import { byId } from "./dom.js";
import { me, state } from "./state.js";
import { drawSwitcher } from "./switcher.js";

/** Redraw everything that can change. */
export function drawHeader() {
  const { group, topic, bot_name } = me();
  const title = topic ?? group ?? bot_name;
  byId("bot-name").textContent = title;
  document.title = title;
  const line = byId("bot-state");
  const [name, sentence] = stateSentence();
  line.className = `state state-${name}`;
  if (line.textContent !== sentence) line.textContent = sentence;
  drawSwitcher();
}

function stateSentence() {
  const { state: name, exit_code, pause_seconds } = state.bot;
  if (state.lost) return ["down", "the playground has stopped"];
  if (name === "ready") return ["ready", "ready"];
  if (name === "starting") return ["starting", "starting…"];
  return ["down", `stopped with code ${exit_code} (see the terminal), back in ${Math.ceil(pause_seconds)} s`];
}
