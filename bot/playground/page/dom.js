/* Building the page. Every text goes in as a text node, so nothing anybody writes can become markup. */

export const byId = (id) => document.getElementById(id);

/** An element with attributes and children; `on...` attributes are listeners, null and false leave an attribute out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name in node && typeof value === "boolean") node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const pressable = (holder) => [...holder.querySelectorAll("button, a[href]")];

/**
 * Where the keyboard stands inside `holder`, before that is drawn anew. The answer puts it back: on the button with
 * the same words, on one in the same place, or on `otherwise`.
 */
export function focusIn(holder) {
  const had = document.activeElement;
  if (!holder.contains(had)) return () => {};
  const index = pressable(holder).indexOf(had);
  return (redrawn, otherwise) => {
    const found = pressable(redrawn);
    const same = found.find((node) => node.textContent === had.textContent && node.ariaLabel === had.ariaLabel);
    (same ?? found[index] ?? found.at(-1) ?? otherwise).focus({ preventScroll: true });
  };
}

const SVG = "http://www.w3.org/2000/svg";

/** One of the icons of index.html; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** The round picture of a person or bot: initials on one of a few colours. */
export function avatar(name, number) {
  const initials = name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]).join("");
  return el("span", { class: `avatar avatar-${number % 6}`, "aria-hidden": "true" }, initials.toUpperCase());
}

/** Whether the person asked for little motion. */
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
