/* The top of the page: the chat, the bot and its state. */

import { byId } from "./dom.js";
import { me, state } from "./state.js";
import { drawSwitcher } from "./switcher.js";

const WAITING = "What you write or tap waits for it, and a running hold is kept.";
let fell = false; // the bot, at least once since this page was opened

/** Redraw everything that can change. */
export function drawHeader() {
  const { group, topic, bot_name } = me();
  const title = topic ?? group ?? bot_name;
  byId("bot-name").textContent = title;
  document.title = title;
  const line = byId("bot-state");
  const [name, sentence, outage] = stateSentence();
  line.className = `state state-${name}`;
  if (line.textContent !== sentence) line.textContent = sentence;
  const notice = byId("outage");
  notice.hidden = !outage;
  if (notice.textContent !== outage) notice.textContent = outage;
  drawSwitcher();
}

function stateSentence() {
  const { state: name, exit_code, pause_seconds } = state.bot;
  if (state.lost) return ["down", "the playground has stopped", "The playground has stopped. Once it is started again in the terminal, this page finds it by itself."];
  if (name === "ready") return ["ready", "ready", ""];
  if (name === "starting") return ["starting", "starting…", fell ? `The bot is starting again. ${WAITING}` : ""];
  fell = true;
  const pause = Math.ceil(pause_seconds);
  return ["down", `stopped with code ${exit_code}`, `The bot has stopped; the terminal says more. It is started again in ${pause} s. ${WAITING}`];
}
