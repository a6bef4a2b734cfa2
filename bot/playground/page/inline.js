/* "@bot words" in any chat: what the bot finds is listed over the composer while somebody types. */

import { el } from "./dom.js";
import { act, fileUrl } from "./server.js";
import { state } from "./state.js";
import { offer, renew } from "./suggestions.js";

const PAUSE_SECONDS = 0.2; // so long nothing was typed before the bot is asked
const SHORT_NAME = "bot"; // instead of the user name, which is long to type
const FOUND = "Found";
let timer;
let newest = 0; // the number of the last search; an older answer comes too late

/** Look for what stands in the box, if it is meant for that; whether it is. `does` has `type`, `start` and `tell`. */
export function searchInline(text, does) {
  forgetSearch();
  const [, name, query] = text.match(/^@(\w*)(?:\s([^]*))?$/) ?? [];
  if (name === undefined) return false;
  const { username } = state.bot;
  const short = name.toLowerCase();
  if (query === undefined) {
    const fits = username.toLowerCase().startsWith(short) || SHORT_NAME.startsWith(short);
    offer("Inline", fits ? [invitation(username, does)] : [], { first: true });
    return true;
  }
  if (short !== SHORT_NAME && short !== username.toLowerCase()) return false;
  renew(FOUND);
  const number = newest;
  timer = setTimeout(() => search(query.trim(), number, does), PAUSE_SECONDS * 1000);
  return true;
}

/** The line was sent or cleared: what is still being looked for comes too late. */
export function forgetSearch() {
  clearTimeout(timer);
  newest += 1;
}

const invitation = (username, { type }) => ({
  nodes: [el("strong", {}, `@${username}`), el("span", {}, "Search, and send what is found into this chat")],
  choose: () => type(`@${username} `),
});

async function search(query, number, does) {
  const ask = async (offset) => {
    const { results, next_offset, button } = await act("search", { person: state.current, query, offset });
    const options = results.map((result) => found(result, query, does));
    if (button && !offset) options.unshift(above(button, does));
    return { options, more: next_offset ? () => ask(next_offset) : null };
  };
  try {
    const { options, more } = await ask("");
    if (number === newest) offer(FOUND, options, { more });
  } catch (error) {
    if (number === newest) does.tell(error.message);
  }
}

function found(result, query, does) {
  const file = result.photo_file_id ?? result.sticker_file_id;
  const words = el("span", { class: "found" }, el("strong", {}, result.title ?? "Picture"), result.description ? el("small", {}, result.description) : null);
  return {
    nodes: [file ? el("img", { class: "found-picture", src: fileUrl(file), alt: "" }) : null, words],
    async choose() {
      does.type("");
      try {
        await act("choose", { person: state.current, result_id: String(result.id), query });
      } catch (error) {
        does.tell(error.message);
      }
    },
  };
}

/** The button over the results leads to the private chat. */
const above = ({ text, start_parameter }, does) => ({
  nodes: [el("strong", {}, text)],
  choose() {
    does.type("");
    does.start(start_parameter ?? "");
  },
});
