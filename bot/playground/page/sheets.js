/* Small lists that open over the page: one at a time, closed by Escape or a click elsewhere. */

import { el } from "./dom.js";

let open = null;

/** Make `button` open and close `sheet`; `fill()` draws it each time. */
export function sheet(button, node, fill) {
  button.addEventListener("click", () => (open?.node === node ? closeSheet() : openSheet(button, node, fill)));
}

function openSheet(button, node, fill) {
  closeSheet();
  fill();
  node.hidden = false;
  button.setAttribute("aria-expanded", "true");
  open = { button, node };
  node.querySelector("[aria-checked=true], [role=menuitem], button")?.focus();
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
export function menuItem(onclick, ...children) {
  return el("button", { type: "button", class: "item", role: "menuitem", onclick: () => { closeSheet(); onclick(); } }, ...children);
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.node.contains(event.target) && !open.button.contains(event.target)) closeSheet();
});
document.addEventListener("keydown", (event) => {
  if (!open) return;
  if (event.key === "Escape") return closeSheet();
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (event.target.tagName === "SELECT") return;
  const items = [...open.node.querySelectorAll("button")];
  const next = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  items.at(next % items.length)?.focus();
  event.preventDefault();
});
