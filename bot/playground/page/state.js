/* What the page knows: the bot, the people and their chats, and who is looking. */

const asked = Number(new URLSearchParams(location.search).get("person")); // ?person=1002 opens that chat

export const state = {
  bot: { username: "", state: "starting", exit_code: null, pause_seconds: 0 },
  people: new Map(), // id -> person; its messages are a Map from message_id in the order they were sent
  current: null, // the id of the person whose chat is shown
  lost: false, // the playground does not answer
  calls: [],
};

/** Take over a whole picture from the server. What only the page knows (who looks, what is unread) stays. */
export function takePicture(picture) {
  state.bot = picture.bot;
  state.calls = picture.calls;
  state.lost = false;
  for (const person of picture.people) {
    const unread = state.people.get(person.id)?.unread ?? 0;
    const messages = new Map(person.messages.map((message) => [message.message_id, message]));
    state.people.set(person.id, { ...person, messages, unread });
  }
  if (!state.people.has(state.current)) state.current = state.people.has(asked) ? asked : picture.people[0].id;
}

/** The person whose chat is shown. */
export const me = () => state.people.get(state.current);

/** Whether two seats have the same chat before them; a private chat is one person's own. */
export const isSamePlace = (one, other) =>
  one.id === other.id || (one.group !== null && one.group === other.group && one.topic === other.topic);

/** Whether the person who looks wrote the message; in a group, others write as well. */
export const isMine = (message) => message.from.id === me().private;

/** Whether the person who looks may correct the message: the own words, typed by hand. */
export const canEdit = (message) => isMine(message) && "text" in message && !message.forward_origin && !message.via_bot;

/** Who wrote a message. */
export const senderName = ({ from }) =>
  from.is_bot ? me().bot_name : [from.first_name, from.last_name].filter(Boolean).join(" ");
