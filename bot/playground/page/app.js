/* Puts the page together and passes on what happens. */

import { announceMessage } from "./announcer.js";
import { buttonAnswered } from "./buttons.js";
import { setUpComposer, changePerson, drawComposer, edit, reply, say, showKeyboard, start } from "./composer.js";
import { keepTimesLive, setAhead } from "./clock.js";
import { clockMoved, setUpClockBar } from "./clockbar.js";
import { drawHeader } from "./header.js";
import { addCall, drawCalls, setUpInspector } from "./inspector.js";
import { countUnread, drawMessage, drawMessages, dropMessage, setUpMessages, showAction } from "./messages.js";
import { drawMore, setUpMore } from "./more.js";
import { alertBox, beep, copy, toast } from "./notices.js";
import { setUpScreen } from "./screen.js";
import { listen } from "./server.js";
import { setUpSwitcher } from "./switcher.js";
import { isMine, isSamePlace, me, senderName, state, takePicture } from "./state.js";

const reader = {
  get language() { return me().language_code; },
  get username() { return state.bot.username; },
  command: say,
  deepLink(payload) { // leads to the private chat, also from a group
    show(me().private);
    return start(payload);
  },
  copy,
  tell: toast,
  edit,
  reply,
};

function show(personId) {
  if (personId === state.current) return;
  changePerson(state.current, personId);
  state.current = personId;
  for (const seat of state.people.values()) if (isSamePlace(seat, me())) seat.unread = 0;
  drawEverything();
}

function drawEverything() {
  drawHeader();
  drawMessages();
  drawComposer();
}

const words = (message) => message.text ?? message.caption ?? "";

const mine = (change) => change.person === state.current;

const changes = {
  picture(picture) {
    setAhead(picture.clock.seconds_ahead);
    takePicture(picture);
    drawEverything();
    drawCalls();
  },
  clock: clockMoved,
  bot(bot) {
    state.bot = bot;
    drawHeader();
  },
  message({ person: id, message }) {
    const person = state.people.get(id);
    const before = person.messages.get(message.message_id);
    person.messages.set(message.message_id, before?.reaction ? { ...message, reaction: before.reaction } : message);
    if (!before) countUnread(person, message);
    if (!before && message.from.is_bot && !message.silent && (!person.group || id === state.current)) beep(); // a group sits in two seats
    if (id !== state.current) return drawHeader();
    const node = drawMessage(person.messages.get(message.message_id), !before);
    const reworded = !before || words(before) !== words(message);
    if (reworded && !isMine(message)) announceMessage(senderName(message), message, node, !before);
    if (!before) drawComposer();
    if (!before && message.force_reply) reply(message, message.force_reply.placeholder);
  },
  delete(change) {
    state.people.get(change.person).messages.delete(change.message_id);
    if (!mine(change)) return;
    dropMessage(change.message_id);
    drawComposer();
  },
  reaction(change) {
    const message = state.people.get(change.person).messages.get(change.message_id);
    if (!message) return;
    message.reaction = change.emoji;
    if (mine(change)) drawMessage(message, false);
  },
  toast: (change) => mine(change) && toast(change.text),
  alert: (change) => mine(change) && alertBox(change.text),
  action: (change) => mine(change) && showAction(change.action),
  keyboard(change) {
    state.people.get(change.person).keyboard = change.keyboard;
    if (mine(change)) showKeyboard();
  },
  profile({ person, ...profile }) {
    Object.assign(state.people.get(person), profile);
    if (person === state.current) drawEverything();
  },
  answered: buttonAnswered,
  call: addCall,
  lost() {
    state.lost = true;
    if (me()) drawHeader();
  },
};

setUpScreen();
setUpSwitcher(show, toast);
setUpClockBar(toast);
setUpMessages(reader);
setUpComposer(reader);
setUpMore();
setUpInspector(drawMore);
keepTimesLive(() => reader.language);
listen(changes);
