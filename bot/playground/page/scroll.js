/* Where the chat stands: at its end, at the start of a long answer, or where the person scrolled to. */

import { byId, el, icon } from "./dom.js";
import { isMine } from "./state.js";

const NEAR_END = 120; // pixels
const SPACE_ABOVE = 10; // pixels over the start of a long answer
const ANSWER_SECONDS = 2; // messages that follow each other within this are one answer

const list = byId("messages");
const log = byId("log");
const jump = byId("jump");
let follows = true; // new messages are brought into view
let asked = false; // a button was pressed, perhaps far up: what comes next is its answer
let answer = null; // { id, date } of the newest answer: its first message, and when its last one was sent
let placed = null; // where the page put the chat; null once the person moved it
let below = 0; // messages that begin below the window

/** Watch the chat: its size, the person's own scrolling, and the button that leads to the end. */
export function setUpScroll() {
  jump.append(icon("down"));
  jump.addEventListener("click", toEnd);
  list.addEventListener("click", (event) => {
    if (event.target.closest(".key")) asked = true;
  });
  log.addEventListener("scroll", () => {
    if (placed === null || Math.abs(log.scrollTop - placed) > 1) leftToPerson();
    drawJump();
  }, { passive: true });
  // Pictures, a keyboard or a larger font change the height: what is followed stays in view.
  const resized = new ResizeObserver(() => (follows ? place() : drawJump()));
  resized.observe(list);
  resized.observe(log);
}

/** Show the end of the chat, and follow it from now on. */
export function toEnd() {
  answer = null;
  follows = true;
  place();
}

/** A new message stands in the chat: whoever wrote it sees it, and whoever waits for an answer sees its start. */
export function showNew(message, node) {
  if (isMine(message)) return toEnd();
  const goesOn = answer !== null && !asked && message.date - answer.date <= ANSWER_SECONDS;
  const wanted = follows || asked;
  if (goesOn) answer.date = message.date;
  else if (wanted) answer = { id: message.message_id, date: message.date };
  asked = false;
  if (wanted) place();
  if (node.offsetTop >= log.scrollTop + log.clientHeight) below += 1;
  drawJump();
}

/** Something came under the messages, such as the line that says who is typing. */
export function keepPlace() {
  if (follows) place();
}

/** Go to the end, but not past the start of the newest answer: people read from the beginning. */
function place() {
  const end = log.scrollHeight - log.clientHeight;
  const start = answer && list.querySelector(`[data-id="${answer.id}"]`);
  // At once: a scroll that takes its time could be overtaken by the next message.
  log.scrollTop = start ? Math.min(end, start.offsetTop - SPACE_ABOVE) : end;
  placed = log.scrollTop;
  follows = nearEnd();
  if (follows) below = 0;
  drawJump();
}

function leftToPerson() {
  placed = null;
  answer = null;
  asked = false;
  follows = nearEnd();
  if (follows) below = 0;
}

const nearEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;

function drawJump() {
  jump.hidden = nearEnd() && below === 0;
  jump.querySelector(".badge")?.remove();
  if (below) jump.append(el("span", { class: "badge" }, String(below)));
  jump.setAttribute("aria-label", below ? `To the newest message, ${below} unread` : "To the newest message");
}
