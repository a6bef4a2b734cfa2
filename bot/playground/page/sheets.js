/* Small lists that open over the page: one at a time, closed by Escape, a click elsewhere, or leaving them. */

import { el } from "./dom.js";

let open = null;

/** Make `button` open and close `sheet`; `fill()` draws it each time. */
export function sheet(button, node, fill) {
  button.addEventListener("click", () => (open?.node === node ? closeSheet() : openSheet(button, node, fill)));
  node.addEventListener("focusout", ({ relatedTarget }) => {
    if (open?.node === node && relatedTarget && relatedTarget !== button && !node.contains(relatedTarget)) closeSheet();
  });
}

function openSheet(button, node, fill) {
  closeSheet();
  fill();
  node.hidden = false;
  button.setAttribute("aria-expanded", "true");
  open = { button, node };
  node.querySelector("[aria-checked=true]:not([role=menuitemcheckbox]), [role^=menuitem], button")?.focus();
}

/** Close the open list, if any, and give the focus back. */
export function closeSheet() {
  if (!open) return;
  const { button, node } = open;
  open = null;
  const inside = node.contains(document.activeElement);
  node.hidden = true;
  button.setAttribute("aria-expanded", "false");
  if (inside) button.focus();
}

/** One line of a list that does something and closes the list. */
export const menuItem = (onclick, ...children) => item("menuitem", {}, onclick, children);

/** A line that is on or off. */
export const menuSwitch = (checked, onclick, ...children) =>
  item("menuitemcheckbox", { "aria-checked": String(checked) }, onclick, children);

/** A line that is chosen instead of its neighbours. */
export const menuChoice = (checked, onclick, ...children) =>
  item("menuitemradio", { "aria-checked": String(checked) }, onclick, children);

const item = (role, attributes, onclick, children) =>
  el("button", { type: "button", class: "item", role, ...attributes, onclick: () => { closeSheet(); onclick(); } }, ...children);

const MOVES = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at <= 0 ? count : at) - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

document.addEventListener("pointerdown", (event) => {
  if (open && !open.node.contains(event.target) && !open.button.contains(event.target)) closeSheet();
});
document.addEventListener("keydown", (event) => {
  if (!open) return;
  if (event.key === "Escape") return closeSheet();
  if (!(event.key in MOVES) || event.target.tagName === "SELECT") return;
  const items = [...open.node.querySelectorAll("button")];
  items[MOVES[event.key](items.indexOf(document.activeElement), items.length)]?.focus();
  event.preventDefault();
});
